"""Uploads of statements: a file is looked at as it comes in, and kept aside where it is not JSON lines."""

import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO, Final

from fastapi.concurrency import run_in_threadpool

from app.domain.jobs.jobs import Job
from app.services.jobs.accept_file import AcceptFile, FileChoices
from app.services.jobs.accept_upload import UploadInProgress

_LOOKED_AT: Final = 1_100_000
"""Bytes from which the format of a file is told: over the longest line of JSON."""
_BLOCK: Final = 256 * 1024
_LONGEST_SUFFIX: Final = 10


async def store_file(
    blocks: AsyncIterator[bytes], choices: FileChoices, accept: AcceptFile, begin: Callable[[], UploadInProgress]
) -> Job:
    """Stores a file of statements as a job. Raises `InvalidInput` for one that is something else, and says what."""
    with tempfile.NamedTemporaryFile(suffix=_suffix(choices.name)) as file:
        size = 0
        async for block in blocks:
            file.write(block)
            size += len(block)
            if size >= _LOOKED_AT:
                break
        file.flush()
        if await run_in_threadpool(accept.files.is_lines, Path(file.name), choices):
            return await _store_lines(file, blocks, begin)
        async for block in blocks:
            file.write(block)
        file.flush()
        return await run_in_threadpool(accept, Path(file.name), choices, begin)


def _suffix(name: str | None) -> str:
    """The end of a file's name, where it has a usual one."""
    suffix = Path(name or "").suffix
    return suffix if suffix.isascii() and suffix[1:].isalnum() and len(suffix) < _LONGEST_SUFFIX else ""


async def _store_lines(file: IO[bytes], blocks: AsyncIterator[bytes], begin: Callable[[], UploadInProgress]) -> Job:
    """Stores what has come in of a file of JSON lines, and the rest as it comes."""
    receiving = await run_in_threadpool(begin)
    try:
        file.seek(0)
        while block := file.read(_BLOCK):
            await run_in_threadpool(receiving.put, block)
        async for block in blocks:
            await run_in_threadpool(receiving.put, block)
        return await run_in_threadpool(receiving.finish, {"format": "JSON lines"})
    except BaseException:
        await run_in_threadpool(receiving.abort)
        raise
