"""Short names that only the report explains: initials and nicknames of treaties, plain names of organs, "both parliaments"."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

TABLE = Path(__file__).resolve().parents[1] / "cases/names_told_en.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_short_name_is_understood_and_its_look_alikes_are_not(rule: str, value: str, text: str) -> None:
    said = [told(one) for one in acts(text)]
    if value == "not":
        assert not set(said) & {expected(one) for one in CASES[rule] if one != "not"}
    else:
        assert expected(value) in said


def test_every_rule_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())
