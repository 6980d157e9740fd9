"""Computes when treaties entered into force, from deposits and clauses, and holds it against the official days.

Four suites: 37 multilateral treaties from the tables of the UN depositary (with an ablation), threshold treaties from recorded
data, the days of single parties from WIPO's table, and the Paris Agreement as known on each day on which its table changed.
Official days are never an input: entries into force that a table lists are taken out before anything is computed.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from foedus.exchange.participation import document_of, register_of
from foedus.pipeline import load_reference
from foedus.reference.packs import Reference
from foedus.register.entries import Act, Register
from foedus.status.consent import Timed
from foedus.status.fulfilment import Fulfilment, entries_of, entry_of, fulfilment_of
from foedus.status.possibilities import whole_case
from foedus.terms.acts import Kind, Level
from foedus.terms.dates import ONE_DAY, DateRange
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth
from foedus.terms.treaties import Treaty

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"

# The rows of entry_into_force.md, by our ids.
IDS = {
    "Genocide Convention": "genocide-convention",
    "OP-ICESCR": "icescr-op",
    "Refugee Convention": "refugee-convention",
    "VCLT 1969": "vclt",
    "Rome Statute": "rome-statute",
    "Ottawa (APMBC)": "ottawa-convention",
    "Vienna Ozone": "vienna-ozone",
    "Stockholm POPs": "stockholm",
    "WHO FCTC": "who-fctc",
}
THRESHOLDS = {
    "paris-agreement": "2016-11-04",
    "kyoto": "2005-02-16",
    "tpnw": "2021-01-22",
    "att": "2014-12-24",
    "minamata": "2017-08-16",
    "mlc": "2013-08-20",
    "bwm": "2017-09-08",
    "npt": "1970-03-05",
    "bwc": "1975-03-26",
    "nato": "1949-08-24",
    "antarctic-treaty": "1961-06-23",
    "montreal-protocol": "1989-01-01",
    "outer-space-treaty": "1967-10-10",
    "ctbt": "None",
}
GOAL_WIPO = 0.95
PARIS_SEEN = date(2016, 10, 6)
"""The first day on which the table showed the instruments of 5 October 2016, which met the conditions."""


class Worked(NamedTuple):
    """One row of the table of worked days."""

    name: str
    treaty: str
    trigger: str
    official: str


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=SHARED)
    shared: Path = options.parse_args().shared
    if not shared.is_dir():
        print(f"skipped: {shared} is not at hand; it is no part of Foedus")
        return 0
    reference = load_reference()
    un = _un(shared, reference)
    events = _paris(shared)
    good = [
        _print_worked(shared, un, reference),
        _print_thresholds(_merged(un, events, None), reference),
        _print_wipo(shared, reference),
        _print_paris(events, reference),
    ]
    return 0 if all(good) else 1


# The 37 treaties


def worked(shared: Path) -> list[Worked]:
    """The rows that have a number, a trigger and an official day."""
    rows = []
    for line in (shared / "law" / "entry_into_force.md").read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.split("|")]
        if len(cells) > 8 and re.fullmatch(r"\d+", cells[2]):
            rows.append(Worked(cells[1], IDS.get(cells[1], cells[1].lower()), cells[3], cells[4]))
    return rows


def _un(shared: Path, reference: Reference) -> Register:
    files = sorted((shared / "data" / "untc" / "participation_2015").glob("*.csv"))
    return register_of((document_of(f.read_bytes(), f.name, reference) for f in files), reference)


def _print_worked(shared: Path, register: Register, reference: Reference) -> bool:
    rows = worked(shared)
    print(f"\n{len(rows)} treaties of the UN depositary: entry into force computed from the deposits")
    full = _ablated(reference, history=True, bodies=True, dependence=True)
    exact = 0
    for row in rows:
        met, day = _computed(row.treaty, register, full)
        exact += str(day) == row.official
        who = ", ".join(reference.directory.name_of(s) for s in met.states) if met else ""
        sign = "  " if str(day) == row.official else "!!"
        print(
            f" {sign} {row.name:20} {day}  official {row.official}  no. {met.counted if met else 0:3}: {met.day if met else ''} {who}"
        )
    print(f"exact: {exact}/{len(rows)}")
    steps = [
        ("the tables as listed", False, False, False),
        ("+ organisations not counted", False, True, False),
        ("+ historical participants", True, True, False),
        ("+ dependence on another treaty", True, True, True),
        ("all but organisations", True, False, True),
        ("all but historical participants", False, True, True),
    ]
    print("ablation:")
    for name, history, bodies, dependence in steps:
        less = _ablated(reference, history, bodies, dependence)
        wrong = [r.name for r in rows if str(_computed(r.treaty, register, less)[1]) != r.official]
        print(f"  {name:34} {len(rows) - len(wrong)}/{len(rows)}  wrong: {', '.join(wrong) or 'none'}")
    return exact == len(rows)


@cache
def _ablated(reference: Reference, history: bool, bodies: bool, dependence: bool) -> Reference:
    """The reference without some of its knowledge; always without the days of entry that it records."""
    series = []
    for record in reference.series:
        clause = record.force_clause
        if clause and not bodies:
            clause = msgspec.structs.replace(clause, states_only=False)
        if clause and not dependence:
            clause = msgspec.structs.replace(clause, after=None)
        acts = record.acts if history or not record.tables else ()
        series.append(msgspec.structs.replace(record, force_clause=clause, acts=acts, in_force=None, in_force_by=None))
    return msgspec.structs.replace(reference, series=tuple(series))


def _timed(treaty: str, register: Register, reference: Reference) -> tuple[Timed, ...]:
    return tuple(Timed(e.on.latest, e) for e in whole_case(treaty, register, reference).events)


def _computed(treaty: str, register: Register, reference: Reference) -> tuple[Fulfilment | None, date | None]:
    case, events = whole_case(treaty, register, reference), _timed(treaty, register, reference)
    return fulfilment_of(case, events), entry_of(case, events)


# Thresholds


def _print_thresholds(register: Register, reference: Reference) -> bool:
    print("\nthreshold treaties, from recorded data or the depositary's notice")
    full, exact = _ablated(reference, True, True, True), 0
    for treaty, official in THRESHOLDS.items():
        met, day = _computed(treaty, register, full)
        exact += str(day) == official
        sign = "  " if str(day) == official else "!!"
        how = f"{met.day} by {', '.join(met.states)}; {met.by}" if met else "the conditions are not met"
        print(f" {sign} {treaty:20} {day}  official {official}  {how}")
    print(f"exact: {exact}/{len(THRESHOLDS)}")
    return exact == len(THRESHOLDS)


# WIPO


def _print_wipo(shared: Path, reference: Reference) -> bool:
    file = shared / "data" / "wipo" / "participation.csv"
    register = register_of([document_of(file.read_bytes(), file.name, reference)], reference)
    official: dict[tuple[str, str], list[date]] = defaultdict(list)
    for act in register.acts:
        if act.kind is Kind.ENTER_INTO_FORCE and act.on:
            official[act.treaty, act.states[0]].append(act.on.earliest)
    blind = msgspec.structs.replace(
        register, acts=tuple(a for a in register.acts if a.kind is not Kind.ENTER_INTO_FORCE)
    )
    full = _ablated(reference, True, True, True)
    counts: Counter[str] = Counter()
    residuals: list[tuple[str, str, str, str, str]] = []
    for (treaty, state), days in sorted(official.items()):
        kind, mine = _wipo_row(treaty, state, days, blind, full)
        counts[kind] += 1
        if kind == "wrong":
            residuals.append((treaty, state, str(days[0]), mine, _why(treaty, state, days[0], mine)))
    decided = counts["exact"] + counts["wrong"]
    print(f"\nWIPO: {sum(counts.values())} days of entry into force for single parties")
    print(f"  decided by the clause and the file: {decided}, exact {counts['exact']} = {counts['exact'] / decided:.3f}")
    print(f"  succession on a day that only this table gives (exact, not counted): {counts['own source']}")
    print(
        f"  not decided: {counts['noticed, in time']} run from WIPO's notice of the accession, which the file does not have; "
        f"the official day is as early as computed, or later ({counts['noticed, exact']} of them the same day)"
    )
    print(f"  accessions under earlier Acts, whose periods were shorter or agreed: {counts['noticed, earlier']}")
    right, whole = counts["exact"] + counts["own source"] + counts["noticed, exact"], sum(counts.values())
    print(f"  of all days, decided or not, the computed one is the official one for {right} = {right / whole:.3f}")
    print(f"  no instrument in the file: {counts['no instrument']}")
    print("  residuals: treaty, party, official, computed, why")
    for row in residuals:
        print("   ", *row, sep="  ")
    return counts["exact"] / decided > GOAL_WIPO


def _wipo_row(treaty: str, state: str, days: list[date], blind: Register, full: Reference) -> tuple[str, str]:
    case, events = whole_case(treaty, blind, full), _timed(treaty, blind, full)
    entries = [t.day for t in entries_of(case, events) if state in t.event.states]
    exact = bool(set(entries) & set(days))
    succeeded = any(t.event.kind is Kind.SUCCEED and state in t.event.states for t in events)
    if succeeded and exact and ("wipo", state) in full.directory.successions:
        return "own source", ""
    met = fulfilment_of(case, events)
    if not any(state in t.event.states and t.event.kind is not Kind.SIGN for t in events):
        return "no instrument", ""
    consents = [t.day for t in events if state in t.event.states and t.event.kind in (Kind.DEPOSIT, Kind.ACCEDE)]
    late = met is not None and consents and min(consents) > met.day
    if case.clause.noticed and late and not succeeded:
        if exact:
            return "noticed, exact", ""
        return ("noticed, in time" if entries and max(days) > min(entries) else "noticed, earlier"), ""
    return ("exact" if exact else "wrong"), ", ".join(map(str, entries)) or "none"


# Why the table has the day after, by treaty and by party; and why it has another one, by party.
A_DAY_LATER = {
    "rome-convention-1961": "the sixth instrument is of 17 February 1964 in the file; the three months are counted to 18 May",
    "paris-convention-1883": "the month from the exchange on 6 June 1884 is counted to 7 July",
    "CHE": "three months from 31 March are counted to 1 July, not to 30 June",
}
OTHERWISE = {
    "SRB": "dated from the Federal Republic of Yugoslavia's own new beginning in 2000",
    "ZWE": "independent in 1980 for the depositary, in 1965 for the list of states",
    "ZMB": "held from a later day than independence",
    "IDN": "in force some months after the notice, not from it",
    "IND": "a Dominion's membership was dated some days before the notice",
    "NZL": "a Dominion's membership was dated some days before the notice",
    "MDG": "held from a day shortly before the notice, not from independence",
    "MLI": "held from the notice, not from independence",
}


def _why(treaty: str, state: str, official: date, computed: str) -> str:
    if computed == str(official - ONE_DAY):
        return A_DAY_LATER.get(treaty) or A_DAY_LATER.get(state, "not explained")
    return OTHERWISE.get(state, "not explained")


# The Paris Agreement


class Change(NamedTuple):
    """One change to the table: what was known from which day."""

    known: date
    state: str
    field: str
    value: str


def _paris(shared: Path) -> list[Change]:
    with (shared / "data" / "ratification_events" / "paris-agreement.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        Change(date.fromisoformat(r["known_on"]), "EU" if r["code"] == "EUU" else r["code"], r["field"], r["new"])
        for r in rows
        if r["new"]
    ]


def _paris_acts(changes: Iterable[Change], known: date | None) -> tuple[Act, ...]:
    """Every instrument that the table has shown by a day: what it overwrote later had been done all the same."""
    seen = {(c.state, c.value) for c in changes if c.field == "instrument_date" and (known is None or c.known <= known)}
    return tuple(_act(state, Kind.DEPOSIT, date.fromisoformat(day)) for state, day in sorted(seen))


def _act(state: str, kind: Kind, on: date) -> Act:
    return Act(
        id=f"a_paris-agreement.{state}.{kind}.{on}",
        kind=kind,
        level=Level.INTERNATIONAL,
        treaty="paris-agreement",
        states=(state,),
        on=DateRange.of(on),
        factuality=Factuality.HAPPENED,
        truth=Truth.TRUE,
        proof=Proof(says="the depositary's table showed it", truth=Truth.TRUE, by="ratification_events"),
    )


def _merged(register: Register, changes: list[Change], known: date | None) -> Register:
    treaty = Treaty(id="paris-agreement")
    acts = (*register.acts, *_paris_acts(changes, known))
    return msgspec.structs.replace(register, acts=acts, treaties=(*register.treaties, treaty), known=known)


def _print_paris(changes: list[Change], reference: Reference) -> bool:
    full = _ablated(reference, True, True, True)
    wrong: list[str] = []
    days = sorted({c.known for c in changes})
    first = None
    for known in days:
        register = _merged(Register(), changes, known)
        _, day = _computed("paris-agreement", register, full)
        first = first or (known if day else None)
        if str(day) != (THRESHOLDS["paris-agreement"] if known >= PARIS_SEEN else "None"):
            wrong.append(f"{known}: {day}")
        wrong += _paris_parties(changes, register, full, known)
    last = _merged(Register(), [c for c in changes if c.known <= days[-1]], None)
    overwritten = _overwritten(changes, full)
    print(
        f"\nParis Agreement, as known on each of {len(days)} days: right on {len(days) - len({w[:10] for w in wrong})}"
    )
    print(
        f"  known to enter into force from {first} on; as known at the end: {_computed('paris-agreement', last, full)[1]}"
    )
    print(f"  from the last table alone, without what it overwrote: {overwritten}")
    for line in wrong:
        print("  !!", line)
    return not wrong and len(days) == 114


def _paris_parties(changes: list[Change], register: Register, full: Reference, known: date) -> list[str]:
    """Where the day of entry for a party, as known on a day, is not the one that the table came to show for that instrument."""
    shown = _shown(changes)
    case, events = whole_case("paris-agreement", register, full), _timed("paris-agreement", register, full)
    entries = {(state, t.day) for t in entries_of(case, events) for state in t.event.states}
    if not entries:
        return []
    own = {(c.state, c.value) for c in changes if c.field == "instrument_date" and c.known <= known}
    return [f"{known}: {state} {day}" for state, day in own if (state, shown[state, day]) not in entries]


@cache
def _by_instrument(changes: tuple[Change, ...]) -> dict[tuple[str, str], date]:
    found: dict[tuple[str, str], date] = {}
    current: dict[str, str] = {}
    for c in sorted(changes, key=lambda c: (c.known, c.field != "instrument_date")):
        if c.field == "instrument_date":
            current[c.state] = c.value
        elif c.field == "effective_date":
            found[c.state, current[c.state]] = date.fromisoformat(c.value)
    return found


def _shown(changes: list[Change]) -> dict[tuple[str, str], date]:
    """State and day of its instrument -> the day of entry into force that the table gave it."""
    return _by_instrument(tuple(changes))


def _overwritten(changes: list[Change], full: Reference) -> date | None:
    last: dict[str, Change] = {}
    for c in changes:
        if c.field == "instrument_date":
            last[c.state] = c
    register = msgspec.structs.replace(_merged(Register(), list(last.values()), None), known=None)
    return _computed("paris-agreement", register, full)[1]


if __name__ == "__main__":
    sys.exit(main())
