"""Every archetype of entry-into-force clause computes its day, with what looks like it beside it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers_by_hand import act, reference

from foedus.reference.clauses import parse_force_clause
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Act, Register
from foedus.status.consent import Timed
from foedus.status.fulfilment import entries_of, entry_of, fulfilment_of
from foedus.status.possibilities import whole_case
from foedus.status.standings import standing_of
from foedus.terms.acts import Kind
from foedus.terms.treaties import Treaty

FILE = Path(__file__).resolve().parents[1] / "cases/force_archetypes.toml"
CASES: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def _record(id_: str, clause: str, more: dict[str, Any]) -> TreatyRecord:
    fields = {"id": id_, "names": [id_], "since": date(1900, 1, 1), "source": "made up", **more}
    parsed = parse_force_clause(clause)
    assert parsed is not None, clause
    return msgspec.structs.replace(msgspec.convert(fields, TreatyRecord), force_clause=parsed)


def _acts(told: list[str], treaty: str) -> tuple[Act, ...]:
    found = []
    for line in told:
        states, _, rest = line.partition(":")
        kind, _, day = rest.partition("@")
        found.append(act(Kind(kind), day, states.replace("+", " "), treaty=treaty))
    return tuple(found)


def _world(case: dict[str, Any], acts: list[str]) -> tuple[Register, Reference]:
    parties = ("PRK", "RUS") if case.get("bilateral") else ()
    treaty = Treaty(id="mine", parties=parties, bilateral=bool(parties))
    series = [_record("mine", case["clause"], case.get("record", {}))]
    told = _acts(acts, "mine")
    if "other" in case:
        clause, *others = case["other"]
        series.append(_record("other", clause, {}))
        told += _acts(others, "other")
    return Register(treaties=(treaty,), acts=told), msgspec.structs.replace(reference(), series=tuple(series))


def _computed(case: dict[str, Any], acts: list[str]) -> date | None:
    register, known = _world(case, acts)
    whole = whole_case("mine", register, known)
    return entry_of(whole, [Timed(e.on.latest, e) for e in whole.events])


@pytest.mark.parametrize("name", CASES)
def test_the_clause_gives_the_day(name: str) -> None:
    case = CASES[name]
    assert str(_computed(case, case["acts"])) == case["day"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "not" in case])
def test_what_looks_like_it_is_not_enough(name: str) -> None:
    assert _computed(CASES[name], CASES[name]["not"]) is None


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "entries" in case])
def test_each_party_is_bound_from_its_own_day(name: str) -> None:
    case = CASES[name]
    register, known = _world(case, case["acts"])
    whole = whole_case("mine", register, known)
    timed = [Timed(e.on.latest, e) for e in whole.events]
    found = {state: str(t.day) for t in entries_of(whole, timed) for state in t.event.states}
    assert {state: found[state] for state in case["entries"]} == case["entries"]


def test_the_trigger_is_shown_with_those_who_met_it() -> None:
    case = CASES["8: a number and a share"]
    register, known = _world(case, case["acts"])
    whole = whole_case("mine", register, known)
    met = fulfilment_of(whole, [Timed(e.on.latest, e) for e in whole.events])
    assert met is not None and (met.day, met.states, met.counted) == (date(2020, 5, 1), ("NOR",), 3)


STATES = ["FIN", "NOR", "SWE", "DNK", "ISL", "EST"]
deposits = st.lists(
    st.tuples(st.sampled_from(STATES), st.integers(1, 28)), min_size=1, max_size=6, unique_by=lambda d: d[0]
)


@given(deposits, st.integers(1, 4), st.sampled_from(STATES))
def test_a_state_that_does_not_count_changes_nothing_for_the_others(
    told: list[tuple[str, int]], count: int, late: str
) -> None:
    """Who consents after the threshold was met moves no other state's day."""
    case = {"clause": f"deposits:{count}+30d;late:+30d"}
    acts = [f"{state}:deposit@2020-03-{day:02}" for state, day in told if state != late]
    more = [*acts, f"{late}:accede@2021-01-01"]
    if len(acts) < count:
        return
    days = date(2021, 6, 1), date(2020, 4, 15)
    for day in days:
        for state in STATES:
            if state != late:
                before, after = (standing_of(state, "mine", day, *_world(case, chosen)) for chosen in (acts, more))
                assert (before.status, before.since) == (after.status, after.since)


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(1, 60))
def test_months_end_where_the_calendar_ends_them(day: date, months: int) -> None:
    found = _computed({"clause": f"deposits:1+{months}m"}, [f"FIN:deposit@{day}"])
    assert found is not None
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (
        found.day < day.day and (found.toordinal() + 1) and date.fromordinal(found.toordinal() + 1).day == 1
    )
