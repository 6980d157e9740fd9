"""Editors' rulings applied: a mention rejected, two said to be one act or two, a field set; all dated and undoable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import msgspec

from foedus.errors import FoedusError
from foedus.register.entries import Ruling
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Factuality

SETTABLE = ("date", "kind", "factuality", "states")
BETWEEN = "/"
"""Stands, among what a ruling holds to be different, between the statements of one act and those of another."""


class Rulings(msgspec.Struct, frozen=True, kw_only=True):
    """What coreference must respect.

    same   sets of statement ids that are one act
    apart  pairs of statement ids that are not
    """

    same: tuple[frozenset[str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()


def ruled(statements: Iterable[Statement], rulings: Sequence[Ruling]) -> tuple[list[Statement], Rulings]:
    """The statements as the standing rulings leave them, and what coreference must respect.

    rulings name statements by id (the command line turns an entry's id into those of its statements); a later ruling
    on the same thing wins, and an undone one counts as never made

    "set" names its statements first, then the field and the value; "different" has `BETWEEN` between two groups
    """
    undone = {r.args[0] for r in rulings if r.verb == "undo"}
    standing = [r for r in sorted(rulings, key=lambda r: (r.recorded, r.id)) if r.id not in undone and r.verb != "undo"]
    held = {s.id: s for s in statements}
    for ruling in standing:
        if ruling.verb == "reject":
            for id_ in ruling.args:
                held.pop(id_, None)
        elif ruling.verb == "set":
            *ids, field, value = ruling.args
            held.update({id_: _set(held[id_], field, value) for id_ in ids if id_ in held})
    same = _joined([frozenset(r.args) for r in standing if r.verb == "same"])
    return list(held.values()), Rulings(same=same, apart=_apart(standing))


def _set(statement: Statement, field: str, value: str) -> Statement:
    """The statement with one field as an editor set it.

    raises   FoedusError if the field is not settable, or the value does not fit it
    """
    content = statement.content
    if field not in SETTABLE or not isinstance(content, ActMention):
        raise FoedusError(f'"{field}" of {statement.id} cannot be set; of an act one can set {", ".join(SETTABLE)}')
    try:
        if field == "factuality":
            return msgspec.structs.replace(statement, factuality=Factuality(value))
        if field == "kind":
            changed = msgspec.structs.replace(content, kind=Kind(value))
        elif field == "states":
            changed = msgspec.structs.replace(content, states=tuple(sorted(value.split(","))))
        else:
            day = DateRange.parse(value)
            timex = Timex(value=value, words=value, rule="set by an editor")
            changed = msgspec.structs.replace(content, date=day, timex=timex, context=None)
    except ValueError as error:
        raise FoedusError(f'"{value}" does not fit {field} of {statement.id}: {error}') from error
    return msgspec.structs.replace(statement, content=changed)


def parted(args: Sequence[str]) -> list[list[str]]:
    """The groups that "different" holds apart: those with `BETWEEN` between them; without it each stands for itself.

    >>> parted(["s_1", "s_2", "/", "s_3"]), parted(["s_2", "s_1"])
    ([['s_1', 's_2'], ['s_3']], [['s_2'], ['s_1']])
    """
    if BETWEEN not in args:
        return [[arg] for arg in args]
    groups: list[list[str]] = [[]]
    for arg in args:
        if arg == BETWEEN:
            groups.append([])
        else:
            groups[-1].append(arg)
    return groups


def _apart(standing: Iterable[Ruling]) -> frozenset[tuple[str, str]]:
    """Pairs that are two acts; the later of "same" and "different" wins.

    >>> different = Ruling(id="r_1", verb="different", args=("s_2", "s_1"))
    >>> same = Ruling(id="r_2", verb="same", args=("s_1", "s_2", "s_3"))
    >>> _apart([same, different]), _apart([different, same])
    (frozenset({('s_1', 's_2')}), frozenset())
    """
    apart: set[tuple[str, str]] = set()
    for ruling in standing:
        if ruling.verb == "different":
            crossed = (product(one, other) for one, other in combinations(parted(ruling.args), 2))
            apart |= {(min(a, b), max(a, b)) for pairs in crossed for a, b in pairs}
        elif ruling.verb == "same":
            apart = {pair for pair in apart if not set(pair) <= set(ruling.args)}
    return frozenset(apart)


def _joined(groups: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Groups that share a member become one."""
    joined: dict[int, frozenset[str]] = {}
    group_of: dict[str, int] = {}
    for number, group in enumerate(groups):
        touching = {group_of[member] for member in group if member in group_of}
        joined[number] = group.union(*(joined.pop(other) for other in touching))
        group_of |= dict.fromkeys(joined[number], number)
    return tuple(joined.values())
