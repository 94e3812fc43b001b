"""The assignment is optimal: compared with trying everything on small cases, and quick on large ones."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from vekha.orders.assignment import LARGEST_TANGLE, assign

INDEX = st.integers(0, 4)
SCORES = st.dictionaries(st.tuples(INDEX, INDEX), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9, 1.0]), max_size=16)


def best_total(scores: dict[tuple[int, int], float]) -> float:
    """The greatest sum over every way to give the five rows distinct columns, rows without a score staying alone."""
    return max(sum(scores.get(pair, 0.0) for pair in enumerate(columns)) for columns in permutations(range(5)))


@given(SCORES)
def test_total_is_the_greatest_possible(scores):
    chosen = assign(scores)
    assert len(set(chosen.values())) == len(chosen)
    assert abs(sum(scores[pair] for pair in chosen.items()) - best_total(scores)) < 1e-9


@given(SCORES)
def test_only_scored_pairs_are_chosen_and_none_is_wasted(scores):
    chosen = assign(scores)
    assert set(chosen.items()) <= set(scores)
    taken = set(chosen.values())
    assert not [pair for pair in scores if pair[0] not in chosen and pair[1] not in taken]


def test_a_tangle_beyond_the_limit_is_settled_greedily():
    side = LARGEST_TANGLE + 10
    scores = {(row, column): 0.9 if row == column else 0.1 for row in range(side) for column in (row, (row + 1) % side)}
    assert assign(scores) == {row: row for row in range(side)}


def test_nothing_to_assign():
    assert assign({}) == {}
