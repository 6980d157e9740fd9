"""Who owes what to whom: pairs, the casus, limits, the three times, and scenarios that are refused with a remedy."""

import tomllib
from datetime import date
from pathlib import Path

import msgspec
import pytest
from registers_by_hand import COURSE, FINDINGS, ID, MUTUAL_ASSISTANCE, finding, reference, register

from foedus.errors import ScenarioError
from foedus.obligations.evaluation import evaluate
from foedus.obligations.scenario import Answer, Fact, Scenario, attack_scenario, scenario_from
from foedus.register.entries import Finding
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op
from foedus.terms.proof import Truth

ATTACK = Fact(predicate="armed-attack", args=("KOR", "PRK"))
WAR = Fact(predicate="state-of-war", args=("PRK",))
NOT_ACTING = Fact(predicate="security-council-acting", args=("PRK",), truth=Truth.FALSE)
EXAMPLE = Path(__file__).parents[2] / "examples" / "scenario-attack.toml"


def answers(
    *facts: Fact,
    on: str = "2025-01-10",
    known: str = "2026-11-22",
    findings: tuple[Finding, ...] = FINDINGS,
) -> tuple[Answer, ...]:
    scenario = Scenario(on=date.fromisoformat(on), facts=facts)
    return evaluate(scenario, register(COURSE, known, findings), reference())


def answer(*facts: Fact, on: str = "2025-01-10", known: str = "2026-11-22") -> Answer:
    (found,) = answers(*facts, on=on, known=known)
    return found


def with_norm(**changes: object) -> tuple[Finding, ...]:
    norm = msgspec.structs.replace(MUTUAL_ASSISTANCE, **changes)
    return (FINDINGS[0], finding("mutual-assistance", "defense", "4", norm))


def test_before_force_no_duty_is_found_under_the_treaty() -> None:
    found = answer(ATTACK, on="2024-10-25")
    assert (found.truth, found.deciding) == (Truth.FALSE, ())
    assert found.says.startswith("no duty found under Treaty on Comprehensive Strategic Partnership, Article 4")
    assert "the instruments were exchanged on 2024-12-04, after 2024-10-25" in found.proof.outline()


def test_in_force_it_is_unknown_as_far_as_the_facts_go_and_names_what_would_decide() -> None:
    found = answer(ATTACK)
    assert (found.bearer, found.toward, found.duty, found.truth) == ("RUS", "PRK", Duty.DEFENSE, Truth.UNKNOWN)
    assert found.deciding == (
        "whether North Korea is in a state of war",
        "whether the Security Council has taken the measures necessary for the attack on North Korea",
    )


def test_with_every_fact_supposed_the_duty_is_owed() -> None:
    found = answer(ATTACK, WAR, NOT_ACTING)
    assert (found.truth, found.deciding) == (Truth.TRUE, ())
    assert found.says.startswith("Russia owes North Korea defense (immediately, by all means)")
    assert Truth.UNKNOWN not in {leaf.truth for leaf in found.proof.leaves()}


@pytest.mark.parametrize(
    "fact",
    [
        Fact(predicate="state-of-war", args=("PRK",), truth=Truth.FALSE),
        Fact(predicate="security-council-acting", args=("PRK",)),
        Fact(predicate="un-member", args=("PRK",), truth=Truth.FALSE),
    ],
)
def test_one_fact_against_it_settles_it(fact: Fact) -> None:
    assert answer(ATTACK, fact).truth is Truth.FALSE


def test_as_known_before_the_exchange_it_is_false_then_and_unknown_later() -> None:
    assert answer(ATTACK, WAR, NOT_ACTING, on="2024-11-20", known="2024-11-20").truth is Truth.FALSE
    later = answer(ATTACK, WAR, NOT_ACTING, on="2025-01-10", known="2024-11-20")
    assert (later.truth, later.deciding) == (
        Truth.UNKNOWN,
        ("whether the instruments were exchanged after 2024-11-20",),
    )


def test_that_one_state_did_not_attack_does_not_say_that_none_did() -> None:
    found = answer(msgspec.structs.replace(ATTACK, truth=Truth.FALSE), WAR, NOT_ACTING)
    assert (found.truth, found.deciding) == (
        Truth.UNKNOWN,
        ("whether any other state carries out an armed attack on North Korea",),
    )


def test_one_attacker_of_two_suffices() -> None:
    other = Fact(predicate="armed-attack", args=("USA", "PRK"), truth=Truth.FALSE)
    assert answer(ATTACK, other, WAR, NOT_ACTING).truth is Truth.TRUE


def test_the_parties_themselves_are_no_other_state() -> None:
    found = answers(Fact(predicate="armed-attack", args=("RUS", "PRK")), WAR, NOT_ACTING)
    assert [(a.bearer, a.toward, a.truth) for a in found] == [("RUS", "PRK", Truth.UNKNOWN)]


def test_an_attacker_is_not_asked_about_as_a_victim_and_strangers_not_at_all() -> None:
    assert [a.toward for a in answers(Fact(predicate="armed-attack", args=("UKR", "RUS")))] == ["RUS"]
    assert answers(Fact(predicate="armed-attack", args=("AZE", "ARM"))) == ()
    assert answers() == ()


@pytest.mark.parametrize("bearer", ["RUS", "PRK"])
def test_a_norm_of_one_party_binds_that_party_only(bearer: str) -> None:
    toward = {"RUS": "PRK", "PRK": "RUS"}[bearer]
    facts = (ATTACK, Fact(predicate="armed-attack", args=("UKR", "RUS")))
    found = answers(*facts, findings=with_norm(bearer=bearer))
    assert [(a.bearer, a.toward) for a in found] == [(bearer, toward)]


LIMITS = {
    "request": ("whether North Korea asks Russia for help",),
    "territory": ("whether it happened on the territory that the treaty covers: w",),
    "other": ("whether this limit leaves the duty standing: w",),
    "domestic-law": (),
    "constitutional-process": (),
    "charter-103": (),
}


@pytest.mark.parametrize("kind", LIMITS)
def test_a_limit_on_whether_is_a_fact_to_decide_and_a_limit_on_how_is_shown(kind: str) -> None:
    (found,) = answers(ATTACK, WAR, findings=with_norm(limits=(Limit(kind=kind, words="w"),)))
    assert found.deciding == LIMITS[kind]
    assert found.truth is (Truth.UNKNOWN if LIMITS[kind] else Truth.TRUE)


def test_self_defence_asks_for_an_armed_attack_where_the_norm_does_not() -> None:
    threat = Condition(predicate="state-of-war", args=("?toward",))
    (found,) = answers(WAR, NOT_ACTING, findings=with_norm(conditions=threat))
    assert found.deciding == ("whether any other state carries out an armed attack on North Korea",)


def test_negation_and_disjunction_fold_as_kleene_has_it() -> None:
    attack = Condition(predicate="armed-attack", args=("?other", "?toward"))
    provoked = Condition(op=Op.NOT, parts=(Condition(predicate="provoked", args=("?toward", "?other")),))
    either = Condition(op=Op.ANY, parts=(attack, Condition(predicate="state-of-war", args=("?toward",))))
    both = Condition(op=Op.ALL, parts=(either, provoked))
    provoking = Fact(predicate="provoked", args=("PRK", "KOR"))
    given = with_norm(conditions=both, limits=())
    assert answers(ATTACK, findings=given)[0].truth is Truth.UNKNOWN
    assert answers(ATTACK, msgspec.structs.replace(provoking, truth=Truth.FALSE), findings=given)[0].truth is Truth.TRUE
    assert answers(ATTACK, provoking, findings=given)[0].truth is Truth.UNKNOWN  # another might attack, unprovoked


def test_a_norm_without_conditions_is_owed_while_the_treaty_is_in_force() -> None:
    norm = Norm(treaty=ID, article="1", duty=Duty.NONAGGRESSION)
    found = answers(WAR, findings=(FINDINGS[0], finding("nonaggression", "", "1", norm)))
    assert [(a.bearer, a.truth) for a in found] == [("RUS", Truth.TRUE)]


def test_a_provision_that_reports_leave_open_leaves_the_answer_open() -> None:
    open_ = msgspec.structs.replace(FINDINGS[1], truth=Truth.UNKNOWN)
    found = answers(ATTACK, WAR, NOT_ACTING, findings=(FINDINGS[0], open_))[0]
    assert (found.truth, len(found.deciding)) == (Truth.UNKNOWN, 1)
    assert answers(ATTACK, findings=(msgspec.structs.replace(FINDINGS[1], truth=Truth.FALSE),)) == ()


def test_ids_tell_scenarios_and_pairs_apart() -> None:
    assert answer(ATTACK).id == answer(ATTACK).id
    assert len({answer(ATTACK).id, answer(ATTACK, WAR).id, answer(ATTACK, on="2025-01-11").id}) == 3


def test_the_example_scenario_is_read() -> None:
    found = scenario_from(tomllib.loads(EXAMPLE.read_text("utf-8")), reference().directory)
    assert found == Scenario(on=date(2025, 1, 10), facts=(ATTACK,))
    assert found == attack_scenario("kor:prk", date(2025, 1, 10), reference().directory)


FACT = {"predicate": "armed-attack", "args": ["KOR", "PRK"]}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"fact": [FACT]}, "a scenario needs a day: on = 2025-01-10"),
        ({"on": "soon"}, "a scenario needs a day"),
        ({"on": date(2025, 1, 10), "facts": []}, 'it has no "facts"'),
        ({"on": date(2025, 1, 10), "fact": FACT}, "two brackets"),
        ({"on": date(2025, 1, 10), "fact": [{**FACT, "predicate": "armed-atack"}]}, 'did you mean "armed-attack"'),
        ({"on": date(2025, 1, 10), "fact": [{"args": []}]}, "a fact needs a predicate"),
        ({"on": date(2025, 1, 10), "fact": [{**FACT, "args": ["PRK"]}]}, r"takes 2 \(attacker, victim\); here are 1"),
        (
            {"on": date(2025, 1, 10), "fact": [{**FACT, "args": ["KOR", "PKR"]}]},
            '"PKR" is no state.*did you mean "PRK"',
        ),
        ({"on": date(2025, 1, 10), "fact": [{**FACT, "truth": "maybe"}]}, 'truth is true, false or "unknown"'),
        ({"on": date(2025, 1, 10), "fact": [{**FACT, "truht": True}]}, 'did you mean "truth"'),
        ({"on": date(2025, 1, 10), "fact": [FACT, {**FACT, "truth": False}]}, "supposed both true and false"),
    ],
)
def test_a_faulty_scenario_is_refused_with_a_remedy(table: dict[str, object], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        scenario_from(table, reference().directory)


@pytest.mark.parametrize("words", ["KOR", "KOR:", "KOR:KOR", "KOR:PRK:USA", "KOR:PKR"])
def test_an_attack_needs_two_different_states(words: str) -> None:
    with pytest.raises(ScenarioError):
        attack_scenario(words, date(2025, 1, 10), reference().directory)
