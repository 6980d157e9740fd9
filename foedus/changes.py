"""What changed between two states of knowledge: standings of states, and contradictions that nobody saw before.

Only treaties on whose shelves something changed are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from foedus.earlier import told_of
from foedus.knowledge import Knowledge
from foedus.status.standings import concerned, standing_of
from foedus.terms.evidence import Quote
from foedus.terms.proof import Issue
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
    quotes   the words that it rests on, those first that it did not rest on before
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
    same, digests = set(before.placed.digests), after.placed.digests
    changed = [t for n, digest in enumerate(digests) if digest not in same for t in after.placed.treaties_on(n)]
    ids = _ids_before(sorted(changed, key=lambda t: t.id), before, after)
    return tuple(news for treaty, earlier in ids for news in _of_treaty(treaty, earlier, before, after))


def _of_treaty(treaty: Treaty, earlier: str | None, before: Knowledge, after: Knowledge) -> Iterator[News]:
    now = after.around(treaty.id)
    then = before.around(earlier) if earlier is not None else None
    for state in treaty.parties or concerned(treaty.id, now, after.reference):
        stands = standing_of(state, treaty.id, after.today, now, after.reference)
        stood = standing_of(state, earlier, after.today, then, before.reference) if then and earlier else None
        was = str(stood.status) if stood else "none"
        if str(stands.status) != was:
            heard = set(stood.proof.all_quotes()) if stood else set[Quote]()
            quotes = dict.fromkeys(stands.proof.all_quotes())
            yield News(
                kind="status",
                treaty=treaty.id,
                state=state,
                was=was,
                is_=str(stands.status),
                says=f"{after.reference.directory.name_of(state)} and {_name(treaty)}: {was} before, {stands.status} now ({stands.proof.says})",
                quotes=tuple(sorted(quotes, key=lambda quote: quote in heard)),
            )
    known = then.of(earlier).issues if then is not None and earlier is not None else ()
    for issue in _unheard(now.of(treaty.id).issues, known):
        yield News(kind="contradiction", treaty=treaty.id, says=issue.says, quotes=issue.quotes)


def _unheard(now: Sequence[Issue], before: Iterable[Issue]) -> Iterator[Issue]:
    """Contradictions that nobody saw before: one that is told with other reasons, over the same words, is none."""
    heard = [issue for issue in before if issue.kind in CONTRADICTIONS]
    said, still = {issue.says for issue in heard}, {issue.says for issue in now}
    retold = [issue for issue in heard if issue.says not in still]
    for issue in now:
        if issue.kind in CONTRADICTIONS and issue.says not in said:
            earlier = next((one for one in retold if _is_retold(one, issue)), None)
            if earlier is None:
                yield issue
            else:
                retold.remove(earlier)


def _is_retold(earlier: Issue, now: Issue) -> bool:
    words = set(now.quotes)
    return (earlier.kind, earlier.about) == (now.kind, now.about) and bool(words) and words <= set(earlier.quotes)


def _ids_before(treaties: Iterable[Treaty], before: Knowledge, after: Knowledge) -> Iterator[tuple[Treaty, str | None]]:
    """Each treaty with the id that it had: its own, or that of one that is no more and of which the same words told."""
    had, has = {t.id for t in before.treaties}, {t.id for t in after.treaties}
    gone = {one.id: told_of(one.id, before.around(one.id)) for one in before.treaties if one.id not in has}
    for treaty in treaties:
        told = told_of(treaty.id, after.around(treaty.id)) if gone and treaty.id not in had else frozenset()
        alike = [(len(told & words), id_) for id_, words in gone.items() if told & words]
        yield treaty, treaty.id if treaty.id in had else max(alike, default=(0, None))[1]


def _name(treaty: Treaty) -> str:
    return treaty.names[0].text if treaty.names else treaty.id
