"""FAISS's inverted lists over 8-bit codes that lie in one array, list after list, and are not copied."""

from itertools import pairwise
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.contract import FloatArray
from index.search.engines.fixed_point import Codes


def lists_over(codes: Codes, offsets: npt.NDArray[np.int64], centroids: FloatArray) -> Any:
    """`IndexIVF` whose entries are the rows of `codes`, by their numbers; the array must outlive it.

    Of shapes (n, dimension), (lists + 1,) and (lists, dimension): a list has the rows from its offset to the next.
    """
    lists, dimension = centroids.shape
    quantizer = faiss.IndexFlatIP(dimension)
    quantizer.add(centroids)
    index: Any = faiss.IndexIVFScalarQuantizer(
        quantizer,
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_8bit_direct_signed,
        faiss.METRIC_INNER_PRODUCT,
        False,
    )
    index.is_trained, index.ntotal = True, len(codes)
    inverted: Any = faiss.downcast_InvertedLists(index.invlists)
    bounds = list(pairwise(offsets.tolist()))
    # Entries are added with codes of no bytes, so that nothing is copied; then the lists get views of the codes.
    inverted.code_size = 0
    for number, (begin, end) in enumerate(bounds):
        rows = np.arange(begin, end, dtype=np.int64)
        inverted.add_entries(number, len(rows), faiss.swig_ptr(rows), faiss.swig_ptr(codes[:0]))
    inverted.code_size = dimension
    inverted.codes.clear()
    nobody: Any = faiss.MaybeOwnedVectorUInt8()
    for begin, end in bounds:
        view = nobody.create_view(faiss.swig_ptr(codes[begin:end].reshape(-1)), (end - begin) * dimension, nobody.owner)
        inverted.codes.push_back(view)
    return index
