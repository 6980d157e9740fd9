"""Entry-into-force and withdrawal clauses: what they write, what they compute, and how sentences are read into them."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import REFERENCE

from foedus.reference.clauses import (
    ForceClause,
    Trigger,
    WithdrawalClause,
    entry_day,
    parse_force_clause,
    parse_withdrawal_clause,
    withdrawal_day,
    written,
)
from foedus.statements.clause_reading import clause_reader
from foedus.statements.provision_rules import provision_rules

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/clauses_en.toml").read_text(encoding="utf-8"))
ROWS = [(kind, value, text) for kind, table in CASES.items() for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("kind", "value", "text"), ROWS)
def test_a_sentence_words_the_clause_or_none(kind: str, value: str, text: str) -> None:
    reader = clause_reader(REFERENCE, "en")
    article = provision_rules(REFERENCE, "en").article_in(text, 0, len(text))
    found = (
        reader.entry(text, 0, len(text), article)
        if kind == "entry into force"
        else reader.withdrawal(text, 0, len(text))
    )
    assert (found.value if found else "not") == value


@pytest.mark.parametrize(
    ("clause", "trigger", "entry"),
    [
        ("exchange", date(2024, 12, 4), date(2024, 12, 4)),
        ("deposits:50+90d", date(2020, 10, 24), date(2021, 1, 22)),
        ("deposits:60+120d", date(2025, 9, 19), date(2026, 1, 17)),
        ("deposits:60^1", date(2002, 4, 11), date(2002, 5, 1)),
        ("deposits:22+60d^1", date(2002, 4, 11), date(2002, 7, 1)),
        ("notifications+1m", date(2023, 1, 31), date(2023, 2, 28)),
        ("notifications+12m", date(2024, 2, 29), date(2025, 2, 28)),
        ("notifications^3", date(2024, 11, 5), date(2025, 2, 1)),
        ("deposits:10+3m^1", date(2013, 8, 22), date(2013, 12, 1)),
    ],
)
def test_the_day_of_entry_into_force(clause: str, trigger: date, entry: date) -> None:
    parsed = parse_force_clause(clause)
    assert parsed and entry_day(parsed, trigger) == entry


@pytest.mark.parametrize(
    ("clause", "notice", "since", "leaves"),
    [
        ("notice+6m", date(2019, 2, 2), date(1988, 6, 1), date(2019, 8, 2)),
        ("notice+12m;after:36m", date(2019, 11, 4), date(2016, 11, 4), date(2020, 11, 4)),
        ("notice+12m;after:36m", date(2019, 11, 3), date(2016, 11, 4), None),
        ("notice+90d", date(2024, 1, 1), None, date(2024, 3, 31)),
        ("notice", date(2024, 1, 1), None, date(2024, 1, 1)),
    ],
)
def test_the_day_a_withdrawal_takes_effect(clause: str, notice: date, since: date | None, leaves: date | None) -> None:
    parsed = parse_withdrawal_clause(clause)
    assert parsed and withdrawal_day(parsed, notice, since) == leaves


@pytest.mark.parametrize("text", ["", "soon", "law:publication", "deposits:", "exchange+9", "exchange^", "notice+6y"])
def test_other_words_are_no_clause(text: str) -> None:
    assert parse_force_clause(text) is None
    assert parse_withdrawal_clause(text) is None


numbers = st.none() | st.integers(1, 400)


@given(st.sampled_from(Trigger), numbers, numbers, numbers, st.booleans())
def test_a_force_clause_is_read_back_as_written(
    trigger: Trigger, count: int | None, length: int | None, start: int | None, in_days: bool
) -> None:
    days, months = (length, None) if in_days else (None, length)
    clause = ForceClause(trigger=trigger, count=count, days=days, months=months, month_start=start)
    assert parse_force_clause(written(clause)) == clause


@given(numbers, numbers, st.sampled_from([None, "supreme-interests"]))
def test_a_withdrawal_clause_is_read_back_as_written(months: int | None, after: int | None, ground: str | None) -> None:
    clause = WithdrawalClause(months=months, after_months=after, ground=ground)
    assert parse_withdrawal_clause(written(clause)) == clause


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_a_longer_delay_is_never_earlier(day: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    for unit in ("days", "months"):
        first = entry_day(ForceClause(trigger=Trigger.EXCHANGE, **{unit: shorter}), day)
        assert day <= first <= entry_day(ForceClause(trigger=Trigger.EXCHANGE, **{unit: longer}), day)
