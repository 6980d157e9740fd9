"""In which order acts come: a state's own procedure where one is recorded, else the general order of treaty making.

Both only lean the joint chronology: a procedure's order gives way to two independent reports, the general one more easily.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from foedus.reference.packs import Reference
from foedus.reference.procedures import Procedure
from foedus.register.chronology import Order
from foedus.register.coreference import Cluster
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import DOMESTIC, Kind, Measure
from foedus.terms.agents import BodyKind

BY_PROCEDURE = 12.0
IN_GENERAL = 9.0

GENERAL_ORDER = {
    # kind                       place   basis
    Kind.NEGOTIATE: (0, "VCLT 9"),
    Kind.INITIAL: (1, "VCLT 10"),
    Kind.ADOPT: (2, "VCLT 9"),
    Kind.SIGN: (3, "VCLT 12, 14"),
    Kind.SUBMIT: (4, "general order of domestic procedure"),
    Kind.COMMITTEE_RECOMMEND: (5, "general order of domestic procedure"),
    Kind.CHAMBER_APPROVE: (6, "general order of domestic procedure"),
    Kind.PROMULGATE: (8, "general order of domestic procedure"),
    Kind.EXCHANGE: (9, "VCLT 13, 16"),
    Kind.DEPOSIT: (9, "VCLT 16"),
    Kind.NOTIFY_COMPLETION: (9, "VCLT 16"),
    Kind.ENTER_INTO_FORCE: (10, "VCLT 24"),
    Kind.WITHDRAW_NOTICE: (11, "VCLT 65"),
    Kind.SUSPEND: (11, "VCLT 57, 65"),
    Kind.WITHDRAW_EFFECTIVE: (12, "VCLT 54"),
    Kind.TERMINATE: (12, "VCLT 54"),
    Kind.REVOKE_NOTICE: (12, "VCLT 68"),
}


def orders_of(clusters: Mapping[int, Cluster], titles: Mapping[int, str], reference: Reference) -> tuple[Order, ...]:
    """Every pair of happened acts of one treaty that should come in an order.

    clusters, titles   act number -> its mentions, and the act in words
    """
    of_treaty: dict[int, list[int]] = defaultdict(list)
    for i in _done_once(clusters):
        of_treaty[clusters[i].key.treaty].append(i)
    return tuple(
        order
        for once in of_treaty.values()
        for one, other in combinations(once, 2)
        for order in _ordered(one, other, clusters, titles, reference)
    )


def _done_once(clusters: Mapping[int, Cluster]) -> list[int]:
    """The acts that have a place in an order: what one organ did twice (two votes, years apart) has none."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, c in clusters.items():
        if any(_act(s).timex for s in c.statements):
            organ = (c.actor.body or c.actor.kind) if c.actor and c.key.kind in DOMESTIC else None
            alike[c.key.treaty, c.key.kind, c.key.measure, c.states, organ].append(i)
    return sorted(i for its in alike.values() if len(its) == 1 for i in its)


def _act(statement: Statement) -> ActMention:
    assert isinstance(statement.content, ActMention)
    return statement.content


def _ordered(
    one: int, other: int, clusters: Mapping[int, Cluster], titles: Mapping[int, str], reference: Reference
) -> Iterator[Order]:
    a, b = clusters[one], clusters[other]
    if not ((_on_the_way(a) and _on_the_way(b)) or (a.key.measure is b.key.measure and a.key.measure)):
        return
    both_domestic = a.key.kind in DOMESTIC and b.key.kind in DOMESTIC
    shares_state = bool(a.states & b.states)
    if both_domestic and not shares_state:
        return
    recorded = next(
        (p for p in reference.procedures if p.state in a.states & b.states and p.measure is Measure.RATIFICATION), None
    )
    places = [step_places(recorded, c) for c in (a, b)]
    if recorded and all(places) and (places[0][-1] < places[1][0] or places[1][-1] < places[0][0]):
        first, then = (one, other) if places[0][-1] < places[1][0] else (other, one)
        steps = [recorded.steps[place] for place in sorted((places[0][0], places[1][0]))]
        says = f"{titles[first]} comes before {titles[then]}"
        by = f"{recorded.state} procedure, steps {steps[0].id} and {steps[1].id} ({steps[1].source})"
        yield Order(before=first, after=then, weight=BY_PROCEDURE, says=says, by=by)
        return
    ranks = [GENERAL_ORDER.get(c.key.kind) for c in (a, b)]
    if ranks[0] and ranks[1] and ranks[0][0] != ranks[1][0] and (shares_state or not (a.states and b.states)):
        first, then, by = (one, other, ranks[1][1]) if ranks[0][0] < ranks[1][0] else (other, one, ranks[0][1])
        yield Order(
            before=first, after=then, weight=IN_GENERAL, says=f"{titles[first]} comes before {titles[then]}", by=by
        )


def _on_the_way(cluster: Cluster) -> bool:
    """Whether an act belongs to the road into the treaty (a vote to denounce comes after everything)."""
    return cluster.key.measure in (None, Measure.RATIFICATION, Measure.ACCESSION)


def step_places(procedure: Procedure | None, cluster: Cluster) -> list[int]:
    """The steps of a procedure that an act may fulfil, by kind of act and, where several are of its kind, by organ."""
    if procedure is None:
        return []
    of_kind = [i for i, step in enumerate(procedure.steps) if step.kind is cluster.key.kind]
    if len(of_kind) == 1 or cluster.actor is None or cluster.actor.kind is BodyKind.PARLIAMENT:
        return of_kind
    return [i for i in of_kind if cluster.actor.body == procedure.steps[i].body] or of_kind
