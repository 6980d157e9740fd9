"""Which documents are reconciled together, so that one treaty among thousands can be answered for without the rest.

Documents that share a treaty with one another, directly or through others, stand on one shelf: nothing outside it bears on
what they tell. Where so many hang together that this is no help, each treaty has a shelf of the documents that speak of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from foedus.register.identity import TreatyKey, grouped, sure_in

MOST = 200
"""Documents that one shelf holds at most, unless they all speak of one treaty."""


class Naming(msgspec.Struct, frozen=True):
    """What a document calls its treaties, and the ids of its statements."""

    keys: tuple[TreatyKey, ...] = ()
    statements: tuple[str, ...] = ()


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that are reconciled together.

    documents  their ids, sorted
    groups     every key that they use -> the number of its treaty, or of all that it may mean
    own        the numbers of the treaties that this shelf answers for
    """

    documents: tuple[str, ...]
    groups: Mapping[TreatyKey, tuple[int, ...]]
    own: frozenset[int]

    @property
    def partition(self) -> list[tuple[TreatyKey, list[TreatyKey]]]:
        """Which keys are one treaty, told without numbers: each with the first of its treaty's that stands here."""
        first: dict[int, TreatyKey] = {}
        for key in sorted(self.groups):
            if len(self.groups[key]) == 1:
                first.setdefault(self.groups[key][0], key)
        return [(key, [first[n] for n in numbers if n in first]) for key, numbers in sorted(self.groups.items())]


def shelves_of(named: Mapping[str, Naming], most: int = MOST) -> list[Shelf]:
    """The shelves of all documents that name a treaty, by document id -> what it calls its treaties; the same in any order."""
    groups = grouped(key for naming in named.values() for key in naming.keys)
    told = {id_: sure_in(naming.keys, groups) for id_, naming in named.items()}
    documents: dict[int, list[str]] = defaultdict(list)
    for id_ in sorted(told):
        for number in told[id_]:
            documents[number].append(id_)
    shelves = []
    for numbers in _connected(told.values()):
        together = sorted({id_ for number in numbers for id_ in documents[number]})
        parts = [(numbers, together)] if len(together) <= most else [([n], documents[n]) for n in numbers]
        shelves += [_shelf(named, groups, ids, own) for own, ids in parts]
    return sorted(shelves, key=lambda shelf: min(shelf.own))


def _shelf(
    named: Mapping[str, Naming], groups: Mapping[TreatyKey, tuple[int, ...]], ids: list[str], own: list[int]
) -> Shelf:
    here = {key: numbers for id_ in ids for key in named[id_].keys if (numbers := groups.get(key)) is not None}
    return Shelf(documents=tuple(ids), groups=here, own=frozenset(own))


def _connected(sets: Iterable[set[int]]) -> list[list[int]]:
    """The numbers that stand together in any set, directly or through others, sorted."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for numbers in sets:
        roots = sorted({root(number) for number in numbers})
        for other in roots[1:]:
            parent[other] = roots[0]
    together: dict[int, list[int]] = defaultdict(list)
    for number in sorted(parent):
        together[root(number)].append(number)
    return list(together.values())
