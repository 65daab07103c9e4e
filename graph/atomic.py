"""Files that are there whole or not at all."""

import os
import tempfile
from pathlib import Path

from outbreach.graph.errors import WorkspaceError


def write_atomically(file: Path, text: str, mode: int = 0o644) -> None:
    """Write `text` beside `file`, flush it to the disk, then rename it into place; makes the folder.

    Raises `WorkspaceError` where the disk or the permissions do not let us; the old file is then untouched.
    """
    temporary = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        raise WorkspaceError(f"{file} cannot be written: {error.strerror or error}; nothing was changed") from error
