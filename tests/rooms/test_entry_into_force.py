"""Force: the clause and its sources, what triggers it, and a report that disagrees with it."""

from datetime import date

import pytest
from registers_by_hand import EXCHANGE, ID, OLD, SIGNED, act, finding, reference, register

from foedus.register.entries import Act, Finding
from foedus.status.cases import clause_of
from foedus.status.convention import cite
from foedus.status.entry_into_force import ForceOfTreaty, force_of
from foedus.status.standings import history, standing_of
from foedus.terms.acts import Kind
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty


def force(day: str, acts: tuple[Act, ...], clause: str | None = "exchange", known: str = "2026-11-22") -> ForceOfTreaty:
    findings = (finding("entry-into-force-clause", clause, "22"),) if clause else ()
    return force_of(ID, date.fromisoformat(day), register(acts, known, findings), reference())


def test_the_clause_is_the_reported_one_then_the_series_then_the_default() -> None:
    reported = clause_of(ID, register(), reference())
    assert (reported[0].trigger, reported[1].by) == ("exchange", "reported: f_entry-into-force-clause")
    assert clause_of("vclt", register(findings=()), reference())[0].count == 35
    assert clause_of(ID, register(findings=()), reference())[1].by == "VCLT 24(2)"


@pytest.mark.parametrize("value", ["law:publication", "unstated", "some words that are no clause"])
def test_a_clause_that_says_nothing_usable_is_passed_over(value: str) -> None:
    found: tuple[Finding, ...] = (finding("entry-into-force-clause", value),)
    assert clause_of(ID, register(findings=found), reference())[1].by == "VCLT 24(2)"


def test_the_day_of_the_exchange_is_the_day_of_force() -> None:
    assert force("2024-12-03", (SIGNED, EXCHANGE)).truth is Truth.FALSE
    found = force("2024-12-04", (SIGNED, EXCHANGE))
    assert (found.truth, found.since and found.since.edtf, found.until) == (Truth.TRUE, "2024-12-04", None)


def test_a_period_is_counted_from_the_trigger() -> None:
    acts = (SIGNED, EXCHANGE)
    assert [force(d, acts, "exchange+30d").truth for d in ("2025-01-02", "2025-01-03")] == [Truth.FALSE, Truth.TRUE]
    assert [force(d, acts, "exchange+1m").truth for d in ("2025-01-03", "2025-01-04")] == [Truth.FALSE, Truth.TRUE]


def test_a_vague_trigger_leaves_the_day_open_and_says_on_what_it_depends() -> None:
    found = force("2025-01-10", (SIGNED, act(Kind.EXCHANGE, "2024-12")), "exchange+30d")
    assert (found.truth, found.since and found.since.edtf) == (Truth.UNKNOWN, "2024-12-31/2025-01-30")
    assert [leaf.says for leaf in found.proof.leaves()] == ["on which day the instruments were exchanged in 2024-12"]


def test_after_the_day_known_it_cannot_be_told() -> None:
    found = force("2025-01-10", (SIGNED,), known="2024-11-20")
    assert found.truth is Truth.UNKNOWN
    assert [leaf.says for leaf in found.proof.leaves()] == ["whether the instruments were exchanged after 2024-11-20"]
    assert force("2024-11-20", (SIGNED,), known="2024-11-20").truth is Truth.FALSE


def test_a_report_of_another_day_is_an_issue_and_the_clause_decides() -> None:
    wrong = act(Kind.ENTER_INTO_FORCE, "2024-12-05")
    found = force("2024-12-04", (SIGNED, EXCHANGE, wrong))
    assert (found.truth, found.since and found.since.edtf) == (Truth.TRUE, "2024-12-04")
    (issue,) = found.issues
    assert (issue.kind, issue.about) == ("entry-into-force-differs", (wrong.id,))
    assert force("2024-12-05", (SIGNED, EXCHANGE, act(Kind.ENTER_INTO_FORCE, "2024-12-04"))).issues == ()


def test_a_multilateral_treaty_is_in_force_for_those_who_consented_only() -> None:
    many = (Treaty(id=ID, parties=("FIN", "NOR", "SWE")),)
    acts = tuple(act(Kind.DEPOSIT, f"2020-0{m}-01", s) for m, s in enumerate(("FIN", "NOR"), 1))
    signed = act(Kind.SIGN, "2019-01-01", "FIN NOR SWE")
    given = register((signed, *acts), findings=(finding("entry-into-force-clause", "deposits:2+30d"),), treaties=many)
    assert [force_of(ID, date(2020, 3, day), given, reference()).truth for day in (1, 2)] == [Truth.FALSE, Truth.TRUE]
    standings = [standing_of(s, ID, date(2020, 3, 2), given, reference()).status for s in ("FIN", "NOR", "SWE")]
    assert standings == ["party", "party", "signatory"]


def test_the_superseded_treaty_ceases_on_the_day_the_new_one_enters_into_force() -> None:
    found = force_of(OLD, date(2025, 1, 10), register(), reference())
    assert (found.truth, found.until and found.until.edtf) == (Truth.FALSE, "2024-12-04")


def test_the_convention_is_cited_as_custom_where_one_of_them_is_no_party() -> None:
    assert cite("VCLT 24", ("RUS", "FIN"), reference()) == "VCLT 24"
    for outsider in ("PRK", "FRA", "IND", "TUR", "USA", "IRN"):
        assert cite("VCLT 24", ("RUS", outsider), reference()) == "custom reflected in VCLT 24"
    assert cite("UN Charter 51", ("PRK",), reference()) == "UN Charter 51"


@pytest.mark.parametrize("clause", ["exchange", "exchange+30d", "exchange+1m", "exchange^3"])
def test_an_exchange_that_nobody_dates_leaves_the_day_open(clause: str) -> None:
    undated = act(Kind.EXCHANGE, None)
    found = force("2025-01-10", (SIGNED, undated), clause)
    assert found.truth is Truth.UNKNOWN
    assert [c.after for c in history("RUS", ID, register((SIGNED, undated)), reference())] == ["signatory"]
