"""Agreement between analysts: which decisions are compared, and Krippendorff's alpha."""

import pytest

from app.domain.overview.agreement import ENOUGH, Judgement, agreement_of, krippendorff_alpha


def judgement(by, verdict, match=1, check=1):
    return Judgement(check, match, by, verdict)


def test_alpha_of_the_published_example_of_nominal_data():
    # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units.
    data = {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    units = [[str(given[at]) for given in data.values() if given[at] is not None] for at in range(12)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_alpha_is_one_for_perfect_agreement_and_none_where_nothing_differs():
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([]) is None


def test_the_last_word_of_each_analyst_on_each_match_is_compared():
    found = agreement_of(
        [
            judgement("ann", "dismissed"),
            judgement("bob", "confirmed"),
            judgement("ann", "confirmed"),  # on second thoughts
            judgement("ann", "confirmed", match=2),  # by nobody else
            judgement("ann", "confirmed", match=3, check=2),
            judgement("bob", "dismissed", match=3, check=2),
        ]
    )
    assert (found.judged, found.agreed, found.share) == (2, 1, 0.5)
    assert found.disputed == (2,)
    assert found.alpha is None
    assert not found.enough


def test_a_word_on_all_matches_counts_for_each_that_somebody_judged():
    found = agreement_of([judgement("ann", "confirmed"), judgement("bob", "dismissed", match=None)])
    assert (found.judged, found.agreed) == (1, 0)
    both = [judgement("ann", "dismissed", match=None), judgement("bob", "dismissed", match=None)]
    assert agreement_of(both).agreed == 1


def test_alpha_is_given_from_enough_matches_on():
    def of(number):
        made = []
        for at in range(number):
            made += [
                judgement("ann", "confirmed", check=at),
                judgement("bob", "dismissed" if at else "confirmed", check=at),
            ]
        return agreement_of(made)

    assert of(ENOUGH - 1).alpha is None
    assert of(ENOUGH).alpha < 0
    assert of(ENOUGH).enough
