"""The linter finds what cannot all be true, and says what would have to be true."""

from datetime import date

import msgspec
import pytest
from registers_by_hand import act, reference

from foedus.reference.clauses import parse_force_clause
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import RecordedAct, ThresholdNotice, TreatyRecord
from foedus.register.entries import Act, Register
from foedus.status.checks import check
from foedus.terms.acts import Kind
from foedus.terms.treaties import Treaty


def known_world(clause: str = "deposits:2+30d;late:+30d", notices: tuple[ThresholdNotice, ...] = ()) -> Reference:
    record = TreatyRecord(
        id="mine",
        names=("mine",),
        adopted=date(1990, 1, 1),
        force_clause=parse_force_clause(clause),
        notices=notices,
        since=date(1990, 1, 1),
        source="made up",
    )
    return msgspec.structs.replace(reference(), series=(record,))


def found(*lines: str, notices: tuple[ThresholdNotice, ...] = ()) -> list[str]:
    acts = tuple(_act(line) for line in lines)
    register = Register(treaties=(Treaty(id="mine"),), acts=acts, known=date(2020, 1, 1))
    return [f"{i.kind}: {i.says}" for i in check("mine", register, known_world(notices=notices))]


def _act(line: str) -> Act:
    state, _, rest = line.partition(":")
    kind, _, day = rest.partition("@")
    return act(Kind(kind), day, state, treaty="mine")


GOOD = ("FIN:sign@1990-02-01", "FIN:deposit@1991-01-01", "SWE:accede@1992-01-01", "NOR:accede@1995-01-01")


def test_data_without_faults_has_no_findings() -> None:
    assert found(*GOOD, "NOR:enter-into-force@1995-01-31", "FIN:withdraw-notice@2000-01-01") == []


@pytest.mark.parametrize(("day", "kinds"), [("1950-05-17", ["before-adoption"]), ("1949-07-18", None)])
def test_a_state_that_made_treaties_before_it_was_independent_is_one(day: str, kinds: list[str] | None) -> None:
    lines = [line.partition(":")[0] for line in found(f"LAO:deposit@{day}")]
    assert lines == (kinds or ["before-adoption", "of-no-state"])


@pytest.mark.parametrize(
    ("lines", "kind", "words"),
    [
        (
            ("FIN:deposit@1991-01-01", "FIN:sign@1992-01-01"),
            "instrument-before-signature",
            "either the instrument is an accession",
        ),
        ((*GOOD, "NOR:enter-into-force@1994-01-01"), "force-before-consent", "the consent would have to be earlier"),
        ((*GOOD, "NOR:accede@1999-01-01"), "consent-twice", "would have to have left in between"),
        (("FIN:sign@1980-02-01",), "before-adoption", "before the text was adopted on 1990-01-01"),
        ((*GOOD, "CSK:accede@1995-01-01"), "of-no-state", "existed from 1918-10-28 to 1992-12-31"),
        ((*GOOD, "DNK:accede@2030-01-01"), "in-the-future", "it would have to be foreseen, not done"),
        ((*GOOD, "NOR:enter-into-force@1996-01-01"), "entry-into-force-differs", "gives 1995-01-31"),
        ((*GOOD, "DNK:withdraw-notice@2000-01-01"), "act-without-effect", "was none; it would have to be a party"),
    ],
)
def test_each_fault_is_found_with_what_would_have_to_be_true(lines: tuple[str, ...], kind: str, words: str) -> None:
    hits = [line for line in found(*lines) if line.startswith(f"{kind}: ")]
    assert hits and words in hits[0]


def test_who_left_may_come_back() -> None:
    back = ("NOR:withdraw-notice@1996-01-01", "NOR:withdraw-effective@1997-01-01", "NOR:accede@1999-01-01")
    assert found(*GOOD, *back) == []


def test_a_report_that_the_series_contradicts_is_named() -> None:
    recorded = RecordedAct(kind=Kind.ACCEDE, states=("NOR",), on=date(1995, 1, 2), source="made up", verified=False)
    record = msgspec.structs.replace(known_world().series[0], acts=(recorded,))
    world = msgspec.structs.replace(reference(), series=(record,))
    register = Register(treaties=(Treaty(id="mine"),), acts=tuple(_act(line) for line in GOOD), known=date(2020, 1, 1))
    (issue,) = [i for i in check("mine", register, world) if i.kind == "sources-disagree"]
    assert "accede on 1995-01-02 by made up (unverified), on 1995-01-01 as reported" in issue.says
    assert "would have to be mistaken" in issue.says


def test_every_kind_of_fault_says_what_would_have_to_be_true() -> None:
    """Whatever a check finds is a sentence with a condition, not a complaint."""
    lines = ("FIN:sign@1980-02-01", "FIN:deposit@1979-01-01", "NOR:accede@2030-01-01", "NOR:accede@1999-01-01")
    for line in found(*lines, "CSK:accede@1995-01-01", "DNK:withdraw-notice@2000-01-01"):
        assert "would have to" in line or "either" in line, line


def test_a_depositary_that_counts_otherwise_is_named() -> None:
    notice = ThresholdNotice(on=date(1992, 2, 2), by="the depositary", says="met", source="made up", verified=True)
    (line,) = found(*GOOD, notices=(notice,))
    assert "an instrument would have to be missing or not to count" in line


def test_the_recorded_treaties_have_no_faults_of_their_own() -> None:
    for record in reference().series:
        issues = check(record.id, Register(known=date(2026, 1, 1)), reference())
        assert issues == (), [issue.says for issue in issues]
