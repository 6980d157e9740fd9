"""The rules that read provisions of one value: articles, duration, fields of cooperation, and what the text leaves out.

Each rule looks at one sentence and says what it found and where; `provisions.py` makes statements of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.phrases import Classes, Phrases, PhraseTable, compile_phrases, count_of, has_any
from foedus.terms.dates import Timex
from foedus.terms.evidence import Factuality
from foedus.terms.norms import Norm

_PARAGRAPH = re.compile(r"\.\d+")
"""What follows the number of an article whose paragraphs are numbered with it: "Article 23.3"."""
_NEAR = 16
"""How many characters may stand between "until" and the day."""


_QUESTION = "?"


class ProvisionFound(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found in a sentence.

    kind, value, norm, absent  as in `ProvisionMention`
    start, end                 the words
    weight                     how much they say, to choose among several mentions of one provision
    rule                       the name of the rule
    """

    kind: str
    value: str = ""
    norm: Norm | None = None
    absent: bool = False
    factuality: Factuality = Factuality.HAPPENED
    start: int
    end: int
    weight: int = 0
    rule: str


class SimpleWords(msgspec.Struct, frozen=True, kw_only=True):
    """A provision that the words alone give."""

    rule: str
    kind: str
    needs: tuple[str, ...]
    value: str
    phrases: tuple[str, ...]
    against: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class NeededWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    phrases: tuple[str, ...]
    against: tuple[str, ...] = ()


class DurationWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    period: tuple[str, ...]
    against_period: tuple[str, ...]
    units: dict[str, str]
    decade: str
    until: tuple[str, ...]
    against_until: tuple[str, ...]
    asked: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()


class AreaWords(msgspec.Struct, frozen=True, kw_only=True):
    needs: tuple[str, ...]
    cues: tuple[str, ...]
    against: tuple[str, ...]
    fewest: int
    names: dict[str, tuple[str, ...]]


class ArticleWords(msgspec.Struct, frozen=True, kw_only=True):
    number: tuple[str, ...]
    back: tuple[str, ...]
    elsewhere: tuple[str, ...]


class ContentWords(msgspec.Struct, frozen=True, kw_only=True):
    """`[content]`: what a treaty as the subject does, and what is said to be so `under` it with a word of `duty`.

    bearers   how a sentence begins that says what the parties are to do, or undertake
    organs    the same for committees, funds and secretariats that the treaty sets up
    back      how a sentence begins in which "it" is the treaty
    against   what makes of these something else: what is still to be ratified, voted on or discussed
    """

    needs: tuple[str, ...]
    verbs: tuple[str, ...]
    under: tuple[str, ...] = ()
    duty: tuple[str, ...] = ()
    bearers: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class ContextWords(msgspec.Struct, frozen=True, kw_only=True):
    beside: tuple[str, ...]
    words: tuple[str, ...]


class ProvisionWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `provisions.toml` of a language."""

    classes: dict[str, tuple[str, ...] | dict[str, int]]
    context: ContextWords
    article: ArticleWords
    simple: tuple[SimpleWords, ...]
    supersedes: NeededWords
    domestic: NeededWords
    duration: DurationWords
    area: AreaWords
    content: ContentWords


class SimpleRule(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A row of the lexicon, compiled."""

    words: SimpleWords
    phrases: Phrases
    against: Phrases
    absent: Phrases
    open: Phrases

    def read(self, text: str, start: int, end: int, numbers: dict[str, int]) -> ProvisionFound | None:
        found = self.phrases.find(text, start, end)
        if not found or self.against.find(text, start, end):
            return None
        value = self.words.value
        if value.startswith("{"):
            count = count_of(found[value[1:-1]], numbers)
            if count is None:
                return None
            value = str(count)
        is_open = bool(self.open and self.open.find(text, start, end))
        return ProvisionFound(
            kind=self.words.kind,
            value=value,
            absent=bool(self.absent and self.absent.find(text, start, end)),
            factuality=Factuality.POSSIBLE if is_open else Factuality.HAPPENED,
            start=found.start(),
            end=found.end(),
            rule=self.words.rule,
        )


class ProvisionRules(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The words of a language, compiled."""

    words: ProvisionWords
    numbers: dict[str, int]
    context: Phrases
    beside: Phrases
    article: Phrases
    elsewhere: Phrases
    simple: PhraseTable[SimpleRule]
    supersedes: tuple[Phrases, Phrases]
    domestic: tuple[Phrases, Phrases]
    period: tuple[Phrases, Phrases]
    until: tuple[Phrases, Phrases]
    asked: tuple[Phrases, Phrases]
    cues: tuple[Phrases, Phrases]
    areas: PhraseTable[str]
    content: Phrases
    under: Phrases
    duty: Phrases
    bearers: Phrases
    organs: Phrases
    back: Phrases
    content_against: Phrases

    def article_in(self, text: str, start: int, end: int) -> str | None:
        """The number of the treaty's article that the sentence names, where it names one only."""
        numbers, parts = [], None
        for found in self.article.find_all(text, start, end):
            after = self.elsewhere.find(text, found.end(), min(end, found.end() + 40))
            if not after or after.start() > found.end() + 2:
                numbers.append(count_of(found["number"], self.numbers))
                parts = _PARAGRAPH.match(text, found.end())
        only = set(numbers) - {None}
        return f"{only.pop()}{parts[0] if parts else ''}" if len(only) == 1 else None

    def read(self, text: str, start: int, end: int, times: tuple[Timex, ...]) -> Iterator[ProvisionFound]:
        """What the sentence text[start:end] says that a treaty provides, duties and clauses apart."""
        lower = text[start:end].lower()
        for rule, _ in self.simple.possible(text, start, end):
            if has_any(lower, rule.words.needs) and (found := rule.read(text, start, end, self.numbers)):
                yield found
        if (found := self._lasting(text, start, end, times)) and has_any(lower, self.words.duration.needs):
            yield found
        said, against = self.cues
        cue = said.find(text, start, end)
        if cue and has_any(lower, self.words.area.needs) and not against.find(text, start, end):
            yield from self._areas(text, cue.end(), end)
        said, against = self.domestic
        match = said.find(text, start, end)
        if match and has_any(lower, self.words.domestic.needs) and not against.find(text, start, end):
            yield ProvisionFound(
                kind="domestic-requirement", value=match[0], start=match.start(), end=match.end(),
                rule="what a state's own law requires",
            )  # fmt: skip

    def _lasting(self, text: str, start: int, end: int, times: tuple[Timex, ...]) -> ProvisionFound | None:
        said, against = self.period
        match = said.find(text, start, end)
        if match and not against.find(text, start, end):
            return ProvisionFound(
                kind="duration", value=self._length(match, text), start=match.start(), end=match.end(), weight=2,
                rule="lasting a number of years",
            )  # fmt: skip
        said, against = self.until
        match_until = said.find(text, start, end)
        if not match_until or against.find(text, start, end):
            return None
        near = (t for t in times if t.type == "DATE" and t.end > match_until.end() and t.value[:4].isdigit())
        after = (t for t in near if match_until.start() <= t.start <= match_until.end() + _NEAR)
        day = next(after, None)
        if day is None:
            return None
        return ProvisionFound(
            kind="duration",
            value=day.value.split("/")[-1],
            start=match_until.start(),
            end=day.end,
            weight=1,
            rule="lasting until a day",
        )

    def answered(self, text: str, before: tuple[int, int], start: int, end: int) -> ProvisionFound | None:
        """How long, where the sentence at `before` asks and the one from `start` answers: "For how long? Fifty years."""
        asked, answer = self.asked
        question = asked.find(text, *before)
        match = (
            answer.find(text, start, end) if question and text[question.end() : before[1]].endswith(_QUESTION) else None
        )
        if match is None or match.start() > start or self.period[1].find(text, start, end):
            return None
        return ProvisionFound(
            kind="duration",
            value=self._length(match, text),
            start=match.start(),
            end=match.end(),
            weight=2,
            rule="how long, asked and answered",
        )

    def _length(self, match: re.Match[str], text: str) -> str:
        """The number of units as it is written; ten years where "a decade" has no number."""
        units = self.words.duration.units
        if match.groupdict().get("number") is None:
            return self.words.duration.decade
        at, to = match.span("number")
        unit = next((name for word, name in units.items() if word in text[to : match.end()]), "")
        return f"{text[at:to]} {unit}".strip()

    def _areas(self, text: str, start: int, end: int) -> Iterator[ProvisionFound]:
        """The fields that are listed after the cue."""
        found = []
        for name, phrases in self.areas.possible(text, start, end):
            if match := phrases.find(text, start, end):
                found.append((name, match.span()))
        if len(found) < self.words.area.fewest:
            return
        longest = [
            (name, span)
            for name, span in found
            if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for _, o in found)
        ]
        for name, (at, to) in sorted(longest, key=lambda row: row[1]):
            yield ProvisionFound(kind="area", value=name, start=at, end=to, rule="fields of cooperation listed")


@lru_cache(maxsize=16)
def provision_rules(reference: Reference, language: str) -> ProvisionRules:
    """The rules in the words of a language."""
    words = reference.lexicon(language).section("provisions", ProvisionWords)
    classes: Classes = words.classes
    numbers = {word: value for rows in words.classes.values() if isinstance(rows, dict) for word, value in rows.items()}

    def ready(phrases: tuple[str, ...]) -> Phrases:
        return compile_phrases(phrases, classes)

    return ProvisionRules(
        words=words,
        numbers=numbers,
        context=ready(words.context.words),
        beside=ready(words.context.beside),
        article=ready(words.article.number),
        elsewhere=ready(words.article.elsewhere),
        simple=PhraseTable((rule, rule.phrases) for rule in (_simple(row, ready) for row in words.simple)),
        supersedes=(ready(words.supersedes.phrases), ready(words.supersedes.against)),
        domestic=(ready(words.domestic.phrases), ready(words.domestic.against)),
        period=(ready(words.duration.period), ready(words.duration.against_period)),
        until=(ready(words.duration.until), ready(words.duration.against_until)),
        asked=(ready(words.duration.asked), ready(words.duration.answer)),
        cues=(ready(words.area.cues), ready(words.area.against)),
        areas=PhraseTable((name, ready(phrases)) for name, phrases in words.area.names.items()),
        content=ready(words.content.verbs),
        under=ready(words.content.under),
        duty=ready(words.content.duty),
        bearers=ready(words.content.bearers),
        organs=ready(words.content.organs),
        back=ready(words.content.back),
        content_against=ready(words.content.against),
    )


def _simple(row: SimpleWords, ready: Callable[[tuple[str, ...]], Phrases]) -> SimpleRule:
    return SimpleRule(
        words=row,
        phrases=ready(row.phrases),
        against=ready(row.against),
        absent=ready(row.absent),
        open=ready(row.open),
    )
