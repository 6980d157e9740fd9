"""What was known on an earlier day, or recorded by it: the shelves as the documents that were there by then make them.

A document that came later may join two shelves, or make a name stand for two treaties; so the names of a day are told apart
by that day's documents alone. From there only the shelves that a question bears on are put together; their registers are
made when they are asked for, and kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from foedus.columns import LARGE, Column, Lists
from foedus.journal.encoding import microseconds
from foedus.placed import NEVER, Called, Catalogue
from foedus.register.entries import Register
from foedus.register.shelves import Finder, Grouping, Held, Shelf, shelf_of
from foedus.register.told import Told
from foedus.stacks import Made, Stacks
from foedus.terms.treaties import Treaty

HEARD = "heard, with times: "
"""Under this name, with that of a column, the stacks keep what `Heard` holds."""


class Heard(Told, frozen=True, kw_only=True):
    """All that the shelves of any day are made of: the names in use, and the documents that use them, with their times.

    users     for each name the numbers of the documents that use it
    since     the same: the first of the `days` of these
    written   the same: the first of their `recorded`
    days      for each document the day by which it was out, as an ordinal; `NEVER` where that cannot be told
    is_noted  whether the stacks have noted it, so that what follows from it may be noted too
    """

    users: Lists
    since: Column
    written: Column
    days: Column
    is_noted: bool = False

    @classmethod
    def by(cls, stacks: Stacks, placed: Catalogue) -> Heard:
        """What the documents of some stacks name: as it was noted once, or made and noted now."""
        noted = stacks.noted_parts(HEARD + column for column in COLUMNS)
        with suppress(KeyError, msgspec.DecodeError):
            found = {name: decoder.decode(noted[HEARD + name]) for name, decoder in COLUMNS.items()}
            return cls(**found, is_noted=True)
        return cls.made(stacks, placed)

    @classmethod
    def made(cls, stacks: Stacks, placed: Catalogue) -> Heard:
        """The same, made anew of what the documents say by now, and noted if nothing has changed since they were catalogued."""
        told = stacks.told_lately()
        days = placed.days if told.documents == placed.documents else Column.of(map(placed.day_of, told.documents))
        users = told.uses.inverted(len(told.names))
        heard = cls(
            **{name: getattr(told, name) for name in told.__struct_fields__},
            users=users,
            since=Column.of(min(days[document] for document in using) for using in users),
            written=Column.of((min(told.recorded[document] for document in using) for using in users), LARGE),
            days=days,
        )
        encoded = ((HEARD + name, msgspec.msgpack.encode(getattr(heard, name))) for name in COLUMNS)
        return msgspec.structs.replace(heard, is_noted=stacks.note_lasting(encoded))


COLUMNS: Mapping[str, msgspec.msgpack.Decoder[Any]] = {
    field.name: msgspec.msgpack.Decoder(field.type) for field in msgspec.structs.fields(Heard) if field.required
}
"""Those of `Heard` that are noted, each by itself so that none takes much room."""


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
    there   whether a document, by its number, was there
    in_use  has the numbers of the names that those use
    """

    def __init__(
        self,
        stacks: Stacks,
        heard: Heard,
        name: str,
        there: Callable[[int], bool],
        in_use: Callable[[], list[int]],
    ) -> None:
        self._stacks, self._heard, self._name, self._there, self._in_use = stacks, heard, name, there, in_use

    @classmethod
    def known_by(cls, stacks: Stacks, heard: Heard, day: date) -> EarlierShelves:
        """Those of what was published by a day."""
        last = min(day.toordinal(), NEVER - 1)
        return cls(
            stacks,
            heard,
            f"grouped by {day}",
            lambda document: heard.days[document] <= last,
            lambda: [name for name, since in enumerate(heard.since) if since <= last],
        )

    @classmethod
    def recorded_before(cls, stacks: Stacks, heard: Heard, moment: str) -> EarlierShelves:
        """Those of what was recorded before a moment, as the journal writes it."""
        end = microseconds(moment)
        return cls(
            stacks,
            heard,
            f"grouped before {moment}",
            lambda document: heard.recorded[document] < end,
            lambda: [name for name, written in enumerate(heard.written) if written < end],
        )

    def __contains__(self, document: str) -> bool:
        number = self._out(document)
        return number is not None and bool(self._grouping.named_in(self._heard.uses[number]))

    def __iter__(self) -> Iterator[EarlierShelf]:
        """All of them, each once."""
        there = filter(self._there, range(len(self._heard.documents)))
        return map(self._shelf, self._finder.holding(there))

    def holding(self, documents: Iterable[str]) -> list[EarlierShelf]:
        """The shelves that hold any of some documents."""
        out = (number for id_ in documents if (number := self._out(id_)) is not None)
        return [self._shelf(held) for held in self._finder.holding(out)]

    def with_digest(self, digests: Collection[str]) -> list[EarlierShelf]:
        """The shelves whose registers have one of some hashes."""
        return [one for one in self if one.mark in digests]

    def register(self, one: EarlierShelf, called: Called = ()) -> Made:
        """The register of a shelf, and the ids of the treaties that it answers for.

        called   which of them are called otherwise
        """
        kept = self._stacks.kept_earlier(one.mark, called, one.latest)
        return kept or self._stacks.made_earlier(one.shelf, one.mark, called, one.latest)

    def silent(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Those of some documents that were not there."""
        return tuple(id_ for id_ in documents if self._out(id_) is None)

    def _out(self, document: str) -> int | None:
        """The number of a document that was there."""
        number = self._heard.number(document)
        return number if number is not None and self._there(number) else None

    @cached_property
    def _grouping(self) -> Grouping:
        noted = self._stacks.noted_parts([self._name]) if self._heard.is_noted else {}
        with suppress(KeyError, msgspec.DecodeError):
            return _GROUPING.decode(noted[self._name])
        made = Grouping.of(self._heard, self._in_use())
        if self._heard.is_noted:
            self._stacks.note(self._name, msgspec.msgpack.encode(made))
        return made

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._heard, self._grouping, self._heard.users, self._there)

    def _shelf(self, held: Held) -> EarlierShelf:
        shelf = shelf_of(held, self._heard, self._grouping)
        (mark,) = self._stacks.marks([shelf])
        return EarlierShelf(
            shelf, mark, date.fromordinal(max(self._heard.days[document] for document in held.documents))
        )


_GROUPING = msgspec.msgpack.Decoder(Grouping)


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
