"""Norms read from the words of a report: the duties of alliance treaties (ATOP), with their casus, manner and limits.

A duty is read only where the words bind the parties to each other and do not deny, imagine or merely urge it; the casus
is a tree of the predicates of `reference/conditions.py`, whose atoms stand in the lexicon's order, so that two wordings
of one casus give one tree. A duty of defence whose casus nobody words has the casus of its definition.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.phrases import Classes, Phrases, PhraseTable, compile_phrases, has_any
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op

Span = tuple[int, int]

DEFENCE_CASUS = Condition(predicate="armed-attack", args=("?other", "?toward"))
"""ATOP, DEFENSE: active military support when a member is attacked."""


class AtomWords(msgspec.Struct, frozen=True, kw_only=True):
    predicate: str
    args: tuple[str, ...]
    phrases: tuple[str, ...]


class DutyWords(msgspec.Struct, frozen=True, kw_only=True):
    duty: Duty
    kind: str
    needs: tuple[str, ...]
    phrases: tuple[str, ...]
    against: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    casus: AtomWords | None = None


class LimitWords(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    phrases: tuple[str, ...]


class PhraseList(msgspec.Struct, frozen=True, kw_only=True):
    phrases: tuple[str, ...]


class RefusalWords(msgspec.Struct, frozen=True, kw_only=True):
    absent: tuple[str, ...]
    counterfactual: tuple[str, ...]


class NormWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `norms.toml` of a language."""

    classes: dict[str, tuple[str, ...]]
    reciprocal: PhraseList
    conditional: PhraseList
    atom: tuple[AtomWords, ...]
    duty: tuple[DutyWords, ...]
    manner: dict[str, tuple[str, ...]]
    limit: tuple[LimitWords, ...]
    refused: RefusalWords


class NormFound(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that a sentence words.

    kind        the kind of provision: "mutual-assistance", "consultation", ...
    norm        the duty; None where the words say that the treaty has none (`absent`)
    start, end  the words: duty, casus, manner and limits
    rule        the name of the rule
    """

    kind: str
    norm: Norm | None
    start: int
    end: int
    rule: str

    @property
    def absent(self) -> bool:
        return self.norm is None


def read_norms(text: str, start: int, end: int, reference: Reference, language: str) -> tuple[NormFound, ...]:
    """The duties that the sentence text[start:end] words between the parties of a treaty, one a kind of duty."""
    reader = _reader(reference, language)
    lower = text[start:end].lower()
    needed = (row for row, _ in reader.duties.possible(text, start, end) if has_any(lower, row.needs))
    return tuple(norm for row in needed if (norm := reader.read(row, text, start, end)))


def read_limits(text: str, start: int, end: int, reference: Reference, language: str) -> tuple[Limit, ...]:
    """The limits that the sentence text[start:end] sets to a duty named before it."""
    return _reader(reference, language).limits_in(text, start, end)[0]


class _Duty(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    duty: Duty
    kind: str
    needs: tuple[str, ...]
    phrases: Phrases
    weak: Phrases
    against: Phrases
    casus: tuple[AtomWords, Phrases] | None

    @property
    def said(self) -> Phrases:
        """What words the duty, plainly or weakly."""
        return Phrases((*self.phrases.patterns, *self.weak.patterns))


class _Reader(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words of a language, compiled."""

    reciprocal: Phrases
    conditional: Phrases
    atoms: tuple[tuple[AtomWords, Phrases], ...]
    duties: PhraseTable[_Duty]
    manner: tuple[tuple[str, Phrases], ...]
    limits: tuple[tuple[str, Phrases], ...]
    absent: Phrases
    counterfactual: Phrases

    def read(self, row: _Duty, text: str, start: int, end: int) -> NormFound | None:
        """The duty of this row that the sentence words, or None."""
        strong = row.phrases.find(text, start, end)
        said = strong or row.weak.find(text, start, end)
        if not said or row.against.find(text, start, end) or self.counterfactual.find(text, start, end):
            return None
        if self.absent.find(text, start, end):
            return NormFound(kind=row.kind, norm=None, start=start, end=end, rule=f"no duty of {row.duty}")
        if not self.reciprocal.find(text, start, end):
            return None
        casus, casus_spans = self._casus(row, text, start, end)
        if not strong and casus is None:
            return None
        if row.duty is Duty.DEFENSE and casus is None:
            casus = msgspec.structs.replace(DEFENCE_CASUS, words=said[0])
        limits, limit_spans = self.limits_in(text, start, end)
        manner = tuple(name for name, phrases in self.manner if phrases.find(text, start, end))
        spans = [said.span(), *casus_spans, *limit_spans]
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        norm = Norm(duty=row.duty, conditions=casus, manner=manner, limits=limits, words=text[first:last])
        return NormFound(kind=row.kind, norm=norm, start=first, end=last, rule=f"duty of {row.duty}")

    def _casus(self, row: _Duty, text: str, start: int, end: int) -> tuple[Condition | None, list[Span]]:
        if row.casus and (found := row.casus[1].find(text, start, end)):
            return _atom(row.casus[0], found[0]), [found.span()]
        if not self.conditional.find(text, start, end):
            return None, []
        taken: list[Span] = []
        parts: list[Condition] = []
        for words, phrases in self.atoms:
            spans = (m.span() for m in phrases.find_all(text, start, end))
            free = next((span for span in spans if not any(_meet(span, other) for other in taken)), None)
            if free:
                taken.append(free)
                parts.append(_atom(words, text[free[0] : free[1]]))
        if len(parts) < 2:
            return (parts[0] if parts else None), taken
        first, last = min(a for a, _ in taken), max(b for _, b in taken)
        return Condition(op=Op.ALL, parts=tuple(parts), words=text[first:last]), taken

    def limits_in(self, text: str, start: int, end: int) -> tuple[tuple[Limit, ...], list[Span]]:
        """The limits, and where their words stand; words that name one limit name no other."""
        limits: list[Limit] = []
        spans: list[Span] = []
        for kind, phrases in self.limits:
            free = (m for m in phrases.find_all(text, start, end) if not any(_meet(m.span(), s) for s in spans))
            if found := next(free, None):
                limits.append(Limit(kind=kind, words=found[0]))
                spans.append(found.span())
        return tuple(limits), spans


@lru_cache(maxsize=16)
def _reader(reference: Reference, language: str) -> _Reader:
    words = reference.lexicon(language).section("norms", NormWords)
    classes: Classes = words.classes

    def ready(phrases: tuple[str, ...]) -> Phrases:
        return compile_phrases(phrases, classes)

    return _Reader(
        reciprocal=ready(words.reciprocal.phrases),
        conditional=ready(words.conditional.phrases),
        atoms=tuple((row, ready(row.phrases)) for row in words.atom),
        duties=PhraseTable((duty, duty.said) for duty in (_duty(row, ready) for row in words.duty)),
        manner=tuple((name, ready(phrases)) for name, phrases in words.manner.items()),
        limits=tuple((row.kind, ready(row.phrases)) for row in words.limit),
        absent=ready(words.refused.absent),
        counterfactual=ready(words.refused.counterfactual),
    )


def _duty(row: DutyWords, ready: Callable[[tuple[str, ...]], Phrases]) -> _Duty:
    return _Duty(
        duty=row.duty,
        kind=row.kind,
        needs=row.needs,
        phrases=ready(row.phrases),
        weak=ready(row.weak),
        against=ready(row.against),
        casus=(row.casus, ready(row.casus.phrases)) if row.casus else None,
    )


def _atom(words: AtomWords, exact: str) -> Condition:
    return Condition(predicate=words.predicate, args=words.args, words=exact)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
