"""The treaties of a journal, each in a few lines: where it stands, what moved last, what it waits for, what is disputed.

An entry is small and holds no proof, so thousands can be kept; the front page and the list of treaties are made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from foedus.register.entries import Act
from foedus.serving.differences import differences
from foedus.serving.dossier import Dossier, TimelineEntry
from foedus.serving.publisher_cases import Case, Telling, cases_of, tellings_of
from foedus.serving.wording import days, status_word
from foedus.status.deadlines import Deadline
from foedus.status.standings import BareStanding, NextStep, Standing
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty

MOST = 40
"""Acts and disagreements that an entry keeps."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """An act that is reported as done.

    reported  the day of the first report
    when      its own day, in words; "" where nobody tells
    """

    treaty: str
    act: str
    title: str
    when: str
    reported: date


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Where reports disagree about a treaty."""

    treaty: str
    title: str
    kind: str
    says: str


class StateStands(NamedTuple):
    """Where one state stands; `word` as people read it."""

    state: str
    word: str
    since: date | None


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A step that must come next before a treaty binds.

    state     whose organ must act; None where the parties act together
    among     the states that wait for it
    actor     the organ, for people
    by        a deadline that the law sets, or None
    foreseen  when reports foresee it, in words; "" where none does
    """

    treaty: str
    title: str
    state: str | None
    among: tuple[str, ...]
    actor: str
    kind: str
    says: str = ""
    by: date | None = None
    foreseen: str = ""


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One treaty on one day.

    parties    what people call them
    standings  status word -> how many states have it, the most first
    stands     the same state by state, by code
    waiting    the steps that must come next
    tellings   how many acts each publisher tells; `cases` what it told first, and where another tells otherwise
    last_day   day of the latest act that is reported as done and dated; `last_when` in words, `last_title` what it is
    awaits     who must act next: "the Federation Council"
    in_motion  something is still to come before all its parties are bound
    """

    treaty: Treaty
    title: str
    parties: tuple[str, ...]
    standings: tuple[tuple[str, int], ...]
    force: Truth
    last_day: date | None = None
    last_when: str = ""
    last_title: str = ""
    awaits: tuple[str, ...] = ()
    in_motion: bool = False
    documents: int = 0
    issues: int = 0
    many_differences: int = 0
    disagreements: tuple[Disagreement, ...] = ()
    news: tuple[News, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    stands: tuple[StateStands, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    tellings: tuple[Telling, ...] = ()
    cases: tuple[Case, ...] = ()

    def fits(self, words: str) -> bool:
        """Whether its id, parties and names hold all the words."""
        text = " ".join((self.treaty.id, *self.parties, *(n.text for n in self.treaty.names))).lower()
        return all(word in text for word in words.lower().split())


def entry_of(
    dossier: Dossier,
    deadlines: Iterable[Deadline],
    others: Iterable[BareStanding] = (),
    signatories: Iterable[Standing] = (),
) -> CatalogueEntry:
    """The entry of one dossier and of what falls due under it.

    others       where states stand that the dossier has no standing of: those of a treaty with many
    signatories  those of them that have signed and are not bound, with what must come next
    """
    stands = _stands(dossier, others)
    done = [entry for entry in dossier.timeline if _is_done(entry, dossier.on)]
    last = max(done, key=lambda entry: (_day(entry), entry.number), default=None)
    words = Counter(one.word for one in stands)
    id_, acts = dossier.treaty.id, dossier.register.acts
    issues = differences(dossier.register)
    return CatalogueEntry(
        treaty=_without_documents(dossier.treaty),
        title=dossier.title,
        parties=tuple(dossier.names.get(code, code) for code in dossier.treaty.parties),
        standings=tuple(words.most_common()),
        force=dossier.force.truth if dossier.force else Truth.UNKNOWN,
        last_day=_day(last) if last else None,
        last_when=days(last.act.on) if last and last.act.on else "",
        last_title=last.title if last else "",
        awaits=tuple(dict.fromkeys(awaited.step.actor for awaited in dossier.awaited)),
        in_motion=bool(dossier.awaited and done),
        documents=len(dossier.witnesses),
        issues=len(dossier.register.issues),
        many_differences=len(issues),
        disagreements=tuple(
            Disagreement(treaty=id_, title=dossier.title, kind=i.kind, says=i.says) for i in issues[:MOST]
        ),
        news=_news(dossier),
        deadlines=tuple(deadlines),
        stands=stands,
        waiting=(
            *(waiting_for(a.step, a.step.state, a.waiting, id_, dossier.title, acts) for a in dossier.awaited),
            *(
                waiting_for(step, s.state, (s.state,), id_, dossier.title, acts)
                for s in signatories
                for step in s.next_steps
            ),
        ),
        tellings=tellings_of(dossier),
        cases=cases_of(dossier),
    )


def in_order(entries: Iterable[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    """Those in motion first, then by the day of what moved last, the newest first."""
    return tuple(sorted(entries, key=lambda e: (not e.in_motion, -(e.last_day or date.min).toordinal(), e.treaty.id)))


def _stands(dossier: Dossier, others: Iterable[BareStanding]) -> tuple[StateStands, ...]:
    told = [
        StateStands(s.state, standing_word(s), s.since.earliest if s.since and s.since.is_day else None)
        for s in dossier.standings
    ]
    bare = (StateStands(s.state, status_word(s.status), s.since) for s in others)
    return tuple(sorted((*told, *bare), key=lambda one: one.state))


def standing_word(standing: Standing) -> str:
    """Where a state stands, in a word; what an open fact would change cannot be told."""
    return status_word(standing.status) if standing.truth is not Truth.UNKNOWN else "cannot be told"


def waiting_for(
    step: NextStep, state: str | None, among: tuple[str, ...], treaty: str, title: str, acts: Iterable[Act]
) -> Waiting:
    """A step as the lists of what waits where show it; a signatory deposits, since only others accede (VCLT 15, 16)."""
    foreseen = [days(act.on) for act in acts if act.id in step.expected and act.on]
    return Waiting(
        treaty=treaty,
        title=title,
        state=state,
        among=among,
        actor=step.actor,
        kind=Kind.DEPOSIT if step.kind == Kind.ACCEDE else step.kind,
        says=step.says,
        by=step.by,
        foreseen=next(iter(foreseen), ""),
    )


def _news(dossier: Dossier) -> tuple[News, ...]:
    found = [
        News(
            treaty=dossier.treaty.id,
            act=entry.act.id,
            title=entry.title,
            when=days(entry.act.on) if entry.act.on else "",
            reported=entry.act.reported_first,
        )
        for entry in dossier.timeline
        if entry.act.factuality is Factuality.HAPPENED and entry.act.reported_first
    ]
    return tuple(sorted(found, key=lambda n: (-n.reported.toordinal(), n.act))[:MOST])


def _is_done(entry: TimelineEntry, on: date) -> bool:
    act = entry.act
    return act.on is not None and act.factuality is Factuality.HAPPENED and act.on.latest <= on


def _day(entry: TimelineEntry) -> date:
    return entry.act.on.earliest if entry.act.on else date.min


def _without_documents(treaty: Treaty) -> Treaty:
    names = tuple(msgspec.structs.replace(name, documents=()) for name in treaty.names)
    return msgspec.structs.replace(treaty, names=names)
