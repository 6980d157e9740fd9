"""Words that may say an act ("ratified", "gave its approval", "entry into force"), found in a row of words.

Which act it is depends on who acts on what (`act_frames.py`); a trigger only opens the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow, around_aside


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
    unless_then  words that must not follow soon: "denounced the treaty as unfair"
    not_of    nouns that are no object of it, near before or after: "negotiations were concluded"
    only_of   nouns of which one must stand near before or after: "talks were opened"
    alone     tells its act without an object too: "have already accepted"
    turned    the tail may be the subject of a passive: "a reservation was lodged"
    plans_too it may be done to a plan instead, and tells nothing then: "dropped its plans to leave"
    closes    no noun follows its tail: "deposited its own on Monday", not "its own instrument"
    subject   its treaty stands right before it: "the treaty ends in May"
    drafts    where nobody is named, it tells that a text of many was made: "concluded in Oslo"
    destined  whom it goes to is named in its sentence: "sent it to parliament"
    house     the chamber stands right after it: "sailed through parliament"
    stands    how it stands though it is told as done: "open" ("awaits the approval of"), "denied" ("failed in the Senate"),
              "standing" (a present that lasts: "is in force"), "now" (one that lasts where no time is told), "ahead"
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
    unless_then: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    only_of: tuple[str, ...] = ()
    alone: bool = False
    drafts: bool = False
    subject: bool = False
    destined: bool = False
    house: bool = False
    plans_too: bool = False
    closes: bool = False
    turned: bool = False
    stands: str = ""


class Trigger(msgspec.Struct, frozen=True):
    """A trigger in a row of words.

    first, last  its words, half-open, with the tail
    core         index just after the verb or noun itself (the tail may stand further right)
    class_       what frames know it by
    finite       a past form that is no participle ("became")
    is_past_too  a base form that looks like its past: "put", "let"
    turned_at    where the tail stands, if before a passive; else -1
    """

    first: int
    last: int
    core: int
    form: Form
    class_: str
    words: TriggerWords
    finite: bool = False
    is_past_too: bool = False
    turned_at: int = -1


class _Word(msgspec.Struct, frozen=True):
    words: TriggerWords
    form: Form
    rest: tuple[str, ...] = ()
    tails: Mapping[str, tuple[tuple[str, ...], ...]] = {}  # by their first words
    finite: bool = False
    is_past_too: bool = False


class _Tails(msgspec.Struct, frozen=True):
    """How the readings of one first word go on: most verbs with a tail go by without it.

    seconds   the words one of which follows right after it, where no reading is of one word: "in force"; else empty
    openings  the first words of all tails
    reach     words that may stand before a tail at most
    without   the readings that need none behind the word
    """

    seconds: frozenset[str]
    openings: frozenset[str]
    reach: int
    without: tuple[_Word, ...]


def _tails_of(known: Sequence[_Word]) -> _Tails:
    return _Tails(
        seconds=frozenset(one.rest[0] for one in known) if all(one.rest for one in known) else frozenset(),
        openings=frozenset(opening for one in known for opening in one.tails),
        reach=max(one.words.gap for one in known),
        without=tuple(one for one in known if not one.tails or one.words.turned),
    )


_ONLY_OF = 7
_SOON = 9
_TURNED, _BE = 16, 4  # words before a passive in which its noun and its auxiliary are looked for
_AUXILIARIES = 3  # words between an aside and its verb: ", had been concluded"
_NOT_OF = 15  # words before a verb in which its subject is looked for
_FORMS = (Form.BASE, Form.THIRD, Form.PAST, Form.PARTICIPLE, Form.GERUND)


class Triggers:
    """All trigger words of one language, by their first word."""

    def __init__(self, listed: Iterable[TriggerWords], verbs: VerbWords, infinitive: str) -> None:
        clauses, adverbs = verbs.clauses, (*verbs.pro_verbs.adverbs, *verbs.adverbs.days)
        self._passive_after = frozenset(verbs.auxiliaries.be)
        self._of, self._that = verbs.crowds.of, clauses.conjunction_or_relative
        self._articles, self._plans = frozenset(verbs.nouns.markers), frozenset(verbs.dropped)
        self._nominal_after = frozenset(clauses.prepositions) - {infinitive}
        self._closing = frozenset((*clauses.prepositions, *clauses.conjunctions, *adverbs))
        self._words: dict[str, list[_Word]] = {}
        self._nouns: set[tuple[str, str]] = set()
        for words in listed:
            self._add(words)
        self._tails = {first: _tails_of(known) for first, known in self._words.items()}

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
                    known.append(_Word(words, form, (), tails, finite, form is Form.BASE and text == forms[2]))
        for noun in words.nouns:
            first, *rest = noun.split()
            self._words.setdefault(first, []).append(_Word(words, Form.NOUN, tuple(rest)))
            self._nouns.add((first, words.class_))

    def find(self, row: WordRow) -> list[Trigger]:
        """Every trigger, left to right, without overlaps of their first words; a longer reading wins."""
        found: list[Trigger] = []
        known, last = self._words, 0
        for index, lower in enumerate(row.lower):
            if lower not in known or index < last:
                continue
            trigger = self._best(row, index, lower)
            if trigger and not _is_in_tail(found, trigger):
                found.append(trigger)
                last = trigger.last if trigger.words.light else trigger.core
        return found

    def _best(self, row: WordRow, index: int, lower: str) -> Trigger | None:
        best: tuple[tuple[int, int, int], Trigger] | None = None
        tails = self._tails[lower]
        if tails.seconds and tails.seconds.isdisjoint(row.lower[index + 1 : index + 2]):
            return None
        is_followed = not tails.openings.isdisjoint(row.lower[index + 1 : index + 2 + tails.reach])
        for word in self._words[lower] if is_followed else tails.without:
            ahead = row.lower[index + 1 : index + 2 + word.words.gap]
            if word.tails and not word.words.turned and word.tails.keys().isdisjoint(ahead):
                continue  # most verbs with a tail go by without it
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
        is_dated = len(after) > 1 and after[1][0].isdigit()  # "extended to 2030"
        unless = word.words.unless
        if unless and after and ((after[0] in unless and not is_dated) or " ".join(after) in unless):
            return None
        if word.words.unless_then and any(one in word.words.unless_then for one in row.lower[core : core + _SOON]):
            return None
        if word.words.not_of or word.words.only_of:
            before = _subject_words(row.lower[:index])[-_NOT_OF:]
            if any(one in word.words.not_of for one in before + row.lower[index : core + 3]):
                return None
            near = before + row.lower[index : core + _ONLY_OF]
            if word.words.only_of and not any(one in word.words.only_of for one in near):
                return None
        form = self._form(row, index, word)
        if word.tails and form is Form.NOUN and word.form is not Form.NOUN:
            return None
        if not word.tails:
            if word.words.plans_too and self._is_of_a_plan(row, core):
                return None
            if form is Form.NOUN and (row.lower[index], word.words.class_) not in self._nouns:
                return None
            fits = int((word.form is Form.NOUN) == (form is Form.NOUN))
            return (len(word.rest), 0, fits), _trigger(word, index, core, core, form)
        return self._with_tail(row, index, core, word, form)

    def _with_tail(
        self, row: WordRow, index: int, core: int, word: _Word, form: Form
    ) -> tuple[tuple[int, int, int], Trigger] | None:  # fmt: skip
        lower = row.lower
        for gap, here in enumerate(lower[core : core + word.words.gap + 1]):
            if here in (".", ";"):
                break
            at = core + gap
            if here not in word.tails:
                continue
            fitting = [tail for tail in word.tails[here] if tuple(lower[at : at + len(tail)]) == tail]
            if fitting and not in_a_score(lower, at):
                size = max(map(len, fitting))
                if word.words.plans_too and self._is_of_a_plan(row, at + size):
                    continue
                if word.words.closes and not self._is_closed(row, at + size):
                    continue
                return (1 + size, -gap, 1), _trigger(word, index, at + size, core, form)
        return self._turned(row, index, core, word, form) if word.words.turned else None

    def _is_of_a_plan(self, row: WordRow, at: int) -> bool:
        """ "its plans", "the idea": a plan stands at a word, after articles."""
        while at < len(row) and row.lower[at] in self._articles:
            at += 1
        return at < len(row) and row.lower[at] in self._plans

    def _is_closed(self, row: WordRow, at: int) -> bool:
        """Whether a clause may end before a word: a mark, a name, a number or a small word, but no noun."""
        return at >= len(row) or not row.lower[at].isalpha() or row.is_capital(at) or row.lower[at] in self._closing

    def _turned(
        self, row: WordRow, index: int, core: int, word: _Word, form: Form
    ) -> tuple[tuple[int, int, int], Trigger] | None:  # fmt: skip
        """ "A reservation was lodged", "notice of withdrawal has been given": the tail as the subject of a passive."""
        lower = row.lower
        is_passive = form in (Form.PAST, Form.PARTICIPLE) or word.is_past_too
        if not is_passive or not any(one in self._passive_after for one in lower[max(0, index - _BE) : index]):
            return None
        start = max(0, index - _TURNED)
        stop = next((at for at in range(index - 1, start - 1, -1) if lower[at] in (".", ";", ",")), start - 1)
        for at in range(stop + 1, index - 1):
            fitting = [tail for tail in word.tails.get(lower[at], ()) if tuple(lower[at : at + len(tail)]) == tail]
            if fitting:
                return (1 + max(map(len, fitting)), index - at, 1), _trigger(word, index, core, core, form, at)
        return None

    def _form(self, row: WordRow, index: int, word: _Word) -> Form:
        """A base or third-person form right after an article or possessive is a noun: "the exchange", "its vote".

        So is a base form before "of": "the UK-US exchange of notes".
        """
        is_noun_too = word.form is Form.BASE and (row.lower[index], word.words.class_) in self._nouns
        if is_noun_too and not word.tails and row.lower[index + 1 : index + 2] == [self._of]:
            return Form.NOUN
        if word.form in (Form.BASE, Form.THIRD, Form.GERUND) and index:
            before = row.lower[index - 1]
            if word.form is Form.THIRD and before.isdigit():
                return Form.NOUN
            if word.form is Form.THIRD and before == self._that:
                return word.form  # "a bill that ratifies it"
            if (
                before in self._articles
                or (before.endswith(("'s", "s'")) and len(before) > 2)
                or (before in self._nominal_after and word.form is not Form.GERUND)
            ):
                return Form.NOUN
        return word.form


def _subject_words(before: list[str]) -> list[str]:
    """ "talks on it, begun long ago, had been [concluded]": the words before a verb without the aside that parts it from its subject."""
    end = next(
        (at + 1 for at in range(len(before) - 1, len(before) - 2 - _AUXILIARIES, -1) if before[at : at + 1] == [","]), 0
    )
    return around_aside(before[:end]) + before[end:] if end else before


def _trigger(word: _Word, first: int, last: int, core: int, form: Form, turned_at: int = -1) -> Trigger:
    return Trigger(first, last, core, form, word.words.class_, word.words, word.finite, word.is_past_too, turned_at)


def _is_in_tail(found: list[Trigger], trigger: Trigger) -> bool:
    """The "in force" of "has been in force since May" is no noun of its own."""
    before = found[-1] if found else None
    classes = {before.class_, trigger.class_} if before is not None else set()
    is_noun = trigger.form is Form.NOUN and (len(classes) == 1 or classes == _OF_FORCE)
    return before is not None and is_noun and trigger.first < before.last


_OF_FORCE = {"force", "provisional"}


def in_a_score(lower: list[str], at: int) -> bool:
    """The "to" of "voted 96 to 17 against it" opens no infinitive."""
    return 0 < at < len(lower) - 1 and lower[at - 1][0].isdigit() and lower[at + 1][0].isdigit()
