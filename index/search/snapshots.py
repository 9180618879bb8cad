"""Keeps an index on disk between runs: one file that is either whole and ours, or refused with a reason.

Layout: a line that names format and version; the length of a header, 8 bytes; the header, JSON: fingerprint, sequence
and the arrays' names, types and shapes; the arrays' bytes; SHA-256 of all that. Header and arrays are padded so that
each array begins at a multiple of 64. A snapshot is a cache: whoever cannot read it rebuilds the index from the source.

The file is mapped, not read into memory: an engine that keeps an array as it is given shares it with the system's cache
and with other processes. It is only ever replaced as a whole, so a mapping of it stays what it was.
"""

import hashlib
import json
import math
import mmap
import os
import struct
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from index.contract import Checkpoint, Restorable, SnapshotDamaged, SnapshotUnusable, State, WrongShape
from index.private_files import private_folder
from index.search.durable import fsync_path
from index.search.mapped_files import pages_of

_FORMAT: Final = b"refrain index snapshot 2\n"
_ALIGNED: Final = 64
_AT_ONCE: Final = 1 << 24
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
    encoded += b" " * _padding(len(_FORMAT) + _LENGTH.size + len(encoded))
    if not path.parent.exists():
        private_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            digest = hashlib.sha256()
            for part in _parts(encoded, state):
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
        with path.open("rb") as file:
            computed, stored = _digests(file)
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if computed else b"")
    except FileNotFoundError as error:
        raise SnapshotUnusable(f"There is no snapshot at {path}.") from error
    except OSError as error:
        raise SnapshotUnusable(f"The snapshot {path} cannot be read: {error}.") from error
    if bytes(content[: len(_FORMAT)]) != _FORMAT:
        raise SnapshotDamaged(f"{path} is no snapshot, or one of another version.")
    if computed != stored:
        raise SnapshotDamaged(f"The snapshot {path} is damaged: its checksum is wrong.")
    header, state = _decode(content[:-_DIGEST_SIZE])
    if header["fingerprint"] != fingerprint:
        raise SnapshotUnusable(f"The snapshot {path} was made with another embedder.")
    try:
        index.restore(state)
    except WrongShape as error:
        raise SnapshotUnusable(f"The snapshot {path} is of another index: {error}.") from error
    return Checkpoint(sequence=header["sequence"], fingerprint=fingerprint)


def _padding(length: int) -> int:
    return -length % _ALIGNED


def _parts(header: bytes, state: State) -> Iterator[bytes | memoryview]:
    """The file's content up to its digest, in parts of a bounded size."""
    yield from (_FORMAT, _LENGTH.pack(len(header)), header)
    for array in state.values():
        if array.size:
            content = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
            pages = pages_of(array)
            for begin in range(0, len(content), _AT_ONCE):
                yield content[begin : begin + _AT_ONCE]
                if pages is not None:
                    pages.give_back()
            yield b"\0" * _padding(len(content))


def _digests(file: BinaryIO) -> tuple[bytes, bytes]:
    """Digest of a file without its last bytes, and those; both empty for a file that is too short."""
    size = os.fstat(file.fileno()).st_size - _DIGEST_SIZE
    if size <= 0:
        return b"", b""
    digest = hashlib.sha256()
    while size:
        part = file.read(min(size, _AT_ONCE))
        if not part:
            return digest.digest(), b""
        digest.update(part)
        size -= len(part)
    return digest.digest(), file.read()


def _decode(body: memoryview) -> tuple[dict[str, Any], State]:
    """Header and arrays of a body whose checksum was right; the arrays are views of it."""
    offset = len(_FORMAT) + _LENGTH.size
    (length,) = _LENGTH.unpack(body[len(_FORMAT) : offset])
    header = json.loads(bytes(body[offset : offset + length]))
    offset += length
    state: dict[str, npt.NDArray[Any]] = {}
    for name, kind, shape in header["arrays"]:
        count = math.prod(shape)
        state[name] = np.frombuffer(body, kind, count, offset).reshape(shape) if count else np.empty(shape, kind)
        offset += state[name].nbytes + _padding(state[name].nbytes)
    return header, state
