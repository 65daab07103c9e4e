"""Files that are there whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from outbreach.graph.errors import WorkspaceError


def write_atomically(file: Path, text: str, mode: int = 0o644) -> None:
    """Write `text` beside `file`, flush it to the disk, then rename it into place; makes the folder.

    Raises `WorkspaceError` where the disk, the permissions or the text do not let us; the old file is then untouched.
    """
    try:
        content = text.encode("utf-8")
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(mode)
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except UnicodeEncodeError as error:
        raise WorkspaceError(
            f"{file} cannot hold a character that is no text ({error}); nothing was changed"
        ) from error
    except OSError as error:
        raise WorkspaceError(f"{file} cannot be written: {error.strerror or error}; nothing was changed") from error
    _flush_folder(file.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the file system can; the file itself is whole either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
