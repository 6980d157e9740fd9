"""Which mentions tell of one act: the same kind, measure, state and organ, at days that can be the same.

Find and resolve apart: a mention joins an act only where one act remains. A general name ("parliament") joins the particular
one ("State Duma") of the same state; expectations, events and denials of the same act are kept apart and linked later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date

import msgspec

from foedus.documents.time_resolution import means_the_day
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import DOMESTIC, Kind, Measure
from foedus.terms.agents import CHAMBERS, Agent, BodyKind
from foedus.terms.dates import Anchor, DateRange
from foedus.terms.evidence import Factuality

SAME_ACT_DAYS = 45
"""Reports that date one organ's act this far apart or less contradict each other; further apart they tell of two acts."""

TOGETHER = frozenset(
    {
        Kind.SIGN,
        Kind.EXCHANGE,
        Kind.ENTER_INTO_FORCE,
        Kind.TERMINATE,
        Kind.EXPIRE,
        Kind.ADOPT,
        Kind.NEGOTIATE,
        Kind.INITIAL,
        Kind.EXTEND,
        Kind.AMEND,
    }
)
"""Acts that states do together: mentions with fewer of them named are the same act (for a multilateral, each state's own)."""


ONCE = frozenset({Kind.SIGN, Kind.RATIFY, Kind.DEPOSIT, Kind.ACCEDE, Kind.SUCCEED, Kind.EXCHANGE})
"""Acts that a state does once under a treaty, unless it leaves and comes back."""
ONCE_DAYS = 366
"""Reports that date such an act this far apart or less contradict each other."""

SEVERALLY = DOMESTIC | {Kind.RATIFY, Kind.DEPOSIT, Kind.ACCEDE, Kind.SUCCEED}
"""Acts that each state does for itself: "ratified by Russia and North Korea" tells of two."""

FRESH = 10
"""An undated act is news: it lies this many days or fewer before its report, where another act would lie much further off."""

UNBORN = 3
"""A report that tells an act as happened is no more than this many days older than it (midnight and time zones)."""


class Told(msgspec.Struct, frozen=True):
    """What a first solution says of a mention: the day that its words mean, and the day of its report; None where open."""

    on: DateRange | None = None
    published: DateRange | None = None


class ActKey(msgspec.Struct, frozen=True, kw_only=True):
    """What must agree for two mentions to tell of one act."""

    treaty: int
    kind: Kind
    measure: Measure | None
    stage: str | None
    factuality: str


class Cluster(msgspec.Struct, kw_only=True):
    """Mentions of one act, while they are being gathered.

    days  what mentions that are dated by their own documents say, each day once
    """

    key: ActKey
    statements: list[Statement]
    states: frozenset[str] = frozenset()
    actor: Agent | None = None
    days: list[DateRange]

    def span_in(self, year: int) -> tuple[date, date] | None:
        """The first and last day that mentions give; days that open the year are read in that one."""
        days = self.days or [d for s in self.statements for d in _open_day(_act(s), year)]
        return (min(d.earliest for d in days), max(d.latest for d in days)) if days else None


def class_of(factuality: Factuality) -> str:
    """Acts that happened, that are foreseen, and that are denied are never one entry."""
    return "unrealised" if factuality.is_unrealised else str(factuality)


def clusters_of(
    mentions: Iterable[tuple[int, Statement]],
    bilateral: Mapping[int, frozenset[str]],
    together: Iterable[frozenset[str]] = (),
    apart: frozenset[tuple[str, str]] = frozenset(),
    told: Mapping[str, Told] | None = None,
    open_: Collection[int] = (),
) -> list[Cluster]:
    """The acts that mentions, as (treaty number, statement) pairs, tell of; the same in any order.

    bilateral  the parties of treaties that have two
    together   sets of statement ids that an editor ruled to be one act
    apart      pairs of statement ids that an editor ruled to be two
    told       statement id -> what the days of all reports, solved together, say of it; without, each dates itself
    open_      the treaties that many states may join: each of them signs for itself
    """
    ruled = {statement: group for group in together for statement in group}
    clusters: list[Cluster] = []
    near: dict[tuple[int, Kind], list[Cluster]] = {}
    for m in sorted(_severally(mentions, told, open_), key=_definite_first):
        alike = near.setdefault((m.key.treaty, m.key.kind), [])
        free = [c for c in alike if not _is_apart(c, m.statement, apart)]
        together_with = ruled.get(m.statement.id)
        joined = [c for c in clusters if not _is_apart(c, m.statement, apart)] if together_with else []
        mine = [c for c in joined if any(s.id in (together_with or ()) for s in c.statements)]
        mine = [c for c in mine if not m.states or not c.states or m.states & c.states] if m.is_part else mine
        home = mine[0] if mine else _home(free, m, bilateral.get(m.key.treaty, frozenset()))
        if home is None:
            home = Cluster(key=m.key, statements=[], days=[])
            clusters.append(home)
            alike.append(home)
        _admit(home, m)
    return [part for c in clusters for part in _parted(c, told or {})]


class Mention(msgspec.Struct, frozen=True):
    """One statement of one act, or its share for one state of several (`is_part`)."""

    key: ActKey
    statement: Statement
    act: ActMention
    states: frozenset[str]
    told: Told
    is_part: bool = False


def _severally(
    mentions: Iterable[tuple[int, Statement]], told: Mapping[str, Told] | None, open_: Collection[int]
) -> Iterable[Mention]:
    for number, statement in mentions:
        act = _act(statement)
        days = Told(act.date) if told is None else told.get(statement.id, Told(act.date))
        is_shared = act.kind in SEVERALLY or (act.kind is Kind.SIGN and number in open_)
        shares = [(s,) for s in act.states] if is_shared and len(act.states) > 1 else [act.states]
        for states in shares:
            yield Mention(_key(number, statement), statement, act, frozenset(states), days, len(shares) > 1)


def _home(clusters: Sequence[Cluster], m: Mention, parties: frozenset[str]) -> Cluster | None:
    """The one act that a mention fits: of its own measure, else of one that news confuses with it, on the very day.

    Who extends or amends a treaty ratifies an agreement: either word may be used of the same bill.
    """
    fits = [c for c in clusters if _fits(c, m, parties)] or [
        c for c in clusters if {c.key.measure, m.key.measure} in _ASSENTING and _fits(c, _of(m, c.key.measure), parties)
    ]
    if fits:
        return _one_of(fits, m)
    if m.key.kind not in DOMESTIC:
        return None
    for c in clusters:
        is_other = c.key.measure is not m.key.measure
        if is_other and _is_on_the_day(c, m) and _fits(c, _of(m, c.key.measure), parties):
            fits.append(c)
    return fits[0] if len(fits) == 1 else None


_ASSENTING = [
    {Measure.RATIFICATION, other}
    for other in (Measure.EXTENSION, Measure.AMENDMENT, Measure.ACCESSION, Measure.PROVISIONAL_APPLICATION)
]


def _of(m: Mention, measure: Measure | None) -> Mention:
    """The mention as if it told of another measure."""
    return msgspec.structs.replace(m, key=msgspec.structs.replace(m.key, measure=measure))


def _is_on_the_day(cluster: Cluster, m: Mention) -> bool:
    """The same day is told, or, where none is, the report is fresh from it."""
    if m.told.on is not None:
        return m.told.on.is_day and m.told.on in cluster.days
    day = m.told.published
    return day is not None and any(d.is_day and 0 <= (day.earliest - d.latest).days <= UNBORN for d in cluster.days)


def _parted(cluster: Cluster, told: Mapping[str, Told]) -> list[Cluster]:
    """One organ's votes on several days, each told by two reports or more, are several acts (first and second reading)."""
    if cluster.key.kind not in DOMESTIC:
        return [cluster]
    on = {s.id: told[s.id].on for s in cluster.statements if s.id in told}
    witnesses: dict[DateRange, set[str]] = defaultdict(set)
    for s in cluster.statements:
        day = on.get(s.id)
        if day is not None and day.is_day:
            witnesses[day].add(s.document)
    days = sorted(day for day, documents in witnesses.items() if len(documents) > 1)
    if len(days) < 2:
        return [cluster]
    parts = [
        Cluster(key=cluster.key, statements=[], states=cluster.states, actor=cluster.actor, days=[d]) for d in days
    ]
    for s in cluster.statements:
        day = on.get(s.id) or (told[s.id].published if s.id in told else None) or days[-1]
        nearest = min(parts, key=lambda c: (abs((c.days[0].latest - day.latest).days), c.days[0]))
        nearest.statements.append(s)
    return parts


def _is_apart(cluster: Cluster, statement: Statement, apart: frozenset[tuple[str, str]]) -> bool:
    return bool(apart) and any((min(s.id, statement.id), max(s.id, statement.id)) in apart for s in cluster.statements)


def _act(statement: Statement) -> ActMention:
    assert isinstance(statement.content, ActMention)
    return statement.content


def _key(number: int, statement: Statement) -> ActKey:
    act = _act(statement)
    measure = act.measure or (Measure.RATIFICATION if act.kind in DOMESTIC else None)
    return ActKey(
        treaty=number, kind=act.kind, measure=measure, stage=act.stage, factuality=class_of(statement.factuality)
    )


def _definite_first(m: Mention) -> tuple[int, bool, bool, bool, str, list[str]]:
    """Mentions with a named organ and a day found the acts; the vaguer ones then join them."""
    vague = (not _is_particular(m.act.actor), m.told.on is None, m.act.timex is None)
    return (m.key.treaty, *vague, m.statement.id, sorted(m.states))


def _fits(cluster: Cluster, m: Mention, parties: frozenset[str]) -> bool:
    same_key = cluster.key == m.key or (
        cluster.key == msgspec.structs.replace(m.key, stage=cluster.key.stage) and not m.key.stage
    )
    return (
        same_key
        and _states_fit(cluster, m, parties)
        and _actors_fit(cluster.actor, m.act.actor, m.act.kind)
        and _days_fit(cluster, m)
    )


def _states_fit(cluster: Cluster, m: Mention, parties: frozenset[str]) -> bool:
    """The same states; of a treaty's two parties either stands for both, but not for a third state."""
    if not m.states or not cluster.states:
        return m.act.kind in TOGETHER or not m.states
    if m.act.kind in TOGETHER and parties:
        return m.states | cluster.states <= parties or bool(m.states & cluster.states)
    return m.states == cluster.states


def _actors_fit(one: Agent | None, other: Agent | None, kind: Kind) -> bool:
    """One organ, as far as the names tell; persons who act for a state do not part an act, organs do."""
    if one is None or other is None or kind not in DOMESTIC:
        return True
    if one.kind is not other.kind:
        return BodyKind.PARLIAMENT in (one.kind, other.kind) and {one.kind, other.kind} <= CHAMBERS
    return one.body == other.body if one.body and other.body else True


def _days_fit(cluster: Cluster, m: Mention) -> bool:
    day = m.told.on
    if day is None:
        day = m.told.published
        is_unborn = day is not None and cluster.days and all(_is_unborn(d, day) for d in cluster.days)
        return not is_unborn or m.key.kind in ONCE
    span = cluster.span_in(day.earliest.year)
    if span is None:
        return True
    first, last = span
    gap = max((day.earliest - last).days, (first - day.latest).days, 0)
    if m.key.kind in ONCE and m.states:
        return gap <= ONCE_DAYS
    return gap <= (SAME_ACT_DAYS if _is_same_organ(cluster.actor, m.act.actor) or m.act.kind not in DOMESTIC else 3)


def _is_unborn(day: DateRange, published: DateRange) -> bool:
    return (day.earliest - published.latest).days > UNBORN


def _open_day(act: ActMention, year: int) -> list[DateRange]:
    """ "24 October" in that year; nothing where the words give no month and day."""
    if act.timex is None or not act.timex.value.startswith("XXXX-"):
        return []
    with suppress(ValueError):
        return [DateRange.parse(f"{year}{act.timex.value[4:]}")]
    return []


def _is_same_organ(one: Agent | None, other: Agent | None) -> bool:
    return one is None or other is None or one.kind is other.kind


def _one_of(fits: Sequence[Cluster], m: Mention) -> Cluster | None:
    """The one act that fits; where several do, the one of the same day, of the same document, the newest, the same organ's.

    Days that the words of an undated report cannot mean fit worse than those that they can.
    """
    fits = [c for c in fits if _can_be_meant(c, m)] or fits
    if len(fits) <= 1:
        return fits[0] if fits else None
    actor, day = m.act.actor, m.told.on
    for narrower in (
        [c for c in fits if day is not None and any(day & d for d in c.days)],
        [c for c in fits if any(s.document == m.statement.document for s in c.statements)],
        _freshest(fits, m),
        [c for c in fits if _is_same_organ(c.actor, actor) and c.actor is not None and actor is not None],
    ):
        if len(narrower) == 1:
            return narrower[0]
    return None


def _can_be_meant(cluster: Cluster, m: Mention) -> bool:
    """ "on Monday", "on the 24th", "October 14": whether a day of the act is one, for a mention that no day of writing settles."""
    words = m.act.timex
    if m.told.on is not None or words is None or words.anchor is not Anchor.DOCUMENT:
        return True
    return any(d.is_day and means_the_day(words, d.earliest) for d in cluster.days)


def _freshest(fits: Sequence[Cluster], m: Mention) -> list[Cluster]:
    """For an undated mention, the act of the last days before its report; of several readings the last."""
    if m.told.on is not None or m.told.published is None:
        return []
    day = m.told.published.latest
    fresh = {
        at: max(d.latest for d in c.days if -UNBORN <= (day - d.latest).days <= FRESH)
        for at, c in enumerate(fits)
        if any(-UNBORN <= (day - d.latest).days <= FRESH for d in c.days)
    }
    newest = max(fresh.values(), default=None)
    return [fits[at] for at, last in fresh.items() if last == newest]


def _is_particular(agent: Agent | None) -> bool:
    return _particularity(agent) >= 2


def _particularity(agent: Agent | None) -> int:
    """How closely an agent is named: not at all, in general, as a kind of organ, as one organ of the directory."""
    if agent is None:
        return 0
    if agent.kind in (BodyKind.PARLIAMENT, BodyKind.OTHER):
        return 1
    return 2 if agent.body is None else 3


def _admit(cluster: Cluster, m: Mention) -> None:
    cluster.statements.append(m.statement)
    cluster.states |= m.states
    if cluster.key.measure is Measure.RATIFICATION and m.key.measure is not None:
        cluster.key = msgspec.structs.replace(cluster.key, measure=m.key.measure)  # the default gives way
    if _particularity(m.act.actor) > _particularity(cluster.actor):
        cluster.actor = m.act.actor
    if m.told.on is not None and m.told.on not in cluster.days:
        cluster.days.append(m.told.on)
