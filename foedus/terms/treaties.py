"""What a treaty is called, whose it is, and what is said to bind (VCLT 2(1)(a)).

A title decides nothing: whether an instrument binds is said, disputed or unstated, never inferred from its name.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Binding(StrEnum):
    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"
    UNSTATED = "unstated"


class TreatyName(msgspec.Struct, frozen=True, kw_only=True):
    """A name that some report or text uses, and how often it was used."""

    text: str
    documents: tuple[str, ...] = ()


class Treaty(msgspec.Struct, frozen=True, kw_only=True):
    """A treaty as the register knows it.

    id         "prk-rus-2024": from the treaty series where it is recorded, else parties and year of signature
    names      as reported, titles before descriptions, most used first
    parties    ISO alpha-3 codes or organisations' short names, sorted; for a multilateral only those named as parties
    bilateral  exactly two states can be party, as far as is known
    """

    id: str
    names: tuple[TreatyName, ...] = ()
    parties: tuple[str, ...] = ()
    bilateral: bool = False
    binding: Binding = Binding.UNSTATED
