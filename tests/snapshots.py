"""What a loader yields of its sample, kept beside it as JSON lines: a change of it is seen, and wanted or not."""

import os
from pathlib import Path

from outbreach.graph.records.load import Reading

SAMPLES = Path(__file__).parent / "samples"


def same_as_kept(reading: Reading, name: str) -> bool:
    """Whether the records are those of `samples/<name>.records.jsonl`; `OUTBREACH_SNAPSHOTS=write` writes it anew."""
    file = SAMPLES / f"{name}.records.jsonl"
    text = "".join(f"{record.to_json()}\n" for record in reading.records)
    if os.environ.get("OUTBREACH_SNAPSHOTS") == "write":
        file.write_text(text, "utf-8")
    return file.read_text("utf-8") == text
