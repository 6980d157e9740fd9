"""From statements to the register: which treaty, which act, which day, who agrees and who does not.

Reading order changes nothing: everything is sorted by content before it is joined. What was known on day K is the register
of the documents published by K, dated from those documents alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from foedus.documents.document import Basis, Document
from foedus.documents.time_resolution import possible
from foedus.reference.clauses import ForceClause
from foedus.reference.packs import Reference
from foedus.register import corroboration as weigh
from foedus.register.act_wording import act_in_words, official
from foedus.register.chronology import Chronology, Overruled, says_so, solve
from foedus.register.claim_matching import claims_of
from foedus.register.copies import among
from foedus.register.coreference import Cluster, Told, clusters_of
from foedus.register.day_costs import DayMention
from foedus.register.entries import Act, ClaimEntry, Dated, Finding, Publication, Register, Ruling
from foedus.register.identity import TreatyKey, free_id, grouped, key_of, keys_of, numbered, treaty_of
from foedus.register.intervals import intervals_of
from foedus.register.order_of_acts import orders_of
from foedus.register.own_records import records_among
from foedus.register.provision_findings import clause_told, findings_of
from foedus.register.rulings import Rulings, ruled
from foedus.register.shelves import Shelf
from foedus.register.word_costs import is_bound
from foedus.statements.statement import ActMention, Claim, Statement
from foedus.terms.acts import Kind
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.dates import Anchor, DateRange, Timex
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Issue, Proof, Truth
from foedus.terms.treaties import Treaty


def reconcile(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    reference: Reference,
    rulings: Sequence[Ruling] = (),
    known: date | None = None,
    copies: Mapping[str, str] | None = None,
) -> Register:
    """The register of some documents' statements.

    documents  at least those that the statements are from, with their candidates for the day of publication
    known      only documents published by this day count (by the likeliest day on all evidence); None: all
    copies     id of a document -> id of the one that it repeats: a copy is no witness of its own
    """
    all_documents = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    held, together = ruled(statements, rulings)
    whole = _Reconciliation(
        all_documents, held, reference, together, among(copies or {}, [d.id for d in all_documents])
    )
    if known is None:
        return whole.register(None, ())
    silent = tuple(d.id for d in all_documents if not _is_known(whole.chronology.documents.get(d.id), known))
    heard = [d for d in all_documents if d.id not in silent]
    by_then = [s for s in held if s.document not in silent]
    then = among(copies or {}, [d.id for d in heard])
    return _Reconciliation(heard, by_then, reference, together, then).register(known, silent)


def reconcile_shelf(
    shelf: Shelf,
    statements: Iterable[Statement],
    documents: Iterable[Document],
    reference: Reference,
    rulings: Sequence[Ruling] = (),
    copies: Mapping[str, str] | None = None,
    called: Mapping[str, str] | None = None,
) -> tuple[Register, tuple[str, ...]]:
    """The register of one shelf, and the ids of the treaties that it answers for.

    Treaties of other shelves that its documents tell of are called as their own documents would have them, so far as
    these tell, so that their acts have the same ids here and there.

    statements, documents  the shelf's
    called                 id that a treaty of its own would have -> the id that it has instead
    """
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    held, together = ruled(statements, rulings)
    mine = among(copies or {}, [d.id for d in ordered])
    whole = _Reconciliation(ordered, held, reference, together, mine, shelf, called)
    own = tuple(sorted(treaty.id for number, treaty in whole.treaties.items() if number in shelf.own))
    return whole.register(None, ()), own


SURE = 62
"""A report whose possible days lie within so many counts as dated when mentions are told apart."""


def _is_sure(dated: Dated) -> bool:
    return max((dated.likeliest.earliest - dated.possible.earliest).days, 0) <= SURE


def _shares(clusters: Iterable[Cluster]) -> list[tuple[list[str], list[str]]]:
    """Which statements tell of which act: what two gatherings are compared by."""
    return sorted((sorted(s.id for s in c.statements), sorted(c.states)) for c in clusters)


def _is_known(dated: Dated | None, known: date) -> bool:
    return dated is not None and dated.likeliest.latest <= known


class _Reconciliation:
    """One pass over one set of documents; every attribute is a stage that later ones rest on."""

    def __init__(
        self,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        reference: Reference,
        together: Rulings,
        copies: Mapping[str, str],
        shelf: Shelf | None = None,
        called: Mapping[str, str] | None = None,
    ) -> None:
        self.documents, self.reference, self.copies = documents, reference, copies
        self.names = {d.id: d.name for d in documents}
        self.statements = sorted(statements, key=lambda s: s.id)
        self.records = records_among(self.statements, documents)
        self.groups = shelf.groups if shelf else grouped(keys_of(self.statements, reference))
        self.by_treaty = self._by_treaty()
        self.bilateral = {n: parties for n, members in self.by_treaty.items() if (parties := _two_parties(members))}
        acts = [(n, s) for n, members in self.by_treaty.items() for s in members if isinstance(s.content, ActMention)]
        self.open = self._open_to_many()
        self._gather(clusters_of(acts, self.bilateral, together.same, together.apart, open_=self.open))
        again = clusters_of(acts, self.bilateral, together.same, together.apart, self._told(acts), self.open)
        if _shares(again) != _shares(self.clusters.values()):
            self._gather(again)
        self.treaties = self._treaties(shelf.own if shelf else frozenset(self.by_treaty), called or {})

    def _by_treaty(self) -> dict[int, list[Statement]]:
        keys: dict[str, dict[str, TreatyKey]] = defaultdict(dict)
        for s in self.statements:
            if s.treaty:
                keys[s.document][s.id] = key_of(s, self.reference)
        meant = {document: numbered(told.values(), self.groups) for document, told in keys.items()}
        members: dict[int, list[Statement]] = defaultdict(list)
        for s in self.statements:
            number = meant[s.document].get(keys[s.document][s.id]) if s.treaty else None
            if number is not None:
                members[number].append(s)
        return dict(members)

    def _open_to_many(self) -> frozenset[int]:
        """The numbers of treaties that are recorded as open to more than two."""
        recorded = {record.id for record in self.reference.series if not record.bilateral}
        return frozenset(n for key, numbers in self.groups.items() if key.id in recorded for n in numbers)

    def _gather(self, clusters: Sequence[Cluster]) -> None:
        """Takes these as the acts, and solves all days."""
        self.clusters = dict(enumerate(clusters))
        for cluster in clusters:
            cluster.actor = official(cluster.actor, self.reference)
        self.titles = {i: act_in_words(c, self.reference) for i, c in self.clusters.items()}
        self.chronology = self._chronology()

    def _told(self, acts: Sequence[tuple[int, Statement]]) -> dict[str, Told]:
        """What each mention says of its day, now that the days of all reports are solved together."""
        told, by_id = {}, {d.id: d for d in self.documents}
        for _, s in acts:
            act, dated = weigh.act_of(s), self.chronology.documents.get(s.document)
            is_sure = dated and (_is_sure(dated) or says_so(by_id[s.document], dated.likeliest))
            published = dated.likeliest if dated and is_sure else None
            on = act.date if published is None else self._read(s.document, act.timex, act.context, act.tense)
            told[s.id] = Told(None if act.is_report_time or is_bound(act.timex) else on, published)
        return told

    def _chronology(self) -> Chronology:
        happened = {i: c for i, c in self.clusters.items() if c.key.factuality == Factuality.HAPPENED}
        mentions = [
            DayMention(
                statement=s.id,
                document=s.document,
                act=i,
                treaty=c.key.treaty,
                timex=act.timex,
                context=act.context,
                tense=act.tense,
                is_report_time=act.is_report_time,
                words=s.quote,
                record=self.records[s.id].words if s.id in self.records else None,
            )
            for i, c in happened.items()
            for s in c.statements
            for act in [weigh.act_of(s)]
            if s.document not in self.copies
        ]
        orders = orders_of(happened, self.titles, self.reference)
        return solve(
            self.documents, mentions, orders, self.titles, intervals_of(happened, self.titles, self._clauses())
        )

    def _clauses(self) -> dict[int, ForceClause]:
        """Treaty number -> its entry-into-force clause: the recorded one, else what most reports say."""
        recorded = {record.id: record.force_clause for record in self.reference.series}
        ids = {number: key.id for key, numbers in self.groups.items() if key.id for number in numbers}
        found = {}
        for number, members in self.by_treaty.items():
            clause = recorded.get(ids.get(number, "")) or clause_told(members)
            if clause is not None:
                found[number] = clause
        return found

    def _treaties(self, own: Collection[int], called: Mapping[str, str]) -> dict[int, Treaty]:
        """A treaty a group, with ids that differ; the shelf's own have the first choice, and are called as they must be."""
        treaties: dict[int, Treaty] = {}
        chosen: set[str] = set()
        taken = set(called.values())
        years = self._years()
        recorded = {number: key.id for key, numbers in self.groups.items() if key.id for number in numbers}
        pairs = {n: key.parties for key, numbers in self.groups.items() if len(key.parties) == 2 for n in numbers}
        for number, members in sorted(self.by_treaty.items(), key=lambda row: (row[0] not in own, row[0])):
            mentions = [(s.document, s.treaty) for s in members if s.treaty]
            signed = pairs.get(number, ()) if _is_signed_by(pairs.get(number), members) else ()
            treaty = treaty_of(recorded.get(number, ""), mentions, years.get(number), self.reference, signed)
            id_ = free_id(treaty.id, chosen if number in own else taken)
            chosen.add(id_)
            id_ = called.get(id_, id_) if number in own else id_
            taken.add(id_)
            treaties[number] = msgspec.structs.replace(treaty, id=id_)
        return treaties

    def _years(self) -> dict[int, int]:
        """Treaty number -> the year of signature or else adoption, where the acts date it."""
        years: dict[int, int] = {}
        for kind in (Kind.SIGN, Kind.ADOPT):
            for i, c in self.clusters.items():
                dated = self.chronology.acts.get(i)
                if c.key.kind is kind and dated:
                    years.setdefault(c.key.treaty, dated.likeliest.earliest.year)
        return years

    def register(self, known: date | None, silent: tuple[str, ...]) -> Register:
        acts, issues = self._acts()
        findings: list[Finding] = []
        claims: list[ClaimEntry] = []
        for number, members in sorted(self.by_treaty.items()):
            treaty = self.treaties[number].id
            found, differ = findings_of(treaty, members, self.reference)
            said, contradict = claims_of(
                treaty,
                [s for s in members if isinstance(s.content, Claim)],
                self._said_on,
                self.reference.opposed_topics,
            )
            findings += found
            claims += said
            issues += [*differ, *contradict]
        issues = [_sentence(i) for i in issues]
        issues += [_refuted(o, self.names) for o in self.chronology.overruled]
        return Register(
            treaties=tuple(sorted(self.treaties.values(), key=lambda t: t.id)),
            acts=tuple(sorted(acts, key=_act_order)),
            findings=tuple(findings),
            claims=tuple(claims),
            documents=tuple(self._publication(d) for d in self.documents),
            issues=tuple(dict.fromkeys(issues)),
            known=known,
            silent=silent,
        )

    def _acts(self) -> tuple[list[Act], list[Issue]]:
        acts: list[Act] = []
        issues: list[Issue] = []
        taken: set[str] = set()
        for i, cluster in self.clusters.items():
            act = self._act(i, cluster, taken)
            votes = weigh.vote_issues(act.id, self.titles[i], self._witnesses(cluster.statements), self.records)
            acts.append(weigh.with_reasons(act, [issue.proof for issue in votes if issue.proof]))
            issues += votes
            issues += weigh.naming_issues(act.id, self.titles[i], cluster)
            issues += weigh.date_issues(act, self.titles[i])
        acts, more = weigh.linked(acts, {s.id: day for s in self.statements if (day := self._day_of(s))}, self.records)
        return acts, issues + more

    def _act(self, i: int, cluster: Cluster, taken: set[str]) -> Act:
        statements = sorted(cluster.statements, key=lambda s: (s.document, s.quote.start, s.id))
        mentions = [weigh.act_of(s) for s in statements]
        factuality = weigh.strongest(statements)
        dated = self.chronology.acts.get(i) or self._dated_alone(cluster)
        says = self.titles[i] + (f" on {dated.likeliest.edtf}" if dated else "")
        treaty = self.treaties[cluster.key.treaty]
        id_ = _act_id(treaty.id, cluster, taken)
        states = tuple(sorted(cluster.states))
        if treaty.bilateral and cluster.key.kind in _BOTH and cluster.states < {*treaty.parties}:
            states = treaty.parties
        return Act(
            id=id_,
            kind=cluster.key.kind,
            level=cluster.key.kind.level,
            treaty=treaty.id,
            measure=cluster.key.measure,
            states=states,
            actor=_actor(cluster.actor, states),
            agents=_agents(mentions, cluster.actor),
            on=dated.likeliest if dated else None,
            dated=dated,
            factuality=factuality,
            truth=weigh.truth_of(factuality),
            vote=weigh.vote_of(self._witnesses(statements), self.records),
            place=next((m.place for m in mentions if m.place), None),
            stage=cluster.key.stage,
            instrument=next((m.instrument for m in mentions if m.instrument), None),
            definitive=any(m.definitive for m in mentions),
            against=tuple(sorted({state for m in mentions for state in m.against})),
            reported_first=self._reported_first(statements),
            supported_by=tuple(s.id for s in statements),
            quotes=tuple(s.quote for s in statements),
            proof=weigh.act_proof(
                says, statements, self.names, self.records, self.copies, dated.proof if dated else None
            ),
        )

    def _witnesses(self, statements: Sequence[Statement]) -> Sequence[Statement]:
        """The statements without those that only repeat others."""
        return [s for s in statements if s.document not in self.copies] or statements

    def _reported_first(self, statements: Sequence[Statement]) -> date | None:
        return min((day for s in statements if (day := self._day_of(s))), default=None)

    def _day_of(self, statement: Statement) -> date | None:
        """The day on which its report was published, likeliest."""
        dated = self.chronology.documents.get(statement.document)
        return dated.likeliest.earliest if dated else None

    def _dated_alone(self, cluster: Cluster) -> Dated | None:
        """The days of an expectation or denial, counted from its report's own day."""
        told = [
            (s, self._read(s.document, act.timex, act.context, act.tense))
            for s in cluster.statements
            for act in [weigh.act_of(s)]
        ]
        found = [(s, day) for s, day in told if day is not None]
        if not found:
            return None
        statement, day = min(found, key=lambda row: (len(row[1]), row[1]))
        words = weigh.act_of(statement).timex
        says = f'{self.names[statement.document]}: "{words.words if words else ""}" means {day.edtf}'
        proof = Proof(
            says=says, truth=Truth.TRUE, by=f"time expression: {words.rule if words else ''}", quotes=(statement.quote,)
        )
        return Dated(likeliest=day, possible=day, proof=proof)

    def _read(self, document: str, timex: Timex | None, context: Timex | None, tense: str | None) -> DateRange | None:
        dated = self.chronology.documents.get(document)
        if timex is None or (dated is None and timex.anchor is not Anchor.NONE):
            return None
        day = dated.likeliest.earliest if dated else date.min
        around = self._read(document, context, None, tense) if context else None
        return next(iter(possible(timex, day, around, tense)), None)

    def _said_on(self, statement: Statement) -> DateRange | None:
        claim = statement.content
        if not isinstance(claim, Claim):
            return None
        return self._read(statement.document, claim.timex, claim.context, "past")

    def _publication(self, document: Document) -> Publication:
        dated = self.chronology.documents.get(document.id)
        agrees = next(
            (c.basis for c in document.published if dated and c.on & dated.likeliest and len(c.on) < 32), None
        )
        return Publication(
            id=document.id,
            name=document.name,
            publisher=document.publisher,
            class_=document.class_,
            title=document.title,
            url=document.url,
            published=dated,
            published_basis=(agrees or Basis.INFERRED) if dated else None,
            copy_of=self.copies.get(document.id),
        )


_BOTH = frozenset({Kind.SIGN, Kind.EXCHANGE, Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXPIRE})
"""Acts that the two parties of a bilateral treaty can only do together."""


def _agents(mentions: Sequence[ActMention], actor: Agent | None) -> tuple[Agent, ...]:
    """The organ that acts, and every person who acts by name, each once."""
    people = [a for m in mentions for a in (*m.agents, *([m.actor] if m.actor else [])) if a.kind in _PEOPLE]
    fullest = {a.name.split()[-1]: a for a in sorted(people, key=lambda a: (a.role is not None, len(a.name), a.name))}
    organ = (
        [actor] if actor and actor.kind not in _PEOPLE and actor.kind not in (BodyKind.STATE, BodyKind.OTHER) else []
    )
    return (*organ, *(fullest[name] for name in sorted(fullest)))


_PEOPLE = frozenset({BodyKind.PERSON, BodyKind.HEAD_OF_STATE, BodyKind.HEAD_OF_GOVERNMENT})


def _sentence(issue: Issue) -> Issue:
    """The issue as a sentence with a capital."""
    return msgspec.structs.replace(issue, says=issue.says[:1].upper() + issue.says[1:])


def _actor(actor: Agent | None, states: Sequence[str]) -> Agent | None:
    """Who acts; a state is the actor of what it does alone, not of what others do with it."""
    is_other = actor is not None and actor.kind is BodyKind.STATE and actor.states and set(actor.states) != set(states)
    return None if is_other else actor


def _two_parties(members: Sequence[Statement]) -> frozenset[str]:
    """The parties, where the reports name two and never a third; else none."""
    parties = frozenset(p for s in members if s.treaty for p in s.treaty.parties)
    return parties if len(parties) == 2 else frozenset()


def _act_order(act: Act) -> tuple[str, date, str]:
    return (act.treaty, act.on.earliest if act.on else date.max, act.id)


def _act_id(treaty: str, cluster: Cluster, taken: set[str]) -> str:
    """The same for the same act whatever else is known; acts that look alike are told apart by their first statement."""
    body = (cluster.actor.body or str(cluster.actor.kind)) if cluster.actor else ""
    key = cluster.key
    look = f"{treaty}:{key.kind}:{key.measure}:{key.stage}:{key.factuality}:{'+'.join(sorted(cluster.states))}:{body}"
    id_ = "a_" + hashlib.sha256(look.encode()).hexdigest()[:16]
    if id_ in taken:
        first = min(s.id for s in cluster.statements)
        id_ = "a_" + hashlib.sha256(f"{look}:{first}".encode()).hexdigest()[:16]
    taken.add(id_)
    return id_


def _is_signed_by(pair: tuple[str, ...] | None, members: Iterable[Statement]) -> bool:
    """Whether two states are said to have signed a treaty together, and nobody else to do anything under it."""
    acts = [s.content for s in members if isinstance(s.content, ActMention)]
    together = any(act.kind is Kind.SIGN and tuple(sorted(act.states)) == pair for act in acts)
    return together and all(set(act.states) <= set(pair or ()) for act in acts)


def _refuted(overruled: Overruled, names: Mapping[str, str]) -> Issue:
    candidate = overruled.candidate
    words = f' "{candidate.quote.exact}"' if candidate.quote else ""
    name = names[overruled.document]
    reasons = "; ".join(dict.fromkeys(p.says for p in overruled.because)) or "no constraint agrees with it"
    says = f"{name}: its {candidate.basis} date{words} ({candidate.on.edtf}) is refuted, it was published about {overruled.likeliest.edtf}: {reasons}"
    quotes = tuple(
        dict.fromkeys(
            [*([candidate.quote] if candidate.quote else []), *(q for p in overruled.because for q in p.quotes)]
        )
    )
    proof = Proof(says=says, truth=Truth.TRUE, by="joint chronology", because=overruled.because)
    return Issue(kind="date-refuted", says=says, quotes=quotes, about=(overruled.document,), proof=proof)
