"""Final clauses of treaties, read: when a treaty, an amendment or an article enters into force, as data (VCLT 24(1)).

Every sentence that says "shall enter into force" is read whole or declined whole, with the words that were not understood: half a
condition would give a wrong day. Words and patterns are a language's data (`force_clauses.toml`); `clause_reader.py` uses them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.reference.clause_reader import ClauseReading, Declined, Resolve, reader_of
from foedus.reference.clause_words import ClauseTextWords
from foedus.reference.clauses import ForceClause, Period
from foedus.reference.directory import Directory, Role, State

IN_ITS_ARTICLE = (
    "counting",
    "limit",
    "fallback",
    "provisional-else",
)  # kinds of sentence that mean something there only
NEAR = 8  # sentences: as many as an article on the entry into force has
NAMES: tuple[Role, ...] = ("name",)


def read_clause(text: str, words: ClauseTextWords, resolve: Resolve | None = None) -> ForceClause | Declined:
    """When the treaty itself enters into force, by the article's whole text: with the period of who consents later.

    resolve   the id of a state by its name, for clauses that name some; without it they are declined
    """
    readings = read_clauses(text, words, resolve)
    said = {of: [r for r in readings if r.of == of] for of in ("treaty", "late", "limit", "fallback", "provisional")}
    mine = said["treaty"]
    if not mine:
        return Declined(reason="no sentence says when the treaty enters into force", words=text[:200])
    if len({repr(reading.clause) for reading in mine}) > 1:
        return Declined(reason="two sentences say it differently", words=" / ".join(r.words for r in mine))
    needed = [*mine, *said["late"], *said["limit"], *said["fallback"]]
    for reading in (*needed, *(r for r in readings if r.of == "counting")):
        if isinstance(reading.clause, Declined):
            return reading.clause
    clause = _with_fallback(mine[0], said["fallback"])
    if isinstance(clause, Declined):
        return clause
    late = _only(said["late"])
    if late is None and len(said["late"]) > 1:
        return Declined(
            reason="two sentences say it differently of those who consent later",
            words=" / ".join(r.words for r in said["late"]),
        )
    for limit in said["limit"]:
        clause = _bounded(clause, limit.clause)
    provisional = _only(said["provisional"])
    return msgspec.structs.replace(
        clause,
        late=late.late if late else clause.late,
        noticed=clause.noticed or bool(late and late.noticed),
        states_only=clause.states_only or any(reading.of == "organisations" for reading in readings),
        provisional=provisional.provisional if provisional else clause.provisional,
    )


def read_clauses(text: str, words: ClauseTextWords, resolve: Resolve | None = None) -> tuple[ClauseReading, ...]:
    """Every sentence of a text that says when something enters into force, read or declined.

    Sentences on how instruments are counted are named near the one that says when the treaty enters into force, and nowhere else:
    the text may be that of the whole treaty.
    """
    reader = reader_of(words)
    found = [
        (number, reading)
        for number, sentence in enumerate(reader.sentences(text))
        for reading in reader.read(sentence, resolve)
    ]
    says_when = [number for number, reading in found if reading.of == "treaty"]
    return tuple(
        reading
        for number, reading in found
        if reading.of not in IN_ITS_ARTICLE or any(abs(number - other) <= NEAR for other in says_when)
    )


def state_resolver(directory: Directory) -> Resolve:
    """Who is meant by a name in a clause: the one state that is called so, a present one before a past one."""

    def resolve(name: str) -> str | None:
        found = directory.named(name, roles=NAMES) or directory.named(name.title(), roles=NAMES)
        states = [one for one in found if isinstance(one, State)]
        present = [one for one in states if one.until is None] or states
        return present[0].id if len(present) == 1 else None

    return resolve


def _only(readings: Sequence[ClauseReading]) -> ForceClause | None:
    """The one clause that all these readings give."""
    clauses = {repr(_bare(r.clause)): r.clause for r in readings if isinstance(r.clause, ForceClause)}
    return next(iter(clauses.values())) if len(clauses) == 1 else None


def _bare(clause: ForceClause | Declined) -> ForceClause | Declined:
    return msgspec.structs.replace(clause, words="")


def _with_fallback(mine: ClauseReading, fallbacks: Sequence[ClauseReading]) -> ForceClause | Declined:
    """The clause "on that day if the conditions are met by then", with the period for conditions that are met later."""
    clause, period = mine.clause, _only(fallbacks)
    assert isinstance(clause, ForceClause)
    if not mine.fails:
        return clause
    if period is None:
        return Declined(
            reason="what holds where the conditions are not met by that day is not said in words that are known",
            words=mine.words,
        )
    given = Period(days=period.days, months=period.months, month_start=period.month_start)
    return msgspec.structs.replace(clause, days=given.days, months=given.months, month_start=given.month_start)


def _bounded(clause: ForceClause, limit: ForceClause | Declined) -> ForceClause:
    """The clause with what it must not come before."""
    assert isinstance(limit, ForceClause)
    bounds = {name: getattr(limit, name) for name in ("earliest", "opening_months", "after")}
    return msgspec.structs.replace(clause, **{name: value for name, value in bounds.items() if value})
