"""Laws of treaties with many parties: who does not matter changes nothing, and periods run to the day."""

import calendar
from datetime import date, timedelta

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from registers_by_hand import act, reference

from foedus.reference.clauses import ForceClause, Trigger, entry_day, parse_force_clause, parse_withdrawal_clause
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Act, Register
from foedus.status.cases import case_of
from foedus.status.entry_into_force import force_of
from foedus.status.reservations import relations_of
from foedus.status.standings import Status, concerned, standing_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty

STATES = ("FIN", "SWE", "NOR", "DNK", "ISL", "EST", "LVA")
NEEDED = 3
FIRST, LAST = date(1995, 1, 1), date(2005, 12, 31)
LATER = LAST + timedelta(days=800)
days = st.dates(FIRST, LAST)


def world(clause: str, leaving: str | None = None) -> Reference:
    mine = TreatyRecord(
        id="mine",
        names=("mine",),
        force_clause=parse_force_clause(clause),
        withdrawal_clause=parse_withdrawal_clause(leaving) if leaving else None,
        since=FIRST,
        source="made up",
    )
    other = msgspec.structs.replace(mine, id="other", names=("other",))
    return msgspec.structs.replace(reference(), series=(mine, other))


def register(*acts: Act) -> Register:
    return Register(treaties=(Treaty(id="mine"), Treaty(id="other")), acts=acts)


def deposit(state: str, on: date, treaty: str = "mine") -> Act:
    return act(Kind.DEPOSIT, on.isoformat(), state, treaty=treaty)


consents = st.dictionaries(st.sampled_from(STATES), days, min_size=1)


def answers(here: Register, world_: Reference, states: tuple[str, ...], on: date) -> list[object]:
    """Everything that is said of some states and of the whole treaty, without the proofs' words."""
    stood = [standing_of(state, "mine", on, here, world_) for state in states]
    whole = force_of("mine", on, here, world_)
    return [(s.state, s.status, s.party, s.consent, s.application, s.since, s.truth) for s in stood] + [
        (whole.truth, whole.since, whole.until)
    ]


@settings(max_examples=200)
@given(consents, st.sampled_from(STATES), st.sampled_from(["", "+30d", "+3m", "+60d^1"]), st.dates(FIRST, LATER))
def test_a_state_whose_instrument_does_not_fill_the_number_changes_nothing_for_the_others(
    given_consents: dict[str, date], left_out: str, period: str, on: date
) -> None:
    """It is irrelevant where the third instrument is of the same day without it, or there is no third one either way."""
    others = {state: day for state, day in given_consents.items() if state != left_out}

    def third(of: dict[str, date]) -> date | None:
        return sorted(of.values())[NEEDED - 1] if len(of) >= NEEDED else None

    assume(left_out in given_consents and third(others) == third(given_consents))
    world_ = world(f"deposits:{NEEDED}{period};late:+30d")
    whole = register(*(deposit(s, d) for s, d in given_consents.items()))
    without = register(*(deposit(s, d) for s, d in others.items()))
    states = tuple(others)
    assert answers(whole, world_, states, on) == answers(without, world_, states, on)


@settings(max_examples=100)
@given(consents, consents, st.sampled_from(STATES), days, st.dates(FIRST, LATER))
def test_signatures_and_acts_under_another_treaty_change_nothing(
    mine: dict[str, date], elsewhere: dict[str, date], signs: str, signed: date, on: date
) -> None:
    assume(signs not in mine)
    world_ = world(f"deposits:{NEEDED};late:+30d")
    plain = [deposit(s, d) for s, d in mine.items()]
    more = [
        act(Kind.SIGN, signed.isoformat(), signs, treaty="mine"),
        *(deposit(s, d, "other") for s, d in elsewhere.items()),
    ]
    states = tuple(mine)
    whole, without = register(*plain, *more), register(*plain)
    assert answers(whole, world_, states, on) == answers(without, world_, states, on)
    assert set(concerned("mine", whole, world_)) == {*mine, signs}


def anniversary(day: date, years: int = 1) -> date:
    """The same day some years later, the last of February for a 29th without one: counted here on its own."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


any_day = st.dates(date(1950, 1, 1), date(2090, 12, 31)) | st.sampled_from(
    [date(2000, 2, 29), date(2001, 2, 28), date(2004, 2, 29), date(2100, 2, 28), date(2011, 12, 31)]
)


@settings(max_examples=150)
@given(any_day)
def test_a_notice_of_twelve_months_takes_effect_on_the_day(notice: date) -> None:
    end = anniversary(notice)
    party = deposit("FIN", date(1949, 1, 1)), act(Kind.WITHDRAW_NOTICE, notice.isoformat(), "FIN", treaty="mine")
    here, world_ = register(*party), world("deposits:1", "notice+12m")
    before, after = (standing_of("FIN", "mine", day, here, world_) for day in (end - timedelta(days=1), end))
    assert (before.status, before.party, after.status, after.party) == (
        Status.WITHDRAWING, Truth.TRUE, Status.WITHDRAWN, Truth.FALSE
    )  # fmt: skip
    assert before.notice is not None and before.notice.effective == end


@settings(max_examples=150)
@given(any_day)
def test_silence_on_a_reservation_counts_from_the_day_after_twelve_months(made: date) -> None:
    end = anniversary(made)
    acts = (
        deposit("SWE", date(1949, 1, 1)),
        deposit("FIN", made),
        act(Kind.RESERVE, made.isoformat(), "FIN", treaty="mine"),
    )
    here, world_ = register(*acts), world("deposits:1")
    (last,) = relations_of("mine", "FIN", end, here, world_, ["SWE"])
    (over,) = relations_of("mine", "FIN", end + timedelta(days=1), here, world_, ["SWE"])
    assert (str(last.effect), last.until, str(over.effect)) == ("pending", end, "modified")
    late = act(Kind.OBJECT, (end + timedelta(days=1)).isoformat(), "SWE", treaty="mine", against=("FIN",))
    (ignored,) = relations_of("mine", "FIN", end + timedelta(days=2), register(*acts, late), world_, ["SWE"])
    assert str(ignored.effect) == "modified"


@settings(max_examples=150)
@given(any_day, st.integers(1, 24))
def test_months_end_with_the_month(day: date, months: int) -> None:
    """A month from the 31st is the last of a shorter month, and one day more is in the next month."""
    found = entry_day(ForceClause(trigger=Trigger.DEPOSITS, count=1, months=months), day)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@settings(max_examples=100)
@given(any_day, st.integers(1, 400))
def test_days_are_counted_from_the_day_after(day: date, number: int) -> None:
    here, world_ = register(deposit("FIN", day)), world(f"deposits:1+{number}d")
    assert force_of("mine", date(2200, 1, 1), here, world_).since == DateRange.of(day + timedelta(days=number))


SHIPPED = [record.id for record in reference().series]


@settings(max_examples=300)
@given(st.sampled_from(SHIPPED), st.dates(date(1945, 1, 1), date(2026, 12, 31)))
def test_what_the_series_records_is_known_from_its_own_day_on(treaty: str, known: date) -> None:
    """Nothing that is recorded for a day after K is among what is known on K, the depositary's notices included."""
    case = case_of(treaty, Register(known=known), reference())
    assert all(event.on.latest <= known or event.on.earliest == date.min for event in case.events if not event.act)
    assert all(notice.known_from <= known for notice in case.notices)
