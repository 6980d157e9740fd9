"""What an expression means is found once for many days; on each it is what the words can mean in a report of that day."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from foedus.documents.time_expressions import time_tagger
from foedus.documents.time_resolution import possible
from foedus.pipeline import load_reference
from foedus.register.word_costs import Meaning, WordCosts, ages, expression
from foedus.terms.dates import Anchor, Timex

CASES = Path(__file__).parent.parent / "cases" / "time_expressions_en.toml"
FIRST, LAST = date(2023, 11, 20).toordinal(), date(2025, 3, 10).toordinal()


def _phrases(cases: object) -> Iterator[str]:
    if isinstance(cases, str):
        yield cases
    elif isinstance(cases, dict | list):
        for part in cases.values() if isinstance(cases, dict) else cases:
            yield from _phrases(part)


@cache
def _expressions() -> list[Timex]:
    tagger = time_tagger(load_reference().lexicons["en"])
    found = {t for phrase in _phrases(tomllib.loads(CASES.read_text("utf-8"))) for t in tagger.tag(phrase)}
    return sorted(found, key=repr)


READ: Any = some.deferred(lambda: some.sampled_from(_expressions()))
HUNG: Any = some.deferred(
    lambda: some.sampled_from([t for t in _expressions() if t.anchor in (Anchor.CONTEXT, Anchor.EVENT)])
)
TENSES: Any = some.sampled_from(["past", "present", "future", None])


def _expected(timex: Timex, context: Timex | None, tense: str | None, day: int) -> tuple[tuple[int, int], ...]:
    written = date.fromordinal(day)
    around = next(iter(possible(context, written, None, tense)), None) if context else None
    found = possible(timex, written, around, tense)
    return tuple((r.earliest.toordinal(), r.latest.toordinal()) for r in found)


@settings(max_examples=150)
@given(READ, TENSES, some.integers(FIRST, LAST))
def test_words_mean_on_every_day_what_they_can_mean_in_a_report_of_that_day(
    timex: Timex, tense: str | None, first: int
) -> None:
    words = expression(timex, None, tense)
    days = range(first, first + 40)
    assert words.through(days) == [_expected(timex, None, tense, day) for day in days]


@settings(max_examples=150)
@given(HUNG, READ, TENSES, some.integers(FIRST, LAST))
def test_what_hangs_on_another_expression_follows_it(timex: Timex, other: Timex, tense: str | None, day: int) -> None:
    words = expression(timex, other, tense)
    assert [words.on(d) for d in (day, day + 1, day + 7)] == [
        _expected(timex, other, tense, d) for d in (day, day + 1, day + 7)
    ]


SPANS: Any = some.lists(some.tuples(some.integers(FIRST, LAST), some.integers(0, 40)), min_size=1, max_size=3)


@given(READ, SPANS, some.booleans(), some.integers(FIRST, LAST))
def test_far_days_cost_what_each_alone_would(
    timex: Timex, spans: list[tuple[int, int]], is_telling: bool, first: int
) -> None:
    readings = tuple((start, start + length) for start, length in spans)
    costs = WordCosts(timex, Meaning(readings), is_telling=is_telling)
    days = [(day, day) for day in range(first, first + 90)]
    assert costs.over(days) == [costs.of(day) for day in days]


@given(some.integers(FIRST, LAST), some.integers(0, 30), some.integers(FIRST, LAST))
def test_the_cost_of_age_by_slices_is_that_of_each_day(start: int, length: int, first: int) -> None:
    value, days = (start, start + length), range(first, first + 60)
    assert ages(value, days, 5.0) == [ages(value, [day], 5.0)[0] for day in days]
