"""The acts between states that can move a standing, as the register and the treaty series have them (VCLT 2(1)(b)).

An event is certain or not, and its day is a range: the machine in `consent.py` runs over all that it may have been. Domestic
acts and an unresolved "ratify" are no events: they never move a status by themselves. A fact of the treaty series is public
from its own day on, so that what is known on a day holds nothing of the days after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

import msgspec

from foedus.errors import FoedusError
from foedus.reference.directory import State
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord, cited
from foedus.register.entries import Act, Register
from foedus.status.invalidity import CAUSES, GROUNDS, LEAVING
from foedus.status.keeping import Same
from foedus.status.manners import Doing, Manner, manner_of
from foedus.terms.acts import Kind, Level, Measure
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Proof, Truth


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that moves the standing of `states`.

    on          the days on which it may have been
    states      whose standing it moves; empty: of every state that has consented
    truth       TRUE it happened; UNKNOWN it may have
    definitive  a signature that binds by itself (VCLT 12)
    of_notice   what is suspended is a notice of withdrawal, not the treaty (VCLT 68)
    manner      how it was done, where that decides what it does (`manners.MANNERS`)
    ground      why the treaty is said to be void or to end, where that is said (`invalidity.GROUNDS`, `invalidity.CAUSES`)
    act         id of the register's act, or None where it follows from others or from the treaty series
    says        one plain sentence; of an uncertain one, a clause with "whether"
    foreseen    the same of a day that is still to come, where more is to be said than what will be
    """

    kind: Kind
    on: DateRange
    states: tuple[str, ...] = ()
    truth: Truth = Truth.TRUE
    definitive: bool = False
    of_notice: bool = False
    manner: Manner | None = None
    ground: str | None = None
    act: str | None = None
    by: str
    says: str
    foreseen: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def proof(self) -> Proof:
        return Proof(says=self.says, truth=self.truth, by=self.by, quotes=self.quotes)

    def straddles(self, day: date) -> bool:
        """It cannot be told whether it was by the end of `day`."""
        return self.on.earliest <= day < self.on.latest


# Acts that one state cannot do alone under a bilateral treaty: reported of one, they are of both.
JOINT = frozenset(
    {
        Kind.NEGOTIATE,
        Kind.ADOPT,
        Kind.EXCHANGE,
        Kind.ENTER_INTO_FORCE,
        Kind.TERMINATE,
        Kind.EXPIRE,
        Kind.SUSPEND,  # VCLT 72(1)(a): it releases both from performing
    }
)

# Said of "it", the treaty.
PHRASES = {
    Kind.NEGOTIATE: "{who} negotiated it",
    Kind.INITIAL: "{who} initialled it",
    Kind.ADOPT: "its text was adopted",
    Kind.SIGN: "{who} signed it",
    Kind.DEPOSIT: "{who} deposited the instrument",
    Kind.EXCHANGE: "the instruments were exchanged",
    Kind.NOTIFY_COMPLETION: "{who} notified that the internal procedures are complete",
    Kind.ACCEDE: "{who} acceded",
    Kind.SUCCEED: "{who} succeeded to it",
    Kind.PROVISIONAL_APPLICATION: "{who} began to apply it provisionally",
    Kind.ENTER_INTO_FORCE: "it entered into force",
    Kind.SUSPEND: "its operation was suspended",
    Kind.WITHDRAW_NOTICE: "{who} gave notice of withdrawal",
    Kind.REVOKE_NOTICE: "{who} revoked the notice",
    Kind.WITHDRAW_EFFECTIVE: "the withdrawal of {who} took effect",
    Kind.WITHDRAW_CONSENT: "{who} took the ratification back",
    Kind.AMEND: "an amendment was notified",
    Kind.OBJECT: "{who} objected",
    Kind.TERMINATE: "it was terminated",
    Kind.EXPIRE: "it expired",
    Kind.UNSIGN: "{who} made clear that it will not become a party",
}
OF_NOTICE = "{who} suspended the effect of the notice of withdrawal"


def name_of(state: str, reference: Reference) -> str:
    """What a state or organisation is called, for people; its code where the directory does not know it."""
    for known in (reference.directory.state, reference.directory.organisation):
        with suppress(FoedusError):
            return known(state).name
    return state


def names_of(states: Iterable[str], reference: Reference) -> str:
    """Names in a row: "North Korea and Russia"."""
    names = [name_of(state, reference) for state in states]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "a state that is not named"


def day_words(on: DateRange) -> str:
    """A range as the end of a sentence.

    >>> day_words(DateRange.day(2024, 10, 24)), day_words(DateRange.parse("2024-06")), day_words(DateRange.always())
    ('on 2024-10-24', 'in 2024-06', 'on a day that is not reported')
    """
    if on.is_day:
        return f"on {on.edtf}"
    if on.earliest == date.min:
        return "on a day that is not reported" if on.latest == date.max else f"by {on.latest}"
    if on.latest == date.max:
        return f"on {on.earliest} or later"
    return f"between {on.earliest} and {on.latest}" if "/" in on.edtf else f"in {on.edtf}"


def happened_on(act: Act) -> DateRange:
    """The days on which an act may have been; undated, it was before it was first reported."""
    return act.on or DateRange(date.min, act.reported_first or date.max)


def events_of(
    treaty: str, parties: tuple[str, ...], bilateral: bool, register: Register, reference: Reference
) -> tuple[Event, ...]:
    """Every event of a treaty that the register reports as having happened, and what the series records of it."""
    record = next((r for r in reference.series if r.id == treaty), None)
    reported = [
        _event(act, parties, bilateral, record, reference)
        for act in acts_under(treaty, register)
        if act.level is Level.INTERNATIONAL
        and act.factuality is Factuality.HAPPENED
        and act.truth is not Truth.FALSE
        and act.kind in PHRASES
    ]
    reported = [done for event in reported for done in _as_confirmed(event, reported)]
    recorded = _recorded(record, parties, bilateral, register.known, reference) if record else []
    told = {(event.kind, state) for event in reported for state in event.states}
    recorded = [e for e in recorded if not any((e.kind, state) in told for state in e.states)]
    recorded += _recorded_acts(record, told, register.known, reference) if record else []
    return tuple(sorted([*recorded, *reported], key=lambda e: (e.on.latest, e.kind, e.act or "")))


def acts_under(treaty: str, register: Register) -> tuple[Act, ...]:
    """The register's acts under one treaty; looked up once a register, which never changes."""
    return _by_treaty(Same(register)).get(treaty, ())


@lru_cache(maxsize=8)
def _by_treaty(kept: Same[Register]) -> Mapping[str, tuple[Act, ...]]:
    found: dict[str, list[Act]] = {}
    for act in kept.value.acts:
        found.setdefault(act.treaty, []).append(act)
    return {treaty: tuple(acts) for treaty, acts in found.items()}


def _as_confirmed(event: Event, reported: Iterable[Event]) -> Iterator[Event]:
    """An event as far as it counts: one that awaits its confirmation, for those who gave it (VCLT 8, 12(2)(b), 67)."""
    if event.manner is None or event.manner.doing is not Doing.AWAITS:
        yield event
        return
    given = {
        state
        for e in reported
        if e.kind is event.kind and e.manner and e.manner.doing is Doing.CONFIRMS and e.on >= event.on
        for state in e.states
    }
    confirmed = tuple(state for state in event.states if state in given)
    waiting = tuple(state for state in event.states if state not in given)
    if confirmed:
        says = f"{event.says}, since confirmed ({event.manner.article})"
        yield msgspec.structs.replace(event, states=confirmed, says=says)
    if waiting and event.manner.word == AD_REFERENDUM:
        yield msgspec.structs.replace(event, states=waiting, kind=Kind.INITIAL)


AD_REFERENDUM = "ad referendum"
"""Of a signature: it fixes the text, as initials do (VCLT 10(b)), until it is confirmed."""


def _event(
    act: Act, parties: tuple[str, ...], bilateral: bool, record: TreatyRecord | None, reference: Reference
) -> Event:
    of_notice = act.kind is Kind.SUSPEND and act.measure is Measure.DENUNCIATION
    states = parties if bilateral and act.kind in JOINT and not of_notice else act.states
    if not states and act.kind is not Kind.ENTER_INTO_FORCE:
        states = parties  # nobody is named: "the treaty was signed"
    on = happened_on(act)
    pattern = OF_NOTICE if of_notice else PHRASES[act.kind]
    phrase = f"{pattern.format(who=names_of(states, reference))} {day_words(on)}"
    if act.kind is Kind.SUCCEED and on.is_day and len(states) == 1 and not bilateral:
        received, on = on, DateRange.of(succession_day(states[0], act.treaty, on.earliest, reference))
        phrase += f", with effect from {on.edtf}" if on != received else ""
    manner = manner_of(act.kind, act.instrument)
    phrase += f", {manner.says}" if manner else ""
    in_part = manner is not None and manner.doing is Doing.IN_PART
    truth = act.truth & (Truth.UNKNOWN if in_part and not (record and record.in_parts) else Truth.TRUE)
    return Event(
        kind=act.kind,
        on=on,
        states=states,
        truth=truth,
        definitive=act.definitive and act.kind is Kind.SIGN,
        of_notice=of_notice,
        manner=manner,
        ground=_ground(act),
        act=act.id,
        by=f"reported: {act.id}",
        says=phrase if truth is Truth.TRUE else f"whether {phrase}",
        quotes=act.quotes,
    )


def _ground(act: Act) -> str | None:
    """The ground that an end, a withdrawal or a suspension is put on, where the law of treaties has it as one."""
    word = act.instrument or ""
    void = act.kind is Kind.TERMINATE and word in GROUNDS
    return word if void or (act.kind in LEAVING and word in CAUSES) else None


def succession_day(state: str, treaty: str, received: date, reference: Reference) -> date:
    """The day from which a succession holds: that of the succession of states, not of the notice's receipt (VCSST 22(2), 23).

    It is the day that the treaty's depositary goes by; else the latest one, up to the receipt, on which the state, or one
    that it continues, began to exist.
    """
    record = next((r for r in reference.series if r.id == treaty), None)
    depositary = "wipo" if record and any(t.startswith("wipo:") for t in record.tables) else "un"
    said = reference.directory.successions.get((depositary, state))
    if said is not None:
        return said.on
    found = reference.directory.find(state)
    seen: set[str] = set()
    while isinstance(found, State) and found.id not in seen:
        seen.add(found.id)
        if found.since <= received:
            return found.since if found.since.year > LONG_AGO else received
        found = reference.directory.find(found.continues) if found.continues else None
    return received


LONG_AGO = 1945
"""That a succession holds from the birth of the state is practice of the United Nations' time; before, its own day counts."""


def _recorded_acts(
    record: TreatyRecord, told: Collection[tuple[Kind, str]], known: date | None, reference: Reference
) -> list[Event]:
    """The acts that the treaty series records one by one, unless a report or table tells of them."""
    return [
        Event(
            kind=act.kind,
            on=DateRange.of(act.effective or act.on),
            states=act.states,
            by=cited(act.source, act.verified),
            says=f"{PHRASES[act.kind].format(who=names_of(act.states, reference))} on {act.on}",
        )
        for act in record.acts
        if (known is None or act.on <= known) and not any((act.kind, state) in told for state in act.states)
    ]


def _recorded(
    record: TreatyRecord, parties: tuple[str, ...], bilateral: bool, known: date | None, reference: Reference
) -> list[Event]:
    """What the treaty series records of the whole treaty, as far as it is public by `known`.

    An open treaty is made by those who negotiated it, and comes into force and ends for whoever has consented.
    """
    makers = parties if bilateral else record.negotiating
    bound = parties if bilateral else ()
    in_force = DateRange.of(record.in_force) if record.in_force else None
    if record.in_force is None and record.in_force_by is not None:
        in_force = DateRange(record.signed or record.since, record.in_force_by)
    dated = (
        (Kind.ADOPT, makers, DateRange.of(record.adopted) if record.adopted and makers else None),
        (Kind.SIGN, makers, DateRange.of(record.signed) if record.signed and makers else None),
        (Kind.ENTER_INTO_FORCE, bound, in_force),
        (Kind.TERMINATE, bound, DateRange.of(record.ended) if record.ended else None),
        (Kind.EXPIRE, bound, DateRange.of(record.expires) if record.expires else None),
    )
    return [
        Event(
            kind=kind,
            on=on,
            states=states,
            by=record.cited,
            says=f"{PHRASES[kind].format(who=names_of(states, reference))} {day_words(on)}",
        )
        for kind, states, on in dated
        if on is not None and (known is None or on.latest <= known)
    ]
