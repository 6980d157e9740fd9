"""The joint chronology: the days of all documents and acts, solved together, each with the constraints that fix it.

A page's date is a candidate; a weekday, an ordinal or "last June" counts from the document's own unknown day; a procedure has
an order; two reports of one act have one day. Every such constraint has a weight, the least total breach wins, and the
proof names what was used and what was overruled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from foedus.documents.document import DateCandidate, Document
from foedus.register.day_costs import NEAR, DayMention, DayTable, together
from foedus.register.day_search import Found, Precedence, day_costs, is_breach, near_least
from foedus.register.entries import Dated
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Quote
from foedus.terms.proof import Proof, Truth

SLACK = 3.0
"""Days that cost no more than this above the best are still possible."""
TIE = 0.5
"""Dates that cost no more than this above the best are as likely as the best."""
VAGUE = 62
"""A span of as likely dates longer than this dates nothing."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One act should come no later than another, or `lag` days later at most: `says` in words, `by` the rule."""

    before: int
    after: int
    weight: float
    lag: int = 0
    says: str
    by: str


class Overruled(msgspec.Struct, frozen=True, kw_only=True):
    """A document's own date that the rest refutes, and what refutes it."""

    document: str
    candidate: DateCandidate
    likeliest: DateRange
    because: tuple[Proof, ...]


class Chronology(msgspec.Struct, frozen=True, kw_only=True):
    """The solution: act number -> its days, document id -> its days, and the dates that lost."""

    acts: Mapping[int, Dated] = {}
    documents: Mapping[str, Dated] = {}
    overruled: tuple[Overruled, ...] = ()


def solve(
    documents: Sequence[Document], mentions: Sequence[DayMention], orders: Sequence[Order], titles: Mapping[int, str]
) -> Chronology:
    """The days of all documents and of every act that some words date.

    titles   act number -> the act in words, for the proofs
    """
    acts: dict[int, Dated] = {}
    published: dict[str, Dated] = {}
    overruled: list[Overruled] = []
    for some_documents, some_mentions in together(documents, mentions):
        story = _Story(some_documents, some_mentions, orders, titles)
        if story.documents:
            told = story.told()
            acts |= told.acts
            published |= told.documents
            overruled += told.overruled
    return Chronology(acts=acts, documents=published, overruled=tuple(overruled))


class _Story:
    """The problem in numbers, and the way back to words."""

    def __init__(
        self,
        documents: Sequence[Document],
        mentions: Sequence[DayMention],
        orders: Sequence[Order],
        titles: Mapping[int, str],
    ) -> None:
        self.titles = titles
        self.table = DayTable(documents, mentions)
        self.documents, self.days = self.table.documents, self.table.days
        self.mentions, self.acts = self.table.mentions, self.table.acts
        place = {act: i for i, act in enumerate(self.acts)}
        self.place = place
        self.orders = [o for o in orders if o.before in place and o.after in place]
        precedences = [Precedence(place[o.before], place[o.after], o.weight, o.lag) for o in self.orders]
        self.problem = self.table.problem(precedences)

    def told(self) -> Chronology:
        found, near = near_least(self.problem, SLACK)
        choice = found.choice
        published = {d.id: self._published(i, choice) for i, d in enumerate(self.documents)}
        dated = {act: self._act(i, act, found, near[i], published) for i, act in enumerate(self.acts)}
        overruled = tuple(
            Overruled(document=d.id, candidate=c, likeliest=published[d.id][0], because=self._refutation(d, c, choice))
            for d in self.documents
            for c in d.published
            if not c.on & published[d.id][0]
        )
        documents = {d.id: self._document(i, d, published, choice) for i, d in enumerate(self.documents)}
        by_id = {d.id: d for d in self.documents}
        return Chronology(
            acts={act: its for act, its in dated.items() if its is not None},
            documents={
                id_: its
                for id_, its in documents.items()
                if (its.likeliest.earliest - its.possible.earliest).days <= VAGUE or says_so(by_id[id_], its.likeliest)
            },
            overruled=overruled,
        )

    def _published(self, i: int, choice: Sequence[int]) -> tuple[DateRange, DateRange]:
        """The likeliest day of a document, and the range of days that stay possible.

        Of days that cost the same the first is likeliest on which everything that it tells as happened has happened.
        """
        costs = day_costs(self.problem, i, choice)
        best = min(costs)
        near = [d for d, cost in zip(self.days[i], costs, strict=True) if cost < best + SLACK]
        first = next(d for d, cost in zip(self.days[i], costs, strict=True) if cost <= best + 1e-9)
        is_open = near[-1] == self.table.last_days[i]
        latest = date.max if is_open else date.fromordinal(near[-1])
        return DateRange.of(date.fromordinal(first)), DateRange(date.fromordinal(near[0]), latest)

    def _act(
        self,
        i: int,
        act: int,
        found: Found,
        near: Mapping[int, float],
        published: Mapping[str, tuple[DateRange, DateRange]],
    ) -> Dated | None:
        """The days of an act; None where dates far apart are equally likely."""
        values = self.problem.values[i]
        ties = [values[v] for v, cost in near.items() if cost <= found.cost + TIE]
        likeliest, whole = _hull(ties), _hull([values[v] for v in near])
        if len(likeliest) > VAGUE:
            return None
        says = f"{self.titles.get(act, 'the act')}: {likeliest.edtf}"
        because = [
            self._word_proof(m, likeliest, published[m.document][0].earliest) for m in self.mentions if m.act == act
        ]
        because += self._order_proofs(act, found.choice)
        witnesses = sorted({m.document for m in self.mentions if m.act == act and m.timex is not None})
        if len(witnesses) > 1:
            because.append(self._same_act(act, witnesses))
        proof = Proof(says=says, truth=Truth.TRUE, by="joint chronology", because=tuple(because))
        return Dated(likeliest=likeliest, possible=whole, proof=proof)

    def _word_proof(self, m: DayMention, value: DateRange, day: date) -> Proof:
        name = next(d.name for d in self.documents if d.id == m.document)
        if m.timex is None:
            says = f"{name}, published {day}, tells it as happened"
            return Proof(says=says, truth=Truth.TRUE, by="tense", quotes=(m.words,))
        readings = self.table.read(m, day)
        fits = any(r & value for r in readings)
        meant = " or ".join(r.edtf for r in readings) or "no day that can be told"
        says = f'{name}, published {day}: "{m.timex.words}" can mean {meant}'
        if m.is_report_time and readings and value.latest < readings[0].earliest:
            fits, says = True, f"{says}, when it was told; the act lies before"
        quote = m.words
        if m.timex.end > m.timex.start:
            quote = Quote(m.document, m.timex.start, m.timex.end, m.timex.words)
        return Proof(
            says=says if fits else f"overruled: {says}",
            truth=Truth.TRUE,
            by=f"time expression: {m.timex.rule}",
            quotes=(quote,),
        )

    def _order_proofs(self, act: int, choice: Sequence[int]) -> list[Proof]:
        value = {a: self.problem.values[i][choice[i]] for i, a in enumerate(self.acts)}
        return [
            Proof(
                says=f"{'overruled: ' * is_breach(value[o.before], value[o.after], o.lag)}{o.says} "
                f"({value[o.before].edtf}, {value[o.after].edtf})",
                truth=Truth.TRUE,
                by=o.by,
            )
            for o in self.orders
            if act in (o.before, o.after)
        ]

    def _same_act(self, act: int, witnesses: Sequence[str]) -> Proof:
        names = [d.name for d in self.documents if d.id in witnesses]
        quotes = tuple({m.document: m.words for m in self.mentions if m.act == act}.values())
        return Proof(
            says=f"{' and '.join(names)} tell of the same act, which has one day",
            truth=Truth.TRUE,
            by="the other reports",
            quotes=quotes,
        )

    def _document(
        self, i: int, document: Document, published: Mapping[str, tuple[DateRange, DateRange]], choice: Sequence[int]
    ) -> Dated:
        likeliest, range_ = published[document.id]
        because = [
            Proof(
                says=f"{'' if c.on & likeliest else 'overruled: '}its {c.basis} date is {c.on.edtf}",
                truth=Truth.TRUE,
                by=f"{c.basis} date",
                quotes=(c.quote,) if c.quote else (),
            )
            for c in document.published
        ]
        for m in self.mentions:
            if m.document == document.id:
                value = self.problem.values[self.place[m.act]][choice[self.place[m.act]]]
                proof = self._word_proof(m, value, likeliest.earliest)
                because.append(
                    msgspec.structs.replace(
                        proof, says=f"{proof.says}; {self.titles.get(m.act, 'the act')}: {value.edtf}"
                    )
                )
        says = f"{document.name} was published on {likeliest.edtf}, likeliest; {range_.edtf} is possible"
        proof = Proof(says=says, truth=Truth.TRUE, by="joint chronology", because=tuple(because))
        return Dated(likeliest=likeliest, possible=range_, proof=proof)

    def _refutation(self, document: Document, candidate: DateCandidate, choice: Sequence[int]) -> tuple[Proof, ...]:
        """The constraints that a refuted date would break."""
        day, broken = candidate.on.latest, []
        for m in self.mentions:
            place = self.place[m.act]
            value = self.problem.values[place][choice[place]]
            if m.document == document.id and self.table.cost(m, value, day) >= NEAR:
                meant = " or ".join(r.edtf for r in self.table.read(m, day))
                words = m.timex.words if m.timex else m.words.exact
                says = f'on {day}, "{words}" would mean {meant or "a day after it"}, but {self.titles.get(m.act, "the act")} is dated {value.edtf}'
                broken.append(Proof(says=says, truth=Truth.TRUE, by="time expression", quotes=(m.words,)))
                broken += [
                    p
                    for n in self.mentions
                    if n.act == m.act and n.document != document.id
                    for p in [self._word_proof(n, value, self._day(n, choice))]
                ]
                broken += self._order_proofs(m.act, choice)
        return tuple(broken)

    def _day(self, m: DayMention, choice: Sequence[int]) -> date:
        return self._published(next(i for i, d in enumerate(self.documents) if d.id == m.document), choice)[0].earliest


def says_so(document: Document, day: DateRange) -> bool:
    """Whether some date of the document's own, be it a page's, is that day."""
    return any(c.on == day for c in document.published)


def _hull(ranges: Sequence[DateRange]) -> DateRange:
    return DateRange(min(r.earliest for r in ranges), max(r.latest for r in ranges))
