"""What was known on an earlier day: the shelves as the documents that were published by then make them.

A document that came later may join two shelves, or make a name stand for two treaties; so the names of a day are told apart
by that day's documents alone. From there only the shelves that a question bears on are put together; their registers are
made when they are asked for, and kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import accumulate, chain
from typing import TypeVar

import msgspec

from foedus.register.entries import Register
from foedus.register.identity import TreatyKey, grouped, strength
from foedus.register.shelves import Finder, Naming, Shelf
from foedus.stacks import Made, Stacks, Told

T = TypeVar("T")

HEARD = "heard, in columns"
"""Under this name the stacks keep what `Heard` holds."""
ID = 18
"""Letters of a document's id."""


class Lists(msgspec.Struct, frozen=True, array_like=True):
    """Lists of numbers, one behind the other; `ends` has where each ends."""

    numbers: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, lists: Iterable[Collection[int]]) -> Lists:
        held = list(lists)
        return cls(tuple(chain.from_iterable(held)), tuple(accumulate(map(len, held))))

    def __getitem__(self, at: int) -> tuple[int, ...]:
        return self.numbers[self.ends[at - 1] if at else 0 : self.ends[at]]


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """All that the shelves of any day are made of: the names in use, and the datable documents that use them.

    In columns, and the names unread until they are asked for, so that a hundred thousand documents are at hand at once.

    keys       the names, in the order in which they are grouped
    since      for each of them the first day on which a document uses it, as an ordinal
    users      the same: numbers of the documents that use it
    documents  ids, sorted, one behind the other
    days       for each of them the day by which it was out, as an ordinal
    digests    the same: hashes of all that they say, one behind the other
    uses       the same: numbers of the keys that they use
    ruled      ids of those of their statements that rulings are about, by document
    """

    keys: tuple[msgspec.Raw, ...]
    since: tuple[int, ...]
    users: Lists
    documents: str
    days: tuple[int, ...]
    digests: str
    uses: Lists
    ruled: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, stacks: Stacks, published: Callable[[Told], Mapping[str, date]]) -> Heard:
        """What the documents of some stacks name, kept there once it was made.

        published   the day by which each document was out that names a treaty
        """
        held = _noted(stacks, HEARD, _HEARD)
        if held is None:
            told = stacks.told_lately()
            held = _in_columns(told, published(told))
            stacks.note(HEARD, msgspec.msgpack.encode(held), lasting=True)
        return held

    def key(self, number: int) -> TreatyKey:
        return _KEY.decode(self.keys[number])

    def document(self, number: int) -> str:
        return self.documents[number * ID : number * ID + ID].rstrip()

    def digest(self, number: int) -> str:
        width = len(self.digests) // len(self.days)
        return self.digests[number * width : number * width + width].rstrip()

    def number(self, document: str) -> int | None:
        """Where a document stands in the columns; None where it names no treaty, or its day cannot be told."""
        at = bisect_left(range(len(self.days)), document, key=self.document)
        return at if at < len(self.days) and self.document(at) == document else None


_HEARD = msgspec.msgpack.Decoder(Heard)
_KEY = msgspec.msgpack.Decoder(TreatyKey)
_GROUPED = msgspec.msgpack.Decoder(tuple[tuple[int, ...], ...])


def _noted(stacks: Stacks, name: str, reads: msgspec.msgpack.Decoder[T]) -> T | None:
    """What was noted; what another version of Foedus has noted is as good as nothing."""
    noted = stacks.noted(name)
    with suppress(msgspec.DecodeError):
        return None if noted is None else reads.decode(noted)
    return None


def _in_columns(told: Told, days: Mapping[str, date]) -> Heard:
    documents = sorted(id_ for id_, naming in told.named.items() if naming.keys and id_ in days)
    keys = sorted({key for id_ in documents for key in told.named[id_].keys}, key=strength)
    numbers = {key: number for number, key in enumerate(keys)}
    uses = [[numbers[key] for key in told.named[id_].keys] for id_ in documents]
    users: list[list[int]] = [[] for _ in keys]
    for document, used in enumerate(uses):
        for key in used:
            users[key].append(document)
    out = tuple(days[id_].toordinal() for id_ in documents)
    width = max((len(told.digests[id_]) for id_ in documents), default=0)
    return Heard(
        keys=tuple(msgspec.Raw(msgspec.msgpack.encode(key)) for key in keys),
        since=tuple(min(out[document] for document in some) for some in users),
        users=Lists.of(users),
        documents="".join(id_.ljust(ID) for id_ in documents),
        days=out,
        digests="".join(told.digests[id_].ljust(width) for id_ in documents),
        uses=Lists.of(uses),
        ruled={id_: said for id_ in documents if (said := told.named[id_].statements)},
    )


class EarlierShelf(msgspec.Struct, frozen=True):
    """A shelf that stood on an earlier day.

    mark     hash of all that its register is made of
    latest   the day of its latest document
    """

    shelf: Shelf
    mark: str
    latest: date


class EarlierShelves:
    """The shelves of the documents that were published by a day."""

    def __init__(self, stacks: Stacks, heard: Heard, known: date) -> None:
        self._stacks, self._heard, self._known = stacks, heard, known.toordinal()
        self._name = f"grouped by {known}"

    def __contains__(self, document: str) -> bool:
        number = self._out(document)
        return number is not None and any(len(self._groups[key]) == 1 for key in self._heard.uses[number])

    def __iter__(self) -> Iterator[EarlierShelf]:
        """All of them, each once."""
        yield from self.holding(map(self._heard.document, range(len(self._heard.days))))

    def holding(self, documents: Iterable[str]) -> list[EarlierShelf]:
        """The shelves that hold any of some documents."""
        out = (number for id_ in documents if (number := self._out(id_)) is not None)
        shelves = [self._named(found.documents, found.own) for found in self._finder.holding(out)]
        told = self._told({id_ for shelf in shelves for id_ in shelf.documents})
        marks = self._stacks.marks(shelves, told)
        return [EarlierShelf(shelf, mark, self._latest(shelf)) for shelf, mark in zip(shelves, marks, strict=True)]

    def with_digest(self, digests: Collection[str]) -> list[EarlierShelf]:
        """The shelves whose registers have one of some hashes."""
        return [one for one in self if one.mark in digests]

    def register(self, one: EarlierShelf) -> Made:
        """The register of a shelf, and the ids of the treaties that it answers for."""
        kept = self._stacks.kept_earlier(one.mark, one.latest)
        if kept is not None:
            return kept
        digests = self._told(one.shelf.documents).digests
        return self._stacks.made_earlier(one.shelf, one.mark, one.latest, digests)

    def silent(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Those of some documents that were not out by the day."""
        return tuple(id_ for id_ in documents if self._out(id_) is None)

    def _out(self, document: str) -> int | None:
        """The number of a document that was out by the day."""
        number = self._heard.number(document)
        return number if number is not None and self._heard.days[number] <= self._known else None

    @cached_property
    def _groups(self) -> tuple[tuple[int, ...], ...]:
        """For each key the treaties that it may mean; none where nobody used it yet."""
        noted = _noted(self._stacks, self._name, _GROUPED)
        if noted is not None:
            return noted
        heard = self._heard
        used = {number: heard.key(number) for number, day in enumerate(heard.since) if day <= self._known}
        groups = grouped(used.values())
        listed = tuple(groups.get(used[n], ()) if n in used else () for n in range(len(heard.keys)))
        self._stacks.note(self._name, msgspec.msgpack.encode(listed))
        return listed

    @cached_property
    def _finder(self) -> Finder[int, int]:
        heard, days = self._heard, self._heard.days
        return Finder(
            dict(enumerate(self._groups)),
            heard.uses.__getitem__,
            lambda key: (document for document in heard.users[key] if days[document] <= self._known),
        )

    def _named(self, documents: Iterable[int], own: frozenset[int]) -> Shelf:
        heard, listed = self._heard, tuple(documents)
        keys = {key for document in listed for key in heard.uses[document]}
        return Shelf(
            documents=tuple(map(heard.document, listed)),
            groups={heard.key(key): self._groups[key] for key in keys if self._groups[key]},
            own=own,
        )

    def _told(self, documents: Iterable[str]) -> Told:
        """What some documents tell."""
        heard = self._heard
        named, digests = dict[str, Naming](), dict[str, str]()
        for id_ in documents:
            number = heard.number(id_)
            assert number is not None
            named[id_] = Naming(tuple(map(heard.key, heard.uses[number])), heard.ruled.get(id_, ()))
            digests[id_] = heard.digest(number)
        return Told(named, digests)

    def _latest(self, shelf: Shelf) -> date:
        numbers = (self._heard.number(id_) for id_ in shelf.documents)
        return date.fromordinal(max(self._heard.days[number] for number in numbers if number is not None))


def told_of(treaty: str, register: Register) -> frozenset[str]:
    """Ids of the statements that tell of a treaty."""
    return frozenset(s for entry in register.entries if entry.treaty == treaty for s in entry.supported_by)


def shared(told: Collection[str], register: Register, own: Collection[str]) -> Counter[str]:
    """How many of some statements tell of each treaty that a register answers for."""
    entries = (entry for entry in register.entries if entry.treaty in own)
    return Counter(entry.treaty for entry in entries for statement in entry.supported_by if statement in told)
