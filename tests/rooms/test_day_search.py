"""The search for days is exact: it finds what trying everything finds."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from foedus.register.day_search import DayProblem, Link, Precedence, is_breach, least, near_least
from foedus.terms.dates import DateRange

FIRST = date(2024, 1, 1)


def _days(count: int) -> list[DateRange]:
    return [DateRange.of(FIRST + timedelta(days=i)) for i in range(count)]


@some.composite
def problems(draw: some.DrawFn) -> DayProblem:
    """Up to three documents of up to three days, and up to three acts of up to three values."""
    cost = some.integers(0, 9).map(float)
    lengths = draw(some.lists(some.integers(1, 3), min_size=1, max_size=3))
    own = [tuple(draw(some.lists(cost, min_size=n, max_size=n))) for n in lengths]
    values = [_days(n) for n in draw(some.lists(some.integers(1, 3), min_size=1, max_size=3))]
    pairs = draw(some.lists(some.tuples(some.integers(0, len(own) - 1), some.integers(0, len(values) - 1)), max_size=5))
    links = [
        Link(d, a, tuple(tuple(draw(some.lists(cost, min_size=lengths[d], max_size=lengths[d]))) for _ in values[a]))
        for d, a in pairs
    ]
    acts = some.integers(0, len(values) - 1)
    orders = [Precedence(a, b, w) for a, b, w in draw(some.lists(some.tuples(acts, acts, cost), max_size=3)) if a != b]
    return DayProblem(own=own, values=values, links=links, orders=orders)


def _cost(problem: DayProblem, choice: tuple[int, ...]) -> float:
    total = 0.0
    for d, own in enumerate(problem.own):
        mine = [link for link in problem.links if link.document == d]
        total += min(own[i] + sum(link.costs[choice[link.act]][i] for link in mine) for i in range(len(own)))
    for order in problem.orders:
        before, after = (
            problem.values[order.before][choice[order.before]],
            problem.values[order.after][choice[order.after]],
        )
        total += order.weight * is_breach(before, after)
    return total


def _tried(problem: DayProblem) -> float:
    return min(_cost(problem, choice) for choice in product(*(range(len(v)) for v in problem.values)))


@given(problems())
def test_the_least_cost_is_what_trying_everything_finds(problem: DayProblem) -> None:
    found = least(problem)
    assert found.cost == pytest.approx(_tried(problem))
    assert found.cost == pytest.approx(_cost(problem, found.choice))


@given(problems(), some.sampled_from([0.0, 2.0, 5.0]))
def test_the_range_of_an_act_holds_every_value_near_the_least_and_ends_with_one(
    problem: DayProblem, slack: float
) -> None:
    best, near = near_least(problem, slack)
    choices = list(product(*(range(len(v)) for v in problem.values)))
    for act, values in enumerate(problem.values):
        costs = {v: min(_cost(problem, c) for c in choices if c[act] == v) for v in range(len(values))}
        expected = [values[v] for v, cost in costs.items() if cost <= best.cost + slack + 1e-6]
        hull, is_exact = near.hull(act, slack)
        assert is_exact
        assert (hull.earliest, hull.latest) == (min(expected).earliest, max(expected).latest)
