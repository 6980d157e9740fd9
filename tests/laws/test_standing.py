"""Laws of standings: none without a cause, none true over something unknown, and knowledge by K."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from registers_by_hand import FINDINGS, ID, act, finding, reference, register

from foedus.register.entries import Act, Register
from foedus.status.consent import CONSENTING
from foedus.status.standings import Standing, Status, force_of, history, ladder_of, standing_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
KINDS = tuple(kind for kind in Kind if kind not in (Kind.AMEND, Kind.EXTEND, Kind.REGISTER, Kind.INVOKE))
days = st.dates(FIRST, LAST)


@st.composite
def acts(draw: st.DrawFn, truth: st.SearchStrategy[Truth] = st.just(Truth.TRUE)) -> Act:  # noqa: B008
    """An act of either state or both, on a day or within some weeks, sometimes only expected or denied."""
    day, length = draw(days), draw(st.sampled_from([0, 0, 0, 20]))
    on = DateRange(day, day + timedelta(days=length)).edtf
    factuality = draw(st.sampled_from([Factuality.HAPPENED] * 4 + [Factuality.EXPECTED, Factuality.DENIED]))
    states = draw(st.sampled_from(["PRK", "RUS", "PRK RUS"]))
    return act(draw(st.sampled_from(KINDS)), on, states, truth=draw(truth), factuality=factuality)


certain = st.lists(acts(), max_size=6, unique_by=lambda a: a.id).map(tuple)
uncertain = st.lists(acts(st.sampled_from(Truth)), max_size=6, unique_by=lambda a: a.id).map(tuple)
clauses = st.sampled_from(["exchange", "exchange+30d", "notifications+1m", "deposits:2", "signature", None])


def known_on(day: date | None, given_acts: tuple[Act, ...], clause: str | None) -> Register:
    """What a report of the day of each act (its last possible one) lets be known."""
    kept = tuple(a for a in given_acts if day is None or a.on is None or a.on.latest <= day)
    findings = (finding("entry-into-force-clause", clause),) if clause else FINDINGS[1:]
    return register(kept, day.isoformat() if day else None, findings)


def standing(given_register: Register, on: date, state: str = "RUS") -> Standing:
    return standing_of(state, ID, on, given_register, reference())


def sound(proof: Proof) -> bool:
    mine = proof.truth is not Truth.TRUE or all(part.truth is Truth.TRUE for part in proof.because)
    return bool(proof.by and proof.says) and mine and all(map(sound, proof.because))


@settings(max_examples=200)
@given(uncertain, clauses, days, st.none() | days)
def test_no_standing_is_true_over_something_unknown(
    given_acts: tuple[Act, ...], clause: str | None, on: date, known: date | None
) -> None:
    here = known_on(known, given_acts, clause)
    found = standing(here, on)
    assert sound(found.proof) and found.proof.truth is found.truth
    assert (found.truth is Truth.UNKNOWN) is bool(found.alternatives) and found.status not in found.alternatives
    assert found.truth is Truth.UNKNOWN or found.party is not Truth.UNKNOWN
    assert sound(force_of(ID, on, here, reference()).proof)
    assert all(sound(step.proof) for step in ladder_of("RUS", ID, on, here, reference()).steps)


@settings(max_examples=200)
@given(uncertain, clauses)
def test_no_standing_without_a_cause(given_acts: tuple[Act, ...], clause: str | None) -> None:
    here = known_on(None, given_acts, clause)
    changes = history("RUS", ID, here, reference())
    happened = {a.id for a in given_acts if a.factuality is Factuality.HAPPENED and a.truth is Truth.TRUE}
    assert all(change.act in happened or (change.act is None and change.proof.by) for change in changes)
    assert [c.after for c in changes[:-1]] == [c.before for c in changes[1:]]
    last = changes[-1].after if changes else Status.NONE
    assert standing(here, LAST + timedelta(days=400)).status is last or any(
        a.on and not a.on.is_day for a in given_acts
    )
    if not happened:
        assert changes == ()


@settings(max_examples=200)
@given(certain, clauses, days, days, days)
def test_knowing_more_never_turns_what_was_definite_up_to_the_day_known(
    given_acts: tuple[Act, ...], clause: str | None, on: date, one: date, other: date
) -> None:
    """Every act is reported on its day: then what is known on K of days up to K holds for good."""
    earlier, later = sorted((one, other))
    exact = tuple(a for a in given_acts if a.on and a.on.is_day and a.factuality is Factuality.HAPPENED)
    exact = tuple(a for a in exact if not _is_refuted(a, exact))
    before, after = (standing(known_on(k, exact, clause), on) for k in (earlier, later))
    if before.truth is Truth.TRUE:
        assert (after.status, after.party) == (before.status, before.party)
    if on <= earlier:
        assert before.truth is not Truth.UNKNOWN or before.alternatives == after.alternatives


def _is_refuted(act: Act, others: tuple[Act, ...]) -> bool:
    """An entry into force before those whose consent it waits for: that later reports prove the first one wrong is no news."""
    late = (a for a in others if a.kind in {Kind.SIGN, Kind.RATIFY, *CONSENTING} and act.on and a.on)
    return act.kind is Kind.ENTER_INTO_FORCE and any(a.on.latest > act.on.latest for a in late if a.on and act.on)


@settings(max_examples=100)
@given(certain, clauses, days)
def test_after_the_day_known_only_what_cannot_change_is_certain(
    given_acts: tuple[Act, ...], clause: str | None, known: date
) -> None:
    found = standing(known_on(known, given_acts, clause), known + timedelta(days=1))
    assert found.truth is Truth.UNKNOWN or found.status is Status.TERMINATED


@settings(max_examples=100)
@given(certain, clauses, days, st.randoms())
def test_the_order_in_which_a_register_lists_its_acts_changes_nothing(
    given_acts: tuple[Act, ...], clause: str | None, on: date, random: object
) -> None:
    shuffled = list(given_acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (standing(known_on(None, tuple(a), clause), on) for a in (given_acts, shuffled))
    assert (one.status, one.truth, one.party, set(one.alternatives)) == (
        other.status,
        other.truth,
        other.party,
        set(other.alternatives),
    )
