"""The joint chronology: the days of all documents and acts, solved together, each with the constraints that fix it.

A page's date is a candidate; a weekday, an ordinal or "last June" counts from the document's own unknown day; a procedure has
an order; two reports of one act have one day. Every such constraint has a weight, the least total breach wins, and the
proof names what was used and what was overruled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from foedus.documents.document import DateCandidate, Document
from foedus.register.day_costs import DayCosts, DayMention, DayTable
from foedus.register.day_search import Precedence, day_costs, is_breach, near_least
from foedus.register.entries import Dated
from foedus.register.intervals import Interval
from foedus.register.stories import Story, stories_of
from foedus.register.word_costs import NEAR
from foedus.terms.dates import Anchor, DateRange
from foedus.terms.evidence import Quote
from foedus.terms.proof import Proof, Truth

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

SLACK = 3.0
"""Days that cost no more than this above the best are still possible."""
TIE = 0.5
"""Dates that cost no more than this above the best are as likely as the best."""
VAGUE = 62
"""A span of as likely dates longer than this dates nothing."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One act should come no later than another, or `lag` days later at most: `says` in words, `by` the rule.

    is_silent   told in proofs only where it is overruled: the other end of an interval that is told already
    """

    before: int
    after: int
    weight: float
    lag: int = 0
    is_silent: bool = False
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
    documents: Sequence[Document],
    mentions: Sequence[DayMention],
    orders: Sequence[Order],
    titles: Mapping[int, str],
    intervals: Sequence[Interval] = (),
) -> Chronology:
    """The days of all documents and of every act that some words, or an interval from another act, date.

    titles   act number -> the act in words, for the proofs
    """
    held = {d.id: d for d in documents}
    in_document = grouped((m for m in mentions if m.document in held), lambda m: m.document)
    by_act = grouped([*orders, *(o for each in intervals for o in _ends(each))], lambda o: o.before)
    lasting = grouped(intervals, lambda each: each.first)
    stories = stories_of({id_: [m.treaty for m in in_document.get(id_, ())] for id_ in held})

    def joint(story: Story, settled: Mapping[str, DayCosts]) -> _Joint:
        told = [m for d in story.documents for m in in_document.get(d, ())]
        told += [m for d in story.guests for m in in_document[d] if m.treaty in story.treaties]
        return _Joint([held[d] for d in (*story.documents, *story.guests)], told, by_act, lasting, titles, settled)

    visiting = {d for story in stories for d in story.guests}
    at_home = {
        story: joint(Story(story.treaties, story.documents), {}) for story in stories if visiting & {*story.documents}
    }
    settled = {d: costs for its in at_home.values() for d, costs in its.day_costs().items() if d in visiting}
    solved = [
        (at_home[story] if story in at_home and not story.guests else joint(story, settled)).told(story)
        for story in stories
    ]
    return Chronology(
        acts={act: its for part in solved for act, its in part.acts.items()},
        documents={id_: its for part in solved for id_, its in part.documents.items()},
        overruled=tuple(o for part in solved for o in part.overruled),
    )


def _ends(each: Interval) -> Iterator[Order]:
    """An interval as two orders: not before its least days have passed, and not after its most."""
    yield Order(before=each.first, after=each.then, weight=each.weight, lag=-each.least, says=each.says, by=each.by)
    if not each.at_least:
        late = Order(before=each.then, after=each.first, weight=each.weight, lag=each.most, says=each.says, by=each.by)
        yield msgspec.structs.replace(late, is_silent=True)


def grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The things by key, each list in the order in which they came."""
    by_key: dict[K, list[T]] = defaultdict(list)
    for thing in things:
        by_key[key(thing)].append(thing)
    return dict(by_key)


class _Joint:
    """The problem of one story in numbers, and the way back to words."""

    def __init__(
        self,
        documents: Sequence[Document],
        mentions: Sequence[DayMention],
        orders: Mapping[int, Sequence[Order]],
        intervals: Mapping[int, Sequence[Interval]],
        titles: Mapping[int, str],
        settled: Mapping[str, DayCosts],
    ) -> None:
        self.titles = titles
        mine = [each for act in sorted({m.act for m in mentions}) for each in intervals.get(act, ())]
        self.table = DayTable(documents, mentions, settled, mine)
        self.documents, self.days, self.acts = self.table.documents, self.table.days, self.table.acts
        self.names = {d.id: d.name for d in self.documents}
        self.of_act = grouped(self.table.mentions, lambda m: m.act)
        self.in_document = grouped(self.table.mentions, lambda m: m.document)
        place = {act: i for i, act in enumerate(self.acts)}
        held = [o for act in self.acts for o in orders.get(act, ()) if o.after in place]
        self.orders = grouped([(act, o) for o in held for act in (o.before, o.after)], lambda pair: pair[0])
        precedences = [Precedence(place[o.before], place[o.after], o.weight, o.lag) for o in held]
        self.problem = self.table.problem(precedences)
        found, self.near = near_least(self.problem, SLACK)
        self.value = {act: self.problem.values[i][found.choice[i]] for act, i in place.items()}
        self.costs = day_costs(self.problem, found.choice)
        self.published = {d.id: self._published(i, self.costs[i]) for i, d in enumerate(self.documents)}
        self.written = {id_: likeliest.earliest for id_, (likeliest, _) in self.published.items()}

    def day_costs(self) -> dict[str, DayCosts]:
        """What each day of each document costs, once the acts are decided."""
        return {d.id: DayCosts(self.days[i], self.costs[i]) for i, d in enumerate(self.documents)}

    def told(self, story: Story) -> Chronology:
        """The days of the story's own acts and documents, with their proofs."""
        mine, at_home = {*story.treaties}, {*story.documents}
        own = [d for d in self.documents if d.id in at_home]
        dated = {
            act: self._act(act, i) for i, act in enumerate(self.acts) if any(m.treaty in mine for m in self.of_act[act])
        }
        overruled = tuple(
            Overruled(document=d.id, candidate=c, likeliest=day, because=self._refutation(d, c))
            for d in own
            for day, _ in [self.published[d.id]]
            for c in d.published
            if not c.on & day
        )
        documents = {d.id: (d, self._document(d, *self.published[d.id])) for d in own}
        open_ = self._open(dated)
        return Chronology(
            acts={act: its for act, its in dated.items() if its is not None},
            documents={
                id_: its
                for id_, (document, its) in documents.items()
                if self._is_told(document)
                and (_reach(its, is_open=id_ in open_) <= VAGUE or says_so(document, its.likeliest))
            },
            overruled=overruled,
        )

    def _open(self, dated: Mapping[int, Dated | None]) -> set[str]:
        """The documents whose day stays open: words that count from it date an act nowhere."""
        refused = (m for act, its in dated.items() if its is None for m in self.of_act[act])
        return {m.document for m in refused if m.timex is not None and m.timex.anchor is not Anchor.NONE}

    def _is_told(self, document: Document) -> bool:
        """Whether anything tells the document's day: a date of its own, or an act that its words date."""
        return bool(document.published or document.dateline or self.in_document.get(document.id))

    def _published(self, i: int, costs: Sequence[float]) -> tuple[DateRange, DateRange]:
        """The likeliest day of a document, and the range of days that stay possible.

        Of days that cost the same the first is likeliest on which everything that it tells as happened has happened.
        """
        best = min(costs)
        decided = (d for d, cost in zip(self.days[i], costs, strict=True) if cost < best + SLACK)
        near = sorted({*decided, *(self.days[i][n] for n in self.near.days(i, SLACK))})
        first = next(d for d, cost in zip(self.days[i], costs, strict=True) if cost <= best + 1e-9)
        is_open = near[-1] == self.table.last_days[i]
        latest = date.max if is_open else date.fromordinal(near[-1])
        return DateRange.of(date.fromordinal(first)), DateRange(date.fromordinal(near[0]), latest)

    def _act(self, act: int, i: int) -> Dated | None:
        """The days of an act; None where dates far apart are equally likely, or would be, were later days tried."""
        likeliest, _ = self.near.hull(i, TIE, enough=VAGUE)
        if len(likeliest) > VAGUE or self._runs_on(act, likeliest):
            return None
        whole, is_exact = self.near.hull(i, SLACK)
        says = f"{self.titles.get(act, 'the act')}: {likeliest.edtf}"
        mine = self.of_act[act]
        because = [self._word_proof(m, likeliest, self.written[m.document]) for m in mine]
        because += self._order_proofs(act)
        witnesses = {m.document for m in mine if m.timex is not None}
        if len(witnesses) > 1:
            because.append(self._same_act(mine, sorted(witnesses)))
        proof = Proof(says=says, truth=Truth.TRUE, by="joint chronology", because=tuple(because))
        return Dated(likeliest=likeliest, possible=whole, is_exact=is_exact, proof=proof)

    def _runs_on(self, act: int, likeliest: DateRange) -> bool:
        """Whether an act would lie later if its reports did, which nothing bounds, were they not tried up to some day only."""
        mentions = [m for m in self.of_act[act] if m.timex is not None]
        return bool(mentions) and all(self._moves_on(m, likeliest) for m in mentions)

    def _moves_on(self, m: DayMention, likeliest: DateRange) -> bool:
        i = self.table.number[m.document]
        days = [self.days[i][n] for n in self.near.days(i, TIE)]
        if not days or days[-1] != self.table.last_days[i]:
            return False
        meant = {readings[0] for day in days if (readings := self.table.read(m, date.fromordinal(day)))}
        last = self.table.read(m, date.fromordinal(days[-1]))
        return bool(last and last[0] & likeliest) and sum(bool(days & likeliest) for days in meant) > 1

    def _word_proof(self, m: DayMention, value: DateRange, day: date) -> Proof:
        name = self.names[m.document]
        if m.timex is None:
            says = f"{name}, published {day}, tells it as happened"
            return Proof(says=says, truth=Truth.TRUE, by="tense", quotes=(m.words,))
        readings = self.table.read(m, day)
        fits = not readings or any(r & value for r in readings)
        meant = " or ".join(r.edtf for r in readings) or "no day that can be told"
        record = f" ({m.record})" if m.record else ""
        weighs = f"; it outweighs up to {m.weight:.0f} reports" if m.weight > 1 else ""
        says = f'{name}{record}, published {day}: "{m.timex.words}" can mean {meant}{weighs}'
        if m.is_report_time and readings and value.latest < readings[0].earliest:
            fits, says = True, f"{says}, when it was told; the act lies before"
        quote = m.words
        if m.timex.end > m.timex.start:
            quote = Quote(m.document, m.timex.start, m.timex.end, m.timex.words, m.words.page)
        return Proof(
            says=says if fits else f"overruled: {says}",
            truth=Truth.TRUE,
            by=f"time expression: {m.timex.rule}",
            quotes=(quote,),
        )

    def _order_proofs(self, act: int) -> list[Proof]:
        return [
            Proof(
                says=f"{'overruled: ' * is_breach(self.value[o.before], self.value[o.after], o.lag)}{o.says} "
                f"({self.value[o.before].edtf}, {self.value[o.after].edtf})",
                truth=Truth.TRUE,
                by=o.by,
            )
            for _, o in self.orders.get(act, ())
            if not o.is_silent or is_breach(self.value[o.before], self.value[o.after], o.lag)
        ]

    def _same_act(self, mentions: Sequence[DayMention], witnesses: Sequence[str]) -> Proof:
        names = [self.names[w] for w in witnesses]
        quotes = tuple({m.document: m.words for m in mentions}.values())
        return Proof(
            says=f"{' and '.join(names)} tell of the same act, which has one day",
            truth=Truth.TRUE,
            by="the other reports",
            quotes=quotes,
        )

    def _document(self, document: Document, likeliest: DateRange, range_: DateRange) -> Dated:
        because = [
            Proof(
                says=f"{'' if c.on & likeliest else 'overruled: '}its {c.basis} date is {c.on.edtf}",
                truth=Truth.TRUE,
                by=f"{c.basis} date",
                quotes=(c.quote,) if c.quote else (),
            )
            for c in document.published
        ]
        for m in self.in_document.get(document.id, ()):
            value, title = self.value[m.act], self.titles.get(m.act, "the act")
            proof = self._word_proof(m, value, likeliest.earliest)
            because.append(msgspec.structs.replace(proof, says=f"{proof.says}; {title}: {value.edtf}"))
        says = f"{document.name} was published on {likeliest.edtf}, likeliest; {range_.edtf} is possible"
        proof = Proof(says=says, truth=Truth.TRUE, by="joint chronology", because=tuple(because))
        return Dated(likeliest=likeliest, possible=range_, proof=proof)

    def _refutation(self, document: Document, candidate: DateCandidate) -> tuple[Proof, ...]:
        """The constraints that a refuted date would break."""
        day, broken = candidate.on.latest, []
        for m in self.in_document.get(document.id, ()):
            value = self.value[m.act]
            if self.table.cost(m, value, day) >= NEAR:
                meant = " or ".join(r.edtf for r in self.table.read(m, day))
                words = m.timex.words if m.timex else m.words.exact
                says = f'on {day}, "{words}" would mean {meant or "a day after it"}, but {self.titles.get(m.act, "the act")} is dated {value.edtf}'
                broken.append(Proof(says=says, truth=Truth.TRUE, by="time expression", quotes=(m.words,)))
                others = (n for n in self.of_act[m.act] if n.document != document.id)
                broken += [self._word_proof(n, value, self.written[n.document]) for n in others]
                broken += self._order_proofs(m.act)
        return tuple(broken)


def _reach(its: Dated, *, is_open: bool) -> int:
    """How many days a document may be older than its likeliest day, and, where that is open, younger."""
    older, younger = (
        (its.likeliest.earliest - its.possible.earliest).days,
        (its.possible.latest - its.likeliest.earliest).days,
    )
    return max(older, younger) if is_open else older


def says_so(document: Document, day: DateRange) -> bool:
    """Whether some date of the document's own, be it a page's, is that day."""
    return any(c.on == day for c in document.published)
