"""What Foedus computes, in the formats of calendars and spreadsheets: iCalendar (RFC 5545) and CSV (RFC 4180)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from foedus.register.entries import Act
from foedus.status.deadlines import Deadline
from foedus.status.standings import Standing
from foedus.terms.dates import ONE_DAY

LONGEST_LINE = 75  # octets, RFC 5545 3.1


def calendar_of(deadlines: Iterable[Deadline], stamp: datetime) -> str:
    """A calendar with an all-day event for each deadline; the same deadline has the same UID whenever it is exported.

    stamp   when it was made
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Foedus//Deadlines of treaties//EN",
        "CALSCALE:GREGORIAN",
        *(line for deadline in deadlines for line in _event(deadline, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(deadline: Deadline, stamp: datetime) -> Iterator[str]:
    look = f"{deadline.treaty}:{deadline.kind}:{deadline.on}:{'+'.join(deadline.states)}:{deadline.says}"
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(look.encode()).hexdigest()[:24]}@foedus"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{deadline.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{deadline.on + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{deadline.treaty}: {deadline.says}')}"
    yield f"DESCRIPTION:{_escaped(f'{deadline.by} {deadline.source}'.strip())}"
    yield f"CATEGORIES:{_escaped(deadline.kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """TEXT as RFC 5545 3.3.11 writes it.

    >>> _escaped("a, b; c")
    'a\\\\, b\\\\; c'
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, never within a character."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece


def standings_csv(standings: Iterable[Standing]) -> str:
    """One line a state and treaty."""
    rows = (
        (
            s.treaty,
            s.state,
            s.on.isoformat(),
            s.known.isoformat() if s.known else "",
            s.status,
            s.party.value,
            s.consent,
            s.application,
            s.since.edtf if s.since else "",
            s.truth.value,
            " ".join(s.contested_by),
        )
        for s in standings
    )
    head = [
        "treaty",
        "state",
        "on",
        "known",
        "status",
        "party",
        "consent",
        "application",
        "since",
        "truth",
        "contested_by",
    ]
    return _csv(head, rows)


def acts_csv(acts: Iterable[Act]) -> str:
    """One line an act."""
    rows = (
        (
            a.treaty,
            a.id,
            a.kind,
            a.level,
            a.measure or "",
            " ".join(a.states),
            a.on.edtf if a.on else "",
            a.factuality,
            a.truth.value,
            a.instrument or "",
            len(a.supported_by),
        )
        for a in acts
    )
    head = ["treaty", "id", "kind", "level", "measure", "states", "on", "factuality", "truth", "instrument", "sources"]
    return _csv(head, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """As RFC 4180 writes it; a cell that a spreadsheet would run as a formula is disarmed."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return file.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
