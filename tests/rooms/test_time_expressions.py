"""Time expressions: every rule is proved by its own table of cases, and every meaning by a day of writing."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.time_expressions import time_tagger
from foedus.documents.time_resolution import alone, possible, symbolic
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import Anchor, DateRange, Timex

ROOT = Path(__file__).resolve().parents[2]
CASES = tomllib.loads((ROOT / "tests/cases/time_expressions_en.toml").read_text(encoding="utf-8"))
MEANINGS = tomllib.loads((ROOT / "tests/cases/time_meanings_en.toml").read_text(encoding="utf-8"))
WORDS = tomllib.loads((ROOT / "foedus/data/lexicons/en/times.toml").read_text(encoding="utf-8"))
TAGGER = time_tagger(Lexicon(language="en", tables={"times": WORDS}))
DIALOGUE = tomllib.loads((ROOT / "tests/cases/time_dialogue_en.toml").read_text(encoding="utf-8"))
DIALOGUE_ROWS = [
    (rule, value, text) for rule, table in DIALOGUE.items() for value, texts in table.items() for text in texts
]
DIALOGUE_WORDS = tomllib.loads((ROOT / "foedus/data/lexicons/en/times_dialogue.toml").read_text(encoding="utf-8"))
DIALOGUE_TAGGER = time_tagger(
    Lexicon(language="en", tables={"times": WORDS, "times_dialogue": DIALOGUE_WORDS}), "dialogue"
)
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_rule_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    fired = [timex.value for timex in TAGGER.tag(text) if timex.rule == rule]
    assert fired == ([] if value == "not" else [value])


def test_every_rule_has_cases_for_and_against() -> None:
    assert set(TAGGER.rules) == set(CASES)
    assert all("not" in table and len(table) > 1 for table in CASES.values())


@pytest.mark.parametrize(("rule", "value", "text"), DIALOGUE_ROWS)
def test_a_rule_of_dialogue_reads_its_cases_and_leaves_others_alone(rule: str, value: str, text: str) -> None:
    fired = [timex.value for timex in DIALOGUE_TAGGER.tag(text) if timex.rule == rule]
    assert fired == ([] if value == "not" else [value])


def test_every_rule_of_dialogue_has_cases_for_and_against() -> None:
    assert {rule["name"] for rule in DIALOGUE_WORDS["rules"]} == set(DIALOGUE)
    assert all("not" in table and len(table) > 1 for table in DIALOGUE.values())


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("from June 3 to next Friday", "2024-06-03/2024-11-01"),
        ("between January 12th 2015 and February 2018", "2015-01-12/2018-02-28"),
        ("three days from Tuesday", "2024-10-25"),
        ("two weeks before Christmas 2019", "2019-12-11"),
        ("1 month and 21 days ago", "2024-09-03"),
        ("2 weeks starting May 20th 2024", "2024-05-20/2024-06-03"),
        ("next Sunday", "2024-11-03"),
        ("the second Sunday", "2024-10-13"),
        ("the first week of October", "2024-09-30/2024-10-06"),
        ("next Easter", "2025-04-20"),
        ("the rest of the month", "2024-10-24/2024-10-31"),
    ],
)
def test_what_an_expression_of_dialogue_means_on_a_thursday(words: str, days: str) -> None:
    (found,) = DIALOGUE_TAGGER.tag(words)
    assert possible(found, date(2024, 10, 24), None, "past")[0].edtf == days


def test_news_joins_no_times_and_reads_no_figures() -> None:
    assert [timex.words for timex in TAGGER.tag("from June 3 to October 14")] != []
    assert all(timex.through is None and timex.base is None for timex in TAGGER.tag("from Monday to Friday"))
    assert TAGGER.tag("by 4/22 and in my week") == ()


def test_lengths_that_stand_together_are_summed() -> None:
    assert [timex.value for timex in DIALOGUE_TAGGER.tag("for 1 year, 1 month and 21 days")] == ["P1Y1M21D"]


def one(text: str) -> Timex:
    found = TAGGER.tag(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("situation", "words", "days"),
    [(name, words, days) for name, table in MEANINGS.items() for words, days in table["means"].items()],
)
def test_what_an_expression_means_on_the_day_of_writing(situation: str, words: str, days: str) -> None:
    table = MEANINGS[situation]
    context = DateRange.parse(table["context"]) if "context" in table else None
    found = possible(one(words), date.fromisoformat(table["published"]), context, table.get("tense"))
    assert " or ".join(range_.edtf for range_ in found).startswith(days)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on the 24th", "XXXX-XX-24"),
        ("October 14", "XXXX-10-14"),
        ("last June", "XXXX-06"),
        ("mid-November", "XXXX-11-11/XXXX-11-20"),
        ("late February", "XXXX-02-21/XXXX-02-29"),
        ("October 24, 2024", "2024-10-24"),
        ("in June 2024", "2024-06"),
        ("summer 2017", "2017-06-01/2017-08-31"),
        ("mid-March 2021", "2021-03-11/2021-03-20"),
        ("on Thursday", None),
        ("last month", None),
        ("two days later", None),
        ("90 days", None),
        ("last summer", None),
    ],
)
def test_open_digits_stay_open_in_the_symbolic_date(words: str, edtf: str | None) -> None:
    assert symbolic(one(words)) == edtf


def dated(basis: Basis) -> Document:
    return Document(
        id="d_1", name="one", text="", published=(DateCandidate(on=DateRange.parse("2024-10-24"), basis=basis),)
    )


def test_a_document_alone_dates_only_by_what_states_its_day() -> None:
    assert alone(one("yesterday"), dated(Basis.DATELINE)) == DateRange.day(2024, 10, 23)
    assert alone(one("yesterday"), dated(Basis.PAGE)) is None
    assert alone(one("June 19, 2024"), dated(Basis.PAGE)) == DateRange.day(2024, 6, 19)
    assert alone(one("the day before"), dated(Basis.PAGE), DateRange.day(2024, 6, 19)) == DateRange.day(2024, 6, 18)
    assert alone(one("three days after the vote"), dated(Basis.GIVEN)) is None


def test_a_document_that_is_dated_to_a_range_dates_to_a_range() -> None:
    document = Document(
        id="d_1", name="one", text="", published=(DateCandidate(on=DateRange.parse("2024-10"), basis=Basis.GIVEN),)
    )
    assert alone(one("last month"), document) == DateRange.parse("2024-09")
    assert alone(one("yesterday"), document) == DateRange.parse("2024-09-30/2024-10-30")


def test_expressions_never_overlap_and_quote_the_text() -> None:
    text = "On Monday, October 14, two days before the vote of the 24th of last month (June 2024), he said that day."
    found = TAGGER.tag(text)
    assert all(text[timex.start : timex.end] == timex.words for timex in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert [timex.anchor for timex in found] == [
        Anchor.DOCUMENT, Anchor.EVENT, Anchor.DOCUMENT, Anchor.NONE, Anchor.CONTEXT,
    ]  # fmt: skip


def test_the_stretch_asked_for_bounds_what_is_found() -> None:
    text = "in June, on October 14"
    assert [timex.words for timex in TAGGER.tag(text, 8)] == ["on October 14"]
    assert [timex.words for timex in TAGGER.tag(text, 0, 19)] == ["in June", "on October"]


@pytest.mark.parametrize(
    ("words", "bound", "mod"),
    [
        ("by mid-November", "ON_OR_BEFORE", "MID"),
        ("by Thursday", "ON_OR_BEFORE", "ON_OR_BEFORE"),
        ("since 2000", "ON_OR_AFTER", "ON_OR_AFTER"),
        ("as of Monday", "ON_OR_AFTER", "ON_OR_AFTER"),
        ("around June 19", None, "APPROX"),
        ("on June 19", None, None),
    ],
)
def test_a_preposition_bounds_the_time(words: str, bound: str | None, mod: str | None) -> None:
    assert (one(words).words, one(words).bound, one(words).mod) == (words, bound, mod)


def test_a_date_before_a_noun_is_marked_as_a_modifier() -> None:
    assert one("the 2000 treaty").modifier and one("Thursday's vote").modifier
    assert not one("in 2000").modifier and not one("on Thursday").modifier


def test_a_numeric_date_keeps_both_readings_and_a_weekday_settles_it() -> None:
    timex = one("05/06/2024")
    assert (timex.value, timex.other) == ("2024-05-06", "2024-06-05")
    assert one("25/06/2024").other is None
    wednesday = Timex(value="2024-05-06", other="2024-06-05", weekday=3)
    assert possible(wednesday, date.min)[0] == DateRange.day(2024, 6, 5)


def test_the_grammar_is_data_and_a_fault_in_it_is_named() -> None:
    from foedus.documents.time_expressions import TimeTagger
    from foedus.errors import DataFileError

    rule = {"name": "odd", "pattern": "{moon}", "makes": "calendar"}
    with pytest.raises(DataFileError, match='rule "odd": there is no group "moon"'):
        TimeTagger(Lexicon(language="en", tables={"times": {**WORDS, "rules": [rule]}}))
    with pytest.raises(DataFileError, match='nothing makes "magic"'):
        TimeTagger(Lexicon(language="en", tables={"times": {**WORDS, "rules": [{**rule, "makes": "magic"}]}}))
