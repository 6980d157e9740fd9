"""Whose day a time is: the act's, or that of its telling. And what looks like an act and is none."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

from foedus.documents.document import Basis, DateCandidate, Document, document_id
from foedus.pipeline import load_reference
from foedus.statements import times_told
from foedus.statements.occasions import Occasions
from foedus.statements.reading import read
from foedus.statements.statement import ActMention
from foedus.terms.dates import DateRange

CASES = Path(__file__).resolve().parents[1] / "cases"
OCCASIONS = tomllib.loads((CASES / "occasions_en.toml").read_text(encoding="utf-8"))
LOOK_ALIKES = tomllib.loads((CASES / "look_alikes_en.toml").read_text(encoding="utf-8"))
DAYS = [(rule, value, text) for rule, table in OCCASIONS.items() for value, texts in table.items() for text in texts]
TOLD = tomllib.loads((CASES / "days_told_en.toml").read_text(encoding="utf-8"))
TOLD_ROWS = [(rule, value, text) for rule, table in TOLD.items() for value, texts in table.items() for text in texts]
ROWS = [(rule, value, text) for rule, table in LOOK_ALIKES.items() for value, texts in table.items() for text in texts]
PUBLISHED = DateCandidate(on=DateRange.of(date(2024, 11, 12)), basis=Basis.GIVEN)


@pytest.mark.parametrize(("rule", "value", "text"), DAYS)
def test_a_time_is_the_acts_or_that_of_its_telling(rule: str, value: str, text: str) -> None:
    document = Document(id=document_id(text.encode()), name="case", text=text, published=(PUBLISHED,))
    (act,) = (one.content for one in read(document, load_reference()) if isinstance(one.content, ActMention))
    assert (act.date.edtf if act.date else "undated") == value
    assert value != "undated" or act.timex is None


@pytest.mark.parametrize(("rule", "value", "text"), TOLD_ROWS)
def test_other_words_of_a_report_give_an_act_its_day(rule: str, value: str, text: str) -> None:
    published = () if rule == "the year that the report names elsewhere" else (PUBLISHED,)
    document = Document(id=document_id(text.encode()), name="case", text=text, published=published)
    told_acts = (one.content for one in read(document, load_reference()) if isinstance(one.content, ActMention))
    days = [f"{act.kind} {act.date.edtf if act.date else 'undated'}" for act in told_acts]
    assert value in days, days


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_what_looks_like_an_act_is_told_from_one(rule: str, value: str, text: str) -> None:
    if value == "nothing":
        assert [told(one) for one in acts(text)] == []
    else:
        assert expected(value) in map(told, acts(text))


def test_every_rule_has_cases_for_and_against() -> None:
    assert all(len(table) > 1 for table in (*OCCASIONS.values(), *LOOK_ALIKES.values(), *TOLD.values()))


def test_a_sentence_full_of_acts_and_days_is_no_cube_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []
    real = Occasions._cost
    monkeypatch.setattr(Occasions, "_cost", lambda *args: weighed.append(args) or real(*args))

    def weighing(sentences: int) -> int:
        text = "Ghana signed and Togo ratified and approved the treaty on 3 May and " * sentences
        weighed.clear()
        read(Document(id=document_id(text.encode()), name="case", text=text, published=(PUBLISHED,)), load_reference())
        return len(weighed)

    assert 0 < weighing(20) < 3 * weighing(10)


def test_a_page_full_of_times_that_hang_on_others_is_no_square_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    chained = []
    real = times_told._chained
    monkeypatch.setattr(times_told, "_chained", lambda *args: chained.append(args) or real(*args))

    def chaining(sentences: int) -> int:
        text = "Ghana signed the treaty with Togo. " + "Togo ratified it the day before. " * sentences
        chained.clear()
        read(Document(id=document_id(text.encode()), name="case", text=text), load_reference())
        return len(chained)

    assert 0 < chaining(200) < 3 * chaining(100)
