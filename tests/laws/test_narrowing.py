"""Days and dates that cost far more than the best by their own words are not tried: that changes no answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.time_expressions import time_tagger
from foedus.pipeline import load_reference
from foedus.register import day_costs
from foedus.register.chronology import Chronology, Order, solve
from foedus.register.day_costs import DayMention
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Quote

WORDS = ["on Tuesday", "on Friday", "on October 17, 2023", "on October 20", "the 24th", "in October", "yesterday", ""]
STATED = [None, "2023-10-18", "2023-11-15", "2023-10-27"]
TELLINGS: Any = some.lists(
    some.tuples(some.integers(0, 4), some.integers(0, 2), some.sampled_from(WORDS)), min_size=3, max_size=9, unique=True
)


def _solved(told: list[tuple[int, int, str]], stated: list[str | None], margin: float) -> Chronology:
    tagger = time_tagger(load_reference().lexicons["en"])
    documents = [
        Document(
            id=f"d{n}",
            name=f"d{n}",
            text="",
            published=(DateCandidate(on=DateRange.parse(day), basis=Basis.METADATA),) if day else (),
        )
        for n, day in enumerate(stated)
    ]
    mentions = [
        DayMention(
            statement=f"s{number}",
            document=f"d{d}",
            act=act,
            treaty=0,
            timex=next(iter(tagger.tag(words)), None),
            context=None,
            tense="past",
            is_report_time=False,
            words=Quote(f"d{d}", 0, 1, "x"),
        )
        for number, (d, act, words) in enumerate(told)
    ]
    orders = [Order(before=a, after=a + 1, weight=9.0, says="before", by="order") for a in (0, 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(day_costs, "MARGIN", margin)
        return solve(documents, mentions, orders, {})


@settings(max_examples=40)
@given(TELLINGS, some.lists(some.sampled_from(STATED), min_size=5, max_size=5))
def test_a_wider_margin_finds_the_same_days(told: list[tuple[int, int, str]], stated: list[str | None]) -> None:
    narrow, wide = (_solved(told, stated, margin) for margin in (day_costs.MARGIN, 60.0))
    assert {a: d.likeliest for a, d in narrow.acts.items()} == {a: d.likeliest for a, d in wide.acts.items()}
    assert {i: d.likeliest for i, d in narrow.documents.items()} == {i: d.likeliest for i, d in wide.documents.items()}
