"""Which documents are reconciled together, so that one treaty among thousands can be answered for without the rest.

Documents that share a treaty with one another, directly or through others, stand on one shelf: nothing outside it bears on
what they tell. Where so many hang together that this is no help, each treaty has a shelf of the documents that speak of it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from foedus.columns import SMALL, Listing, Lists
from foedus.register.identity import TreatyKey
from foedus.register.told import Told

MOST = 200
"""Documents that one shelf holds at most, unless they all speak of one treaty."""


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that are reconciled together.

    documents  their ids, sorted
    digests    the same: hashes of all that they say
    ruled      ids of those of their statements that rulings are about
    groups     every key that they use -> the number of its treaty, or of all that it may mean
    own        the numbers of the treaties that this shelf answers for
    """

    documents: tuple[str, ...]
    digests: tuple[str, ...] = ()
    ruled: tuple[str, ...] = ()
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


class Grouping(msgspec.Struct, frozen=True, array_like=True):
    """Which treaties the names of documents mean; treaties have numbers, as names have.

    meant  for each name the treaties that it may mean; none where nobody uses it, or it means none
    sure   for each treaty the names that can only mean it
    """

    meant: Lists
    sure: Lists

    @classmethod
    def of(cls, told: Told, used: Sequence[int] | None = None) -> Grouping:
        """The names that documents use, told apart; `used` has the numbers of those that count, sorted (None: all)."""
        counting = range(len(told.names)) if used is None else used
        meant, done, sure = Listing(), 0, list[list[int]]()
        for name, treaties in zip(counting, told.apart(counting), strict=True):
            for _ in range(done, name):
                meant.add(())
            meant.add(treaties)
            done = name + 1
            if len(treaties) == 1:
                if treaties[0] == len(sure):  # they are numbered as they are found
                    sure.append([])
                sure[treaties[0]].append(name)
        for _ in range(done, len(told.names)):
            meant.add(())
        return cls(meant.lists(), Lists.of(sure))

    def named_in(self, names: Iterable[int]) -> set[int]:
        """The treaties that a document names beyond doubt, of which it uses some names."""
        return {meant[0] for name in names if len(meant := self.meant[name]) == 1}


class Held(NamedTuple):
    """What stands on one shelf: the numbers of its documents, sorted, and of the treaties that it answers for."""

    documents: Sequence[int]
    own: frozenset[int]


def shelf_of(held: Held, told: Told, grouping: Grouping) -> Shelf:
    """The shelf itself, with all that its documents say for the identity of their treaties."""
    names = sorted({name for document in held.documents for name in told.uses[document]})
    ids = tuple(map(told.document, held.documents))
    return Shelf(
        documents=ids,
        digests=tuple(map(told.digest, held.documents)),
        ruled=tuple(said for id_ in ids for said in told.ruled.get(id_, ())),
        groups={told.key(name): tuple(meant) for name in names if (meant := grouping.meant[name])},
        own=held.own,
    )


def shelves_of(told: Told, grouping: Grouping, most: int = MOST) -> list[Held]:
    """What stands on the shelves of all documents, by the first of the treaties that each answers for."""
    named = Lists.of(sorted(grouping.named_in(names)) for names in told.uses)
    telling = named.inverted(len(grouping.sure))
    shelves: list[Held] = []
    for numbers in _connected(named):
        together = sorted({document for number in numbers for document in telling[number]})
        parts = [(numbers, together)] if len(together) <= most else [([n], telling[n]) for n in numbers]
        shelves += [Held(array(SMALL, documents), frozenset(own)) for own, documents in parts]
    return sorted(shelves, key=lambda held: min(held.own))


class Finder:
    """The same shelves, found from the documents that they hold, without looking at all the others.

    told   what the documents tell
    users  for each name the documents that use it
    there  whether a document counts
    """

    def __init__(
        self, told: Told, grouping: Grouping, users: Lists, there: Callable[[int], bool], most: int = MOST
    ) -> None:
        self._told, self._grouping, self._users, self._there, self._most = told, grouping, users, there, most
        self._crowded: set[int] = set()

    def holding(self, documents: Iterable[int]) -> list[Held]:
        """The shelves that hold any of some documents that count, in their order."""
        found: dict[int, Held] = {}
        seen: set[int] = set()
        for document in documents:
            if document not in seen:
                for held in self._around(document):
                    found[min(held.own)] = held
                    if len(held.own) > 1:
                        seen.update(held.documents)
        return [found[number] for number in sorted(found)]

    def _around(self, document: int) -> list[Held]:
        """The shelves that hold a document; none where it names no treaty beyond doubt."""
        named = self._named(document)
        together = self._together(named)
        if together is not None:
            return [together] if together.own else []
        return [Held(sorted(self._telling(number)), frozenset({number})) for number in sorted(named)]

    def _together(self, named: set[int]) -> Held | None:
        """All that hangs together with some treaties; None where that is too much for one shelf."""
        numbers, documents, left = set(named), set[int](), list(named)
        while left:
            number = left.pop()
            further = set[int]() if number in self._crowded else self._telling(number) - documents
            documents |= further
            if number in self._crowded or len(documents) > self._most:
                self._crowded |= numbers
                return None
            beside = set[int]().union(*map(self._named, further)) - numbers
            numbers |= beside
            left += beside
        return Held(sorted(documents), frozenset(numbers))

    def _telling(self, treaty: int) -> set[int]:
        """The documents that name a treaty beyond doubt."""
        using = (document for name in self._grouping.sure[treaty] for document in self._users[name])
        return {document for document in using if self._there(document)}

    def _named(self, document: int) -> set[int]:
        return self._grouping.named_in(self._told.uses[document])


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
