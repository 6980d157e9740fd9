"""Where states stand: the articles as cases, the axes, the three times, histories, and the treaty that a new one ends."""

import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from registers_by_hand import (
    COURSE,
    DECREE,
    EXCHANGE,
    FINDINGS,
    ID,
    OLD,
    SIGNED,
    act,
    finding,
    reference,
    register,
)

from foedus.errors import NoSuchStep, NoSuchTreaty
from foedus.register.entries import Act, Register
from foedus.status.consent import MOVES, Course, Timed, advance
from foedus.status.events import events_of
from foedus.status.standings import (
    Application,
    Consent,
    Notice,
    Standing,
    Status,
    bound_by,
    force_of,
    history,
    standing_of,
)
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth

CASES = Path(__file__).parents[1] / "cases"
TABLES = {
    rule: table
    for path in sorted(CASES.glob("vclt_*.toml"))
    for rule, table in tomllib.loads(path.read_text("utf-8")).items()
}
WHO = {"A": "RUS", "B": "PRK", "both": "PRK RUS"}
ROWS = [
    (rule, status, course)
    for rule, table in TABLES.items()
    for status, courses in table.items()
    if status != "clause"
    for course in courses
]


def acts_of(course: str) -> tuple[Act, ...]:
    """ "both:sign A:deposit/part": acts of two states, a month apart; "!" makes a signature definitive, "/" says how or why."""
    found = []
    for month, word in enumerate(course.split(), 1):
        who, _, done = word.partition(":")
        kind, _, how = done.partition("/")
        manner = {"definitive": kind.endswith("!"), "instrument": how.replace("_", " ") or None}
        found.append(act(Kind(kind.rstrip("!")), f"2020-{month:02}-01", WHO[who], **manner))  # type: ignore[arg-type]
    return tuple(found)


def register_of(rule: str, course: str) -> Register:
    clause = TABLES[rule].get("clause")
    findings = (finding("entry-into-force-clause", clause),) if clause else ()
    return register(acts_of(course), findings=findings)


def after(rule: str, course: str) -> Standing:
    last = date(2020, len(course.split()), 28)
    return standing_of("RUS", ID, last, register_of(rule, course), reference())


@pytest.mark.parametrize(("rule", "status", "course"), ROWS)
def test_case(rule: str, status: str, course: str) -> None:
    found = after(rule, course)
    if status == "not":
        named = [key for key in TABLES[rule] if key not in ("not", "clause")]
        assert found.status != named[0]
    else:
        assert (found.status, found.truth) == (Status(status), Truth.TRUE)


def test_every_rule_has_cases_for_and_against() -> None:
    assert all(table.get("not") and len(set(table) - {"not", "clause"}) >= 1 for table in TABLES.values())


def test_every_article_of_the_table_is_used_by_some_case() -> None:
    used = {
        change.by.removeprefix("custom reflected in ")
        for rule, _, course in ROWS
        for change in history("RUS", ID, register_of(rule, course), reference())
    }
    same = {move.article for (status, _), move in MOVES.items() if move.status is status}
    assert {move.article for move in MOVES.values()} - same <= used


def on(day: str, known: str | None = "2026-11-22", state: str = "RUS", treaty: str = ID, **more: object) -> Standing:
    return standing_of(state, treaty, date.fromisoformat(day), register(known=known, **more), reference())  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["RUS", "PRK"])
def test_between_signature_and_exchange_both_are_signatories_with_the_interim_duty(state: str) -> None:
    found = on("2024-10-25", state=state)
    assert (found.status, found.party, found.consent) == (Status.SIGNATORY, Truth.FALSE, Consent.SIGNED)
    assert (found.application, found.truth) == (Application.INTERIM_DUTY, Truth.TRUE)
    assert found.since is not None and found.since.edtf == "2024-06-19"


def test_the_proof_reads_as_a_lawyer_would_say_it() -> None:
    known = tuple(a for a in COURSE if a is not EXCHANGE)
    assert on("2024-10-25", "2024-10-25", acts=known).proof.outline().splitlines() == [
        "TRUE Russia is a signatory, not yet bound on 2024-10-25 [custom reflected in VCLT 14(1)]",
        "  TRUE North Korea and Russia signed it on 2024-06-19 [reported: a_sign_PRK-RUS_2024-06-19]",
        "  TRUE the President submitted it on 2024-10-14 [reported: a_submit_president_2024-10-14]",
        "  TRUE the State Duma approved it on 2024-10-24, 397 to 0 [reported: a_chamber-approve_state-duma_2024-10-24]",
        "  TRUE no instruments are exchanged by 2024-10-25 [NOT REPORTED by 2024-10-25]",
    ]


def test_the_next_steps_name_who_must_act_on_either_side() -> None:
    steps = on("2024-10-25", "2024-10-25").next_steps
    assert [(s.kind, s.actor, s.state) for s in steps] == [
        ("chamber-approve", "the Federation Council", "RUS"),
        ("promulgate", "the President", "RUS"),
        ("promulgate", "the President of State Affairs", "PRK"),
        ("exchange", "both states", None),
    ]
    assert steps[0].by == date(2024, 11, 12)  # five days to hand it on, fourteen to consider it
    assert [s.kind for s in on("2024-11-20", "2024-11-20").next_steps] == ["exchange"]
    assert on("2025-01-10").next_steps == ()


@pytest.mark.parametrize("state", ["RUS", "PRK"])
def test_from_the_exchange_on_both_are_parties(state: str) -> None:
    found = on("2024-12-04", state=state)
    assert (found.status, found.party, found.application) == (Status.PARTY, Truth.TRUE, Application.FULL)
    assert (found.truth, found.since and found.since.edtf) == (Truth.TRUE, "2024-12-04")
    assert on("2024-12-03", state=state).status is Status.SIGNATORY


def test_what_is_not_reported_is_not_done_up_to_the_day_known_and_unknown_after_it() -> None:
    then, later = on("2024-11-20", "2024-11-20"), on("2025-01-10", "2024-11-20")
    assert (then.status, then.party, then.truth) == (Status.SIGNATORY, Truth.FALSE, Truth.TRUE)
    assert (later.status, later.party, later.truth) == (Status.SIGNATORY, Truth.UNKNOWN, Truth.UNKNOWN)
    assert later.alternatives[0] is Status.PARTY
    assert "whether the instruments were exchanged after 2024-11-20" in [leaf.says for leaf in later.proof.leaves()]


def test_a_register_that_knows_no_day_knows_every_day() -> None:
    known = tuple(a for a in COURSE if a is not EXCHANGE)
    found = on("2030-01-01", None, acts=known)
    assert (found.status, found.truth) == (Status.SIGNATORY, Truth.TRUE)
    assert list(found.proof.leaves())[-1].by == "NOT REPORTED by 2030-01-01"


def test_an_act_whose_day_lies_on_either_side_leaves_it_open() -> None:
    vague = (SIGNED, act(Kind.EXCHANGE, "2024-12"))
    found = on("2024-12-15", acts=vague)
    assert (found.status, found.party, found.alternatives) == (Status.SIGNATORY, Truth.UNKNOWN, (Status.PARTY,))
    assert on("2024-12-31", acts=vague).status is Status.PARTY
    assert on("2024-11-30", acts=vague).truth is Truth.TRUE


def test_a_disputed_act_leaves_it_open_and_a_denied_or_expected_one_counts_for_nothing() -> None:
    disputed = on("2025-01-10", acts=(SIGNED, act(Kind.EXCHANGE, "2024-12-04", truth=Truth.UNKNOWN)))
    assert (disputed.party, disputed.alternatives) == (Truth.UNKNOWN, (Status.PARTY,))
    for truth, factuality in [(Truth.FALSE, Factuality.DENIED), (Truth.UNKNOWN, Factuality.EXPECTED)]:
        found = on("2025-01-10", acts=(SIGNED, act(Kind.EXCHANGE, "2024-12-04", truth=truth, factuality=factuality)))
        assert (found.status, found.truth) == (Status.SIGNATORY, Truth.TRUE)


def test_an_undated_signature_counts_from_its_first_report() -> None:
    signed = act(Kind.SIGN, None, reported_first=date(2024, 6, 20))
    found = on("2024-07-01", acts=(signed,))
    assert (found.status, found.truth) == (Status.SIGNATORY, Truth.TRUE)
    assert found.since is not None and found.since.edtf == "../2024-06-20"
    assert on("2024-06-01", acts=(signed,)).truth is Truth.UNKNOWN


def test_the_old_treaty_is_in_force_until_the_new_one_enters_into_force() -> None:
    before, after_ = on("2024-10-25", treaty=OLD), on("2024-12-04", treaty=OLD)
    assert (before.status, before.truth) == (Status.PARTY, Truth.TRUE)
    assert (after_.status, after_.truth) == (Status.TERMINATED, Truth.TRUE)
    assert "by its Article 22" in after_.proof.outline() and "59(1)" in after_.proof.outline()


@pytest.mark.parametrize(
    "value", [OLD, "Friendship treaty of 9 February 2000", "the treaty of 2000-02-09", "the 2000 treaty"]
)
def test_a_superseded_treaty_is_known_by_id_name_day_or_year(value: str) -> None:
    findings = (*FINDINGS[:2], finding("supersedes", value))
    assert on("2025-01-10", treaty=OLD, findings=findings).status is Status.TERMINATED


@pytest.mark.parametrize("value", ["", "the treaty of 1961", "prk-rus-1961", "some other pact"])
def test_another_treaty_is_not_taken_for_the_superseded_one(value: str) -> None:
    findings = (*FINDINGS[:2], finding("supersedes", value))
    assert on("2025-01-10", treaty=OLD, findings=findings).status is Status.PARTY


def test_a_reported_termination_ends_the_old_treaty_too() -> None:
    ended = act(Kind.TERMINATE, "2024-12-04", treaty=OLD)
    assert on("2025-01-10", treaty=OLD, findings=(), acts=(ended,)).status is Status.TERMINATED


def test_a_fact_of_the_series_is_public_only_from_its_day() -> None:
    base = reference()
    events = [
        events_of(OLD, ("PRK", "RUS"), True, Register(known=d), base) for d in (date(2001, 1, 1), date(2025, 1, 1))
    ]
    assert [[e.kind for e in es] for es in events] == [[Kind.SIGN], [Kind.SIGN, Kind.ENTER_INTO_FORCE]]


PARTY = (SIGNED, EXCHANGE)


def test_a_notice_runs_for_the_time_that_the_treaty_gives() -> None:
    acts = (*PARTY, act(Kind.WITHDRAW_NOTICE, "2025-01-31", "RUS"))
    findings = (*FINDINGS, finding("withdrawal-clause", "notice+6m"))
    running, out = on("2025-07-30", acts=acts, findings=findings), on("2025-07-31", acts=acts, findings=findings)
    assert running.status is Status.WITHDRAWING and running.party is Truth.TRUE
    assert running.notice == Notice(given=date(2025, 1, 31), effective=date(2025, 7, 31))
    assert (out.status, out.truth) == (Status.WITHDRAWN, Truth.TRUE)
    assert on("2025-07-31", acts=acts, findings=findings, state="PRK").status is Status.TERMINATED


def test_a_notice_under_a_silent_treaty_may_take_effect_after_twelve_months() -> None:
    acts = (*PARTY, act(Kind.WITHDRAW_NOTICE, "2025-01-31", "RUS"))
    assert on("2026-01-30", acts=acts).truth is Truth.TRUE
    found = on("2026-01-31", acts=acts)
    assert (found.status, found.alternatives) == (Status.WITHDRAWING, (Status.WITHDRAWN,))


def test_an_announced_day_of_effect_comes_before_any_clause() -> None:
    announced = act(Kind.WITHDRAW_EFFECTIVE, "2026-06-02", "RUS", truth=Truth.UNKNOWN, factuality=Factuality.PLANNED)
    acts = (*PARTY, act(Kind.WITHDRAW_NOTICE, "2025-06-02", "RUS"), announced)
    assert [on(d, acts=acts).status for d in ("2026-06-01", "2026-06-02")] == [Status.WITHDRAWING, Status.WITHDRAWN]


def test_a_notice_revoked_in_time_never_takes_effect() -> None:
    revoked = act(Kind.REVOKE_NOTICE, "2025-03-07", "RUS")
    found = on("2026-09-01", acts=(*PARTY, act(Kind.WITHDRAW_NOTICE, "2025-01-31", "RUS"), revoked))
    assert (found.status, found.truth) == (Status.PARTY, Truth.TRUE)
    assert found.notice is not None and found.notice.revoked == date(2025, 3, 7)


def test_a_suspension_keeps_the_party_and_those_who_object_are_named() -> None:
    acts = (*PARTY, act(Kind.SUSPEND, "2025-02-01", "RUS"), act(Kind.OBJECT, "2025-02-10", "NOR"))
    found = on("2025-03-01", acts=acts)
    assert (found.status, found.party, found.application) == (Status.SUSPENDED, Truth.TRUE, Application.SUSPENDED)
    assert found.contested_by == ("NOR",)
    bound = bound_by("RUS", ID, date(2025, 3, 1), register(acts), reference())
    assert bound.truth is Truth.FALSE


def test_consent_taken_back_is_withdrawn_and_the_signature_stays() -> None:
    acts = (SIGNED, act(Kind.DEPOSIT, "2024-07-01", "RUS"), act(Kind.WITHDRAW_CONSENT, "2024-08-01", "RUS"))
    found = on("2024-09-01", acts=acts, findings=(finding("entry-into-force-clause", "deposits:2"),))
    assert (found.status, found.consent, found.application) == (
        Status.SIGNATORY,
        Consent.WITHDRAWN,
        Application.INTERIM_DUTY,
    )


def test_history_tells_every_change_with_its_cause_and_article() -> None:
    found = history("RUS", ID, register(), reference())
    assert [(c.on.edtf, c.before, c.after, c.act) for c in found] == [
        ("2024-06-19", "none", "signatory", SIGNED.id),
        ("2024-12-04", "signatory", "contracting", EXCHANGE.id),
        ("2024-12-04", "contracting", "party", None),
    ]
    assert [c.by for c in found][1] == "custom reflected in VCLT 16(a)"


def test_an_act_out_of_place_is_misuse_of_the_table_and_says_what_could_be() -> None:
    event = events_of(
        ID, ("PRK", "RUS"), True, register((act(Kind.WITHDRAW_NOTICE, "2024-06-19", "RUS"),)), reference()
    )[0]
    with pytest.raises(NoSuchStep, match=r"a State with status none cannot withdraw-notice; it could: .*sign"):
        advance(Course(), Timed(date(2024, 6, 19), event))


def test_a_treaty_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoSuchTreaty, match='"xyz" \\(one of: aarhus, antarctic-treaty'):
        standing_of("RUS", "xyz", date(2024, 1, 1), register(), reference())


def test_domestic_acts_never_move_a_standing() -> None:
    for chosen in product((False, True), repeat=len(COURSE[1:6])):
        acts = [a for a, taken in zip(COURSE[1:6], chosen, strict=True) if taken]
        assert on("2024-11-20", acts=(SIGNED, *acts)).status is Status.SIGNATORY
    assert on("2024-11-20", acts=(DECREE,)).status is Status.NONE


def leaves_hold(proof: Proof) -> bool:
    return proof.truth is not Truth.TRUE or all(leaf.truth is Truth.TRUE for leaf in proof.leaves())


def test_force_agrees_with_the_standings() -> None:
    for day in ("2024-10-25", "2024-12-04", "2025-01-10"):
        force = force_of(ID, date.fromisoformat(day), register(), reference())
        assert force.truth is on(day).party and leaves_hold(force.proof)
