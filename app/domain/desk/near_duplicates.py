"""Near-duplicate texts: MinHash bands by which candidates are found, and the test whether two texts are nearly equal.

Texts come as `tokenized_text` has them: tokens in normal form, separated by blanks.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

LONGEST_PREFIX: Final = 400
"""Tokens of a text that are compared; texts that differ after them only count as equal in their bands."""
_SHINGLE: Final = 3
_BANDS: Final = 8
_ROWS: Final = 3
_PRIME: Final = (1 << 61) - 1
_MOST_DIFFERENT: Final = 0.05


def bands(text: str) -> list[int]:
    """Band hashes of a text, of 63 bits, distinct: near-duplicates share at least one with a probability of about
    0.97, texts that have half of their shingles in common with one of 0.66."""
    hashes = [_hashed(shingle) for shingle in _shingles(text.split()[:LONGEST_PREFIX])]
    signature = [min((a * one + b) % _PRIME for one in hashes) for a, b in _PERMUTATIONS]
    rows = [signature[at : at + _ROWS] for at in range(0, len(signature), _ROWS)]
    return sorted({_hashed(f"{number} {row}") for number, row in enumerate(rows)})


def band_of_document(document_id: str) -> int:
    """The band hash that all claims of one document share, and nothing else does."""
    return _hashed(f"document {document_id}")


def nearly_equal(one: str, other: str) -> bool:
    """True if two texts have the same numbers, and differ in at most a twentieth of their tokens."""
    left, right = one.split(), other.split()
    if left == right:
        return True
    return _numbers(left) == _numbers(right) and _distance(left, right) <= _MOST_DIFFERENT


def _distance(left: Sequence[str], right: Sequence[str]) -> float:
    """Dice distance of the token multisets, 0 to 1."""
    common = sum((Counter(left) & Counter(right)).values())
    return 1 - 2 * common / (len(left) + len(right))


def _numbers(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if any(character.isdigit() for character in token)]


def _shingles(tokens: Sequence[str]) -> set[str]:
    return {" ".join(tokens[at : at + _SHINGLE]) for at in range(max(1, len(tokens) - _SHINGLE + 1))}


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


_PERMUTATIONS: Final = [
    (_hashed(f"factor {number}") % (_PRIME - 1) + 1, _hashed(f"addend {number}") % _PRIME)
    for number in range(_BANDS * _ROWS)
]
"""Coefficients of the hash functions of the MinHash signature."""
