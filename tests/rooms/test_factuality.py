"""Factuality: every rule that says how sure a report is has its own cases, for and against."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/factuality_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]
URGED = [
    "Activists urged Japan to ratify the High Seas Treaty.",
    "The minister called on Japan to sign the High Seas Treaty.",
    "The envoy asked parliament to ratify the High Seas Treaty.",
    "The senator demanded that the High Seas Treaty be ratified.",
    'The bill\'s single line reads: "To ratify the High Seas Treaty."',
    "Every member state must ratify the protocol before anybody can join.",
    "No treaty shall be valid unless two thirds of the Senate approve it.",
    "Japan may refuse to ratify the High Seas Treaty.",
]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_rule_decides_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    fired = [told(one) for one in acts(text) if rule in one.rules]
    if value == "not":
        assert fired == []
    else:
        assert expected(value) in fired


@pytest.mark.parametrize("text", URGED)
def test_what_is_urged_required_in_general_or_only_quoted_is_no_act(text: str) -> None:
    assert [told(one) for one in acts(text)] == []


def test_every_rule_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())
