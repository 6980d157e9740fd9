"""Acts told without their verb: "did likewise", "nor has Oman", "was next", "the third to do so, after Chile and Ghana"."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

TABLE = Path(__file__).resolve().parents[1] / "cases/ellipsis_en.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_rule_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    fired = [told(one) for one in acts(text) if rule in one.rules]
    if value == "not":
        assert fired == []
    else:
        assert expected(value) in fired


def test_every_rule_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())
