"""Clauses on entry into force and on withdrawal, read from the words of a report (VCLT 24, 54, 56).

What a sentence gives is written in the compact words of `reference/clauses.py`. A past event is no clause, unless the
article is named that provides for it; a law's own entry into force is kept apart ("law:publication").
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from foedus.reference.clauses import ForceClause, Trigger, WithdrawalClause, written
from foedus.reference.packs import Reference
from foedus.statements.phrases import Classes, Phrases, compile_phrases, count_of
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


class WithdrawalWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    phrases: tuple[str, ...]
    modal: tuple[str, ...]
    against: tuple[str, ...]
    ground: tuple[str, ...]
    not_before: tuple[str, ...]
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
    against: Phrases
    triggers: tuple[_Trigger, ...]
    days: Phrases
    months: Phrases
    month_start: Phrases
    leaving: Phrases
    modal: Phrases
    stays: Phrases
    ground: Phrases
    not_before: Phrases

    def entry(self, text: str, start: int, end: int, article: str | None) -> ProvisionFound | None:
        """The entry-into-force clause that the sentence words, or None."""
        lower = text[start:end].lower()
        if not any(need in lower for need in self.words.force.needs):
            return None
        force = self.force.find(text, start, end)
        if not force or self.against.find(text, start, end):
            return None
        event = self.past.find(text, start, end) and not self.never.find(text, start, end)
        if not article and not event and not self.conditional.find(text, start, end):
            return None
        reads = (self._triggered(trigger, text, start, end, force.span()) for trigger in self.triggers)
        found = next((one for one in reads if one), None)
        if found and event and not article and found.weight < _TOLD_AS_EVENT:
            return None  # "it entered into force after the 50th ratification" only tells what happened
        return found

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
        if trigger.words.value not in set(Trigger):
            value, weight = trigger.words.value, 0
        else:
            clause = ForceClause(
                trigger=Trigger(trigger.words.value),
                count=count if trigger.words.counted else None,
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
        return count_of(match["number"], self.numbers) if match else None

    def _month_start(self, text: str, start: int, end: int) -> int | None:
        match = self.month_start.find(text, start, end)
        if not match:
            return None
        return count_of(match["ordinal"], self.numbers) if match.groupdict().get("ordinal") else 1

    def withdrawal(self, text: str, start: int, end: int) -> ProvisionFound | None:
        """The withdrawal clause that the sentence words, or None."""
        words = self.words.withdrawal
        lower = text[start:end].lower()
        if not any(need in lower for need in words.needs):
            return None
        match = self.leaving.find(text, start, end)
        if not match or self.stays.find(text, start, end) or not self.modal.find(text, start, end):
            return None
        number = match.groupdict().get("number")
        length = count_of(number, self.numbers) if number else 1  # "a year after"
        unit = text[match.end("number") : match.end()].lower() if number else match[0].lower()
        at = unit.lstrip(" -–").startswith if number else unit.__contains__
        short = next((short for word, short in words.units.items() if at(word)), "")
        not_before = self._length(self.not_before, text, start, end)
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
        against=ready(words.force.against),
        triggers=tuple(
            _Trigger(
                words=row,
                phrases=ready(row.phrases),
                needs_also=ready(row.needs_also),
                against=ready(row.against),
            )
            for row in words.trigger
        ),
        days=ready(words.delay.days),
        months=ready(words.delay.months),
        month_start=ready(words.delay.month_start),
        leaving=ready(words.withdrawal.phrases),
        modal=ready(words.withdrawal.modal),
        stays=ready(words.withdrawal.against),
        ground=ready(words.withdrawal.ground),
        not_before=ready(words.withdrawal.not_before),
    )
