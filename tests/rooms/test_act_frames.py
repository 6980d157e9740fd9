"""Act frames: every row of the table is proved by its own cases, for and against."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

from foedus.pipeline import load_reference
from foedus.statements.act_frames import FrameWords

ROOT = Path(__file__).resolve().parents[2]
CASES = tomllib.loads((ROOT / "tests/cases/act_frames_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_frame_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    fired = [told(one) for one in acts(text) if rule in one.rules]
    if value == "not":
        assert fired == []
    else:
        assert expected(value) in fired


def test_every_frame_has_cases_for_and_against() -> None:
    words = load_reference().lexicon("en").section("act_frames", FrameWords)
    rows = {row.name for row in words.frame if row.kind != "none"}
    assert rows == set(CASES)
    assert all("not" in table and len(table) > 1 for table in CASES.values())


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_every_quote_is_verbatim(rule: str, value: str, text: str) -> None:
    for one in acts(text):
        assert text[one.quote.start : one.quote.end] == one.quote.exact
