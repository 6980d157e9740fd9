"""How far reports support or contradict each other about one act: its truth, its vote, its organ (copies count once)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from foedus.register.coreference import Cluster
from foedus.register.entries import Act
from foedus.register.own_records import OwnRecord
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Vote
from foedus.terms.agents import CHAMBERS, Agent, BodyKind
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Issue, Proof, Truth

T = TypeVar("T")

Records = Mapping[str, OwnRecord]
"""Id of a statement -> the record of the act that it stands in; those of other publishers are left out."""

STRENGTH = (Factuality.HAPPENED, Factuality.PLANNED, Factuality.EXPECTED, Factuality.POSSIBLE, Factuality.DENIED)


def act_of(statement: Statement) -> ActMention:
    assert isinstance(statement.content, ActMention)
    return statement.content


def strongest(statements: Sequence[Statement]) -> Factuality:
    """The surest that any of the statements is."""
    return min((s.factuality for s in statements), key=STRENGTH.index)


def truth_of(factuality: Factuality) -> Truth:
    """What a register may hold of an act that its reports are this sure of."""
    if factuality is Factuality.HAPPENED:
        return Truth.TRUE
    return Truth.FALSE if factuality is Factuality.DENIED else Truth.UNKNOWN


def vote_of(statements: Sequence[Statement], records: Records) -> Vote | None:
    """The tally that the record of the act gives, else most reports, field by field."""
    told = [(s, v) for s in statements if (v := act_of(s).vote) is not None]
    fields = {f: _most(_weightiest(told, f, records)) for f in Vote.__struct_fields__}
    return Vote(**{name: value for name, value in fields.items() if value is not None}) if told else None


def _weightiest(told: Sequence[tuple[Statement, Vote]], field: str, records: Records) -> list[Any]:
    """What is said of one number of a vote: by the record of the act where that says it, else by all."""
    values = [(s, getattr(v, field)) for s, v in told if getattr(v, field) is not None]
    return [value for s, value in values if s.id in records] or [value for _, value in values]


def _most(values: Sequence[T]) -> T | None:
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], repr(v))) if counted else None


def vote_issues(act_id: str, title: str, statements: Sequence[Statement], records: Records) -> list[Issue]:
    """An issue where two reports of one act give different numbers."""
    told = [(s, v) for s in statements for v in [act_of(s).vote] if v is not None]
    for field in ("for_", "against", "abstain", "present"):
        values = {getattr(v, field) for _, v in told if getattr(v, field) is not None}
        if len(values) > 1:
            quotes = tuple(s.quote for s, v in told if getattr(v, field) is not None)
            numbers = ", ".join(str(n) for n in sorted(values))
            says = f"reports differ on the vote, {title}: {field.rstrip('_')} {numbers}"
            counts, by = _weightiest(told, field, records), _by_number([getattr(v, field) for _, v in told])
            if own := _record_among([s.id for s, v in told if getattr(v, field) is not None], records):
                says, by = f"{says}; {own.words} has {_most(counts)}, and outweighs the rest", own.by
            proof = Proof(says=says, truth=Truth.TRUE, by=by, quotes=quotes)
            return [Issue(kind="votes-differ", says=says, quotes=quotes, about=(act_id,), proof=proof)]
    return []


def _by_number(values: Sequence[int | None]) -> str:
    """By which rule one of some numbers is held, as many reports as give each."""
    ((_, most), *others) = Counter(value for value in values if value is not None).most_common(2)
    is_split = any(count == most for _, count in others)
    return "as many reports say one as the other" if is_split else "what most reports say"


def with_reasons(act: Act, reasons: Sequence[Proof]) -> Act:
    """The act with further reasons in its proof."""
    if not reasons:
        return act
    proof = msgspec.structs.replace(act.proof, because=(*act.proof.because, *reasons))
    return msgspec.structs.replace(act, proof=proof)


def naming_issues(act_id: str, title: str, cluster: Cluster) -> list[Issue]:
    """An issue where one report's "parliament" is another's "lower house": a part is named as the whole."""
    wholes = [s for s in cluster.statements if _kind(act_of(s).actor) is BodyKind.PARLIAMENT]
    parts = [s for s in cluster.statements if _kind(act_of(s).actor) in CHAMBERS - {BodyKind.PARLIAMENT}]
    if not wholes or not parts:
        return []
    names = [_name(act_of(s[0]).actor) for s in (wholes, parts)]
    says = f'{title}: said of "{names[0]}" and of "{names[1]}"; one chamber is not the whole parliament'
    quotes = tuple(dict.fromkeys(s.quote for s in (*wholes, *parts)))
    return [Issue(kind="body-named-differently", says=says, quotes=quotes, about=(act_id,))]


def _kind(agent: Agent | None) -> BodyKind | None:
    return agent.kind if agent else None


def _name(agent: Agent | None) -> str:
    return agent.name if agent else ""


def date_issues(act: Act, title: str) -> list[Issue]:
    """An issue where some report's words for the day were overruled."""
    if act.dated is None:
        return []
    losers = [p for p in act.dated.proof.because if p.says.startswith("overruled")]
    losers = [p for p in losers if p.quotes]
    if not losers:
        return []
    winners = [p for p in act.dated.proof.because if p.quotes and p not in losers]
    quotes = tuple(dict.fromkeys(q for p in (*losers, *winners) for q in p.quotes))
    says = f"{title}: dated {act.dated.likeliest.edtf}, against {'; '.join(p.says.removeprefix('overruled: ') for p in losers)}"
    return [Issue(kind="dates-differ", says=says, quotes=quotes, about=(act.id,), proof=act.dated.proof)]


def linked(acts: Sequence[Act], told_on: Mapping[str, date], records: Records) -> tuple[list[Act], list[Issue]]:
    """Expectations and denials beside the events they speak of: overtaken, or in contradiction.

    told_on   id of a statement -> the day on which its report was published
    """
    result, issues = list(acts), []
    for i, act in enumerate(acts):
        if act.factuality is Factuality.HAPPENED:
            continue
        event = next((e for e in acts if e.factuality is Factuality.HAPPENED and _same_deed(act, e)), None)
        if event is None:
            continue
        if act.factuality.is_unrealised:
            result[i] = msgspec.structs.replace(act, overtaken_by=event.id)
            if act.on and event.on and not act.on & event.on:
                issues.append(_overtaken(act, event))
        elif _still_denied(act, event):
            result[i] = msgspec.structs.replace(act, contradicted_by=event.supported_by)
            weighed = _weighed(event, act, told_on, records)
            result[acts.index(event)] = _denied(event, act, weighed)
            quotes = (*event.quotes, *act.quotes)
            issues.append(Issue(kind="act-denied", says=weighed.says, quotes=quotes, about=(event.id, act.id)))
    return result, issues


def _same_deed(one: Act, other: Act) -> bool:
    same = one.treaty == other.treaty and one.kind is other.kind and one.measure == other.measure
    states = not one.states or not other.states or bool(set(one.states) & set(other.states))
    return same and states and _same_actor(one.actor, other.actor)


def _same_actor(one: Agent | None, other: Agent | None) -> bool:
    if one is None or other is None or one.kind not in CHAMBERS or other.kind not in CHAMBERS:
        return True
    return one.body == other.body if one.body and other.body else one.kind is other.kind


def _still_denied(denial: Act, event: Act) -> bool:
    """A report that denies an act contradicts it only if it is younger than the act's reports ("has not yet ratified" grows old)."""
    return bool(denial.reported_first and event.reported_first and denial.reported_first > event.reported_first)


def _weighed(event: Act, denial: Act, told_on: Mapping[str, date], records: Records) -> Proof:
    """How true an act is that one report tells and another, younger, denies: by who keeps its record, else nobody knows.

    A record that denies an act decides it only if it is younger than every report of the act: what it did not have then
    may have come since.
    """
    own, against = _record_among(event.supported_by, records), _record_among(denial.supported_by, records)
    says = f"{event.proof.says}; another report, no older, denies it"
    last = max((told_on[id_] for id_ in event.supported_by if id_ in told_on), default=date.max)
    is_last = bool(denial.reported_first and denial.reported_first > last)
    if own and not against:
        return Proof(says=f"{says}; {own.words} tells it, and outweighs that", truth=Truth.TRUE, by=own.by)
    if against and not own and is_last:
        return Proof(says=f"{says}: {against.words}, which outweighs it", truth=Truth.FALSE, by=against.by)
    return Proof(says=says, truth=Truth.UNKNOWN, by="reports that contradict each other")


def _denied(event: Act, denial: Act, weighed: Proof) -> Act:
    """The act with what denies it in its proof."""
    denied = msgspec.structs.replace(weighed, quotes=denial.quotes)
    proof = msgspec.structs.replace(event.proof, truth=weighed.truth, because=(*event.proof.because, denied))
    return msgspec.structs.replace(event, contradicted_by=denial.supported_by, truth=weighed.truth, proof=proof)


def _record_among(statements: Iterable[str], records: Records) -> OwnRecord | None:
    return next((records[id_] for id_ in statements if id_ in records), None)


def _overtaken(expectation: Act, event: Act) -> Issue:
    assert expectation.on and event.on
    says = f"expected for {expectation.on.edtf}, it was done on {event.on.edtf}: {event.proof.says}"
    quotes: tuple[Quote, ...] = (*expectation.quotes, *event.quotes)
    return Issue(kind="expectation-overtaken", says=says, quotes=quotes, about=(expectation.id, event.id))


def act_proof(
    says: str,
    statements: Sequence[Statement],
    names: Mapping[str, str],
    records: Records,
    copies: Mapping[str, str],
    dated: Proof | None,
) -> Proof:
    """Why the register holds an act: one leaf a report, and the proof of its date.

    copies   id of a report -> id of the one that it repeats
    """
    factuality = strongest(statements)
    leaves = [
        Proof(
            says=f"{names.get(s.document, s.document)}{_of_record(s, records)} tells it as {s.factuality}{_of_copy(s, copies, names)}",
            truth=Truth.TRUE,
            by=f"report {names.get(s.document, s.document)}, {s.quote.place}",
            quotes=(s.quote, *s.evidence),
        )
        for s in statements
    ]
    return Proof(says=says, truth=truth_of(factuality), by="reports", because=(*leaves, *([dated] if dated else [])))


def _of_copy(statement: Statement, copies: Mapping[str, str], names: Mapping[str, str]) -> str:
    first = copies.get(statement.document)
    return f"; it repeats {names.get(first, first)} and is no witness of its own" if first else ""


def _of_record(statement: Statement, records: Records) -> str:
    return f" ({records[statement.id].words})" if statement.id in records else ""
