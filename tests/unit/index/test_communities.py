"""Groups of entries by scores of their pairs."""

import random

import pytest

from index.clustering import communities as communities_module
from index.clustering.communities import ScoredPair, communities, each_part
from index.processor_budget import ProcessorBudget, ProcessorBudgetExceeded, processor_budget


def clique(*members, score=0.9):
    return [ScoredPair(one, other, score) for one in members for other in members if one < other]


def groups(pairs, least=2, **more):
    return [sorted(one.members) for one in communities(pairs, least, **more)]


def test_dense_groups_that_a_weak_pair_joins_stay_apart():
    pairs = [*clique(*range(1, 9)), *clique(*range(11, 19)), ScoredPair(8, 11, 0.2)]
    assert groups(pairs) == [list(range(1, 9)), list(range(11, 19))]


def test_a_group_is_the_same_however_large_the_rest_is():
    small = [*clique(1, 2, 3), ScoredPair(3, 4, 0.3), *clique(4, 5, 6)]
    rest = [pair for begin in range(100, 1000, 10) for pair in clique(*range(begin, begin + 6))]
    assert groups(small) == [one for one in groups([*small, *rest]) if one[0] < 100]


def test_order_of_the_pairs_does_not_matter():
    drawn = random.Random(1)
    pairs = [ScoredPair(one, one + drawn.randint(1, 9), round(drawn.uniform(0.2, 1), 3)) for one in range(200)]
    shuffled = drawn.sample(pairs, len(pairs))
    assert communities(pairs, 2) == communities(shuffled, 2)
    assert len(communities(pairs, 2)) > 3


def test_groups_below_the_least_size_are_left_out_and_nothing_is_in_two():
    pairs = [*clique(1, 2), *clique(5, 6, 7)]
    assert groups(pairs, 3) == [[5, 6, 7]]
    assert groups([], 2) == []


def test_the_most_central_member_comes_first_and_strength_is_of_the_best_pairs():
    [star] = communities([ScoredPair(1, 9, 0.8), ScoredPair(2, 9, 0.6), ScoredPair(3, 9, 0.4)], 2)
    assert star.members[0] == 9
    assert star.strength == pytest.approx((0.8 + 0.8 + 0.6 + 0.4) / 4)


def test_a_higher_penalty_makes_smaller_groups():
    pairs = [*clique(1, 2, 3, 4, 5), *clique(5, 6, 7, 8, 9)]
    assert len(groups(pairs, penalty=0.0001)) == 1
    assert len(groups(pairs, penalty=0.03)) == 2


def test_grouping_keeps_to_the_processor_budget_in_force():
    many = [pair for begin in range(0, 30_000, 30) for pair in clique(*range(begin, begin + 6))]
    with processor_budget(ProcessorBudget(0.001)), pytest.raises(ProcessorBudgetExceeded):
        communities(many, 2)


def test_a_large_component_is_divided_at_its_weakest_pairs(monkeypatch):
    chain = [pair for begin in range(0, 200, 10) for pair in clique(*range(begin, begin + 6))]
    chain += [ScoredPair(begin + 5, begin + 10, 0.3) for begin in range(0, 190, 10)]
    whole = groups(chain)
    monkeypatch.setattr(communities_module, "MOST_IN_PART", 20)
    assert groups(chain) == whole
    assert sum(1 for found in each_part(chain, 2) if found) == 20


def test_a_large_component_of_the_same_text_is_one_community(monkeypatch):
    monkeypatch.setattr(communities_module, "MOST_IN_PART", 20)
    same = [ScoredPair(one, one + 1, 0.97) for one in range(50)]
    assert groups(same) == [list(range(51))]
