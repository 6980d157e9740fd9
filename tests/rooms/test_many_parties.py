"""A treaty of many states, of which no report lists the parties: everybody who does something under it is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.serving.cli import main

REPORTS = (
    "NEW YORK, 3 March 2025 - Peru and Chile have ratified the UN Glacier Treaty, the foreign ministry in Lima said. "
    "Brazil deposited its instrument of ratification of the UN Glacier Treaty on 28 February 2025.",
    "NEW YORK, 10 March 2025 - Norway, Fiji and Kenya signed the UN Glacier Treaty on 7 March 2025. "
    "Poland has not ratified the UN Glacier Treaty.",
)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for number, text in enumerate(REPORTS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    assert asked(folder / "foedus.db", "add", "--quiet", str(folder / "0.txt"), str(folder / "1.txt")).exit_code == 0
    return folder / "foedus.db"


def asked(journal: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"FOEDUS_JOURNAL": str(journal)})


def test_an_organisation_in_a_name_is_no_party(journal: Path) -> None:
    shown = json.loads(asked(journal, "show", "glacier", "--json").stdout)
    assert shown["treaty"]["parties"] == []
    assert "UN" not in {standing["state"] for standing in shown["standings"]}


def test_whoever_does_something_has_a_standing(journal: Path) -> None:
    shown = json.loads(asked(journal, "show", "glacier", "--json").stdout)
    standings = {standing["state"]: standing["consent"] for standing in shown["standings"]}
    assert {"BRA": "expressed", "NOR": "signed", "FJI": "signed", "KEN": "signed"}.items() <= standings.items()
    assert {"PER", "CHL"} <= standings.keys() and "POL" not in standings
    for standing in shown["standings"]:
        assert asked(journal, "explain", standing["id"]).exit_code == 0


def test_what_many_states_do_is_listed_by_where_they_stand(journal: Path) -> None:
    shown = " ".join(asked(journal, "show", "glacier").stdout.split())
    assert "Fiji, Kenya and Norway" in shown
    assert "Said to have ratified, the step not told: Chile and Peru." in shown


def test_a_state_is_the_actor_of_its_own_act_only(journal: Path) -> None:
    acts = json.loads(asked(journal, "show", "glacier", "--json").stdout)["acts"]
    ratified = {act["states"][0]: act["actor"] for act in acts if act["kind"] == "ratify" and len(act["states"]) == 1}
    assert ratified["PER"] in ("Peru", None) and ratified["CHL"] in ("Chile", None)
