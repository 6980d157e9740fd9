"""How a treaty may be left, and for how long it is concluded: read from the text of its articles, or declined."""

import json
import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import REFERENCE

from foedus.reference.clause_reader import Declined
from foedus.reference.clause_words import ClauseTextWords
from foedus.reference.clauses import WithdrawalClause, parse_withdrawal_clause, written
from foedus.reference.durations import Renewal, Term, parse_term, term_written
from foedus.reference.withdrawal_texts import WithdrawalTextWords, read_term, read_withdrawal

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent.parent / "shared" / "data" / "treaty_texts" / "open_treaties"
CASES = tomllib.loads((ROOT / "cases/withdrawal_clauses_en.toml").read_text(encoding="utf-8"))


@cache
def words() -> tuple[WithdrawalTextWords, ClauseTextWords]:
    lexicon = REFERENCE.lexicon("en")
    return (
        lexicon.section("withdrawal_clauses", WithdrawalTextWords),
        lexicon.section("force_clauses", ClauseTextWords),
    )


def leaving(text: str) -> str:
    found = read_withdrawal(text, *words())
    if isinstance(found.clause, Declined):
        return "declined"
    return written(found.clause) + (f", {len(found.unread)} exception" if found.unread else "")


def term(text: str) -> str:
    found = read_term(text, *words())
    return "declined" if isinstance(found, Declined) else term_written(found)


def rows(part: str) -> list[tuple[str, str]]:
    return [(word, text) for word, texts in CASES[part].items() for text in texts]


@pytest.mark.parametrize("treaty", [file.stem for file in sorted(TEXTS.glob("*.json"))])
def test_every_clause_on_leaving_a_treaty_is_read(treaty: str) -> None:
    articles = json.loads((TEXTS / f"{treaty}.json").read_text(encoding="utf-8"))["articles"]
    found = {}
    for number, article in enumerate(articles, 1):
        text = article.get("content_en") or ""
        said = [word for word in (leaving(text), term(text)) if word != "declined"]
        if said:
            found[str(number)] = said[0]
    assert found == CASES["open-treaties"].get(treaty, {})


@pytest.mark.parametrize(("word", "text"), rows("leaving"))
def test_a_clause_on_leaving_is_data_or_declined(word: str, text: str) -> None:
    assert leaving(text) == word


@pytest.mark.parametrize(("word", "text"), rows("terms"))
def test_a_term_is_data_or_declined(word: str, text: str) -> None:
    assert term(text) == word


def test_a_time_that_is_not_about_leaving_bounds_no_notice() -> None:
    review = "Ten years after the entry into force of this Convention, a conference shall be held; "
    more = "It shall meet after the expiry of ten years from the date of entry into force of this Convention."
    text = f"{more} A denunciation shall take effect one year after receipt of the notification."
    assert leaving(text) == "notice+12m"
    assert (
        leaving(review + "a denunciation shall take effect one year after receipt of the notification.") == "notice+12m"
    )


def test_what_is_declined_says_which_sentence_was_not_understood() -> None:
    found = read_withdrawal("A withdrawal shall take effect when the Council has approved it.", *words())
    assert isinstance(found.clause, Declined) and found.clause.words.endswith("when the Council has approved it")


lengths = st.integers(1, 40)


@given(st.none() | lengths, st.none() | lengths, st.sampled_from(Renewal), st.none() | lengths)
def test_a_term_is_written_and_read_back(months: int | None, by: int | None, how: Renewal, notice: int | None) -> None:
    renewed = how in (Renewal.TACIT, Renewal.AGREED) and months is not None
    made = Term(
        months=months,
        renewal=how if months else Renewal.UNSTATED,
        by_months=by if renewed else None,
        notice_months=notice if renewed else None,
    )
    assert parse_term(term_written(made)) == made


@given(st.none() | lengths, st.none() | st.integers(1, 12), st.none() | lengths)
def test_a_clause_on_leaving_is_written_and_read_back(months: int | None, start: int | None, after: int | None) -> None:
    made = WithdrawalClause(months=months, month_start=start, after_months=after)
    assert parse_withdrawal_clause(written(made)) == made
