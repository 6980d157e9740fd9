"""The words that tell which time of a sentence is an act's, as `occasions.toml` holds them."""

from __future__ import annotations

import msgspec

from foedus.terms.acts import Kind


class OccasionWords(msgspec.Struct, frozen=True):
    """`occasions.toml`."""

    reporting: tuple[str, ...]
    published: tuple[str, ...]
    until: tuple[str, ...]
    breaks: tuple[str, ...]
    then: tuple[str, ...]
    made: tuple[str, ...]
    partners: tuple[str, ...]
    conjunctions: tuple[str, ...]
    telling: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    infinitive: str = ""
    leading: tuple[str, ...] = ()
    between_names: tuple[str, ...] = ()
    announcing: tuple[str, ...] = ()
    that: str = ""
    plain: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    anterior: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    dating: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()
    anaphors: tuple[str, ...] = ()
    events: dict[str, tuple[Kind, ...]] = {}


class Heads(msgspec.Struct, frozen=True):
    words: tuple[str, ...] = ()


class TreatyNouns(msgspec.Struct, frozen=True):
    """Of `treaties.toml`, what treaties are called."""

    heads: Heads = Heads()
