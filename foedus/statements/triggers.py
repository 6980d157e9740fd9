"""Words that may say an act ("ratified", "gave its approval", "entry into force"), found in a row of words.

Which act it is depends on who acts on what (`act_frames.py`); a trigger only opens the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from foedus.statements.word_rows import WordRow


class Form(StrEnum):
    BASE = "base"
    THIRD = "third"
    PAST = "past"  # also the participle, where the two look alike
    PARTICIPLE = "participle"
    GERUND = "gerund"
    NOUN = "noun"


class TriggerWords(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    """One `[[trigger]]` of `act_frames.toml`.

    class_    what frames know it by
    verbs     each by its five forms: base, third person, past, participle, gerund
    nouns     nouns of the same action
    tail      words of which one must follow within `gap` words
    light     the meaning is in the tail: "gave its approval"
    near      its object stands right after it, or it is no trigger: "left the treaty"
    receives  the treaty is its subject, and who acts stands after "by" or "from": "won approval from"
    unless    words that must not follow: "approved of"
    not_of    nouns that are no object of it, near before or after: "negotiations were concluded"
    """

    class_: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    gap: int = 0
    light: bool = False
    near: bool = False
    receives: bool = False
    unless: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """A trigger in a row of words.

    first, last  its words, half-open, with the tail
    core         index just after the verb or noun itself (the tail may stand further right)
    finite       a past form that is no participle ("became")
    """

    first: int
    last: int
    core: int
    form: Form
    words: TriggerWords
    finite: bool = False

    @property
    def class_(self) -> str:
        return self.words.class_


class _Word(msgspec.Struct, frozen=True):
    words: TriggerWords
    form: Form
    rest: tuple[str, ...] = ()
    tails: Mapping[str, tuple[tuple[str, ...], ...]] = {}  # by their first words
    finite: bool = False


_NOT_OF = 15  # words before a verb in which its subject is looked for
_FORMS = (Form.BASE, Form.THIRD, Form.PAST, Form.PARTICIPLE, Form.GERUND)


class Triggers:
    """All trigger words of one language, by their first word."""

    def __init__(self, listed: Iterable[TriggerWords], articles: frozenset[str], nominal_after: frozenset[str]) -> None:
        self._words: dict[str, list[_Word]] = {}
        self._nouns: set[tuple[str, str]] = set()
        self._articles = articles
        self._nominal_after = nominal_after
        for words in listed:
            self._add(words)

    def _add(self, words: TriggerWords) -> None:
        tails: dict[str, tuple[tuple[str, ...], ...]] = {}
        for tail in map(str.split, words.tail):
            tails[tail[0]] = (*tails.get(tail[0], ()), tuple(tail))
        for verb in words.verbs:
            forms = verb.split()
            for form, text in zip(_FORMS, forms, strict=True):
                finite = form is Form.PAST and forms[2] != forms[3]
                known = self._words.setdefault(text, [])
                if not any(one.words is words and not one.rest for one in known):
                    known.append(_Word(words, form, (), tails, finite))
        for noun in words.nouns:
            first, *rest = noun.split()
            self._words.setdefault(first, []).append(_Word(words, Form.NOUN, tuple(rest)))
            self._nouns.add((first, words.class_))

    def find(self, row: WordRow) -> list[Trigger]:
        """Every trigger, left to right, without overlaps of their first words; a longer reading wins."""
        found = []
        last = 0
        for index, lower in enumerate(row.lower):
            words = self._words.get(lower)
            if words is None or index < last:
                continue
            trigger = self._best(row, index, words)
            if trigger:
                found.append(trigger)
                last = trigger.last if trigger.words.light else trigger.core
        return found

    def _best(self, row: WordRow, index: int, words: list[_Word]) -> Trigger | None:
        best: tuple[tuple[int, int, int], Trigger] | None = None
        for word in words:
            match = self._match(row, index, word)
            if match and (best is None or match[0] > best[0]):
                best = match
        return best[1] if best else None

    def _match(self, row: WordRow, index: int, word: _Word) -> tuple[tuple[int, int, int], Trigger] | None:
        """A reading with its rank: a longer tail, nearer, beats none."""
        core = index + 1 + len(word.rest)
        if word.rest and tuple(row.lower[index + 1 : core]) != word.rest:
            return None
        after = row.lower[core : core + 2]
        if after and (after[0] in word.words.unless or " ".join(after) in word.words.unless):
            return None
        if any(one in word.words.not_of for one in row.lower[max(0, index - _NOT_OF) : core + 3]):
            return None
        form = self._form(row, index, word)
        if word.tails and form is Form.NOUN and word.form is not Form.NOUN:
            return None
        if not word.tails:
            if form is Form.NOUN and (row.lower[index], word.words.class_) not in self._nouns:
                return None
            fits = int((word.form is Form.NOUN) == (form is Form.NOUN))
            return (len(word.rest), 0, fits), Trigger(index, core, core, form, word.words, word.finite)
        return self._with_tail(row, index, core, word, form)

    def _with_tail(
        self, row: WordRow, index: int, core: int, word: _Word, form: Form
    ) -> tuple[tuple[int, int, int], Trigger] | None:  # fmt: skip
        lower = row.lower
        for gap, here in enumerate(lower[core : core + word.words.gap + 1]):
            if here in (".", ";"):
                return None
            at = core + gap
            fitting = [tail for tail in word.tails.get(here, ()) if tuple(lower[at : at + len(tail)]) == tail]
            if fitting and not _in_a_score(lower, at):
                size = max(map(len, fitting))
                return (1 + size, -gap, 1), Trigger(index, at + size, core, form, word.words, word.finite)
        return None

    def _form(self, row: WordRow, index: int, word: _Word) -> Form:
        """A base or third-person form right after an article or possessive is a noun: "the exchange", "its vote"."""
        if word.form in (Form.BASE, Form.THIRD, Form.GERUND) and index:
            before = row.lower[index - 1]
            if (
                before in self._articles
                or (before.endswith(("'s", "s'")) and len(before) > 2)
                or (before in self._nominal_after and word.form is not Form.GERUND)
            ):
                return Form.NOUN
        return word.form


def _in_a_score(lower: list[str], at: int) -> bool:
    """The "to" of "voted 96 to 17 against it" opens no infinitive."""
    return 0 < at < len(lower) - 1 and lower[at - 1][0].isdigit() and lower[at + 1][0].isdigit()
