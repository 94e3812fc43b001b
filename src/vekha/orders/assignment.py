"""Optimal one-to-one assignment: who goes with whom so that the sum of the scores is the greatest.

Small and sparse on purpose: rows and columns that no score joins are settled apart, so a long list costs little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

#: Above so many rows or columns in one tangle the best scores are taken greedily: the optimum would take minutes.
LARGEST_TANGLE = 250

_NEVER = 1e9


def assign(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Pair rows with columns, each at most once, so that the sum of the positive scores is the greatest.

    ``scores`` maps (row, column) to a positive number; what is absent is never paired. The answer maps rows to columns.

    >>> assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7})
    {0: 1, 1: 0}
    """
    pairs: dict[int, int] = {}
    for rows, columns in _tangles(scores):
        if max(len(rows), len(columns)) > LARGEST_TANGLE:
            pairs.update(_greedy({key: scores[key] for key in _keys(scores, rows)}))
        else:
            pairs.update(_optimal(scores, rows, columns))
    return dict(sorted(pairs.items()))


def _keys(scores: Mapping[tuple[int, int], float], rows: list[int]) -> list[tuple[int, int]]:
    wanted = set(rows)
    return [key for key in scores if key[0] in wanted]


def _tangles(scores: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """The connected parts of the graph of scores, each as its sorted rows and columns."""
    neighbours: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for row, column in scores:
        neighbours["row", row].append(("column", column))
        neighbours["column", column].append(("row", row))
    seen: set[tuple[str, int]] = set()
    tangles = []
    for start in neighbours:
        if start in seen:
            continue
        seen.add(start)
        stack, met = [start], []
        while stack:
            node = stack.pop()
            met.append(node)
            for other in neighbours[node]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        rows = sorted(index for side, index in met if side == "row")
        tangles.append((rows, sorted(index for side, index in met if side == "column")))
    return tangles


def _greedy(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for row, column in sorted(scores, key=lambda key: (-scores[key], key)):
        if row not in pairs and column not in taken:
            pairs[row] = column
            taken.add(column)
    return pairs


def _optimal(scores: Mapping[tuple[int, int], float], rows: list[int], columns: list[int]) -> dict[int, int]:
    """Hungarian algorithm with potentials; every row may also stay alone, at no cost, by a column of its own."""
    count = len(columns)
    costs = [[-scores.get((row, column), -_NEVER) for column in columns] + [0.0] * len(rows) for row in rows]
    owner = _minimise(costs)
    return {rows[row]: columns[column] for column, row in enumerate(owner[:count]) if row is not None}


def _minimise(costs: list[list[float]]) -> list[int | None]:
    """The row each column serves in the cheapest full assignment of the rows (there are at least as many columns)."""
    width = len(costs[0])
    row_potential = [0.0] * len(costs)
    column_potential = [0.0] * width
    owner: list[int | None] = [None] * width
    for first in range(len(costs)):
        reach = [_NEVER * 4] * width
        came_from: list[int | None] = [None] * width
        settled: list[int] = []
        open_columns = set(range(width))
        row, column = first, None
        while True:
            base = row_potential[row]
            line = costs[row]
            nearest, least = -1, _NEVER * 8
            for each in open_columns:
                cost = line[each] - base - column_potential[each]
                if cost < reach[each]:
                    reach[each], came_from[each] = cost, column
                if reach[each] < least or (reach[each] == least and each < nearest):
                    least, nearest = reach[each], each
            row_potential[first] += least
            for each in settled:
                served = owner[each]
                assert served is not None
                row_potential[served] += least
                column_potential[each] -= least
            for each in open_columns:
                reach[each] -= least
            settled.append(nearest)
            open_columns.discard(nearest)
            column = nearest
            holder = owner[nearest]
            if holder is None:
                break
            row = holder
        _flip(owner, came_from, column, first)
    return owner


def _flip(owner: list[int | None], came_from: list[int | None], column: int, first: int) -> None:
    """Hand each column on the found path to the row before it; the first column of the path goes to the new row."""
    while True:
        previous = came_from[column]
        if previous is None:
            owner[column] = first
            return
        owner[column] = owner[previous]
        column = previous
