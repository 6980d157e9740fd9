"""Stories of what binds whom, told as registers by hand: the facts with their sources, in our own words, and where each state stood.

Each folder has a `story.toml`: the acts, and under `stand`, `history`, `relation` and `deadline` what must follow from them.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from registers_by_hand import act, finding, reference

from foedus.register.entries import Act, Register
from foedus.status.deadlines import deadlines_of
from foedus.status.reservations import relations_of
from foedus.status.standings import history, standing_of
from foedus.terms.acts import Kind, Measure
from foedus.terms.treaties import Treaty, TreatyName

HERE = Path(__file__).parent
STORIES = {f.parent.name: tomllib.loads(f.read_text(encoding="utf-8")) for f in sorted(HERE.glob("*/story.toml"))}
OTHERS = [s.id for s in reference().directory.states if s.until is None and s.id != "BOL"]


def _acts(story: dict[str, Any]) -> list[Act]:
    acts = [_other(story, state) for state in OTHERS[: story.get("others", 0)]]
    for told in story["act"]:
        states = told.get("states") or OTHERS[: told.get("count", 0)]
        more: dict[str, Any] = {}
        if "against" in told:
            more["against"] = (told["against"],)
        if "stage" in told:
            more["stage"] = told["stage"]
        made = act(Kind(told["kind"]), told["on"], " ".join(states), told.get("body"), treaty=story["treaty"], **more)
        acts.append(with_measure(made, told.get("measure")))
        assert told["source"]
    return acts


def _other(story: dict[str, Any], state: str) -> Act:
    return act(Kind.ACCEDE, "1970-01-01", state, treaty=story["treaty"])


def with_measure(made: Act, measure: str | None) -> Act:
    import msgspec

    return msgspec.structs.replace(made, measure=Measure(measure)) if measure else made


def _register(story: dict[str, Any], known: str | None) -> Register:
    day = date.fromisoformat(known) if known else None
    acts = tuple(a for a in _acts(story) if day is None or a.on is None or a.on.earliest <= day)
    treaty = Treaty(
        id=story["treaty"],
        names=(TreatyName(text=story["treaty"]),),
        parties=tuple(story.get("parties", ())),
        bilateral=story.get("bilateral", False),
    )
    findings = tuple(finding(kind, value, treaty=story["treaty"]) for kind, value in story.get("findings", ()))
    return Register(treaties=(treaty,), acts=acts, findings=findings, known=day)


def _rows(part: str) -> list[Any]:
    return [
        pytest.param(s, row, id=f"{name}-{i}") for name, s in STORIES.items() for i, row in enumerate(s.get(part, []))
    ]


@pytest.mark.parametrize(("story", "row"), _rows("stand"))
def test_where_a_state_stood(story: dict[str, Any], row: dict[str, Any]) -> None:
    found = standing_of(
        row["state"], story["treaty"], date.fromisoformat(row["on"]), _register(story, row.get("known")), reference()
    )
    said = {
        "status": str(found.status),
        "party": found.party.value,
        "consent": str(found.consent),
        "application": str(found.application),
        "truth": found.truth.value,
        "alternatives": [str(a) for a in found.alternatives],
        "contested_by": list(found.contested_by),
        "since": found.since.edtf if found.since else None,
        "notice": {
            k: v for k in ("given", "effective", "revoked", "suspended") if (v := getattr(found.notice, k, None))
        },
    }
    expected = {k: v for k, v in row.items() if k not in ("state", "on", "known")}
    assert {k: said[k] for k in expected} == expected, found.proof.outline()
    assert found.proof.because or found.status == "none"


@pytest.mark.parametrize(("story", "row"), _rows("history"))
def test_every_change_has_its_cause(story: dict[str, Any], row: dict[str, Any]) -> None:
    changes = history(row["state"], story["treaty"], _register(story, None), reference())
    told = [f"{c.on.edtf} {c.before} {c.after}" for c in changes]
    assert told[-row["last"] :] == row["changes"]
    assert all(c.cause and c.by for c in changes)


@pytest.mark.parametrize(("story", "row"), _rows("relation"))
def test_what_a_reservation_does_between_two_states(story: dict[str, Any], row: dict[str, Any]) -> None:
    other = OTHERS[0] if row["other"] == "objector" else OTHERS[100]
    (found,) = relations_of(
        story["treaty"],
        row["state"],
        date.fromisoformat(row["on"]),
        _register(story, row.get("known")),
        reference(),
        [other],
    )
    assert (str(found.effect), found.in_force.value) == (row["effect"], row["in_force"]), found.proof.outline()


@pytest.mark.parametrize(("story", "row"), _rows("deadline"))
def test_what_falls_due(story: dict[str, Any], row: dict[str, Any]) -> None:
    register = _register(story, row.get("known"))
    due = deadlines_of(story["treaty"], date.fromisoformat(row["on"]), register, reference())
    told = [f"{d.on} {d.kind} {' '.join(d.states)}" for d in due]
    assert [line for line in told if line in row["falls"]] == row["falls"], told
