"""What was known on an earlier day, or recorded by it: the shelves as the documents that were there by then make them.

A document that came later may join two shelves, or make a name stand for two treaties; so the names of a day are told apart
by that day's documents alone. From there only the shelves that a question bears on are put together; their registers are
made when they are asked for, and kept.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from foedus.columns import LARGE, SMALL, Column, Lists
from foedus.journal.encoding import microseconds
from foedus.register.entries import Register
from foedus.register.grouping import CodedName, told_apart
from foedus.register.identity import TreatyKey, coded, strength
from foedus.register.shelves import Finder, Naming, Shelf
from foedus.stacks import Called, Made, Stacks, Told
from foedus.terms.treaties import Treaty

T = TypeVar("T")

HEARD = f"heard, in columns, with times, {sys.byteorder}"
"""Under this name the stacks keep what `Heard` holds; a server may have machines of either order of bytes."""
ID = 18
"""Letters of a document's id."""
NEVER = date.max.toordinal()


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """All that the shelves of any day are made of: the names in use, and the documents that use them.

    In columns, and the names unread until they are asked for, so that a hundred thousand documents are at hand at once.

    keys       the names, in the order in which they are grouped
    names      the same as they are compared
    since      for each of them the first of the `days` of the documents that use it
    written    the same of when they were `recorded`
    users      for each of them the numbers of these documents
    documents  ids, sorted, one behind the other
    days       for each of them the day by which it was out, as an ordinal; `NEVER` where that cannot be told
    recorded   the same: when it was recorded as it is, in microseconds since 1970
    digests    the same: hashes of all that they say, one behind the other
    uses       the same: numbers of the keys that they use
    ruled      ids of those of their statements that rulings are about, by document
    changed    ids of those that were recorded more than once, and differ
    """

    keys: tuple[msgspec.Raw, ...]
    names: msgspec.Raw
    since: Column
    written: Column
    users: Lists
    documents: str
    days: Column
    recorded: Column
    digests: str
    uses: Lists
    ruled: Mapping[str, tuple[str, ...]]
    changed: tuple[str, ...]

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

    def compared(self, numbers: Iterable[int]) -> list[CodedName]:
        """Some of the names as they are compared."""
        names = _NAMES.decode(self.names)
        return [names[number] for number in numbers]

    def document(self, number: int) -> str:
        return self.documents[number * ID : number * ID + ID].rstrip()

    def digest(self, number: int) -> str:
        width = len(self.digests) // len(self.days)
        return self.digests[number * width : number * width + width].rstrip()

    def number(self, document: str) -> int | None:
        """Where a document stands in the columns; None where it names no treaty."""
        at = bisect_left(range(len(self.days)), document, key=self.document)
        return at if at < len(self.days) and self.document(at) == document else None


_HEARD = msgspec.msgpack.Decoder(Heard)
_KEY = msgspec.msgpack.Decoder(TreatyKey)
_NAMES = msgspec.msgpack.Decoder(tuple[CodedName, ...])
_GROUPED = msgspec.msgpack.Decoder(tuple[tuple[int, ...], ...])


def _noted(stacks: Stacks, name: str, reads: msgspec.msgpack.Decoder[T]) -> T | None:
    """What was noted; what another version of Foedus has noted is as good as nothing."""
    noted = stacks.noted(name)
    with suppress(msgspec.DecodeError):
        return None if noted is None else reads.decode(noted)
    return None


def _in_columns(told: Told, days: Mapping[str, date]) -> Heard:
    documents = sorted(id_ for id_, naming in told.named.items() if naming.keys)
    keys = sorted({key for id_ in documents for key in told.named[id_].keys}, key=strength)
    numbers = {key: number for number, key in enumerate(keys)}
    uses = Lists.of([numbers[key] for key in told.named[id_].keys] for id_ in documents)
    users = [array(SMALL) for _ in keys]
    for document, used in enumerate(uses):
        for key in used:
            users[key].append(document)
    width = max((len(told.digests[id_]) for id_ in documents), default=0)
    out = Column.of(days[id_].toordinal() if id_ in days else NEVER for id_ in documents)
    recorded = Column.of((told.recorded.get(id_, 0) for id_ in documents), LARGE)
    return Heard(
        keys=tuple(msgspec.Raw(msgspec.msgpack.encode(key)) for key in keys),
        names=msgspec.Raw(msgspec.msgpack.encode(coded(keys))),
        since=Column.of(min(out[document] for document in using) for using in users),
        written=Column.of((min(recorded[document] for document in using) for using in users), LARGE),
        users=Lists.of(users),
        documents="".join(id_.ljust(ID) for id_ in documents),
        days=out,
        recorded=recorded,
        digests="".join(told.digests[id_].ljust(width) for id_ in documents),
        uses=uses,
        ruled={id_: said for id_ in documents if (said := told.named[id_].statements)},
        changed=tuple(sorted(told.changed)),
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
    """The shelves of the documents that were there at some time.

    name    of that time, under which is kept what was told apart
    there   for each document that was heard whether it was there
    in_use  the numbers of the names that those use
    """

    def __init__(self, stacks: Stacks, heard: Heard, name: str, there: Sequence[bool], in_use: Sequence[int]) -> None:
        self._stacks, self._heard, self._name, self._there, self._in_use = stacks, heard, name, there, in_use

    @classmethod
    def known_by(cls, stacks: Stacks, heard: Heard, day: date) -> EarlierShelves:
        """Those of what was published by a day."""
        last = min(day.toordinal(), NEVER - 1)
        in_use = [number for number, since in enumerate(heard.since) if since <= last]
        return cls(stacks, heard, f"grouped by {day}", [out <= last for out in heard.days], in_use)

    @classmethod
    def recorded_before(cls, stacks: Stacks, heard: Heard, moment: str) -> EarlierShelves:
        """Those of what was recorded before a moment, as the journal writes it."""
        end = microseconds(moment)
        in_use = [number for number, written in enumerate(heard.written) if written < end]
        return cls(stacks, heard, f"grouped before {moment}", [at < end for at in heard.recorded], in_use)

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

    def register(self, one: EarlierShelf, called: Called = ()) -> Made:
        """The register of a shelf, and the ids of the treaties that it answers for.

        called   which of them are called otherwise
        """
        kept = self._stacks.kept_earlier(one.mark, called, one.latest)
        if kept is not None:
            return kept
        digests = self._told(one.shelf.documents).digests
        return self._stacks.made_earlier(one.shelf, one.mark, called, one.latest, digests)

    def silent(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Those of some documents that were not there."""
        return tuple(id_ for id_ in documents if self._out(id_) is None)

    def _out(self, document: str) -> int | None:
        """The number of a document that was there."""
        number = self._heard.number(document)
        return number if number is not None and self._there[number] else None

    @cached_property
    def _groups(self) -> tuple[tuple[int, ...], ...]:
        """For each key the treaties that it may mean; none where nobody used it yet."""
        noted = _noted(self._stacks, self._name, _GROUPED)
        if noted is not None:
            return noted
        groups = dict(zip(self._in_use, told_apart(self._heard.compared(self._in_use)), strict=True))
        listed = tuple(groups.get(number, ()) for number in range(len(self._heard.keys)))
        self._stacks.note(self._name, msgspec.msgpack.encode(listed))
        return listed

    @cached_property
    def _finder(self) -> Finder[int, int]:
        heard, there = self._heard, self._there
        return Finder(
            dict(enumerate(self._groups)),
            heard.uses.__getitem__,
            lambda key: (document for document in heard.users[key] if there[document]),
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


def register_then(treaty: str, now: Register, made: Iterable[Made]) -> Register | None:
    """Of the registers of an earlier time the one that tells most of what is told of a treaty now."""
    told = told_of(treaty, now)
    then = max(made, key=lambda one: shared(told, *one).total(), default=None)
    return then.register if then else None


def treaty_then(treaty: str, now: Register, then: Register) -> Treaty | None:
    """The same treaty in an earlier register, where it may have another id; None where that has none."""
    told_there = shared(told_of(treaty, now), then, [t.id for t in then.treaties])
    return then.treaty(min(told_there, key=lambda id_: (-told_there[id_], id_))) if told_there else None


def told_of(treaty: str, register: Register) -> frozenset[str]:
    """Ids of the statements that tell of a treaty."""
    return frozenset(s for entry in register.entries if entry.treaty == treaty for s in entry.supported_by)


def shared(told: Collection[str], register: Register, own: Collection[str]) -> Counter[str]:
    """How many of some statements tell of each treaty that a register answers for."""
    entries = (entry for entry in register.entries if entry.treaty in own)
    return Counter(entry.treaty for entry in entries for statement in entry.supported_by if statement in told)
