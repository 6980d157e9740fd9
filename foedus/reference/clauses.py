"""Entry-into-force and withdrawal clauses, with their arithmetic (VCLT 24, 54, 56).

A clause is data: what triggers it, what else must be met, and what is added to the trigger's day, from left to right. All
conditions must be met together; the day on which the last one is met is the trigger's. It is written as one word:

    exchange              on the day the instruments are exchanged
    deposits:50+90d       90 days after the fiftieth instrument
    notifications^3       on the first day of the third month after the last notice
    deposits:22+60d^1     on the first day of the month after 60 days from the 22nd instrument
    deposits:55+30d;share:ghg>=55;late:+30d;states-only
                          30 days after 55 instruments of 55 % of what is measured; 30 days after its own for who comes later;
                          instruments of organisations are not counted
    deposits;of:signatories;named:GBR,RUS,USA;others:40
                          with the instruments of these three and of forty other signatories
    notice+12m;after:36m;ground:supreme-interests
                          a withdrawal: a year after the notice, which may be given three years after entry into force

Which archetype of clause is which word stands in `docs/clauses.md`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import msgspec

from foedus.terms.dates import month_shifted, plus_days


class Trigger(StrEnum):
    SIGNATURE = "signature"
    EXCHANGE = "exchange"  # of instruments of ratification
    NOTIFICATIONS = "notifications"  # the last notice that internal procedures are complete
    DEPOSITS = "deposits"  # the n-th instrument
    RATIFICATION_BY_ALL = "ratification-by-all"  # VCLT 24(2), the default
    SILENCE = "silence"  # no objection after a proposal was notified: tacit acceptance of amendments
    UNSTATED = "unstated"


class Pool(StrEnum):
    """Of whom a clause speaks: whose instruments count, or of how many a part is taken."""

    SIGNATORIES = "signatories"
    OTHER_SIGNATORIES = "other-signatories"  # those beside the named ones
    MEMBERS = "members"  # of the organisation within which it was made
    PARTIES = "parties"  # to the treaty, or to the one that is amended
    NEGOTIATING = "negotiating"


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Days or months after an act (one of them, or neither: the same day); then the first day of the n-th month that follows."""

    days: int | None = None
    months: int | None = None
    month_start: int | None = None


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """That those who have consented make up at least `percent` of a measured quantity: emissions, tonnage.

    measure  id of a `Measurement` of the treaty's record, or the clause's own words where it was read from a text
    """

    measure: str
    percent: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a pool: "two thirds of the parties".

    over     more than the part is needed ("a majority" is more than a half)
    then     the pool is counted on the day of adoption, not on the day asked about
    or_more  with a count: whichever of the two is greater
    """

    part: str
    of: Pool
    over: bool = False
    then: bool = False
    or_more: bool = False

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.part)

    def filled_by(self, number: int, whole: int) -> bool:
        """Whether a number is the part of the whole.

        >>> Part(part="1/2", of=Pool.SIGNATORIES, over=True).filled_by(6, 12)
        False
        """
        return number > self.fraction * whole if self.over else number >= self.fraction * whole


class ForceClause(msgspec.Struct, frozen=True, kw_only=True):
    """When a treaty enters into force.

    trigger        the act that counts
    count          how many instruments, for deposits
    days, months, month_start  see `Period`: from the day on which the last condition is met
    counting       whose instruments count; None: everybody's
    named          states that must be among them; "depositaries" where a text names none but these
    others         how many there must be beside the named ones
    part           a part of a pool that must be among them
    shares         of measured quantities
    states_only    instruments of organisations are not counted as additional to those of their members
    after          id of a treaty that must be in force
    not_before     the day of entry where the conditions are met by then; met later, they still have their period
    earliest       a day before which it cannot be, whenever the conditions are met
    opening_months months from the opening for signature before which it cannot be
    late           for who consents once the conditions are met: from its own act; None: on that day (VCLT 24(3))
    noticed        that period runs from the depositary's notice of the act, which may be days later: the day is the earliest possible
    objections     for silence: a part of the parties that prevents it
    provisional    the act from which it is applied until then ("signature"), or None
    words          the words it was read from, or our paraphrase
    """

    trigger: Trigger
    count: int | None = None
    days: int | None = None
    months: int | None = None
    month_start: int | None = None
    counting: Pool | None = None
    named: tuple[str, ...] = ()
    others: int | None = None
    part: Part | None = None
    shares: tuple[Share, ...] = ()
    states_only: bool = False
    after: str | None = None
    not_before: date | None = None
    earliest: date | None = None
    opening_months: int | None = None
    late: Period | None = None
    noticed: bool = False
    objections: str | None = None
    provisional: str | None = None
    words: str = ""


class WithdrawalClause(msgspec.Struct, frozen=True, kw_only=True):
    """When a notice of withdrawal takes effect.

    days, months  after the notice is received (one of them, or neither: at once)
    month_start   then on the first day of the n-th month that follows
    after_months  months from entry into force before which no notice may be given
    ground        "supreme-interests" where extraordinary events must have jeopardised them, else None
    words         the words it was read from, or our paraphrase
    """

    days: int | None = None
    months: int | None = None
    month_start: int | None = None
    after_months: int | None = None
    ground: str | None = None
    words: str = ""


def entry_day(clause: ForceClause | Period, trigger_day: date) -> date:
    """The day a treaty enters into force when what triggers it happens on `trigger_day`.

    Months are counted by the calendar: a month from 31 January ends with February. For `deposits` the trigger is the
    instrument that fills the number. A day before which the treaty cannot be in force is kept.

    >>> late = date(2030, 6, 20)  # "on 1 July if met by then" is the day itself; "not before 1 July" only bounds the period
    >>> entry_day(ForceClause(trigger=Trigger.DEPOSITS, days=60, not_before=date(2030, 7, 1)), late)
    datetime.date(2030, 7, 1)
    >>> entry_day(ForceClause(trigger=Trigger.DEPOSITS, days=60, earliest=date(2030, 7, 1)), late)
    datetime.date(2030, 8, 19)

    >>> entry_day(ForceClause(trigger=Trigger.DEPOSITS, count=50, days=90), date(2020, 10, 24))
    datetime.date(2021, 1, 22)
    >>> entry_day(ForceClause(trigger=Trigger.NOTIFICATIONS, month_start=3), date(2024, 10, 24))
    datetime.date(2025, 1, 1)
    """
    if isinstance(clause, ForceClause) and clause.not_before and trigger_day <= clause.not_before:
        return clause.not_before
    day = later_by(trigger_day, clause.days, clause.months)
    day = month_shifted(day, clause.month_start).earliest if clause.month_start else day
    return max(day, clause.earliest) if isinstance(clause, ForceClause) and clause.earliest else day


def later_day(clause: ForceClause, consent: date) -> date:
    """The day of entry into force for a state that consents on `consent`, once the conditions are met (VCLT 24(3))."""
    return entry_day(clause.late, consent) if clause.late else consent


def withdrawal_day(clause: WithdrawalClause, notice: date, in_force_since: date | None = None) -> date | None:
    """The day a withdrawal takes effect; None where the clause allows no notice on that day.

    >>> withdrawal_day(WithdrawalClause(months=12, after_months=36), date(2019, 11, 4), date(2016, 11, 4))
    datetime.date(2020, 11, 4)
    """
    if clause.after_months and in_force_since and notice < later_by(in_force_since, None, clause.after_months):
        return None
    return entry_day(Period(days=clause.days, months=clause.months, month_start=clause.month_start), notice)


def later_by(day: date, days: int | None, months: int | None) -> date:
    """A day some days or months on; the 31st of a month without one is its last day.

    >>> later_by(date(2024, 2, 29), None, 12)
    datetime.date(2025, 2, 28)
    """
    if months:
        month = month_shifted(day, months).earliest
        return month.replace(day=min(day.day, calendar.monthrange(month.year, month.month)[1]))
    return plus_days(day, days or 0)


_TERM = re.compile(r"\+(?P<length>\d+)(?P<unit>[dm])")
_PERIOD = r"(?P<period>\+\d+[dm])?(?:\^(?P<start>\d+))?"
_FORCE = re.compile(rf"(?P<trigger>[a-z-]+)(?::(?P<count>\d+))?{_PERIOD}")
_LATE = re.compile(_PERIOD)
_WITHDRAWAL = re.compile(rf"notice{_PERIOD}(?:;after:(?P<after>\d+)m)?(?:;ground:(?P<ground>[a-z-]+))?")
_PART = re.compile(r"(?P<over>>)?(?P<part>\d+/\d+) (?P<of>[a-z-]+)(?P<then>@adoption)?(?P<or_more> or-more)?")
_SHARE = re.compile(r"(?P<measure>[^;>]+)>=(?P<percent>[\d.]+)")


def parse_force_clause(text: str, words: str = "") -> ForceClause | None:
    """The clause that its compact word writes; None for any other text (a clause in prose, or one about a law).

    >>> parse_force_clause("deposits:50+90d") == ForceClause(trigger=Trigger.DEPOSITS, count=50, days=90)
    True
    >>> parse_force_clause("law:publication") is None
    True
    """
    first, *rest = text.split(";")
    found = _FORCE.fullmatch(first)
    if not found or found["trigger"] not in set(Trigger):
        return None
    fields: dict[str, Any] = {"shares": ()}
    for option in rest:
        key, _, value = option.partition(":")
        read = _OPTIONS.get(key)
        try:
            given = read(value) if read else None
        except (ValueError, TypeError, KeyError):
            given = None
        if given is None:
            return None
        field, parsed = given
        fields[field] = (*fields["shares"], parsed) if field == "shares" else parsed
    days, months = _period(found["period"])
    return ForceClause(
        trigger=Trigger(found["trigger"]),
        count=int(found["count"]) if found["count"] else None,
        days=days,
        months=months,
        month_start=int(found["start"]) if found["start"] else None,
        words=words,
        **fields,
    )


def _late(text: str) -> tuple[str, Any]:
    found = _LATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    days, months = _period(found["period"])
    return "late", Period(days=days, months=months, month_start=int(found["start"]) if found["start"] else None)


def _part(text: str) -> tuple[str, Any]:
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(text)
    flags = {name: bool(found[name]) for name in ("over", "then", "or_more")}
    return "part", Part(part=found["part"], of=Pool(found["of"]), **flags)


def _share(text: str) -> tuple[str, Any]:
    found = _SHARE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return "shares", Share(measure=found["measure"], percent=found["percent"])


# The word of an option, and the field that it fills.
_OPTIONS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "of": lambda text: ("counting", Pool(text)),
    "named": lambda text: ("named", tuple(text.split(","))),
    "others": lambda text: ("others", int(text)),
    "part": _part,
    "share": _share,
    "states-only": lambda _: ("states_only", True),
    "after": lambda text: ("after", text),
    "not-before": lambda text: ("not_before", date.fromisoformat(text)),
    "earliest": lambda text: ("earliest", date.fromisoformat(text)),
    "opening": lambda text: ("opening_months", int(text.removeprefix("+").removesuffix("m"))),
    "late": _late,
    "noticed": lambda _: ("noticed", True),
    "unless": lambda text: ("objections", str(Fraction(text))),
    "provisional": lambda text: ("provisional", text),
}


def parse_withdrawal_clause(text: str, words: str = "") -> WithdrawalClause | None:
    """The clause that its compact word writes; None for any other text.

    >>> parse_withdrawal_clause("notice+6m;ground:supreme-interests") == WithdrawalClause(months=6, ground="supreme-interests")
    True
    """
    found = _WITHDRAWAL.fullmatch(text)
    if not found:
        return None
    days, months = _period(found["period"])
    after = int(found["after"]) if found["after"] else None
    start = int(found["start"]) if found["start"] else None
    return WithdrawalClause(
        days=days, months=months, month_start=start, after_months=after, ground=found["ground"], words=words
    )


def written(clause: ForceClause | WithdrawalClause) -> str:
    """The clause as one compact word, which the parsers read back.

    >>> written(ForceClause(trigger=Trigger.DEPOSITS, count=22, days=60, month_start=1))
    'deposits:22+60d^1'
    """
    if isinstance(clause, WithdrawalClause):
        after = f";after:{clause.after_months}m" if clause.after_months else ""
        period = _written_period(Period(days=clause.days, months=clause.months, month_start=clause.month_start))
        return "notice" + period + after + (f";ground:{clause.ground}" if clause.ground else "")
    count = f":{clause.count}" if clause.count else ""
    period = _written_period(Period(days=clause.days, months=clause.months, month_start=clause.month_start))
    return ";".join([clause.trigger.value + count + period, *_written_options(clause)])


def _written_options(clause: ForceClause) -> Iterator[str]:
    if clause.counting:
        yield f"of:{clause.counting}"
    if clause.named:
        yield f"named:{','.join(clause.named)}"
    if clause.others:
        yield f"others:{clause.others}"
    if clause.part:
        over, then = ">" if clause.part.over else "", "@adoption" if clause.part.then else ""
        yield f"part:{over}{clause.part.part} {clause.part.of}{then}{' or-more' if clause.part.or_more else ''}"
    yield from (f"share:{share.measure}>={share.percent}" for share in clause.shares)
    if clause.states_only:
        yield "states-only"
    if clause.after:
        yield f"after:{clause.after}"
    if clause.not_before:
        yield f"not-before:{clause.not_before}"
    if clause.earliest:
        yield f"earliest:{clause.earliest}"
    if clause.opening_months:
        yield f"opening:+{clause.opening_months}m"
    if clause.late:
        yield f"late:{_written_period(clause.late)}"
    if clause.noticed:
        yield "noticed"
    if clause.objections:
        yield f"unless:{clause.objections}"
    if clause.provisional:
        yield f"provisional:{clause.provisional}"


def _written_period(period: Period) -> str:
    length = f"+{period.days}d" if period.days else f"+{period.months}m" if period.months else ""
    return length + (f"^{period.month_start}" if period.month_start else "")


def _period(text: str | None) -> tuple[int | None, int | None]:
    """Days and months, one of them at most."""
    found = _TERM.fullmatch(text or "")
    if not found:
        return None, None
    length = int(found["length"])
    return (length, None) if found["unit"] == "d" else (None, length)
