"""Editors' rulings: what is named by the id of an entry becomes the statements it rests on, and is tried before it is recorded.

The register knows statements only: an entry's id may change with the next report, those of its statements never do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from foedus.errors import FoedusError
from foedus.register.entries import Act, Ruling
from foedus.register.rulings import BETWEEN, parted, ruled
from foedus.serving.entering import state_codes
from foedus.statements.statement import ActMention, Statement

if TYPE_CHECKING:
    from foedus.journal.record import Journal
    from foedus.pipeline import Knowledge

Named = Sequence[tuple[Statement, ...]]
"""Per id that a ruling was given, the statements that it means."""


def rule(
    journal: Journal,
    knowledge: Knowledge,
    verb: str,
    args: Sequence[str],
    *,
    author: str,
    note: str = "",
    source: str = "",
) -> Ruling:
    """Appends a ruling on entries or statements, by id.

    raises   FoedusError if it names nothing, does not fit what it names, or nobody answers for it; then nothing is appended
    """
    plain = tuple(arg.strip() for arg in args)
    final = _ARGUMENTS[verb](plain, knowledge) if verb in _ARGUMENTS else plain
    return journal.append_ruling(verb, *final, author=author, note=note.strip() or None, source=source.strip() or None)


def statements_meant(id_: str, knowledge: Knowledge) -> tuple[Statement, ...]:
    """The statements that an id means: that statement, or those on which the act, finding or claim rests.

    raises   FoedusError if nothing has this id
    """
    if id_.startswith("s_"):
        statement = knowledge.statement(id_)
        found: tuple[Statement, ...] = (statement,) if statement else ()
    else:
        entry = knowledge.entry(id_)
        quotes = () if entry is None else (*entry.proof.all_quotes(), *(entry.quotes if isinstance(entry, Act) else ()))
        documents = sorted({quote.document for quote in quotes})
        said = (s for document in documents for s in knowledge.statements_of(document))
        found = tuple(s for s in said if entry is not None and s.id in entry.supported_by)
    if not found:
        raise FoedusError(
            f'nothing has the id "{id_}"; ids stand in the JSON of show and read, and on the pages of the site'
        )
    return found


def _same(args: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    if len(set(args)) < 2:
        raise FoedusError("one act needs no ruling to be itself; name two or more: foedus rule same ID ID")
    named = _acts(args, knowledge, "one act")
    return tuple(dict.fromkeys(s.id for group in named for s in group))


def _different(args: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """Every id stands for a group of its own, unless `BETWEEN` parts the groups."""
    groups = parted(args)
    if len(groups) < 2 or not all(groups):
        raise FoedusError("name two or more that are different: foedus rule different ID ID")
    ids = [
        tuple(dict.fromkeys(s.id for named in _acts(group, knowledge, "different acts") for s in named))
        for group in groups
    ]
    if len({id_ for group in ids for id_ in group}) < sum(map(len, ids)):
        raise FoedusError("a statement cannot be different from itself; name different acts, or statements of one act")
    if all(len(group) == 1 for group in ids):
        return tuple(group[0] for group in ids)
    joined = [id_ for group in ids for id_ in (BETWEEN, *group)]
    return tuple(joined[1:])


def _reject(args: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.id for arg in args for s in statements_meant(arg, knowledge)))


def _set(args: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    if len(args) != 3:
        raise FoedusError("to set a field name the entry, the field and its value: foedus rule set ID FIELD VALUE")
    id_, field, value = args
    if field == "states":
        value = ",".join(state_codes(value.split(","), knowledge.reference.directory))
    statements = statements_meant(id_, knowledge)
    final = (*(s.id for s in statements), field, value)
    ruled(statements, [Ruling(id="", verb="set", args=final)])
    return final


_ARGUMENTS: dict[str, Callable[[tuple[str, ...], Knowledge], tuple[str, ...]]] = {
    "same": _same,
    "different": _different,
    "reject": _reject,
    "set": _set,
}


def _acts(args: Sequence[str], knowledge: Knowledge, what: str) -> Named:
    """What is named, where all of it are acts that are told of in documents that bear on one another.

    raises   FoedusError if they are not
    """
    named = [statements_meant(arg, knowledge) for arg in args]
    for arg, statements in zip(args, named, strict=True):
        if not all(isinstance(s.content, ActMention) for s in statements):
            raise FoedusError(f"{arg} is no act; only acts can be ruled to be {what}")
    documents = {s.document for statements in named for s in statements}
    if not knowledge.placed.stand_together(documents):
        raise FoedusError(f"{' and '.join(args)} are acts under different treaties; they cannot be ruled to be {what}")
    return named
