"""The ladder: which act did which step, what is implied, skipped, refused, still to come, and until when."""

from datetime import date

import pytest
from registers_by_hand import (
    COUNCIL,
    COURSE,
    DECREE,
    DUMA,
    EXCHANGE,
    EXPECTED,
    ID,
    LAW,
    SIGNED,
    SUBMITTED,
    act,
    reference,
    register,
)

from foedus.register.entries import Act
from foedus.status.domestic import LadderStep, ladder_of
from foedus.terms.acts import Kind, Measure, Vote
from foedus.terms.agents import Agent
from foedus.terms.proof import Truth


def steps(state: str, day: str, acts: tuple[Act, ...] = COURSE, known: str = "2026-11-22") -> dict[str, LadderStep]:
    ladder = ladder_of(state, ID, date.fromisoformat(day), register(acts, known), reference())
    return {step.id: step for step in ladder.steps}


def states(found: dict[str, LadderStep]) -> list[str]:
    return [f"{step.id} {step.state_of_step}" for step in found.values()]


def test_after_the_vote_of_the_duma_the_committee_is_implied_and_the_council_is_next() -> None:
    assert states(steps("RUS", "2024-10-25", known="2024-10-25")) == [
        "RUS.1 done",
        "RUS.1a skipped",
        "RUS.2 unreported",
        "RUS.3 done",
        "RUS.4 pending",
        "RUS.5 pending",
        "RUS.6 pending",
    ]


def test_an_unreported_step_is_never_an_act() -> None:
    committee = steps("RUS", "2024-10-25")["RUS.2"]
    assert (committee.act, committee.date) == (None, None)
    assert "nobody reports it" in committee.proof.says


def test_the_vote_is_held_against_the_seats_of_the_day() -> None:
    duma = steps("RUS", "2024-10-25")["RUS.3"]
    assert duma.requirement == "a majority of all 450 deputies (226)"
    assert (duma.met, duma.act, duma.date and duma.date.edtf) == (Truth.TRUE, DUMA.id, "2024-10-24")
    assert duma.proof.says == "the State Duma approved it on 2024-10-24, 397 to 0"
    assert "Art. 105" in duma.source
    assert steps("RUS", "2024-11-07")["RUS.4"].met is Truth.UNKNOWN  # unanimous, but of how many nobody says


@pytest.mark.parametrize(
    ("day", "step", "by"), [("2024-10-25", "RUS.4", "2024-11-12"), ("2024-11-07", "RUS.5", "2024-11-25")]
)
def test_a_clock_runs_from_the_step_before(day: str, step: str, by: str) -> None:
    found = steps("RUS", day)
    assert found[step].by == date.fromisoformat(by)
    assert [s.by for s in found.values() if s.id != step] == [None] * (len(found) - 1)


def test_what_reports_expect_is_attached_and_does_nothing() -> None:
    council = steps("RUS", "2024-10-25", (*COURSE[:3], EXPECTED))["RUS.4"]
    assert (council.state_of_step, council.expected, council.act) == ("pending", (EXPECTED.id,), None)
    assert f"expected: {EXPECTED.id}" in council.proof.outline()


def test_the_steps_are_done_as_the_days_pass() -> None:
    done = {
        d: [s.id for s in steps("RUS", d).values() if s.state_of_step == "done"]
        for d in ("2024-10-14", "2024-11-09", "2024-12-04")
    }
    assert done == {
        "2024-10-14": ["RUS.1"],
        "2024-11-09": ["RUS.1", "RUS.3", "RUS.4", "RUS.5"],
        "2024-12-04": ["RUS.1", "RUS.3", "RUS.4", "RUS.5", "RUS.6"],
    }


def test_a_step_that_a_later_one_implies_is_unreported() -> None:
    found = states(steps("RUS", "2025-01-01", (SIGNED, LAW)))
    assert found[:4] == ["RUS.1 unreported", "RUS.1a skipped", "RUS.2 skipped", "RUS.3 unreported"]


def test_nothing_reported_of_pyongyang_leaves_the_decree_pending() -> None:
    found = steps("PRK", "2024-10-25")
    assert states(found) == ["PRK.1 pending", "PRK.1a not-reached", "PRK.1b not-reached", "PRK.2 not-reached"]
    assert found["PRK.1"].actor == "the President of State Affairs"


DECREEING = {
    "a decree of the named body": DECREE,
    "a decree of a body that is not named": act(Kind.PROMULGATE, "2024-11-11", "PRK"),
    "a head of state who is said to ratify": act(Kind.RATIFY, "2024-11-11", "PRK", "PRK.state-affairs-commission"),
}


@pytest.mark.parametrize("name", DECREEING)
def test_the_decree_step_is_done_by(name: str) -> None:
    assert states(steps("PRK", "2024-11-12", (SIGNED, DECREEING[name]))) == [
        "PRK.1 done",
        "PRK.1a skipped",
        "PRK.1b skipped",
        "PRK.2 pending",
    ]


NOT_DECREEING = {
    "a state that is said to ratify": act(Kind.RATIFY, "2024-11-11", "PRK"),
    "another state's decree": act(Kind.PROMULGATE, "2024-11-11", "RUS", "RUS.president"),
    "another treaty's decree": act(
        Kind.PROMULGATE, "2024-11-11", "PRK", "PRK.state-affairs-commission", treaty="other"
    ),
    "a parliament that is not named": act(Kind.CHAMBER_APPROVE, "2024-11-11", "PRK"),
}


@pytest.mark.parametrize("name", NOT_DECREEING)
def test_the_decree_step_is_not_done_by(name: str) -> None:
    assert steps("PRK", "2024-11-12", (SIGNED, NOT_DECREEING[name]))["PRK.1"].state_of_step == "pending"


def test_an_assembly_may_stand_in_for_the_decree() -> None:
    found = states(
        steps("PRK", "2024-11-12", (act(Kind.CHAMBER_APPROVE, "2024-11-11", "PRK", "PRK.supreme-peoples-assembly"),))
    )
    assert found == ["PRK.1 skipped", "PRK.1a done", "PRK.1b skipped", "PRK.2 pending"]


def test_a_parliament_that_is_not_named_is_neither_chamber() -> None:
    vague = act(Kind.CHAMBER_APPROVE, "2024-10-24", "RUS")
    assert [s for s in steps("RUS", "2024-10-25", (SUBMITTED, vague)).values() if s.act == vague.id] == []


def test_a_refusal_fails_the_step_until_the_chamber_approves() -> None:
    refused = act(Kind.CHAMBER_REJECT, "2024-10-20", "RUS", "RUS.state-duma", vote=Vote(for_=100, against=300))
    found = steps("RUS", "2024-10-21", (SUBMITTED, refused))
    assert states(found)[3:5] == ["RUS.3 failed", "RUS.4 not-reached"]
    assert (found["RUS.3"].act, found["RUS.3"].met) == (refused.id, Truth.FALSE)
    assert steps("RUS", "2024-10-25", (SUBMITTED, refused, DUMA))["RUS.3"].act == DUMA.id


def test_the_last_step_is_the_same_act_for_both() -> None:
    both = [list(steps(state, "2024-12-04").values())[-1] for state in ("RUS", "PRK")]
    assert [step.act for step in both] == [EXCHANGE.id] * 2
    assert all("Article 22" in step.source for step in both)


def test_after_the_day_known_a_step_cannot_be_told() -> None:
    found = steps("RUS", "2024-12-01", (SIGNED, SUBMITTED, DUMA), known="2024-10-30")["RUS.4"]
    assert (found.state_of_step, found.proof.truth) == ("pending", Truth.UNKNOWN)
    assert next(found.proof.leaves()).says == "whether the Federation Council acted after 2024-10-30"


def test_another_measure_or_a_state_without_a_procedure_has_no_steps() -> None:
    given = register((SIGNED, COUNCIL))
    assert ladder_of("RUS", ID, date(2024, 12, 1), given, reference(), Measure.DENUNCIATION).steps == ()
    assert ladder_of("NOR", ID, date(2024, 12, 1), given, reference()).procedure == ""


def test_an_actor_that_is_a_person_of_another_body_does_not_do_the_step() -> None:
    wrong = act(Kind.PROMULGATE, "2024-11-09", "RUS", "RUS.government")
    assert wrong.actor == Agent(name="RUS.government", body="RUS.government")
    assert steps("RUS", "2024-11-10", (SUBMITTED, DUMA, COUNCIL, wrong))["RUS.5"].state_of_step == "pending"
