"""A treaty for a term ends on its day, goes on by itself or by agreement as its clause says, and is open where nobody says."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers_by_hand import act, finding, reference

from foedus.reference.clauses import parse_force_clause
from foedus.reference.durations import Renewal, Term, parse_term, term_words
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Act, Register
from foedus.status.deadlines import deadlines_of
from foedus.status.entry_into_force import force_of
from foedus.status.standings import history, standing_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty

MADE = (
    act(Kind.SIGN, "2000-01-01", "FIN SWE", treaty="mine"),
    act(Kind.EXCHANGE, "2000-02-29", "FIN SWE", treaty="mine"),
)


def world(term: str | None) -> Reference:
    mine = TreatyRecord(
        id="mine",
        names=("mine",),
        parties=("FIN", "SWE"),
        bilateral=True,
        force_clause=parse_force_clause("exchange"),
        term=parse_term(term) if term else None,
        since=date(2000, 1, 1),
        source="made up",
    )
    return msgspec.structs.replace(reference(), series=(mine,))


def register(*more: Act, says: str | None = None, known: str = "2040-01-01") -> Register:
    findings = (finding("duration", says, treaty="mine"),) if says else ()
    treaty = Treaty(id="mine", parties=("FIN", "SWE"), bilateral=True)
    return Register(treaties=(treaty,), acts=(*MADE, *more), findings=findings, known=date.fromisoformat(known))


EXTENDED = act(Kind.EXTEND, "2009-12-01", "FIN SWE", treaty="mine")
TOO_LATE = act(Kind.EXTEND, "2010-03-01", "FIN SWE", treaty="mine")
IN_TIME = act(Kind.WITHDRAW_NOTICE, "2009-08-28", "FIN", treaty="mine")
A_DAY_LATE = act(Kind.WITHDRAW_NOTICE, "2009-08-29", "FIN", treaty="mine")


@pytest.mark.parametrize(
    ("term", "more", "day", "stood"),
    [
        ("10y;final", (), "2010-02-27", "party true"),
        ("10y;final", (), "2010-02-28", "terminated true"),  # the 29th of February has no tenth anniversary
        ("2010-02-10;final", (), "2010-02-10", "terminated true"),
        ("10y;final", (EXTENDED,), "2010-03-01", "party unknown: terminated"),
        ("10y", (), "2010-02-27", "party true"),
        ("10y", (), "2010-02-28", "party unknown: terminated"),
        ("10y;renewable:5y", (), "2010-02-28", "terminated true"),
        ("10y;renewable:5y", (EXTENDED,), "2015-02-27", "party true"),
        ("10y;renewable:5y", (EXTENDED,), "2015-02-28", "terminated true"),
        ("10y;renewable:5y", (TOO_LATE,), "2010-03-02", "terminated true"),
        ("10y;renews:5y;notice:6m", (), "2035-01-01", "party true"),
        ("10y;renews:5y;notice:6m", (IN_TIME,), "2010-02-27", "withdrawing true"),
        ("10y;renews:5y;notice:6m", (IN_TIME,), "2010-02-28", "withdrawn true"),
        ("10y;renews:5y;notice:6m", (A_DAY_LATE,), "2010-03-01", "withdrawing true"),
        ("10y;renews:5y;notice:6m", (A_DAY_LATE,), "2015-02-28", "withdrawn true"),
        ("indefinite", (), "2039-01-01", "party true"),
        (None, (), "2039-01-01", "party true"),
    ],
)
def test_where_a_party_stands_when_a_term_ends(term: str | None, more: tuple[Act, ...], day: str, stood: str) -> None:
    found = standing_of("FIN", "mine", date.fromisoformat(day), register(*more), world(term))
    others = f": {' '.join(map(str, found.alternatives))}" if found.alternatives else ""
    assert f"{found.status} {found.truth.value}{others}" == stood, found.proof.outline()


def test_the_other_side_of_a_notice_is_released_on_the_same_day() -> None:
    here = register(IN_TIME)
    found = standing_of("SWE", "mine", date(2010, 2, 28), here, world("10y;renews:5y;notice:6m"))
    assert str(found.status) == "terminated" and found.truth is Truth.TRUE
    assert force_of("mine", date(2010, 3, 1), here, world("10y;renews:5y;notice:6m")).truth is Truth.FALSE


def test_an_expiry_has_its_cause_and_its_article() -> None:
    (*_, last) = history("FIN", "mine", register(), world("10y;final"))
    assert (last.on, str(last.after)) == (DateRange.day(2010, 2, 28), "terminated")
    assert "concluded for 10 years, and no longer" in last.cause and "VCLT 54(a)" in last.by
    force = force_of("mine", date(2011, 1, 1), register(), world("10y;final"))
    assert (force.truth, force.until) == (Truth.FALSE, DateRange.day(2010, 2, 28))


def test_what_reports_say_of_a_duration_leaves_renewal_open() -> None:
    here = register(says="10 years")
    found = standing_of("FIN", "mine", date(2012, 1, 1), here, world(None))
    assert [str(a) for a in found.alternatives] == ["terminated"]
    assert any("or was renewed" in leaf.says for leaf in found.proof.because)


def test_a_reported_expiry_is_not_told_twice() -> None:
    gone = act(Kind.EXPIRE, "2012-02-28", "FIN SWE", treaty="mine")
    found = standing_of("FIN", "mine", date(2011, 1, 1), register(gone), world("10y;final"))
    assert str(found.status) == "party"


@pytest.mark.parametrize(
    ("term", "on", "falls"),
    [
        ("10y;renews:5y;notice:6m", "2005-01-01", ["2009-08-28 renewal-notice", "2010-02-28 renews"]),
        ("10y;renews:5y;notice:6m", "2009-09-01", ["2010-02-28 renews"]),
        ("10y;renews:5y;notice:6m", "2010-02-28", ["2014-08-28 renewal-notice", "2015-02-28 renews"]),
        ("10y;final", "2005-01-01", ["2010-02-28 expires"]),
        ("10y;renewable:5y", "2005-01-01", ["2010-02-28 expires"]),
        ("10y;final", "2010-02-28", []),
        ("indefinite", "2005-01-01", []),
    ],
)
def test_what_falls_due_at_the_end_of_a_term(term: str, on: str, falls: list[str]) -> None:
    found = deadlines_of("mine", date.fromisoformat(on), register(known=on), world(term))
    assert [f"{d.on} {d.kind}" for d in found] == falls


def test_a_notice_in_time_leaves_no_renewal_to_wait_for() -> None:
    found = deadlines_of(
        "mine", date(2009, 9, 1), register(IN_TIME, known="2009-09-01"), world("10y;renews:5y;notice:6m")
    )
    assert [f"{d.on} {d.kind}" for d in found] == ["2010-02-28 notice-takes-effect"]


@pytest.mark.parametrize(
    ("clause", "act_", "falls"),
    [
        ("silence+6m", act(Kind.AMEND, "2001-08-31", "FIN", treaty="mine"), ["2002-02-28 silence-ends"]),
        ("deposits:2", act(Kind.AMEND, "2001-08-31", "FIN", treaty="mine"), []),
        ("deposits:2", act(Kind.SUSPEND, "2001-11-30", "FIN", treaty="mine"), ["2002-02-28 silence-ends"]),
    ],
)
def test_clocks_on_which_silence_counts(clause: str, act_: Act, falls: list[str]) -> None:
    record = msgspec.structs.replace(world(None).series[0], force_clause=parse_force_clause(clause), bilateral=False)
    here = Register(treaties=(Treaty(id="mine"),), acts=(act_,), known=date(2002, 1, 1))
    found = deadlines_of("mine", date(2002, 1, 1), here, msgspec.structs.replace(reference(), series=(record,)))
    assert [f"{d.on} {d.kind}" for d in found if d.kind == "silence-ends"] == falls


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("indefinite", Term()),
        ("10y", Term(months=120)),
        ("18m;final", Term(months=18, renewal=Renewal.FINAL)),
        ("2030-02-05", Term(until=date(2030, 2, 5))),
        ("25y;renewable", Term(months=300, renewal=Renewal.AGREED)),
        ("20 years", Term(months=240)),
        ("five years", Term(months=60)),
        ("six months", Term(months=6)),
        ("one decade", Term(months=120)),
        ("some years", None),
        ("a while", None),
        ("10", None),
    ],
)
def test_a_term_in_a_word(text: str, term: Term | None) -> None:
    assert parse_term(text, {"five": 5, "six": 6, "one": 1}) == term


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 30), st.integers(1, 10), st.integers(0, 20))
def test_renewals_keep_the_day_of_the_month(entered: date, years: int, by: int, renewals: int) -> None:
    """The 29th of February comes back in leap years: months are counted from the first day, never from a shortened one."""
    end = Term(months=years * 12, renewal=Renewal.TACIT, by_months=by * 12).end_after(entered, renewals)
    assert end is not None and end.year == entered.year + years + renewals * by and end.month == entered.month
    assert end.day == entered.day or (entered.month, entered.day, end.day) == (2, 29, 28)


def test_every_renewal_has_its_words() -> None:
    assert len({term_words(Term(months=12, renewal=renewal)) for renewal in Renewal}) == len(Renewal)
