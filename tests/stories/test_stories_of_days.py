"""Stories of reports without a day, or with a wrong one: which days follow from all of them together, and which stay open.

Each folder has a `reports.toml`: the reports in our own words, with the day that their page states where it states one, and
the days that must follow: `on` the whole answer ("" where nothing dates the act), `within` days that hold it.
"""

from __future__ import annotations

import io
import json
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.pipeline import Knowledge, load_reference
from foedus.register.entries import Act, Register
from foedus.statements.reading import read
from foedus.terms.dates import DateRange

HERE = Path(__file__).parent
STORIES = {f.parent.name: tomllib.loads(f.read_text(encoding="utf-8")) for f in sorted(HERE.glob("*/reports.toml"))}
TODAY = date(2032, 1, 1)


@lru_cache(maxsize=8)
def register_of(name: str, *, backwards: bool = False) -> Register:
    reports = STORIES[name]["report"][:: -1 if backwards else 1]
    rows = [{"id": r["name"], "text": r["text"].strip(), "published": r.get("published")} for r in reports]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    arrivals = list(gather(["-"], stdin=io.BytesIO(lines.encode())))
    refused = [one for one in arrivals if isinstance(one, InputError)]
    assert not refused, refused
    documents = [one.document for one in arrivals if not isinstance(one, InputError)]
    reference = load_reference()
    statements = [s for document in documents for s in read(document, reference)]
    return Knowledge.over(documents, statements, reference, day=TODAY).register()


def found(register: Register, row: dict[str, Any]) -> Act:
    alike = [
        act
        for act in register.acts
        if act.kind == row["kind"]
        and list(act.states) == row["states"]
        and act.factuality == row.get("factuality", "happened")
        and ("body" not in row or (act.actor and act.actor.body == row["body"]))
    ]
    assert len(alike) == 1, [(act.kind, act.states, act.on) for act in register.acts]
    return alike[0]


@pytest.mark.parametrize(
    ("story", "row"),
    [pytest.param(name, row, id=f"{name}-{i}") for name, s in STORIES.items() for i, row in enumerate(s["act"])],
)
def test_all_reports_together_date_an_act_no_closer_than_they_say(story: str, row: dict[str, Any]) -> None:
    act = found(register_of(story), row)
    if "within" in row:
        assert act.on is not None and act.on & DateRange.parse(row["within"]) == act.on
    else:
        assert (act.on.edtf if act.on else "") == row["on"]


@pytest.mark.parametrize("story", STORIES)
def test_the_order_of_reports_changes_nothing(story: str) -> None:
    assert register_of(story).acts == register_of(story, backwards=True).acts


@pytest.mark.parametrize("story", STORIES)
def test_the_dates_that_the_story_refutes_are_flagged(story: str) -> None:
    register = register_of(story)
    flagged = {d for issue in register.issues if issue.kind == "date-refuted" for d in issue.about}
    names = {d.name for d in register.documents if d.id in flagged}
    assert names == {r["name"] for r in STORIES[story]["report"] if r.get("refuted")}
