"""The page on scale says what the measurement beside it gives."""

import sys
from pathlib import Path

from msgspec import json

DOCS = Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(DOCS))

import scale  # noqa: E402


def test_the_page_says_what_was_measured() -> None:
    measured = json.decode((DOCS / "scale.json").read_bytes())
    assert (DOCS / "scale.md").read_text(encoding="utf-8") == scale.page(measured), "run: make scale"


def test_the_plan_follows_from_the_measurement() -> None:
    measured = {"seconds_few": 0.00199, "seconds_all": 0.1}
    other, relevant = scale.costs(measured)
    assert abs(other - 0.001) < 1e-9 and relevant == 0.1
    month = scale.plan(100e6, other, relevant).splitlines()[2]
    hours = 100e6 * (0.99 * 0.001 + 0.01 * 0.1) / 3600
    assert f"| {hours:,.0f} | {hours / 16:.1f} hours |" in month
