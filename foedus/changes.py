"""What changed between two states of knowledge: standings of states, and contradictions that nobody saw before.

Only treaties on whose shelves something changed are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from foedus.knowledge import Knowledge
from foedus.status.standings import concerned, standing_of
from foedus.terms.evidence import Quote
from foedus.terms.treaties import Treaty

CONTRADICTIONS = frozenset(
    {"act-denied", "body-named-differently", "claims-contradict", "date-refuted", "dates-differ", "provisions-differ", "votes-differ"}
)  # fmt: skip
"""Kinds of issue in which reports disagree."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is otherwise than before.

    kind     "status" or "contradiction"
    state    whose status, or None
    was, is_ the headlines before and now, for a status
    says     in one sentence
    quotes   the words that it rests on
    """

    kind: str
    treaty: str
    says: str
    state: str | None = None
    was: str | None = None
    is_: str | None = msgspec.field(default=None, name="is")
    quotes: tuple[Quote, ...] = ()


def news_between(before: Knowledge, after: Knowledge) -> tuple[News, ...]:
    """What is otherwise in `after`, by treaty: changes of status first, then contradictions."""
    same = {shelf.digest for shelf in before.placed}
    changed = [treaty for shelf in after.placed if shelf.digest not in same for treaty in shelf.treaties]
    ids = _ids_before(sorted(changed, key=lambda t: t.id), before, after)
    return tuple(news for treaty, earlier in ids for news in _of_treaty(treaty, earlier, before, after))


def _of_treaty(treaty: Treaty, earlier: str | None, before: Knowledge, after: Knowledge) -> Iterator[News]:
    now = after.around(treaty.id)
    then = before.around(earlier) if earlier is not None else None
    for state in treaty.parties or concerned(treaty.id, now, after.reference):
        stands = standing_of(state, treaty.id, after.today, now, after.reference)
        was = "none"
        if earlier is not None and then is not None:
            was = str(standing_of(state, earlier, after.today, then, before.reference).status)
        if str(stands.status) != was:
            yield News(
                kind="status",
                treaty=treaty.id,
                state=state,
                was=was,
                is_=str(stands.status),
                says=f"{after.reference.directory.name_of(state)} and {_name(treaty)}: {was} before, {stands.status} now ({stands.proof.says})",
                quotes=tuple(dict.fromkeys(stands.proof.all_quotes())),
            )
    known = {issue.says for issue in then.of(earlier).issues} if then is not None and earlier is not None else set()
    for issue in now.of(treaty.id).issues:
        if issue.kind in CONTRADICTIONS and issue.says not in known:
            yield News(kind="contradiction", treaty=treaty.id, says=issue.says, quotes=issue.quotes)


def _ids_before(treaties: Iterable[Treaty], before: Knowledge, after: Knowledge) -> Iterator[tuple[Treaty, str | None]]:
    """Each treaty with the id that it had: its own, or that of one with its parties and a name of it that is no more."""
    had, has = {t.id for t in before.treaties}, {t.id for t in after.treaties}
    gone: dict[tuple[str, ...], list[Treaty]] = defaultdict(list)
    for one in before.treaties:
        if one.id not in has:
            gone[one.parties].append(one)
    for treaty in treaties:
        names = {name.text for name in treaty.names}
        alike = (one.id for one in gone[treaty.parties] if names & {name.text for name in one.names})
        yield treaty, treaty.id if treaty.id in had else next(alike, None)


def _name(treaty: Treaty) -> str:
    return treaty.names[0].text if treaty.names else treaty.id
