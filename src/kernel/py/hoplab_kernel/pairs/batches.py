"""The order of pairs: batches of a few nodes, so that few neighbour entries are needed at a time."""
from __future__ import annotations

from collections.abc import Iterator

Pair = tuple[int, int]
# Nodes of each of the two groups whose pairs are a batch, both ways: at most 128 pairs.
GROUP = 8


def batches(count: int) -> Iterator[list[Pair]]:
    """All ordered pairs of numbers below `count`, each once."""
    groups = [range(at, min(at + GROUP, count)) for at in range(0, count, GROUP)]
    for place, some in enumerate(groups):
        for others in groups[place:]:
            both = {(one, other) for one in some for other in others if one != other}
            yield sorted(both | {(other, one) for one, other in both})


def batches_of(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """The same of some pairs."""
    by_groups: dict[Pair, list[Pair]] = {}
    for one, other in pairs:
        low, high = sorted((one // GROUP, other // GROUP))
        by_groups.setdefault((low, high), []).append((one, other))
    yield from by_groups.values()
