"""The Philippines and the forces agreement of 1999, read from reports: the leaving was suspended in 2020, never the treaty.

The days are those of the two governments' notes; the wording is our own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.serving.cli import main

AGREEMENT = "the Visiting Forces Agreement between the Philippines and the United States"
REPORTS = {
    "2020-01-10": f"{AGREEMENT[0].upper()}{AGREEMENT[1:]} entered into force on 27 May 1999.",
    "2020-02-12": f"The Philippines on 11 February 2020 notified the United States that it is terminating {AGREEMENT}.",
    "2020-06-03": f"The Philippines on 1 June 2020 suspended the termination of {AGREEMENT}.",
}


@pytest.mark.parametrize("day", ["2020-03-01", "2020-08-20", "2021-01-01"])
def test_the_treaty_applies_in_full_while_its_end_is_suspended(tmp_path: Path, day: str) -> None:
    lines = [{"id": on, "text": text, "published": on, "publisher": "Example Times"} for on, text in REPORTS.items()]
    reports = "\n".join(map(json.dumps, lines)).encode()
    environment = {"FOEDUS_JOURNAL": str(tmp_path / "foedus.db")}
    added = CliRunner().invoke(main, ["add", "-"], env=environment, input=reports)
    assert "3 new" in added.output, added.output
    asked = ["status", "philippines united states", "--on", day, "--json"]
    standings = [json.loads(line) for line in CliRunner().invoke(main, asked, env=environment).stdout.splitlines()]
    assert {one["state"]: one["party"] for one in standings} == {"PHL": "true", "USA": "true"}
    assert all(one["application"] == "full" for one in standings)
    suspended = {one["state"]: (one["notice"] or {}).get("suspended") for one in standings}
    assert suspended["PHL"] == (None if day < "2020-06-01" else "2020-06-01")
