"""A dossier for programs: the JSON shape of `foedus show --json`, as types that its JSON Schema is generated from.

Names and meanings are a contract; fields may be added, never changed in meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from foedus.documents.document import Basis, DocumentClass
from foedus.register.entries import Act, ClaimEntry, Finding
from foedus.serving.dossier import Dossier, Witness
from foedus.status.deadlines import Deadline
from foedus.status.standings import Application, Consent, Ladder, Notice, Standing, Status, StepState
from foedus.terms.acts import Kind, Level, Measure, Vote
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote, Source, Stance
from foedus.terms.norms import Condition, Duty, Limit
from foedus.terms.proof import Truth
from foedus.terms.treaties import Binding

SCHEMA_VERSION = 1


class TreatyJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    areas: tuple[str, ...]
    articles: int | None
    duration: str | None
    binding: Binding
    entry_into_force: str | None = None


class ForceJson(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the treaty is in force on the day asked; `since` is EDTF."""

    truth: Truth
    since: str | None
    clause: str


class ActJson(msgspec.Struct, frozen=True, kw_only=True):
    """`date` is the likeliest day or days, `possible` what no evidence of weight excludes; both EDTF."""

    id: str
    kind: Kind
    level: Level
    measure: Measure | None
    states: tuple[str, ...]
    actor: str | None
    date: str | None
    factuality: Factuality
    truth: Truth
    vote: Vote | None
    supported_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    possible: str | None = None
    place: str | None = None
    agents: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    overtaken_by: str | None = None


class FindingJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    article: str | None
    value: str
    truth: Truth
    supported_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    variants: tuple[Quote, ...] = ()


class ClaimJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    speaker: str
    role: str | None
    stance: Stance
    about: str | None
    says: str
    supported_by: tuple[str, ...]
    answered_by: tuple[str, ...]
    date: str | None = None
    sources: tuple[tuple[Source, ...], ...] = ()


class NextStepJson(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    actor: str
    by: date | None
    expected: tuple[str, ...]
    state: str | None = None


class StandingJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    state: str
    status: Status
    party: Truth
    consent: Consent
    application: Application
    notice: Notice | None
    contested_by: tuple[str, ...]
    truth: Truth
    since: str | None
    next_steps: tuple[NextStepJson, ...]
    alternatives: tuple[Status, ...] = ()


class StepJson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: str
    actor: str
    state_of_step: StepState
    date: str | None
    requirement: str | None
    met: Truth | None
    source: str
    act: str | None = None


class ProcedureJson(msgspec.Struct, frozen=True, kw_only=True):
    state: str
    steps: tuple[StepJson, ...]
    procedure: str = ""


class NormJson(msgspec.Struct, frozen=True, kw_only=True):
    """`conditions` is a tree of predicates (`foedus schema predicates`), null where the duty is unconditional."""

    id: str
    article: str | None
    bearer: str
    toward: str
    duty: Duty
    conditions: Condition | None
    limits: tuple[Limit, ...]
    words: str
    manner: tuple[str, ...] = ()


class CandidateJson(msgspec.Struct, frozen=True, kw_only=True):
    on: str
    basis: Basis


class DocumentJson(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """`published` is the register's answer, solved together with all other documents; EDTF."""

    id: str
    name: str
    publisher: str | None
    class_: DocumentClass
    published: str | None
    published_basis: Basis | None
    published_possible: str | None = None
    refuted: tuple[CandidateJson, ...] = ()
    copy_of: str | None = None
    url: str | None = None


class IssueJson(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    says: str
    quotes: tuple[Quote, ...]
    about: tuple[str, ...] = ()


class DossierJson(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one treaty, on the day `on`, from the documents published by `known`."""

    schema_version: int
    treaty: TreatyJson
    on: date
    known: date
    acts: tuple[ActJson, ...]
    findings: tuple[FindingJson, ...]
    claims: tuple[ClaimJson, ...]
    standings: tuple[StandingJson, ...]
    procedures: tuple[ProcedureJson, ...]
    norms: tuple[NormJson, ...]
    documents: tuple[DocumentJson, ...]
    issues: tuple[IssueJson, ...]
    force: ForceJson | None = None
    deadlines: tuple[Deadline, ...] = ()


def as_json(dossier: Dossier, deadlines: Iterable[Deadline] = ()) -> dict[str, Any]:
    """The dossier as JSON values, in the shape of `dossier_schema`, with what falls due."""
    shape = msgspec.structs.replace(_dossier(dossier), deadlines=tuple(deadlines))
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(shape))
    return built


def dossier_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `as_json`."""
    return msgspec.json.schema(DossierJson)


def _dossier(dossier: Dossier) -> DossierJson:
    register = dossier.register
    return DossierJson(
        schema_version=SCHEMA_VERSION,
        treaty=_treaty(dossier),
        on=dossier.on,
        known=dossier.known,
        acts=tuple(_act(entry.act) for entry in dossier.timeline),
        findings=tuple(_finding(finding) for finding in register.findings),
        claims=tuple(_claim(claim) for claim in register.claims),
        standings=tuple(_standing(standing) for standing in dossier.standings),
        procedures=tuple(_procedure(ladder) for ladder in dossier.ladders),
        norms=tuple(norm for finding in register.findings if (norm := _norm(finding))),
        documents=tuple(_document(witness) for witness in dossier.witnesses),
        issues=tuple(IssueJson(kind=i.kind, says=i.says, quotes=i.quotes, about=i.about) for i in register.issues),
        force=_force(dossier),
    )


def _edtf(on: DateRange | None) -> str | None:
    return on.edtf if on else None


def _treaty(dossier: Dossier) -> TreatyJson:
    treaty, facts = dossier.treaty, dossier.facts
    return TreatyJson(
        id=treaty.id,
        names=tuple(name.text for name in treaty.names),
        parties=treaty.parties,
        areas=facts.areas,
        articles=facts.articles,
        duration=facts.duration,
        binding=dossier.binding.binding,
        entry_into_force=facts.entry_into_force,
    )


def _force(dossier: Dossier) -> ForceJson | None:
    force = dossier.force
    return ForceJson(truth=force.truth, since=_edtf(force.since), clause=force.clause) if force else None


def _act(act: Act) -> ActJson:
    return ActJson(
        id=act.id,
        kind=act.kind,
        level=act.level,
        measure=act.measure,
        states=act.states,
        actor=act.actor.name if act.actor else None,
        date=_edtf(act.on),
        factuality=act.factuality,
        truth=act.truth,
        vote=act.vote,
        supported_by=act.supported_by,
        contradicted_by=act.contradicted_by,
        possible=_edtf(act.dated.possible if act.dated else None),
        place=act.place,
        agents=tuple(agent.name for agent in act.agents),
        against=act.against,
        overtaken_by=act.overtaken_by,
    )


def _finding(finding: Finding) -> FindingJson:
    return FindingJson(
        id=finding.id,
        kind=finding.kind,
        article=finding.article,
        value=finding.value,
        truth=finding.truth,
        supported_by=finding.supported_by,
        contradicted_by=finding.contradicted_by,
        variants=finding.variants,
    )


def _claim(claim: ClaimEntry) -> ClaimJson:
    return ClaimJson(
        id=claim.id,
        speaker=claim.speaker.name,
        role=claim.speaker.role,
        stance=claim.stance,
        about=claim.about,
        says=claim.says,
        supported_by=claim.supported_by,
        answered_by=claim.answered_by,
        date=_edtf(claim.on),
        sources=claim.sources,
    )


def _standing(standing: Standing) -> StandingJson:
    return StandingJson(
        id=standing.id,
        state=standing.state,
        status=standing.status,
        party=standing.party,
        consent=standing.consent,
        application=standing.application,
        notice=standing.notice,
        contested_by=standing.contested_by,
        truth=standing.truth,
        since=_edtf(standing.since),
        next_steps=tuple(
            NextStepJson(kind=step.kind, actor=step.actor, by=step.by, expected=step.expected, state=step.state)
            for step in standing.next_steps
        ),
        alternatives=standing.alternatives,
    )


def _procedure(ladder: Ladder) -> ProcedureJson:
    steps = (
        StepJson(
            id=step.id,
            kind=step.kind,
            actor=step.actor,
            state_of_step=step.state_of_step,
            date=_edtf(step.date),
            requirement=step.requirement,
            met=step.met,
            source=step.source,
            act=step.act,
        )
        for step in ladder.steps
    )
    return ProcedureJson(state=ladder.state, steps=tuple(steps), procedure=ladder.procedure)


def _norm(finding: Finding) -> NormJson | None:
    norm = finding.norm
    if norm is None:
        return None
    return NormJson(
        id=finding.id,
        article=norm.article or finding.article,
        bearer=norm.bearer,
        toward=norm.toward,
        duty=norm.duty,
        conditions=norm.conditions,
        limits=norm.limits,
        words=norm.words,
        manner=norm.manner,
    )


def _document(witness: Witness) -> DocumentJson:
    publication = witness.publication
    published = publication.published
    return DocumentJson(
        id=publication.id,
        name=publication.name,
        publisher=publication.publisher,
        class_=publication.class_,
        published=_edtf(published.likeliest if published else None),
        published_basis=publication.published_basis,
        published_possible=_edtf(published.possible if published else None),
        refuted=tuple(CandidateJson(on=candidate.on.edtf, basis=candidate.basis) for candidate in witness.refuted),
        copy_of=publication.copy_of,
        url=publication.url,
    )
