"""Positions: whose word would make an answer what it would be, and what no word does."""

from datetime import date

import msgspec
import pytest
from registers_by_hand import COURSE, claim, reference, register

from foedus.obligations.evaluation import evaluate
from foedus.obligations.positions import positions_of
from foedus.obligations.scenario import Answer, Fact, Scenario
from foedus.register.entries import ClaimEntry
from foedus.terms.evidence import Stance
from foedus.terms.proof import Truth

FACTS = (
    Fact(predicate="armed-attack", args=("KOR", "PRK")),
    Fact(predicate="security-council-acting", args=("PRK",), truth=Truth.FALSE),
)


def answer(*claims: ClaimEntry) -> Answer:
    (found,) = evaluate(Scenario(on=date(2025, 1, 10), facts=FACTS), register(COURSE, claims=claims), reference())
    return found


@pytest.mark.parametrize(
    ("stance", "args", "truth"),
    [
        (Stance.ASSERT, ("PRK",), Truth.TRUE),
        (Stance.DENY, ("PRK",), Truth.FALSE),
        (Stance.DOUBT, ("PRK",), Truth.UNKNOWN),
        (Stance.EXPECT, ("PRK",), Truth.UNKNOWN),
        (Stance.INTERPRET, ("PRK",), Truth.UNKNOWN),
        (Stance.ASSERT, ("RUS",), Truth.UNKNOWN),  # of another state
        (Stance.ASSERT, (), Truth.UNKNOWN),  # its words do not tell of whom it speaks
    ],
)
def test_a_word_counts_for_the_fact_that_it_is_about(stance: Stance, args: tuple[str, ...], truth: Truth) -> None:
    found = answer(claim("Kim", stance, "state-of-war", args))
    assert found.truth is Truth.UNKNOWN  # no word settles it
    assert [(p.who, p.document, p.on, p.truth) for p in found.positions] == [
        ("Kim, Minister", "d_1", "2024-10-24", truth)
    ]


def test_on_a_word_alone_other_unknown_facts_stay_unknown() -> None:
    scenario = Scenario(on=date(2025, 1, 10), facts=FACTS[:1])
    given = register(COURSE, claims=(claim("Kim", Stance.ASSERT, "state-of-war", ("PRK",)),))
    (found,) = evaluate(scenario, given, reference())
    assert [p.truth for p in found.positions] == [Truth.UNKNOWN]


def test_a_denial_of_what_is_supposed_is_shown_with_what_follows_from_it() -> None:
    found = answer(claim("Cho", Stance.DENY, "armed-attack", ("KOR", "PRK")))
    assert [(p.who, p.truth, p.says) for p in found.positions] == [("Cho, Minister", Truth.FALSE, "denies: it is so")]


def test_claims_about_something_else_or_another_treaty_take_no_position() -> None:
    other = msgspec.structs.replace(claim("B", Stance.DENY, "state-of-war", ("PRK",)), treaty="other")
    assert answer(claim("A", Stance.DENY, "troop-deployment"), other).positions == ()


def test_positions_come_in_one_order_however_the_register_lists_them() -> None:
    claims = tuple(claim(who, Stance.DENY, "state-of-war", ("PRK",)) for who in ("C", "A", "B"))
    found = answer(*claims)
    assert [p.who[0] for p in found.positions] == ["A", "B", "C"]
    assert positions_of(found, register(COURSE, claims=claims[::-1])) == found.positions
