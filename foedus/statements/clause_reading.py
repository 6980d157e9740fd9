"""Clauses on entry into force and on withdrawal, read from the words of a report (VCLT 24, 54, 56).

What a sentence gives is written in the compact words of `reference/clauses.py`. A past event is no clause, unless the
article is named that provides for it; a law's own entry into force is kept apart ("law:publication").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from foedus.reference.clauses import ForceClause, Trigger, WithdrawalClause, written
from foedus.reference.packs import Reference
from foedus.statements.phrases import Classes, Phrases, PhraseTable, compile_phrases, count_of, has_any
from foedus.statements.provision_rules import ProvisionFound, ProvisionWords, provision_rules

_TOLD_AS_EVENT = 2
"""Parts (a count and a delay) that make a clause of what is told as an event: "in force since May, 90 days after the 50th"."""
_FEWEST = 2
"""Instruments that a clause counts; one is nobody's threshold."""


class ForceWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    phrases: tuple[str, ...]
    conditional: tuple[str, ...]
    past: tuple[str, ...]
    never: tuple[str, ...]
    back: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class TriggerWords(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    value: str
    phrases: tuple[str, ...]
    counted: bool = False
    needs_also: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class DelayWords(msgspec.Struct, frozen=True, kw_only=True):
    days: tuple[str, ...]
    months: tuple[str, ...]
    month_start: tuple[str, ...]


class StatedWords(msgspec.Struct, frozen=True, kw_only=True):
    """A clause on leaving that no length of notice tells: its value is a word; `wins` says that it does beside such a length."""

    rule: str
    value: str
    phrases: tuple[str, ...]
    wins: bool = False


class WithdrawalWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    phrases: tuple[str, ...]
    modal: tuple[str, ...]
    past: tuple[str, ...]
    terms: tuple[str, ...]
    stated: tuple[StatedWords, ...]
    against: tuple[str, ...]
    ground: tuple[str, ...]
    not_before: tuple[str, ...]
    half: str
    units: dict[str, str]


class ClauseWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `clauses.toml` of a language."""

    force: ForceWords
    trigger: tuple[TriggerWords, ...]
    delay: DelayWords
    withdrawal: WithdrawalWords


class _Trigger(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    words: TriggerWords
    phrases: Phrases
    needs_also: Phrases
    against: Phrases


class ClauseReader(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words of a language, compiled."""

    words: ClauseWords
    numbers: dict[str, int]
    force: Phrases
    conditional: Phrases
    past: Phrases
    never: Phrases
    back: Phrases
    lacking: Phrases
    against: Phrases
    triggers: PhraseTable[_Trigger]
    days: Phrases
    months: Phrases
    month_start: Phrases
    leaving: Phrases
    modal: Phrases
    gone: Phrases
    terms: Phrases
    stated: tuple[tuple[StatedWords, Phrases], ...]
    stays: Phrases
    ground: Phrases
    not_before: Phrases

    def entry(
        self, text: str, start: int, end: int, article: str | None, before: tuple[int, int] | None = None
    ) -> ProvisionFound | None:
        """The entry-into-force clause that the sentence words, or None.

        before  the sentence before, to which this one may refer back: "It needed six members and three others."
        """
        force = self._in_force(text, start, end) or self._referred_to(text, start, end, before)
        if not force or self.against.find(text, start, end):
            return None
        event = self.past.find(text, start, end) and not self.never.find(text, start, end)
        if not article and not event and not self.conditional.find(text, start, end):
            return None
        reads = (
            self._triggered(trigger, text, start, end, force) for trigger, _ in self.triggers.possible(text, start, end)
        )
        found = next((one for one in reads if one), None)
        if found and event and not article and found.weight < _TOLD_AS_EVENT:
            return None  # "it entered into force after the 50th ratification" only tells what happened
        return found

    def _in_force(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where the text between the places speaks of entering into force."""
        found = self.force.find(text, start, end)
        return found.span() if found and has_any(text[start:end].lower(), self.words.force.needs) else None

    def _referred_to(self, text: str, start: int, end: int, before: tuple[int, int] | None) -> tuple[int, int] | None:
        """The words at the beginning that refer to the entry into force of which the sentence before speaks."""
        back = self.back.find(text, start, end) if before else None
        if not before or not back or back.start() > start or not self._in_force(text, *before):
            return None
        return back.span()

    def _triggered(
        self, trigger: _Trigger, text: str, start: int, end: int, force: tuple[int, int]
    ) -> ProvisionFound | None:
        match = trigger.phrases.find(text, start, end)
        if not match or trigger.against.find(text, start, end):
            return None
        if trigger.needs_also and not trigger.needs_also.find(text, start, end):
            return None
        count = next((count_of(words, self.numbers) for words in match.groupdict().values() if words), None)
        if trigger.words.counted and (count or 0) < _FEWEST:
            return None
        first, last = min(match.start(), force[0]), max(match.end(), force[1])
        lacking = trigger.words.counted and self.lacking.find(text, match.start(), match.end())
        if trigger.words.value not in set(Trigger):
            value, weight = trigger.words.value, 0
        else:
            clause = ForceClause(
                trigger=Trigger.UNSTATED if lacking else Trigger(trigger.words.value),
                count=count if trigger.words.counted and not lacking else None,
                days=self._length(self.days, text, start, end),
                months=self._length(self.months, text, start, end),
                month_start=self._month_start(text, start, end),
            )
            value = written(clause)
            weight = sum(part is not None for part in (clause.count, clause.days or clause.months, clause.month_start))
        return ProvisionFound(
            kind="entry-into-force-clause", value=value, start=first, end=last, weight=weight, rule=trigger.words.rule
        )

    def _length(self, phrases: Phrases, text: str, start: int, end: int) -> int | None:
        match = phrases.find(text, start, end)
        words = next((words for words in match.groupdict().values() if words), None) if match else None
        return count_of(words, self.numbers) if words else None

    def _month_start(self, text: str, start: int, end: int) -> int | None:
        match = self.month_start.find(text, start, end)
        if not match:
            return None
        return count_of(match["ordinal"], self.numbers) if match.groupdict().get("ordinal") else 1

    def withdrawal(self, text: str, start: int, end: int) -> ProvisionFound | None:
        """The withdrawal clause that the sentence words, or None."""
        if not has_any(text[start:end].lower(), self.words.withdrawal.needs):
            return None
        if self.stays.find(text, start, end):
            return None
        return self._stated(text, start, end, True) or self._noticed(text, start, end) or self._stated(text, start, end)

    def _stated(self, text: str, start: int, end: int, wins: bool = False) -> ProvisionFound | None:
        """The clause that is told without any length of notice."""
        found = ((row, phrases.find(text, start, end)) for row, phrases in self.stated if row.wins == wins)
        row, match = next(((row, match) for row, match in found if match), (None, None))
        if row is None or match is None:
            return None
        return ProvisionFound(
            kind="withdrawal-clause",
            value=row.value,
            start=match.start(),
            end=match.end(),
            weight=1,
            rule=row.rule,
        )

    def _noticed(self, text: str, start: int, end: int) -> ProvisionFound | None:
        """The clause that tells how long the notice is, or how long nobody may leave."""
        not_before = self._length(self.not_before, text, start, end)
        match = self.leaving.find(text, start, end)
        if not match and not_before and self.terms.find(text, start, end):
            return self._staying(not_before, text, start, end)
        if not match or not self.modal.find(text, start, end) or self._is_told(text, start, end):
            return None
        length, short = self._notice(match, text)
        clause = WithdrawalClause(
            days=length if short == "d" else None,
            months=length if short == "m" else 12 * length if short == "y" and length else None,
            after_months=12 * not_before if not_before else None,
            ground="supreme-interests" if self.ground.find(text, start, end) else None,
        )
        if clause == WithdrawalClause():
            return None
        weight = sum(part is not None for part in (clause.days or clause.months, clause.after_months, clause.ground))
        return ProvisionFound(
            kind="withdrawal-clause", value=written(clause), start=match.start(), end=match.end(), weight=weight,
            rule="leaving on notice",
        )  # fmt: skip

    def _is_told(self, text: str, start: int, end: int) -> bool:
        """Whether somebody has left already: "left six months after it had given notice"."""
        return bool(self.gone.find(text, start, end) and not self.terms.find(text, start, end))

    def _notice(self, match: re.Match[str], text: str) -> tuple[int | None, str]:
        """How long the notice is, and of which unit; "a year after" is one."""
        if self.words.withdrawal.half in match[0].lower():
            return 6, "m"  # half a year
        number = match.groupdict().get("number")
        unit = text[match.end("number") : match.end()].lower() if number else match[0].lower()
        at = unit.lstrip(" -–").startswith if number else unit.__contains__
        short = next((short for word, short in self.words.withdrawal.units.items() if at(word)), "")
        return count_of(number, self.numbers) if number else 1, short

    def _staying(self, years: int, text: str, start: int, end: int) -> ProvisionFound | None:
        """A number of years in which nobody may leave, without a notice told."""
        match = self.not_before.find(text, start, end)
        if not match:
            return None
        value = written(WithdrawalClause(after_months=12 * years))
        return ProvisionFound(
            kind="withdrawal-clause",
            value=value,
            start=match.start(),
            end=match.end(),
            weight=1,
            rule="staying some years",
        )


@lru_cache(maxsize=16)
def clause_reader(reference: Reference, language: str) -> ClauseReader:
    """The rules on clauses in the words of a language."""
    words = reference.lexicon(language).section("clauses", ClauseWords)
    classes: Classes = reference.lexicon(language).section("provisions", ProvisionWords).classes

    def ready(phrases: tuple[str, ...]) -> Phrases:
        return compile_phrases(phrases, classes)

    return ClauseReader(
        words=words,
        numbers=provision_rules(reference, language).numbers,
        force=ready(words.force.phrases),
        conditional=ready(words.force.conditional),
        past=ready(words.force.past),
        never=ready(words.force.never),
        back=ready(words.force.back),
        lacking=ready(words.force.lacking),
        against=ready(words.force.against),
        triggers=PhraseTable((trigger, trigger.phrases) for trigger in (_trigger(row, ready) for row in words.trigger)),
        days=ready(words.delay.days),
        months=ready(words.delay.months),
        month_start=ready(words.delay.month_start),
        leaving=ready(words.withdrawal.phrases),
        modal=ready(words.withdrawal.modal),
        gone=ready(words.withdrawal.past),
        terms=ready(words.withdrawal.terms),
        stated=tuple((row, ready(row.phrases)) for row in words.withdrawal.stated),
        stays=ready(words.withdrawal.against),
        ground=ready(words.withdrawal.ground),
        not_before=ready(words.withdrawal.not_before),
    )


def _trigger(row: TriggerWords, ready: Callable[[tuple[str, ...]], Phrases]) -> _Trigger:
    return _Trigger(
        words=row,
        phrases=ready(row.phrases),
        needs_also=ready(row.needs_also),
        against=ready(row.against),
    )
