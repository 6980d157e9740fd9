"""One speech in two reports is one claim; other speakers, and other speeches, stay apart; denials answer assertions."""

from __future__ import annotations

from zlib import crc32

import pytest

from foedus.register.claim_matching import claims_of
from foedus.register.entries import ClaimEntry
from foedus.statements.statement import Claim, Statement, statement_id
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.evidence import Quote, Stance
from foedus.terms.proof import Issue

OPPOSED = {"military-nature": frozenset({"defensive-nature"}), "defensive-nature": frozenset({"military-nature"})}


def said(document: str, speaker: str, says: str, stance: Stance = Stance.ASSERT, about: str | None = None) -> Statement:
    start = crc32(f"{speaker} {says}".encode()) % 1000
    return Statement(
        id=statement_id(document, start, start + len(says), f"{speaker} {says}"),
        document=document,
        content=Claim(speaker=Agent(name=speaker, kind=BodyKind.PERSON), stance=stance, about=about, says=says),
        quote=Quote(document, start, start + len(says), says),
    )


def claims(*statements: Statement) -> tuple[tuple[ClaimEntry, ...], tuple[Issue, ...]]:
    return claims_of("t", statements, lambda statement: None, OPPOSED)


LONG = "the pact lowers the risk that fighting returns to the peninsula and keeps the balance between the powers of the region"
SAME = "the agreement keeps a balance between powers of the region, lowering the risk of fighting returning to the peninsula"
SHORT = "the pact keeps the peninsula calm"


def test_two_translations_of_one_speech_are_one_claim_with_two_witnesses() -> None:
    (entry,), issues = claims(said("d1", "Ana Ruiz", LONG), said("d2", "Minister Ana Ruiz", SAME))
    assert len(entry.supported_by) == 2
    assert not issues


def test_the_likeliest_of_several_speeches_is_joined() -> None:
    entries, _ = claims(
        said("d1", "Ana Ruiz", LONG, about="regional-stability"),
        said("d2", "Ana Ruiz", SHORT, about="regional-stability"),
        said("d2", "Ana Ruiz", SAME, about="regional-stability"),
    )
    joined = [e for e in entries if len(e.supported_by) == 2]
    assert [{q.exact for q in e.quotes} for e in joined] == [{LONG, SAME}]
    assert len(entries) == 2


def test_what_two_people_say_in_the_same_words_stays_apart() -> None:
    entries, _ = claims(said("d1", "Ana Ruiz", LONG), said("d2", "Ivo Horvat", SAME))
    assert [len(e.supported_by) for e in entries] == [1, 1]


def test_two_claims_of_one_report_stay_apart() -> None:
    entries, _ = claims(said("d1", "Ana Ruiz", LONG), said("d1", "Ana Ruiz", SHORT))
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("one", "other", "is_answered"),
    [
        ((Stance.ASSERT, "troop-deployment"), (Stance.DENY, "troop-deployment"), True),
        ((Stance.EXPECT, "extension"), (Stance.DENY, "extension"), True),
        ((Stance.ASSERT, "troop-deployment"), (Stance.DENY, "secret-clauses"), False),
        ((Stance.ASSERT, "troop-deployment"), (Stance.ASSERT, "troop-deployment"), False),
        ((Stance.INTERPRET, "troop-deployment"), (Stance.DENY, "troop-deployment"), False),
        ((Stance.INTERPRET, "military-nature"), (Stance.ASSERT, "defensive-nature"), True),
        ((Stance.ASSERT, None), (Stance.DENY, None), False),
    ],
)
def test_claims_answer_each_other_only_where_they_contradict(
    one: tuple[Stance, str | None], other: tuple[Stance, str | None], is_answered: bool
) -> None:
    entries, issues = claims(said("d1", "Ana Ruiz", "so it is", *one), said("d2", "Ivo Horvat", "by no means", *other))
    assert [bool(e.answered_by) for e in entries] == [is_answered, is_answered]
    assert bool(issues) is is_answered
    for issue in issues:
        assert {q.document for q in issue.quotes} == {"d1", "d2"}


def test_nobody_contradicts_themselves() -> None:
    entries, issues = claims(
        said("d1", "Ana Ruiz", "soldiers were sent", Stance.ASSERT, "troop-deployment"),
        said("d2", "Ana Ruiz", "no soldiers were sent", Stance.DENY, "troop-deployment"),
    )
    assert len(entries) == 2
    assert not issues
