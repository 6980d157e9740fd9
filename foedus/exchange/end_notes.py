"""End notes of depositaries' tables: acts of predecessor states, and withdrawals, which the tables themselves drop.

A status table replaces the entries of a state that has ceased to exist with those of its successors, and shows a participant
that has left in brackets only; what they did, and when, stands in notes. A sentence of a note is read whole or passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from foedus.terms.acts import Kind


class NoteForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one form of note is said; without `kinds` its verbs say which acts it tells of."""

    rule: str
    pattern: str
    kinds: tuple[Kind, ...] = ()


class NoteWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `depositaries/notes.toml`."""

    date: str
    who: str
    articles: tuple[str, ...]
    acts: Mapping[str, Kind]
    instruments: Mapping[str, str]
    note: tuple[NoteForm, ...]


class Noted(NamedTuple):
    """One act that a note tells of; `day` as printed."""

    who: str
    kind: Kind
    day: str
    instrument: str | None = None


_SENTENCE = re.compile(r"(?<=[a-z0-9)\]”\"])\. +(?=[A-Z“\"\[])")


def acts_in(note: str, words: NoteWords) -> Iterator[Noted]:
    """The acts of a note, in its order; nothing for sentences of no form known here."""
    for sentence in _SENTENCE.split(note):
        for form in words.note:
            found = _pattern(form, words).search(sentence)
            if found:
                yield from _acts(found, form, words)
                break


def _acts(found: re.Match[str], form: NoteForm, words: NoteWords) -> Iterator[Noted]:
    who, groups = _name(found["who"], words), found.groupdict()
    days = re.findall(words.date, found["days"])
    said = re.findall("|".join(map(re.escape, words.acts)), groups.get("acts") or "")
    kinds = form.kinds or tuple(words.acts[verb] for verb in said)
    if len(kinds) != len(days):
        return  # which act was on which day cannot be told
    for kind, day, verb in zip(kinds, days, said or [""] * len(days), strict=True):
        yield Noted(who, kind, day, words.instruments.get(verb))
    if groups.get("effect"):
        yield Noted(who, Kind.WITHDRAW_EFFECTIVE, groups["effect"])


def _name(said: str, words: NoteWords) -> str:
    """Who is meant, without what stands before a name in a sentence.

    "the former Yugoslavia" is Yugoslavia; "the Republic of the Philippines" is the Philippines.
    """
    name = said.strip()
    for article in words.articles:
        name = name.removeprefix(article)
    return name


def _pattern(form: NoteForm, words: NoteWords) -> re.Pattern[str]:
    return _compiled(form.pattern, words.date, words.who, "|".join(map(re.escape, words.acts)))


@lru_cache(maxsize=64)
def _compiled(pattern: str, date: str, who: str, acts: str) -> re.Pattern[str]:
    parts = {"date": date, "who": who, "act": f"(?:{acts})"}
    return re.compile(re.sub(r"(?<!\?P)<(date|who|act)>", lambda mark: parts[mark[1]], pattern))
