"""Reservations and amendments hold pair by pair; silence is acceptance after twelve months, to the day."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers_by_hand import act, reference

from foedus.reference.clauses import parse_force_clause
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Act, Register
from foedus.status.reservations import EFFECTS, Relation, deadline_of, relations_of, version_between
from foedus.terms.acts import Kind
from foedus.terms.treaties import Treaty


def world(rule: str | None = None) -> Reference:
    mine = TreatyRecord(
        id="mine",
        names=("mine",),
        force_clause=parse_force_clause("deposits:1"),
        reservations=rule,
        since=date(1990, 1, 1),
        source="made up",
    )
    change = msgspec.structs.replace(
        mine,
        id="change",
        names=("the amendment",),
        amends="mine",
        since=date(2000, 1, 1),
        force_clause=parse_force_clause("deposits:2"),
    )
    return msgspec.structs.replace(reference(), series=(mine, change))


def objection(day: str, state: str, against: str = "FIN", opposes: bool = False) -> Act:
    return act(Kind.OBJECT, day, state, treaty="mine", against=(against,), definitive=opposes)


BOUND = tuple(act(Kind.ACCEDE, "1991-01-01", s, treaty="mine") for s in ("SWE", "NOR", "DNK"))
FINLAND = (act(Kind.DEPOSIT, "2000-02-29", "FIN", treaty="mine"), act(Kind.RESERVE, "2000-02-29", "FIN", treaty="mine"))


def relation(day: str, *more: Act, other: str = "SWE", rule: str | None = None) -> Relation:
    register = Register(treaties=(Treaty(id="mine"),), acts=(*BOUND, *FINLAND, *more))
    (found,) = relations_of("mine", "FIN", date.fromisoformat(day), register, world(rule), [other])
    return found


@pytest.mark.parametrize(
    ("day", "more", "effect", "in_force"),
    [
        ("2001-02-28", (), "pending", "true"),
        ("2001-03-01", (), "modified", "true"),
        ("2001-03-01", (objection("2001-02-28", "SWE"),), "without-the-provision", "true"),
        ("2001-03-02", (objection("2001-03-01", "SWE"),), "modified", "true"),
        ("2001-03-01", (objection("2000-06-01", "SWE", opposes=True),), "not-in-force-between-them", "false"),
        ("2001-03-01", (objection("2000-06-01", "NOR"),), "modified", "true"),
        ("2001-03-01", (objection("2000-06-01", "SWE", against="ISL"),), "modified", "true"),
        ("2005-01-01", (act(Kind.WITHDRAW_RESERVATION, "2004-01-01", "FIN", treaty="mine"),), "none", "true"),
    ],
)
def test_what_holds_between_two(day: str, more: tuple[Act, ...], effect: str, in_force: str) -> None:
    found = relation(day, *more)
    assert (str(found.effect), found.in_force.value) == (effect, in_force)
    assert found.proof.because and found.proof.by


def test_who_consents_later_may_object_until_then() -> None:
    late = act(Kind.ACCEDE, "2010-05-05", "ISL", treaty="mine")
    running, over = relation("2010-05-05", late, other="ISL"), relation("2010-05-06", late, other="ISL")
    assert (str(running.effect), running.until) == ("pending", date(2010, 5, 5))
    assert str(over.effect) == "modified"


def test_a_reservation_at_signature_counts_from_its_confirmation() -> None:
    signed = (act(Kind.SIGN, "1990-05-05", "ISL", treaty="mine"), act(Kind.RESERVE, "1990-05-05", "ISL", treaty="mine"))
    register = Register(treaties=(Treaty(id="mine"),), acts=(*BOUND, *signed))
    (open_,) = relations_of("mine", "ISL", date(1999, 1, 1), register, world(), ["SWE"])
    assert str(open_.effect) == "unconfirmed"
    confirmed = Register(
        treaties=register.treaties, acts=(*register.acts, act(Kind.DEPOSIT, "2000-01-10", "ISL", treaty="mine"))
    )
    (running,) = relations_of("mine", "ISL", date(2001, 1, 10), confirmed, world(), ["SWE"])
    assert (str(running.effect), running.until) == ("pending", date(2001, 1, 10))


@pytest.mark.parametrize(
    ("rule", "more", "effect"),
    [
        ("prohibited", (), "prohibited"),
        ("authorised", (), "modified"),
        ("unless:2/3", (objection("2000-06-01", "NOR"), objection("2000-06-01", "DNK")), "modified"),
        ("unless:1/2", (objection("2000-06-01", "NOR"), objection("2000-06-01", "DNK")), "rejected"),
    ],
)
def test_the_treaty_s_own_rule_comes_first(rule: str, more: tuple[Act, ...], effect: str) -> None:
    assert str(relation("2001-03-01", *more, rule=rule).effect) == effect


@given(st.dates(date(1970, 1, 1), date(2050, 1, 1)), st.none() | st.dates(date(1970, 1, 1), date(2050, 1, 1)))
def test_the_clock_is_twelve_months_or_the_day_of_consent(made: date, consent: date | None) -> None:
    end = deadline_of(made, consent)
    year = (end.year - made.year) * 12 + end.month - made.month
    assert consent == end if consent and consent > deadline_of(made, None) else year == 12
    assert end.day == made.day or consent == end or (made.month == 2 and made.day == 29 and end.day == 28)


def test_every_row_cites_its_rule() -> None:
    assert all(article for _, article in EFFECTS.values())


@pytest.mark.parametrize(
    ("bound", "joined", "amendments"),
    [
        ("SWE NOR", "", ("change",)),
        ("SWE DNK", "", ()),
        ("DNK ISL", "", ()),
        ("SWE DNK", "NOR", ("change",)),
    ],
)
def test_an_amendment_binds_those_who_accept_it_and_who_joins_later(
    bound: str, joined: str, amendments: tuple[str, ...]
) -> None:
    acts = [*BOUND, *(act(Kind.DEPOSIT, "2002-01-01", s, treaty="change") for s in bound.split())]
    if joined:  # NOR is a party only since the amendment is in force
        acts = [a for a in acts if joined not in a.states] + [act(Kind.ACCEDE, "2005-01-01", joined, treaty="mine")]
    register = Register(treaties=(Treaty(id="mine"), Treaty(id="change")), acts=tuple(acts))
    found = version_between("mine", "SWE", "NOR", date(2006, 1, 1), register, world())
    assert found.amendments == amendments
