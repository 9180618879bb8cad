"""Batches stay within their bound, and every text is in exactly one."""

from hypothesis import given
from hypothesis import strategies as st

from index.embedders.batching import batches


@given(lengths=st.lists(st.integers(0, 600)), bound=st.integers(1, 3000))
def test_every_text_is_in_one_batch_within_the_bound(lengths: list[int], bound: int) -> None:
    made = list(batches(lengths, bound))
    assert sorted(at for batch in made for at in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[at] for at in batch) <= bound for batch in made)


def test_texts_of_like_length_share_a_batch() -> None:
    assert list(batches([5, 500, 6, 490, 4], 1000)) == [[1, 3], [2, 0, 4]]


def test_a_text_over_the_bound_is_a_batch_of_its_own() -> None:
    assert list(batches([10, 2, 2], 5)) == [[0], [1, 2]]
