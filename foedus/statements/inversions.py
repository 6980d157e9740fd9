"""Words that say how sure a verb is and stand apart from it: behind its subject, or before "that".

"Only then will Norway ratify it", "nor did Norway sign", "It is intended that the pact be signed in May".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.statements.word_rows import WordRow

_NAME = 6  # words of a subject behind its auxiliary
_CLAUSE = 9  # words between "that" and its verb
_DETERMINERS = 3
_MOVED = frozenset({"future", "would", "possible", "required", "do"})
_MEANT = frozenset({"planned", "decided"})


def turned_round(
    row: WordRow, first: int, classes: Mapping[str, str], articles: Sequence[str]
) -> list[tuple[str, str]]:  # fmt: skip
    """The auxiliary before a subject that is a name and stands right before the bare verb at `first`, with its class."""
    at = _before_name(row, first, articles)
    kind = classes.get(row.lower[at], "") if at < first - 1 else ""
    return [(kind, row.lower[at])] if kind in _MOVED and row.is_capital(first - 1) else []


def turned_negative(
    row: WordRow, first: int, auxiliaries: Sequence[tuple[str, str]], negative: frozenset[str]
) -> list[str]:  # fmt: skip
    """ "nor did Norway": what stands before an auxiliary that was found there."""
    found = auxiliaries[-1][1] if auxiliaries else ""
    at = next((at for at in range(first - 1, max(0, first - _NAME - 1), -1) if row.lower[at] == found), 0)
    return ["negative"] if at and row.lower[at - 1] in negative else []


def meant(
    row: WordRow, first: int, catenatives: Mapping[tuple[str, ...], str], classes: Mapping[str, str], that: str
) -> str:  # fmt: skip
    """ "It is intended that the pact be signed": planned; without such a verb before "that", content of a measure."""
    at = next((at for at in range(first - 1, max(0, first - _CLAUSE), -1) if row.lower[at] == that), 0)
    is_said = at > 1 and catenatives.get((row.lower[at - 1],)) in _MEANT and classes.get(row.lower[at - 2]) == "be"
    return "planned" if is_said else "content"


def dropped(
    row: WordRow, first: int, verbs: frozenset[tuple[str, ...]], nouns: frozenset[str], articles: Sequence[str]
) -> int | None:  # fmt: skip
    """ "dropped its plans to", "given up the idea of": where the verb begins that calls off what stands at `first`."""
    if row.lower[first] not in nouns:
        return None
    at = first
    while at > 0 and first - at < _DETERMINERS and row.lower[at - 1] in articles:
        at -= 1
    return next((at - size for size in (3, 2, 1) if tuple(row.lower[max(0, at - size) : at]) in verbs), None)


def _before_name(row: WordRow, first: int, articles: Sequence[str]) -> int:
    at = first - 1
    while at > 0 and first - at < _NAME and (row.is_capital(at) or row.lower[at] in articles):
        at -= 1
    return at
