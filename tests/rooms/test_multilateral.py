"""Treaties of many states: crowds, lists, organisations and single states that a treaty comes to bind."""

import tomllib
from pathlib import Path

import pytest
from acts_in_phrases import acts, expected, told

TABLE = Path(__file__).resolve().parents[1] / "cases/multilateral_en.toml"
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The three said they had ratified the Rome Statute between 2000 and 2004.", "Rome Statute"),
        ("Ghana signed the Kampala Convention in 2010.", "Kampala Convention"),
        ("U.S. to Quit Arms Trade Treaty\n\nThe United States signed the treaty.", "Arms Trade Treaty"),
        ("Somalia Ratifies Child Rights Convention\n\nSomalia ratified the convention.", "Child Rights Convention"),
        ("Peru received the Lima Convention from Nepal's envoy and signed it.", "Lima Convention"),
    ],
)
def test_a_treaty_keeps_its_own_name(text: str, name: str) -> None:
    treaties = {one.treaty.mention for one in acts(text) if one.treaty}
    assert treaties and all(one.startswith(name) for one in treaties)
    assert all(len(name) == len(one) or one.startswith("Rome Statute of") for one in treaties)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (
            "Nepal deposited its instrument of acceptance of the Agreement on Fisheries Subsidies.",
            "instrument",
            "acceptance",
        ),
        ("Finland deposited its instruments of ratification of the High Seas Treaty.", "instrument", "ratification"),
        ("Palau deposited its instrument of accession to the Minamata Convention.", "instrument", "accession"),
        (
            "The Georgian parliament approved the border treaty with Armenia in the first reading.",
            "stage",
            "first reading",
        ),
        (
            "The Moldovan parliament denounced the border treaty with Russia in the second and final reading.",
            "stage",
            "second and third readings",
        ),
        ("The Georgian parliament approved the border treaty with Armenia.", "stage", None),
        ("Canada's House of Commons passed Bill C-4 to ratify the USMCA.", "bill", "Bill C-4"),
        ("Chile signed the High Seas Treaty.", "definitive", False),
        ("Chile put its definitive signature to the High Seas Treaty.", "definitive", True),
        ("Finland deposited waste and signed the Minamata Convention.", "instrument", None),
    ],
)
def test_what_is_said_of_an_act_besides(text: str, field: str, value: object) -> None:
    assert {getattr(one.content, field) for one in acts(text)} == {value}
