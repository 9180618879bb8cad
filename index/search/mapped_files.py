"""Arrays that are views of mapped files: pages of them that were read count as a process's memory until given back."""

import mmap
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt


class MappedPages(NamedTuple):
    """Pages of a mapping that hold one array and nothing else."""

    mapping: mmap.mmap
    begin: int
    """In bytes from the mapping's, a multiple of the page size; as `length`."""
    length: int

    def give_back(self) -> None:
        """Gives the pages, which are only read, back to the system, which keeps them in its file cache."""
        if self.length:
            self.mapping.madvise(mmap.MADV_DONTNEED, self.begin, self.length)


def pages_of(array: npt.NDArray[Any]) -> MappedPages | None:
    """The pages of a contiguous array that is a view of a mapped file; None for an array in memory."""
    found: Any = array
    while found is not None and not isinstance(found, mmap.mmap):
        found = found.obj if isinstance(found, memoryview) else getattr(found, "base", None)
    if found is None:
        return None
    offset = array.ctypes.data - np.frombuffer(found, np.uint8).ctypes.data
    begin = -(-offset // mmap.PAGESIZE) * mmap.PAGESIZE
    end = (offset + array.nbytes) // mmap.PAGESIZE * mmap.PAGESIZE
    return MappedPages(found, begin, max(0, end - begin))
