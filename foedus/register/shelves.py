"""Which documents are reconciled together, so that one treaty among thousands can be answered for without the rest.

Documents that share a treaty with one another, directly or through others, stand on one shelf: nothing outside it bears on
what they tell. Where so many hang together that this is no help, each treaty has a shelf of the documents that speak of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from sys import intern
from typing import Generic, NamedTuple, TypeVar

import msgspec

from foedus.register.identity import TreatyKey, grouped, sure_in

MOST = 200
"""Documents that one shelf holds at most, unless they all speak of one treaty."""


class Naming(msgspec.Struct, frozen=True):
    """What a document calls its treaties, and the ids of its statements."""

    keys: tuple[TreatyKey, ...] = ()
    statements: tuple[str, ...] = ()


class Shared:
    """Makes namings whose keys, and the words of these, are in memory once."""

    def __init__(self) -> None:
        self._keys: dict[TreatyKey, TreatyKey] = {}

    def slimmed(self, naming: Naming, of: Collection[str]) -> Naming:
        """A naming with some of its statements."""
        return Naming(tuple(map(self._key, naming.keys)), tuple(id_ for id_ in naming.statements if id_ in of))

    def _key(self, key: TreatyKey) -> TreatyKey:
        held = self._keys.get(key)
        if held is None:
            parties, words = tuple(map(intern, key.parties)), tuple(map(intern, key.words))
            held = self._keys[key] = TreatyKey(key.id, parties, words, key.years, tuple(map(intern, key.subject)))
        return held


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
    told = {id_: tuple(sorted(sure_in(naming.keys, groups))) for id_, naming in named.items()}  # sets take much room
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


Doc = TypeVar("Doc", int, str)
NameKey = TypeVar("NameKey", bound=Hashable)


class Held(NamedTuple, Generic[Doc]):
    """What stands on one shelf: its documents, sorted, and the numbers of the treaties that it answers for."""

    documents: Sequence[Doc]
    own: frozenset[int]


class Finder(Generic[Doc, NameKey]):
    """The same shelves, found from the documents that they hold, without looking at all the others.

    groups    every name in use -> the numbers of the treaties that it may mean
    names_in  the names that a document uses
    using     the documents that use a name
    """

    def __init__(
        self,
        groups: Mapping[NameKey, tuple[int, ...]],
        names_in: Callable[[Doc], Iterable[NameKey]],
        using: Callable[[NameKey], Iterable[Doc]],
        most: int = MOST,
    ) -> None:
        self._groups, self._most = groups, most
        self._names_in: Callable[[Doc], Iterable[NameKey]] = names_in
        self._using: Callable[[NameKey], Iterable[Doc]] = using
        self._names: dict[int, list[NameKey]] = defaultdict(list)
        for name, numbers in groups.items():
            if len(numbers) == 1:
                self._names[numbers[0]].append(name)
        self._crowded: set[int] = set()

    def holding(self, documents: Iterable[Doc]) -> list[Held[Doc]]:
        """The shelves that hold any of some documents, in their order."""
        found: dict[int, Held[Doc]] = {}
        seen: set[Doc] = set()
        for document in documents:
            if document not in seen:
                for held in self._around(document):
                    found[min(held.own)] = held
                    if len(held.own) > 1:
                        seen.update(held.documents)
        return [found[number] for number in sorted(found)]

    def _around(self, document: Doc) -> list[Held[Doc]]:
        """The shelves that hold a document; none where it names no treaty beyond doubt."""
        sure = self._sure(document)
        together = self._together(sure)
        if together is not None:
            return [together] if together.own else []
        return [Held(sorted(self._telling(number)), frozenset({number})) for number in sorted(sure)]

    def _together(self, sure: set[int]) -> Held[Doc] | None:
        """All that hangs together with some treaties; None where that is too much for one shelf."""
        numbers, documents, left = set(sure), set[Doc](), list(sure)
        while left:
            number = left.pop()
            further = () if number in self._crowded else self._telling(number) - documents
            documents.update(further)
            if number in self._crowded or len(documents) > self._most:
                self._crowded |= numbers
                return None
            beside = set[int]().union(*map(self._sure, further)) - numbers
            numbers |= beside
            left += beside
        return Held(sorted(documents), frozenset(numbers))

    def _telling(self, number: int) -> set[Doc]:
        """The documents that name a treaty beyond doubt."""
        return {document for name in self._names[number] for document in self._using(name)}

    def _sure(self, document: Doc) -> set[int]:
        return {numbers[0] for name in self._names_in(document) if len(numbers := self._groups.get(name, ())) == 1}


def _shelf(
    named: Mapping[str, Naming], groups: Mapping[TreatyKey, tuple[int, ...]], ids: list[str], own: list[int]
) -> Shelf:
    here = {key: numbers for id_ in ids for key in named[id_].keys if (numbers := groups.get(key)) is not None}
    return Shelf(documents=tuple(ids), groups=here, own=frozenset(own))


def _connected(sets: Iterable[Collection[int]]) -> list[list[int]]:
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
