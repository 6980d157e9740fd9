"""Who decides: bodies that the words name only in passing, and sentences in which nobody decides anything."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, told

from foedus.statements.statement import ActMention, Statement

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/who_decides_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


def by(statement: Statement) -> str:
    content = statement.content
    assert isinstance(content, ActMention)
    return f"{told(statement)} by {content.actor.name if content.actor else '-'}"


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_the_body_that_decides_is_the_one_the_words_mean(rule: str, value: str, text: str) -> None:
    said = [by(one) for one in acts(text)]
    decided = [one for one in said if " happened by " in one and not one.startswith("sign")]
    assert decided == [] if value == "not" else value in said, said
