"""Words that say an act in a language that is read by tables alone: by class, and by what each form of them says.

Which act it is depends on who acts on what (`plain_frames.py`); how sure it is, on the form and the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.act_frames import FrameRow
from foedus.statements.word_forms import Entries, Folded, Inflection


class PlainForm(StrEnum):
    """What the form of a word says by itself; also the key of its list in a `[[trigger]]`."""

    PAST = "past"
    PASSIVE = "passive"
    PRESENT = "present"
    FUTURE = "future"
    INFINITIVE = "infinitive"
    SUBJUNCTIVE = "subjunctive"
    NOUN = "noun"


class PlainTriggerWords(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    """One `[[trigger]]` of `act_frames.toml`.

    tail   entries of which one must follow within `gap` words ("вступил" + "в силу"); they belong to the trigger
    unless entries that must not follow right after
    """

    class_: str
    past: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    subjunctive: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    gap: int = 0
    unless: tuple[str, ...] = ()


class PlainContents(msgspec.Struct, frozen=True):
    """What a law or a vote is about: class -> entries. `outer`: triggers that take a content."""

    outer: frozenset[str]
    classes: dict[str, tuple[str, ...]]


class PlainFrameWords(msgspec.Struct, frozen=True):
    """`act_frames.toml`. The rows of `frame` have the names and classes of the English ones."""

    trigger: tuple[PlainTriggerWords, ...]
    frame: tuple[FrameRow, ...]
    measures: dict[str, str]
    contents: PlainContents
    clauses: dict[str, tuple[str, ...]]
    needs_actor: frozenset[str]


class PlainTrigger(msgspec.Struct, frozen=True):
    """A trigger in a row of words, half-open; `core` is the end of the word itself, without the tail."""

    first: int
    last: int
    core: int
    form: PlainForm
    class_: str


class _Word(msgspec.Struct, frozen=True):
    form: PlainForm
    class_: str
    tail: Entries[bool] | None
    gap: int
    unless: Entries[bool]


class PlainTriggers:
    """All triggers of one language."""

    def __init__(self, words: PlainFrameWords, forms: Inflection) -> None:
        self._have = frozenset(words.clauses.get("have", ()))
        self._before_nouns = frozenset(words.clauses.get("before_nouns", ()))
        self._entries: Entries[_Word] = Entries(forms, _listed(words, forms))

    def find(self, words: Folded) -> list[PlainTrigger]:
        """Every trigger, left to right, without overlaps; the one that takes most words wins."""
        found: list[PlainTrigger] = []
        index = 0
        while index < len(words):
            readings = [
                one
                for match in self._entries.all_at(words, index)
                if (one := _read(words, match.last, index, match.value))
            ]
            if readings:
                is_noun = index > 0 and words.lower[index - 1] in self._before_nouns
                best = max(readings, key=lambda one: (one.last - one.first, (one.form is PlainForm.NOUN) is is_noun))
                is_perfect = best.form is PlainForm.PASSIVE and index > 0 and words.lower[index - 1] in self._have
                found.append(msgspec.structs.replace(best, form=PlainForm.PAST) if is_perfect else best)
                index = found[-1].core
            else:
                index += 1
        return found


def _read(words: Folded, core: int, first: int, word: _Word) -> PlainTrigger | None:
    if core < len(words) and word.unless.at(words, core):
        return None
    if word.tail is None:
        return PlainTrigger(first, core, core, word.form, word.class_)
    for index in range(core, min(len(words), core + word.gap + 1)):
        tail = word.tail.at(words, index)
        if tail:
            return PlainTrigger(first, tail.last, core, word.form, word.class_)
    return None


def _listed(words: PlainFrameWords, forms: Inflection) -> Iterator[tuple[str, _Word]]:
    for row in words.trigger:
        tail = Entries(forms, [(written, True) for written in row.tail]) if row.tail else None
        unless = Entries(forms, [(written, True) for written in row.unless])
        for form in PlainForm:
            for written in getattr(row, form.value):
                yield written, _Word(form, row.class_, tail, row.gap, unless)


def plain_verbs(lexicon: Lexicon) -> list[str]:
    """Every finite form of a trigger: a treaty's name ends before it."""
    rows = lexicon.section("act_frames", PlainFrameWords).trigger
    return [written for row in rows for written in (*row.past, *row.passive, *row.present, *row.future)]
