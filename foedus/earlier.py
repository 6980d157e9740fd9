"""What was known on an earlier day: the shelves as the documents that were published by then make them.

A document that came later may join two shelves, or make a name stand for two treaties; so the shelves of a day are made of
that day's documents alone. Their registers are made when they are asked for, and kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from foedus.register.entries import Register
from foedus.register.shelves import Shelf, shelves_of
from foedus.stacks import Made, Placed, Stacks


class EarlierShelves:
    """The shelves of the documents that were published by a day.

    published  says, for each document that names a treaty, the day by which it was out; asked only where nothing is kept
    """

    def __init__(self, stacks: Stacks, published: Callable[[], Mapping[str, date]], known: date) -> None:
        self._stacks, self._days, self._known = stacks, published, known
        listed = stacks.listed(known)
        self._listed = self._newly_listed() if listed is None else listed
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
        shelves, digests = self._shelves
        if listed.mark not in shelves:  # the journal has changed since they were listed
            return self._stacks.made_alone(listed.documents)
        return self._stacks.made_earlier(shelves[listed.mark], listed.mark, latest, digests)

    @cached_property
    def _shelves(self) -> tuple[Mapping[str, Shelf], Mapping[str, str]]:
        """The shelves by the marks of their registers, and a hash of what each document says."""
        told, days = self._stacks.told(), self._days()
        heard = {id_: naming for id_, naming in told.named.items() if id_ in days and days[id_] <= self._known}
        shelves = shelves_of(heard)
        return dict(zip(self._stacks.marks(shelves, told), shelves, strict=True)), told.digests

    def _newly_listed(self) -> tuple[Placed, ...]:
        days = self._days()
        listed = tuple(
            Placed(documents=one.documents, published=tuple(days[d] for d in one.documents), mark=mark, treaties=())
            for mark, one in self._shelves[0].items()
        )
        self._stacks.keep_listed(self._known, listed)
        return listed


def told_of(treaty: str, register: Register) -> frozenset[str]:
    """Ids of the statements that tell of a treaty."""
    return frozenset(s for entry in register.entries if entry.treaty == treaty for s in entry.supported_by)


def shared(told: Collection[str], register: Register, own: Collection[str]) -> Counter[str]:
    """How many of some statements tell of each treaty that a register answers for."""
    entries = (entry for entry in register.entries if entry.treaty in own)
    return Counter(entry.treaty for entry in entries for statement in entry.supported_by if statement in told)
