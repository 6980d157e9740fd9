"""Whole numbers in little room, for what is kept of a hundred thousand documents: read from bytes without being unpacked."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import msgspec

SMALL, LARGE = "i", "q"
"""How a number is written: in four bytes, or in eight."""


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
        numbers, ends = array(SMALL), array(SMALL)
        for one in lists:
            numbers.extend(one)
            ends.append(len(numbers))
        return cls(Column.of(numbers), Column.of(ends))

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[list[int]]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: int) -> list[int]:
        return self.numbers.between(self.ends[at - 1] if at else 0, self.ends[at])
