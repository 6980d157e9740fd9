"""What states do with one another about a treaty, in many wordings; and the same words where nothing of the kind happens."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

ROOT = Path(__file__).resolve().parents[2]
CASES = tomllib.loads((ROOT / "tests/cases/between_states_en.toml").read_text(encoding="utf-8"))
ROWS = [(value, text) for table in CASES.values() for value, texts in table.items() for text in texts]
TREATY = "The treaty has 20 articles."


@pytest.mark.parametrize(("value", "text"), [row for row in ROWS if row[0] != "not"])
def test_the_wording_tells_its_acts(value: str, text: str) -> None:
    fired = [told(one) for one in acts(text)]
    assert {expected(one) for one in value.split("; ")} <= set(fired)


@pytest.mark.parametrize("text", [text for value, text in ROWS if value == "not"])
def test_a_look_alike_tells_none(text: str) -> None:
    assert [told(one) for one in acts(f"{text} {TREATY}")] == []


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_has_cases_for_and_against(kind: str) -> None:
    assert len(CASES[kind]) > 1
    assert len(CASES[kind]["not"]) > 1
