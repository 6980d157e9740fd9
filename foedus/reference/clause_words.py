"""The shape of `force_clauses.toml`: how a language says when a treaty enters into force.

A condition is read as a time ("on the thirtieth day after") with an event ("the deposit of the tenth instrument"); any time goes
with any event. What cannot be taken apart so is a rule of its own.
"""

from __future__ import annotations

import msgspec

from foedus.reference.clauses import Pool, Trigger


class SentenceWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence is about.

    pattern  the whole sentence, with a group `when` for its condition
    skip     words with which it says nothing of the kind
    decline  words with which it cannot be read -> why
    """

    of: str
    pattern: str
    skip: tuple[str, ...] = ()
    decline: dict[str, str] = {}


class TailWords(msgspec.Struct, frozen=True, kw_only=True):
    """What may stand before or after a condition, and bounds it."""

    rule: str
    pattern: str
    leads: bool = False


class SplitWords(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that says two things, in its groups `first` and `second`; `lead` stands before the second."""

    pattern: str
    lead: str = ""


class TimeWords(msgspec.Struct, frozen=True, kw_only=True):
    """How the time between the event and the entry into force is said."""

    rule: str
    pattern: str
    days: int | None = None
    month_start: int | None = None


class RuleWords(msgspec.Struct, frozen=True, kw_only=True):
    """How one form of condition, or one event of it, is said, and what is the same in all its cases.

    own     each state's own instrument
    fails   it says only what holds if the conditions are met by a day; another sentence must say what holds else
    """

    rule: str
    pattern: str
    trigger: Trigger = Trigger.DEPOSITS
    month_start: int | None = None
    named: tuple[str, ...] = ()
    counting: Pool | None = None
    part_of: Pool | None = None
    then: bool = False
    or_more: bool = False
    own: bool = False
    noticed: bool = False
    fails: bool = False
    states_only: bool = False


class ListWords(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions that are listed under one another.

    opening   what stands before the list
    item      the mark of an item
    share     an item on a share
    """

    opening: str
    item: str
    share: str


class ClauseTextWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `force_clauses.toml` of a language."""

    vocabulary: tuple[str, ...]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    hundred: str
    fractions: dict[str, str]
    units: dict[str, str]
    groups: dict[str, tuple[str, ...]]
    pools: dict[str, Pool]
    kinds: dict[str, str]
    months: tuple[str, ...]
    fragments: dict[str, str]
    about: str
    headings: str
    split: tuple[SplitWords, ...]
    conditions: str
    joiners: str
    sentence: tuple[SentenceWords, ...]
    tail: tuple[TailWords, ...]
    rule: tuple[RuleWords, ...]
    time: tuple[TimeWords, ...]
    event: tuple[RuleWords, ...]
    list: ListWords
    own_event: tuple[RuleWords, ...]
