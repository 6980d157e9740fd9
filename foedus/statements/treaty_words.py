"""The words treaties are named with, as `treaties.toml` holds them, and the treaties that are known by name."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.parties import PartyWords
from foedus.statements.treaty_nicknames import Nicknames
from foedus.statements.unnamed_treaties import UnnamedWords
from foedus.statements.word_rows import WordRow


class Heads(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    weak: tuple[str, ...]
    anaphors: tuple[str, ...]
    alone: tuple[str, ...]
    anaphor_determiners: tuple[str, ...]
    plain_anaphors: tuple[str, ...]
    plural_determiners: tuple[str, ...]
    bearing: tuple[str, ...]
    predicates: tuple[str, ...]
    exchange: str = ""
    papers: tuple[str, ...] = ()


class Modifiers(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    inside: tuple[str, ...]
    joint: tuple[str, ...]
    determiners: tuple[str, ...]
    indefinite: tuple[str, ...]
    openers: tuple[str, ...]
    between: tuple[str, ...]
    quotes: tuple[str, ...]
    plain: tuple[str, ...]
    plurals: tuple[str, ...]
    place: tuple[str, ...]
    calendar_after: tuple[str, ...]
    calendar: tuple[str, ...]
    dated: str
    restrictive: tuple[str, ...]
    linked: tuple[str, ...] = ()
    never_within: tuple[str, ...] = ()
    never_first: tuple[str, ...] = ()
    acting_for: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    of_entry: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    headline_verbs: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    additional_to: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """`[refused]`; before a `sure` head a word of `matters` only says what the treaty is about ("labour treaty")."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    exact: tuple[str, ...]
    bare_after: tuple[str, ...]
    verbs: tuple[str, ...]
    verb_after: tuple[str, ...]
    followed_by: tuple[str, ...]
    sure: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()


class Memberships(msgspec.Struct, frozen=True):
    nouns: tuple[str, ...]
    determiners: tuple[str, ...]
    generic: tuple[str, ...]
    joiners: tuple[str, ...]
    linking: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    leaving_from: tuple[str, ...] = ()
    quitting: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    becoming: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class MeasureWords(msgspec.Struct, frozen=True):
    words: tuple[str, ...]


class KnownName(msgspec.Struct, frozen=True):
    """`organisation`: the one that it founds, by its short name in the directory; `bilateral`: a name that many treaties of two bear."""

    full: str
    forms: tuple[str, ...]
    parties: tuple[str, ...] = ()
    framework: bool = False
    bilateral: bool = False
    id: str | None = None
    organisation: str | None = None


class KnownNames(msgspec.Struct, frozen=True):
    name: tuple[KnownName, ...]


class TreatyWords(msgspec.Struct, frozen=True):
    """`treaties.toml`."""

    heads: Heads
    modifiers: Modifiers
    refused: Refused
    memberships: Memberships
    measures: dict[str, MeasureWords]
    known: KnownNames
    parties: PartyWords
    nicknames: Nicknames = Nicknames()
    unnamed: UnnamedWords = UnnamedWords()


def known_names(reference: Reference, words: TreatyWords) -> list[KnownName]:
    """Names that the lexicon and the treaty series know; a treaty in both keeps what the lexicon says of its use in reports."""
    listed = list(words.known.name)
    by_form = {form: name for name in listed for form in (*name.forms, name.full)}
    for record in reference.series:
        also = next((by_form[form] for form in record.names if form in by_form), None)
        forms = tuple(dict.fromkeys((*record.names, *(also.forms if also else ()))))
        is_framework = also.framework if also else False
        founded = also.organisation if also else None
        listed.append(
            KnownName(
                full=record.names[0],
                forms=forms,
                parties=record.parties,
                framework=is_framework,
                id=record.id,
                organisation=founded,
            )
        )
    return listed


def after_tail(words: Modifiers, row: WordRow, head: int) -> int:
    """Where what belongs to a head whatever follows ends: "memorandum of understanding"."""
    tail = next(
        (text.split() for text in words.tails if row.lower[head : head + text.count(" ") + 1] == text.split()), None
    )
    return head + len(tail) if tail else head + 1


def acts_for(words: Modifiers, row: WordRow, head: int, at: int, covered: Sequence[bool]) -> bool:
    """ "signed the Rome Statute for the United States", "on behalf of the government of Kenya": whose signature it was.

    "The accession protocol for Sweden" is a name.
    """
    if set(row.lower[max(0, head - _BEFORE_HEAD) : head]) & set(words.of_entry):
        return False
    for opener in sorted(words.acting_for, key=len, reverse=True):
        parts = opener.split()
        if row.lower[at : at + len(parts)] == parts:
            last = at + len(parts)
            while last < len(row) and row.lower[last] in words.governments and not covered[last]:
                last += 1
            return last < len(row) and covered[last]
    return False


_BEFORE_HEAD = 4
