"""Whole numbers and short strings in little room, for what is kept of a hundred thousand documents: read without being unpacked."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import msgspec

SMALL, LARGE = "i", "q"
"""How a number is written: in four bytes, or in eight."""
SMALL_BYTES = array(SMALL).itemsize


class Column(msgspec.Struct, frozen=True, array_like=True):
    """A sequence of whole numbers.

    packed  their bytes, in the order of this machine
    form    `SMALL` or `LARGE`
    """

    packed: bytes
    form: str

    @classmethod
    def of(cls, numbers: Iterable[int], form: str = SMALL) -> Column:
        """The numbers of a sequence.

        raises   OverflowError if one has no room in that form
        """
        if isinstance(numbers, array) and numbers.typecode == form:
            return cls(numbers.tobytes(), form)
        return cls(array(form, numbers).tobytes(), form)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __getitem__(self, at: int) -> int:
        return self._numbers[at]

    def between(self, start: int, end: int) -> list[int]:
        return self._numbers[start:end].tolist()

    @property
    def _numbers(self) -> memoryview[int]:
        return memoryview(self.packed).cast("i" if self.form == SMALL else "q")


class Lists(msgspec.Struct, frozen=True, array_like=True):
    """Lists of numbers, one behind the other; `ends` has where each ends."""

    numbers: Column
    ends: Column

    @classmethod
    def of(cls, lists: Iterable[Iterable[int]]) -> Lists:
        listing = Listing()
        for one in lists:
            listing.add(one)
        return listing.lists()

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[list[int]]:
        numbers, start = self.numbers._numbers, 0
        for end in self.ends:
            yield numbers[start:end].tolist()
            start = end

    def __getitem__(self, at: int) -> list[int]:
        return self.numbers.between(self.ends[at - 1] if at else 0, self.ends[at])

    def inverted(self, count: int) -> Lists:
        """For each of the numbers below `count` which lists have it, in their order."""
        ends = array(SMALL, bytes(SMALL_BYTES * count))
        for number in self.numbers:
            ends[number] += 1
        start = 0
        for number, many in enumerate(ends):
            ends[number], start = start, start + many
        lists = array(SMALL, bytes(SMALL_BYTES * start))
        for at, one in enumerate(self):
            for number in one:
                lists[ends[number]] = at
                ends[number] += 1
        return Lists(Column.of(lists), Column.of(ends))


class Listing:
    """Lists of numbers while they are being listed."""

    def __init__(self) -> None:
        self._numbers, self._ends = array(SMALL), array(SMALL)

    def add(self, numbers: Iterable[int]) -> None:
        self._numbers.extend(numbers)
        self._ends.append(len(self._numbers))

    def lists(self) -> Lists:
        return Lists(Column.of(self._numbers), Column.of(self._ends))


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """Strings of bytes, one behind the other; `ends` has where each ends."""

    written: bytes
    ends: Column

    @classmethod
    def of(cls, strings: Iterable[bytes]) -> Packed:
        packing = Packing()
        for one in strings:
            packing.add(one)
        return packing.packed()

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[bytes]:
        start = 0
        for end in self.ends:
            yield self.written[start:end]
            start = end

    def __getitem__(self, at: int) -> bytes:
        return self.written[self.ends[at - 1] if at else 0 : self.ends[at]]

    def number(self, string: bytes) -> int | None:
        """Where a string stands among sorted ones; None where it does not."""
        at = bisect_left(range(len(self)), string, key=self.__getitem__)
        return at if at < len(self) and self[at] == string else None


class Packing:
    """Strings of bytes while they are being packed."""

    def __init__(self) -> None:
        self._written, self._ends = bytearray(), array(SMALL)

    def add(self, string: bytes) -> None:
        self._written += string
        self._ends.append(len(self._written))

    def packed(self) -> Packed:
        return Packed(bytes(self._written), Column.of(self._ends))
