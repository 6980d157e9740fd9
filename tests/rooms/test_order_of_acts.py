"""In which order acts of one treaty come, where no procedure says it."""

import pytest

from foedus.pipeline import load_reference
from foedus.register.coreference import Told, clusters_of
from foedus.register.order_of_acts import orders_of
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Kind
from foedus.terms.dates import Timex
from foedus.terms.evidence import Factuality, Quote


def said(kind: Kind, states: str) -> Statement:
    act = ActMention(kind=kind, states=tuple(states.split()), timex=Timex(value="XXXX-02-21"))
    quote = Quote("d", 0, 4, "text")
    return Statement(id=f"s_{kind}", document="d", content=act, factuality=Factuality.HAPPENED, quote=quote)


def order(kinds: list[Kind], states: str) -> list[tuple[Kind, Kind]]:
    """Pairs of kinds, earlier first."""
    statements = [said(kind, states) for kind in kinds]
    clusters = dict(
        enumerate(clusters_of([(0, one) for one in statements], {}, told={s.id: Told() for s in statements}))
    )
    titles = {i: str(cluster.key.kind) for i, cluster in clusters.items()}
    found = orders_of(clusters, titles, load_reference())
    return [(clusters[one.before].key.kind, clusters[one.after].key.kind) for one in found]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Kind.SIGN, Kind.ENTER_INTO_FORCE),
        (Kind.SIGN, Kind.SUSPEND),  # only what operates is suspended
        (Kind.ENTER_INTO_FORCE, Kind.SUSPEND),
        (Kind.ENTER_INTO_FORCE, Kind.TERMINATE),
        (Kind.WITHDRAW_NOTICE, Kind.REVOKE_NOTICE),
    ],
)
def test_one_kind_comes_before_another(before: Kind, after: Kind) -> None:
    assert order([after, before], "CHL PER") == [(before, after)]


@pytest.mark.parametrize(
    "pair", [[Kind.SUSPEND, Kind.WITHDRAW_NOTICE], [Kind.EXCHANGE, Kind.DEPOSIT], [Kind.EXTEND, Kind.ENTER_INTO_FORCE]]
)
def test_some_kinds_come_in_any_order(pair: list[Kind]) -> None:
    assert order(pair, "CHL PER") == []
