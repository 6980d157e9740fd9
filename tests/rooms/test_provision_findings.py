"""One provision in other words is one finding with its variance; two values of what a treaty has once are a contradiction."""

from __future__ import annotations

from readings_by_hand import REFERENCE

from foedus.register.entries import Finding
from foedus.register.provision_findings import findings_of
from foedus.statements.statement import ProvisionMention, Statement, statement_id
from foedus.terms.evidence import Quote
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op
from foedus.terms.proof import Issue, Truth

ATTACK = Condition(predicate="armed-attack", args=("?other", "?toward"))
WAR = Condition(predicate="state-of-war", args=("?toward",))
BOTH = Condition(op=Op.ALL, parts=(WAR, ATTACK))
BOTH_TURNED = Condition(op=Op.ALL, parts=(ATTACK, WAR))


def provides(document: str, words: str, **provision: object) -> Statement:
    return Statement(
        id=statement_id(document, 0, len(words), f"{provision}{words}"),
        document=document,
        content=ProvisionMention(**provision),  # type: ignore[arg-type]
        quote=Quote(document, 0, len(words), words),
    )


def aid(document: str, words: str, article: str | None, condition: Condition | None, **more: object) -> Statement:
    norm = Norm(duty=Duty.DEFENSE, conditions=condition, **more)  # type: ignore[arg-type]
    return provides(document, words, kind="mutual-assistance", article=article, norm=norm)


def found(*statements: Statement) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    return findings_of("t", statements, REFERENCE)


def test_the_same_duty_in_other_words_is_one_finding_that_shows_both() -> None:
    limits = (Limit(kind="charter-51"),)
    (finding,), (issue,) = found(
        aid("d1", "Under Article 4 each helps the other at war after an attack.", "4", BOTH, limits=limits),
        aid("d2", "If one is attacked and at war the other helps.", None, BOTH_TURNED),
    )
    assert finding.article == "4"
    assert finding.norm is not None and finding.norm.limits == limits
    assert len(finding.variants) == 2
    assert issue.kind == "wording-differs"
    assert {q.document for q in issue.quotes} == {"d1", "d2"}


def test_another_condition_is_another_duty() -> None:
    findings, issues = found(aid("d1", "at war", "4", BOTH), aid("d2", "if attacked", None, ATTACK))
    assert len(findings) == 2
    assert not issues


def test_the_same_words_in_one_report_are_no_variance() -> None:
    (_,), issues = found(aid("d1", "each helps the other", "4", BOTH), aid("d1", "each aids the other", "4", BOTH))
    assert not issues


def test_two_numbers_of_articles_contradict_each_other() -> None:
    findings, issues = found(
        provides("d1", "It has 23 articles.", kind="articles", value="23"),
        provides("d2", "It has 22 articles.", kind="articles", value="22"),
    )
    assert {f.truth for f in findings} == {Truth.UNKNOWN}
    assert all(f.contradicted_by for f in findings)
    assert [i.kind for i in issues] == ["provisions-differ"]


def test_two_areas_are_two_findings() -> None:
    findings, issues = found(
        provides("d1", "trade and space", kind="area", value="trade"),
        provides("d1", "trade and space", kind="area", value="space"),
    )
    assert {f.value for f in findings} == {"trade", "space"}
    assert not issues


def test_what_is_said_to_be_absent_is_not_what_is_said_to_be_there() -> None:
    findings, _ = found(
        provides("d1", "no secret clauses", kind="secret-clauses", value="secret-clauses", absent=True),
        provides("d2", "a secret clause", kind="secret-clauses", value="secret-clauses"),
    )
    assert len(findings) == 2


def test_a_number_in_words_is_the_same_as_in_digits() -> None:
    (finding,), issues = found(
        provides("d1", "it is for five years", kind="duration", value="five years"),
        provides("d2", "it is for 5 years", kind="duration", value="5 years"),
    )
    assert len(finding.supported_by) == 2
    assert not issues
    (_, _), (issue,) = found(
        provides("d1", "it is for five years", kind="duration", value="five years"),
        provides("d2", "it is for 6 years", kind="duration", value="6 years"),
    )
    assert issue.kind == "provisions-differ"
