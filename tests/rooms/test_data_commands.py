"""Import, check and export from the command line, through a journal."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.exchange.datasets import LONGEST_LINE, acts_csv, calendar_of
from foedus.journal.record import Journal
from foedus.serving.cli import main
from foedus.status.deadlines import Deadline, DeadlineKind

TABLE = (
    'Participant,Signature,"Ratification, Accession(a)"\nFrance,1 Feb 2000,3 Mar 2001\nAustria,5 Jan 2000,4 Apr 1999\n'
)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "j.db"


def run(journal: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--journal", str(journal)])


def imported(journal: Path, tmp_path: Path, text: str = TABLE, name: str = "99-1.csv") -> Result:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return run(journal, "import", "participation", str(file), "--as-of", "2015-03-14", "--title", "Dummy Convention")


def test_a_table_is_imported_once(journal: Path, tmp_path: Path) -> None:
    first, second = imported(journal, tmp_path), imported(journal, tmp_path)
    with Journal.open(journal) as opened:
        assert opened.newest_catalogue() is not None, "whoever asks need not wait for the registers"
    assert first.exit_code == second.exit_code == 0
    assert "4 dated acts" in first.output and "1 new, 0 known already" in first.output
    assert "0 new, 1 known already" in second.output


def test_a_quiet_import_says_only_what_it_came_to(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "99-1.csv").write_text(TABLE, encoding="utf-8")
    asked = (
        "import",
        "participation",
        str(tmp_path / "99-1.csv"),
        "--as-of",
        "2015-03-14",
        "--title",
        "Dummy Convention",
    )
    assert run(journal, *asked, "--quiet").output == "1 new, 0 known already, 0 refused\n"
    said = json.loads(run(journal, *asked, "--quiet", "--json").output)
    assert (said["new"], said["known"], said["statements"], said["refused"]) == (0, 1, 4, 0)


def test_what_a_table_says_is_known_from_its_day(journal: Path, tmp_path: Path) -> None:
    imported(journal, tmp_path)
    found = run(journal, "status", "un-99-1", "FRA", "--on", "2010-01-01", "--json")
    standing = json.loads(found.output)
    assert (standing["status"], standing["consent"], standing["truth"]) == ("contracting", "expressed", "unknown")
    early = run(journal, "status", "un-99-1", "FRA", "--on", "2010-01-01", "--known", "2015-03-13")
    assert "no report known by 2015-03-13" in early.output


def test_the_depositary_s_own_xml_is_imported_and_falls_due(journal: Path, tmp_path: Path) -> None:
    from test_depositary_xml import file

    table = tmp_path / "IV-4.en.xml"
    table.write_text(file(), encoding="utf-8")
    assert "11 dated acts" in run(journal, "import", "participation", str(table), "--as-of", "2012-03-02").output
    found = run(journal, "status", "iccpr", "GHA", "--on", "2012-06-01", "--json")
    standing = json.loads(found.output)
    assert (standing["status"], standing["notice"]["effective"]) == ("withdrawing", "2013-03-01")
    due = run(journal, "export", "ical", "iccpr", "--on", "2012-06-01").output.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20130301" in due and "CATEGORIES:notice-takes-effect" in due


def test_two_tables_of_the_same_bytes_are_not_taken_for_one(journal: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("99-1.csv", "99-2.csv")]
    for path in files:
        path.write_text(TABLE, encoding="utf-8")
    found = run(journal, "import", "participation", *map(str, files), "--as-of", "2015-03-14")
    assert "has the very bytes of 99-1.csv" in found.output and "1 new, 0 known already, 1 refused" in found.output


def test_a_name_that_nobody_has_stops_the_import(journal: Path, tmp_path: Path) -> None:
    found = imported(journal, tmp_path, TABLE + "Ruritania,1 Feb 2000,\n")
    assert found.exit_code == 2 and "Ruritania" in found.output


def test_check_names_the_fault_and_strict_tells_the_shell(journal: Path, tmp_path: Path) -> None:
    imported(journal, tmp_path)
    found = run(journal, "check", "un-99-1", "--strict")
    assert found.exit_code == 1 and "instrument-before-signature: Austria" in found.output
    assert json.loads(run(journal, "check", "--json").output.splitlines()[0])["kind"] == "instrument-before-signature"


def test_export_writes_standings_acts_and_a_calendar(journal: Path, tmp_path: Path) -> None:
    imported(journal, tmp_path)
    rows = list(csv.DictReader(io.StringIO(run(journal, "export", "standings", "--on", "2010-01-01").output)))
    assert [(r["state"], r["status"]) for r in rows] == [("AUT", "contracting"), ("FRA", "contracting")]
    assert len(list(csv.DictReader(io.StringIO(run(journal, "export", "acts").output)))) == 4
    file = tmp_path / "due.ics"
    assert run(journal, "export", "ical", "-o", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


DUE = Deadline(
    on=date(2026, 6, 2),
    kind=DeadlineKind.NOTICE_TAKES_EFFECT,
    treaty="rome-statute",
    states=("HUN",),
    says="the notice of withdrawal takes effect; a long sentence with a comma, a semicolon; and an é for every octet that is two é",
    by="VCLT 54",
)


def test_a_calendar_is_folded_escaped_and_stable() -> None:
    stamps = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    one, other = (calendar_of([DUE], stamp) for stamp in stamps)
    lines = one.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines) and "\n" not in one.replace("\r\n", "")
    unfolded = one.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260602" in unfolded and "takes effect\\; a long sentence with a comma\\, " in unfolded
    assert [x for x in lines if x.startswith("UID")] == [x for x in other.split("\r\n") if x.startswith("UID")]


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed() -> None:
    from registers_by_hand import act

    from foedus.terms.acts import Kind

    assert "'=cmd" in acts_csv([act(Kind.SIGN, "2020-01-01", "FIN", treaty="=cmd")])
