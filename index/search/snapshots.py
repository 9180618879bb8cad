"""Keeps an index on disk between runs: one file that is either whole and ours, or refused with a reason.

Layout: a line that names format and version; the length of a header, 8 bytes; the header, JSON: fingerprint, sequence
and the arrays' names, types and shapes; the arrays' bytes; SHA-256 of all that. A snapshot is a cache: whoever cannot
read it rebuilds the index from the source.
"""

import hashlib
import json
import math
import os
import struct
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from index.contract import Checkpoint, Restorable, SnapshotDamaged, SnapshotUnusable, State, WrongShape
from index.private_files import private_folder
from index.search.durable import fsync_path

_FORMAT: Final = b"refrain index snapshot 1\n"
_LENGTH: Final = struct.Struct("<Q")
_DIGEST_SIZE: Final = hashlib.sha256().digest_size


def write_snapshot(path: Path, index: Restorable, checkpoint: Checkpoint) -> None:
    """Replaces the file at `path` with the current index; a crash at any moment leaves the old file or the new.

    Take `checkpoint` before calling: entries that come in meanwhile may be in the file, and following the source again
    from the checkpoint does no harm. Raises `OSError`.
    """
    state = index.state()
    header = {
        "fingerprint": checkpoint.fingerprint,
        "sequence": checkpoint.sequence,
        "arrays": [[name, array.dtype.str, array.shape] for name, array in state.items()],
    }
    encoded = json.dumps(header).encode()
    if not path.parent.exists():
        private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            digest = hashlib.sha256()
            for part in (_FORMAT, _LENGTH.pack(len(encoded)), encoded, *(array.tobytes() for array in state.values())):
                digest.update(part)
                file.write(part)
            file.write(digest.digest())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    fsync_path(path.parent)


def read_snapshot(path: Path, index: Restorable, fingerprint: str) -> Checkpoint:
    """Fills `index` from the file and says how far it had followed its source.

    Raises `SnapshotUnusable`, and then leaves `index` as it was: when the file is missing, damaged, of another version
    or another embedder's, or holds another kind or dimension of index.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SnapshotUnusable(f"There is no snapshot at {path}.") from error
    except OSError as error:
        raise SnapshotUnusable(f"The snapshot {path} cannot be read: {error}.") from error
    if not content.startswith(_FORMAT):
        raise SnapshotDamaged(f"{path} is no snapshot, or one of another version.")
    body, digest = memoryview(content)[:-_DIGEST_SIZE], content[-_DIGEST_SIZE:]
    if hashlib.sha256(body).digest() != digest:
        raise SnapshotDamaged(f"The snapshot {path} is damaged: its checksum is wrong.")
    header, state = _decode(body)
    if header["fingerprint"] != fingerprint:
        raise SnapshotUnusable(f"The snapshot {path} was made with another embedder.")
    try:
        index.restore(state)
    except WrongShape as error:
        raise SnapshotUnusable(f"The snapshot {path} is of another index: {error}.") from error
    return Checkpoint(sequence=header["sequence"], fingerprint=fingerprint)


def _decode(body: memoryview) -> tuple[dict[str, Any], State]:
    """Header and arrays of a body whose checksum was right."""
    offset = len(_FORMAT) + _LENGTH.size
    (length,) = _LENGTH.unpack(body[len(_FORMAT) : offset])
    header = json.loads(bytes(body[offset : offset + length]))
    offset += length
    state: dict[str, npt.NDArray[Any]] = {}
    for name, kind, shape in header["arrays"]:
        count = math.prod(shape)
        state[name] = np.frombuffer(body, kind, count, offset).reshape(shape) if count else np.empty(shape, kind)
        offset += state[name].nbytes
    return header, state
