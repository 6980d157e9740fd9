"""What a page about one treaty shows, as one value: the page, the terminal and the JSON all say what stands here.

Nothing is decided here: acts, standings and ladders come computed; this module only puts them in the order in which a person
asks about them, and gives every statement a short label ("A3": the third of document A) by which all views cite it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from foedus.documents.document import DateCandidate, Document
from foedus.register.entries import Act, ClaimEntry, Finding, Publication, Register
from foedus.serving.translated import Translated, translations_of
from foedus.serving.wording import Names, act_title
from foedus.statements.statement import Statement
from foedus.status.binding import BindingFound, binding_of
from foedus.status.standings import ForceOfTreaty, Ladder, LadderStep, NextStep, Standing
from foedus.terms.acts import Vote
from foedus.terms.evidence import Factuality, Quote, Stance
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty

if TYPE_CHECKING:
    from foedus.reference.packs import Reference


class TreatyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What reports say that the treaty is, taken from the findings that are not false."""

    areas: tuple[str, ...] = ()
    articles: int | None = None
    duration: str | None = None
    entry_into_force: str | None = None


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One act in the order of days.

    number     1-based; the drawing and the list count alike
    mark       "solid" for what happened, "hollow" for what is planned, expected or possible, "struck" for what is denied
    overtaken  title of the act that has made an expectation moot, or None
    contested  reports contradict it
    """

    number: int
    act: Act
    title: str
    mark: str
    overtaken: str | None = None
    contested: bool = False


class VoteBox(msgspec.Struct, frozen=True, kw_only=True):
    """A vote beside what the law asks of it; `requirement` is None where no procedure is recorded."""

    act: Act
    title: str
    vote: Vote
    requirement: str | None = None
    met: Truth | None = None
    source: str = ""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What was said about one thing: by those who assert it, by those who deny or doubt it, and how outlets read it."""

    about: str | None
    asserted: tuple[ClaimEntry, ...] = ()
    denied: tuple[ClaimEntry, ...] = ()
    read_so: tuple[ClaimEntry, ...] = ()


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """A step that must come before the treaty binds, and the acts by which reports foresee it."""

    step: NextStep
    waiting: tuple[str, ...] = ()
    expected: tuple[Act, ...] = ()


class Witness(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its label.

    document    its text, or None where only the record is kept
    statements  those of its statements that this dossier rests on, in the order of the text
    refuted     candidates for its date that the register's answer excludes
    """

    label: str
    publication: Publication
    document: Document | None = None
    statements: tuple[Statement, ...] = ()
    refuted: tuple[DateCandidate, ...] = ()


class Dossier(msgspec.Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """Everything that is known about one treaty on a day.

    binding    what is said of its force at law
    names      what people call the states: {"RUS": "Russia"}
    labels     statement id -> "A3"
    uses       statement id -> ids of the acts, findings and claims that it supports or contradicts
    roads      id of a procedure -> its name
    """

    treaty: Treaty
    on: date
    known: date
    register: Register
    standings: tuple[Standing, ...]
    ladders: tuple[Ladder, ...]
    force: ForceOfTreaty | None
    binding: BindingFound
    names: Names
    facts: TreatyFacts
    timeline: tuple[TimelineEntry, ...]
    votes: tuple[VoteBox, ...]
    topics: tuple[Topic, ...]
    awaited: tuple[Awaited, ...]
    witnesses: tuple[Witness, ...]
    labels: Mapping[str, str]
    uses: Mapping[str, tuple[str, ...]]
    roads: Mapping[str, str] = {}
    reference: Reference

    @property
    def title(self) -> str:
        return self.treaty.names[0].text if self.treaty.names else self.treaty.id

    @property
    def is_silent(self) -> bool:
        """No document about the treaty is known by the day asked."""
        return not self.witnesses

    @cached_property
    def translated(self) -> Mapping[str, Translated]:
        """Statement id -> that its words are a translation, or likely one; only pages say it, and it takes long to find out."""
        said = (statement for witness in self.witnesses for statement in witness.statements)
        return translations_of(said, {w.publication.id: w.document for w in self.witnesses}, self.reference)

    def document_name(self, id_: str) -> str:
        return next((w.publication.name for w in self.witnesses if w.publication.id == id_), id_)

    def label_of(self, quote: Quote) -> str | None:
        """The label of a statement whose words hold this quote, the shortest such words first."""
        holders = [
            (len(words.exact), self.labels[statement.id])
            for witness in self.witnesses
            if witness.publication.id == quote.document
            for statement in witness.statements
            for words in (statement.quote, *statement.evidence)
            if words.start <= quote.start and quote.end <= words.end
        ]
        return min(holders)[1] if holders else None


def dossier_of(
    treaty_id: str,
    on: date,
    known: date,
    register: Register,
    standings: Iterable[Standing],
    ladders: Iterable[Ladder],
    force: ForceOfTreaty | None,
    statements: Iterable[Statement],
    documents: Iterable[Document],
    reference: Reference,
) -> Dossier:
    """Everything about the treaty, from computed pieces.

    register               as known on `known`, and only what concerns the treaty (`Register.of`)
    statements, documents  any; what the register does not rest on is left out
    """
    standings, ladders = tuple(standings), tuple(ladders)
    uses = _uses(register)
    witnesses = _witnesses(register, [s for s in statements if s.id in uses], documents)
    treaty = register.treaty(treaty_id) or Treaty(id=treaty_id)
    names = state_names(_codes(treaty, register, standings, ladders), reference)
    return Dossier(
        treaty=treaty,
        on=on,
        known=known,
        register=register,
        standings=standings,
        ladders=ladders,
        force=force,
        binding=binding_of(treaty.id, register, reference),
        names=names,
        facts=_facts(register.findings),
        timeline=_timeline(register.acts, names),
        votes=_votes(register.acts, ladders, names),
        topics=_topics(register.claims),
        awaited=_awaited(standings, register.acts),
        witnesses=witnesses,
        labels={s.id: f"{w.label}{n}" for w in witnesses for n, s in enumerate(w.statements, start=1)},
        uses=uses,
        roads={p.id: p.name for p in reference.procedures if any(p.id == ladder.procedure for ladder in ladders)},
        reference=reference,
    )


def document_label(index: int) -> str:
    """
    >>> document_label(0), document_label(25), document_label(26)
    ('A', 'Z', 'AA')
    """
    letter = chr(ord("A") + index % 26)
    return letter if index < 26 else document_label(index // 26 - 1) + letter


def state_names(codes: Iterable[str], reference: Reference) -> Names:
    """The name of each state or organisation; the code itself where the directory has none."""
    states = {state.id: state.name for state in reference.directory.states}
    return {code: states.get(code, code) for code in codes}


def _codes(
    treaty: Treaty, register: Register, standings: tuple[Standing, ...], ladders: tuple[Ladder, ...]
) -> list[str]:
    codes = {*treaty.parties, *(s.state for s in standings), *(ladder.state for ladder in ladders)}
    codes.update(code for act in register.acts for code in act.states)
    codes.update(code for claim in register.claims for code in claim.speaker.states)
    return sorted(codes)


def _uses(register: Register) -> dict[str, tuple[str, ...]]:
    uses: dict[str, tuple[str, ...]] = {}
    entries: list[Act | Finding | ClaimEntry] = [*register.acts, *register.findings, *register.claims]
    for entry in entries:
        against = () if isinstance(entry, ClaimEntry) else entry.contradicted_by
        for statement in (*entry.supported_by, *against):
            uses[statement] = (*uses.get(statement, ()), entry.id)
    return uses


def _witnesses(register: Register, statements: list[Statement], documents: Iterable[Document]) -> tuple[Witness, ...]:
    """By day of publication, the undated last."""
    texts = {document.id: document for document in documents}

    def day_first(publication: Publication) -> tuple[date, str, str]:
        return (
            publication.published.likeliest.earliest if publication.published else date.max,
            publication.name,
            publication.id,
        )

    ordered = sorted(register.documents, key=day_first)
    return tuple(
        Witness(
            label=document_label(index),
            publication=publication,
            document=texts.get(publication.id),
            statements=tuple(
                sorted(
                    (s for s in statements if s.document == publication.id),
                    key=lambda s: (s.quote.start, s.quote.end, min((q.start for q in s.evidence), default=0), s.id),
                )
            ),
            refuted=_refuted(publication, texts.get(publication.id)),
        )
        for index, publication in enumerate(ordered)
    )


def _refuted(publication: Publication, document: Document | None) -> tuple[DateCandidate, ...]:
    if document is None or publication.published is None:
        return ()
    possible = publication.published.possible
    return tuple(candidate for candidate in document.published if candidate.on & possible is None)


def _facts(findings: tuple[Finding, ...]) -> TreatyFacts:
    """TRUE before UNKNOWN, the better attested first; never what is false."""
    believed = sorted(
        (f for f in findings if f.truth is not Truth.FALSE), key=lambda f: (-f.truth.rank, -len(f.supported_by), f.id)
    )

    def values(kind: str) -> list[str]:
        return list(dict.fromkeys(f.value for f in believed if f.kind == kind and f.value))

    articles = next((int(value) for value in values("articles") if value.isdecimal()), None)
    return TreatyFacts(
        areas=tuple(values("area")),
        articles=articles,
        duration=next(iter(values("duration")), None),
        entry_into_force=next(iter(values("entry-into-force-clause")), None),
    )


def _timeline(acts: tuple[Act, ...], names: Names) -> tuple[TimelineEntry, ...]:
    by_id = {act.id: act for act in acts}
    ordered = sorted(acts, key=lambda a: (a.on.earliest if a.on else date.max, a.on.latest if a.on else date.max, a.id))
    return tuple(
        TimelineEntry(
            number=number,
            act=act,
            title=act_title(act, names),
            mark=_mark(act.factuality),
            overtaken=_overtaken(act, by_id, names),
            contested=act.truth is not Truth.FALSE and bool(act.contradicted_by),
        )
        for number, act in enumerate(ordered, start=1)
    )


def _mark(factuality: Factuality) -> str:
    if factuality is Factuality.DENIED:
        return "struck"
    return "hollow" if factuality.is_unrealised else "solid"


def _overtaken(act: Act, by_id: Mapping[str, Act], names: Names) -> str | None:
    if act.overtaken_by is None:
        return None
    later = by_id.get(act.overtaken_by)
    return act_title(later, names) if later else act.overtaken_by


def _votes(acts: tuple[Act, ...], ladders: tuple[Ladder, ...], names: Names) -> tuple[VoteBox, ...]:
    by_act = {step.act: step for ladder in ladders for step in ladder.steps if step.act}
    return tuple(_vote_box(act, act.vote, by_act.get(act.id), names) for act in acts if act.vote is not None)


def _vote_box(act: Act, vote: Vote, step: LadderStep | None, names: Names) -> VoteBox:
    title = act_title(act, names)
    if step is None:
        return VoteBox(act=act, title=title, vote=vote)
    return VoteBox(act=act, title=title, vote=vote, requirement=step.requirement, met=step.met, source=step.source)


def _topics(claims: tuple[ClaimEntry, ...]) -> tuple[Topic, ...]:
    """Contested topics first, then by how many speak to it; what fits no topic last. Within one: by day, then speaker."""
    ordered = sorted(claims, key=lambda c: (c.about or "", c.on.earliest if c.on else date.max, c.speaker.name, c.id))
    topics = [_topic(about or None, tuple(group)) for about, group in groupby(ordered, key=lambda c: c.about or "")]

    def weight(topic: Topic) -> tuple[bool, bool, int, str]:
        many = len(topic.asserted) + len(topic.denied) + len(topic.read_so)
        return (topic.about is None, not (topic.asserted and topic.denied), -many, topic.about or "")

    return tuple(sorted(topics, key=weight))


def _topic(about: str | None, claims: tuple[ClaimEntry, ...]) -> Topic:
    def with_stance(*stances: Stance) -> tuple[ClaimEntry, ...]:
        return tuple(claim for claim in claims if claim.stance in stances)

    return Topic(
        about=about,
        asserted=with_stance(Stance.ASSERT, Stance.EXPECT),
        denied=with_stance(Stance.DENY, Stance.DOUBT),
        read_so=with_stance(Stance.INTERPRET),
    )


def _awaited(standings: tuple[Standing, ...], acts: tuple[Act, ...]) -> tuple[Awaited, ...]:
    """Each step once, also where several states wait for it; in the order of the standings."""
    by_id = {act.id: act for act in acts}
    steps: dict[tuple[str, str, str | None], NextStep] = {}
    waiting: dict[tuple[str, str, str | None], list[str]] = {}
    for standing, step in _steps(standings):
        key = (step.kind, step.actor, step.state)
        steps.setdefault(key, step)
        waiting.setdefault(key, []).append(standing.state)
    return tuple(
        Awaited(
            step=step,
            waiting=tuple(waiting[key]),
            expected=tuple(by_id[act] for act in step.expected if act in by_id),
        )
        for key, step in steps.items()
    )


def _steps(standings: tuple[Standing, ...]) -> Iterator[tuple[Standing, NextStep]]:
    for standing in standings:
        for step in standing.next_steps:
            yield standing, step
