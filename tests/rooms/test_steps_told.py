"""Steps of a treaty through two states: motions that fall, readings, papers laid, terms agreed, and what only looks like them."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, told

from foedus.statements.statement import ActMention, Statement

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/steps_told_en.toml").read_text(encoding="utf-8"))
ROWS = [(value, text) for table in CASES.values() for value, texts in table.items() for text in texts]


def with_vote(statement: Statement) -> str:
    content = statement.content
    assert isinstance(content, ActMention)
    vote = content.vote
    return f"{told(statement)} {vote.for_}-{vote.against}" if vote else told(statement)


@pytest.mark.parametrize(("value", "text"), [row for row in ROWS if row[0] != "not"])
def test_the_wording_tells_its_step(value: str, text: str) -> None:
    assert value in [with_vote(one) for one in acts(text)]


@pytest.mark.parametrize("text", [text for value, text in ROWS if value == "not"])
def test_look_alikes_tell_none(text: str) -> None:
    assert [told(one) for one in acts(text)] == []


@pytest.mark.parametrize("rule", CASES)
def test_each_way_of_telling_has_cases_for_and_against(rule: str) -> None:
    assert len(CASES[rule]) > 1
    assert CASES[rule]["not"]
