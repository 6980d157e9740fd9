"""For how long a treaty is concluded, and how it goes on after that (VCLT 54(a)).

Written as one word, as the other clauses are:

    indefinite              until somebody ends it
    10y                     ten years from entry into force; whether it can be renewed is not said
    2030-02-05              until a day
    10y;final               ten years, and no more
    10y;renewable:5y        five years more each time the parties agree to it
    10y;renews:5y;notice:6m five years more each time, unless a party has given notice six months before

What reports say of a duration ("20 years", "five years", a day) is read as well; they seldom tell of renewal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from foedus.reference.clauses import later_by


class Renewal(StrEnum):
    UNSTATED = "unstated"  # nobody says: at its end nobody can tell whether it went on
    FINAL = "final"
    AGREED = "renewable"  # the parties must agree
    TACIT = "renews"  # by itself, unless a party gives notice


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """How long a treaty is in force.

    months     from entry into force; with neither it nor `until` it is without end
    until      the day on which it ends
    renewal    how it goes on
    by_months  how long each renewal lasts; None: without end
    notice_months  how long before the end a notice must be given that it shall not be renewed
    """

    months: int | None = None
    until: date | None = None
    renewal: Renewal = Renewal.UNSTATED
    by_months: int | None = None
    notice_months: int | None = None

    @property
    def is_endless(self) -> bool:
        return self.months is None and self.until is None

    def first_end(self, entered: date) -> date | None:
        """The day on which the first term ends for a treaty in force since `entered`; None where it is without end.

        >>> Term(months=120).first_end(date(2000, 2, 29))
        datetime.date(2010, 2, 28)
        """
        return self.until or (later_by(entered, None, self.months) if self.months else None)

    def end_after(self, entered: date, renewals: int) -> date | None:
        """The day on which it ends after so many renewals; counted from the first day, so that no 31st is lost on the way."""
        first = self.first_end(entered)
        if first is None or (renewals and self.by_months is None):
            return None
        begun, months = (entered, self.months or 0) if self.until is None else (first, 0)
        return later_by(begun, None, months + renewals * (self.by_months or 0))

    def last_notice(self, end: date) -> date:
        """The last day on which a notice keeps it from being renewed at an end."""
        return later_by(end, None, -(self.notice_months or 0))


_LENGTH = r"(?P<{0}>\d+)(?P<{0}_unit>[ym])"
_TERM = re.compile(
    rf"(?:{_LENGTH.format('length')}|(?P<until>\d{{4}}-\d\d-\d\d))"
    rf"(?:;(?P<how>final|renewable|renews)(?::{_LENGTH.format('by')})?)?(?:;notice:{_LENGTH.format('notice')})?"
)
_SAID = re.compile(r"(?P<number>\w+(?:[- ]\w+)?)[ -](?P<unit>years?|months?|decades?)")
UNITS = {"year": 12, "month": 1, "decade": 120}  # as `provisions.toml` names them in every language
ENDLESS = ("indefinite", "until terminated")


def parse_term(text: str, numbers: Mapping[str, int] | None = None) -> Term | None:
    """The term that a word writes, or that a report's words give; None for any others.

    numbers   words for numbers: "five" -> 5

    >>> parse_term("10y;renews:5y;notice:6m").by_months, parse_term("five years", {"five": 5}).months
    (60, 60)
    """
    if text in ENDLESS:
        return Term()
    found = _TERM.fullmatch(text)
    if found:
        until = date.fromisoformat(found["until"]) if found["until"] else None
        renewal = Renewal(found["how"]) if found["how"] else Renewal.UNSTATED
        months, by, notice = (_months(found, name) for name in ("length", "by", "notice"))
        return Term(months=months, until=until, renewal=renewal, by_months=by, notice_months=notice)
    said = _SAID.fullmatch(text)
    if not said:
        return None
    number = int(said["number"]) if said["number"].isdigit() else (numbers or {}).get(said["number"].casefold())
    return Term(months=number * UNITS[said["unit"].rstrip("s")]) if number else None


def _months(found: re.Match[str], name: str) -> int | None:
    if not found[name]:
        return None
    return int(found[name]) * (12 if found[f"{name}_unit"] == "y" else 1)


def term_words(term: Term) -> str:
    """A term for people.

    >>> term_words(Term(months=120, renewal=Renewal.TACIT, by_months=60, notice_months=6))
    'for 10 years, then for 5 years more each time unless notice is given 6 months before'
    """
    if term.is_endless:
        return "without end"
    length = f"until {term.until}" if term.until else f"for {_length(term.months)}"
    more = f"for {_length(term.by_months)} more each time" if term.by_months else "without end"
    notice = f"{_length(term.notice_months)} before" if term.notice_months else "before"
    return (
        length
        + {
            Renewal.UNSTATED: "",
            Renewal.FINAL: ", and no longer",
            Renewal.AGREED: f", then {more} if the parties agree",
            Renewal.TACIT: f", then {more} unless notice is given {notice}",
        }[term.renewal]
    )


def _length(months: int | None) -> str:
    months = months or 0
    number, unit = (months, "month") if months % 12 else (months // 12, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def term_written(term: Term) -> str:
    """The term as one word, which `parse_term` reads back.

    >>> term_written(Term(months=120, renewal=Renewal.TACIT, by_months=60, notice_months=6))
    '10y;renews:5y;notice:6m'
    """
    if term.is_endless:
        return ENDLESS[0]
    length = term.until.isoformat() if term.until else _short(term.months)
    how = "" if term.renewal is Renewal.UNSTATED else f";{term.renewal}"
    by = f":{_short(term.by_months)}" if term.by_months and how else ""
    return length + how + by + (f";notice:{_short(term.notice_months)}" if term.notice_months else "")


def _short(months: int | None) -> str:
    months = months or 0
    return f"{months}m" if months % 12 else f"{months // 12}y"
