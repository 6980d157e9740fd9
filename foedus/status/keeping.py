"""Answers kept beside the values that they were computed from: the same register, asked again, is not read again.

A register never changes, so that whatever was computed from it stays right. Comparing two of them would read every act; the
very same object is the same register, and nothing more is asked.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """A value as the key of something kept: equal to itself alone."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value
