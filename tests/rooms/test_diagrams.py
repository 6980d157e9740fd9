"""The diagrams in docs/ are drawn from the tables of the code, and are current."""

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(DOCS))

from diagrams import DRAWINGS, PAGE, drawn  # noqa: E402

from foedus.status.consent import MOVES, Status  # noqa: E402


def test_the_page_shows_the_tables_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert drawn(page) == page, "run make diagrams"
    assert all(f"<!-- drawn: {name} -->" in page for name in DRAWINGS)


def test_every_headline_and_every_row_is_drawn() -> None:
    course, rows = DRAWINGS["course"](), DRAWINGS["rows"]()
    assert all(f": {status}\n" in course for status in Status)
    for (before, kind), move in MOVES.items():
        line = next(
            x
            for x in course.splitlines()
            if x.strip().startswith(f"{before.replace('-', '_')} --> {move.status.replace('-', '_')}:")
        )
        assert kind.value in line and f"| {move.article} |" in rows
