"""What was known on an earlier day: the shelves as the documents that were published by then make them.

A document that came later may join two shelves, or make a name stand for two treaties; so the shelves of a day are made of
that day's documents alone. Their registers are made when they are asked for, and kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from foedus.register.entries import Register
from foedus.register.identity import TreatyKey
from foedus.register.shelves import Naming, Shelf, shelves_of
from foedus.stacks import CATALOGUE, Made, Placed, Stacks, Told

HEARD = "heard"
"""Under this name the stacks keep what `Heard` holds."""


class Mention(msgspec.Struct, frozen=True, array_like=True):
    """A document that names treaties.

    day     by which it was out
    digest  hash of all that it says
    keys    numbers of the names that it uses
    ruled   ids of those of its statements that rulings are about
    """

    day: date
    digest: str
    keys: tuple[int, ...]
    ruled: tuple[str, ...] = ()


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """All that the shelves of any day are made of: the names in use, and the datable documents, by id, that use them."""

    keys: tuple[TreatyKey, ...]
    documents: Mapping[str, Mention]

    @classmethod
    def of(cls, stacks: Stacks, published: Callable[[Told], Mapping[str, date]]) -> Heard:
        """What the documents of some stacks name, kept there once it was made.

        published   the day by which each document was out that names a treaty
        """
        held = stacks.noted(HEARD)
        if held is not None:
            return _HEARD.decode(held)
        told = stacks.told()
        days, numbers = published(told), dict[TreatyKey, int]()
        mentions = {
            id_: Mention(
                days[id_],
                told.digests[id_],
                tuple(numbers.setdefault(key, len(numbers)) for key in naming.keys),
                naming.statements,
            )
            for id_, naming in told.named.items()
            if naming.keys and id_ in days
        }
        heard = cls(keys=tuple(numbers), documents=mentions)
        stacks.note(HEARD, msgspec.msgpack.encode(heard))
        return heard

    def by(self, known: date) -> Told:
        """What the documents tell that were out by a day."""
        out = {id_: mention for id_, mention in self.documents.items() if mention.day <= known}
        return Told(
            {id_: Naming(tuple(self.keys[n] for n in told.keys), told.ruled) for id_, told in out.items()},
            {id_: told.digest for id_, told in out.items()},
        )


_HEARD = msgspec.msgpack.Decoder(Heard)


class EarlierShelves:
    """The shelves of the documents that were published by a day.

    heard   says what they are made of; asked only where they are not kept
    """

    def __init__(self, stacks: Stacks, heard: Callable[[], Heard], known: date) -> None:
        self._stacks, self._heard, self._known = stacks, heard, known
        listed = stacks.noted(str(known))
        self._listed = self._newly_listed() if listed is None else CATALOGUE.decode(listed)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, shelf in enumerate(self._listed):
            for id_ in shelf.documents:
                self._numbers[id_].append(number)

    def __contains__(self, document: str) -> bool:
        return document in self._numbers

    def __len__(self) -> int:
        return len(self._listed)

    def touching(self, documents: Iterable[str]) -> list[int]:
        """Numbers of the shelves that hold any of some documents."""
        return sorted({number for id_ in documents for number in self._numbers.get(id_, ())})

    def with_digest(self, digests: Collection[str]) -> list[int]:
        """Numbers of the shelves whose registers have one of some hashes."""
        return [number for number, shelf in enumerate(self._listed) if shelf.mark in digests]

    def register(self, number: int) -> Made:
        """The register of a shelf, and the ids of the treaties that it answers for."""
        listed = self._listed[number]
        latest = max(day for day in listed.published if day is not None)
        return self._stacks.kept_earlier(listed.mark, latest) or self._made(listed, latest)

    def _made(self, listed: Placed, latest: date) -> Made:
        shelf = self._shelves.get(listed.mark)
        if shelf is None:  # the journal has changed since they were listed
            return self._stacks.made_alone(listed.documents)
        digests = {id_: self._heard().documents[id_].digest for id_ in shelf.documents}
        return self._stacks.made_earlier(shelf, listed.mark, latest, digests)

    @cached_property
    def _shelves(self) -> Mapping[str, Shelf]:
        """The shelves by the marks of their registers."""
        told = self._heard().by(self._known)
        shelves = shelves_of(told.named)
        return dict(zip(self._stacks.marks(shelves, told), shelves, strict=True))

    def _newly_listed(self) -> tuple[Placed, ...]:
        mentions = self._heard().documents
        listed = tuple(
            Placed(
                documents=one.documents, published=tuple(mentions[d].day for d in one.documents), mark=mark, treaties=()
            )
            for mark, one in self._shelves.items()
        )
        self._stacks.note(str(self._known), msgspec.msgpack.encode(listed))
        return listed


def told_of(treaty: str, register: Register) -> frozenset[str]:
    """Ids of the statements that tell of a treaty."""
    return frozenset(s for entry in register.entries if entry.treaty == treaty for s in entry.supported_by)


def shared(told: Collection[str], register: Register, own: Collection[str]) -> Counter[str]:
    """How many of some statements tell of each treaty that a register answers for."""
    entries = (entry for entry in register.entries if entry.treaty in own)
    return Counter(entry.treaty for entry in entries for statement in entry.supported_by if statement in told)
