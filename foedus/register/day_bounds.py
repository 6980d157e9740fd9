"""Lower bounds for the joint chronology, tight enough that hardly anything is left to search.

Every document (its day and the acts it tells of) and every order of two acts is a small problem of its own; what an act's
date costs is shared among those that speak of the act so that all of them ask the same for it (min-marginal averaging, a
dual ascent: Globerson and Jaakkola 2007). The sum of their least costs never exceeds the true least cost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import add, sub
from typing import NamedTuple

import msgspec

from foedus.terms.dates import DateRange

Costs = Sequence[float]


class Link(msgspec.Struct, frozen=True):
    """A mention: what it costs if `act` has value v and its document's day is number i: `costs[v][i]`."""

    document: int
    act: int
    costs: Sequence[Costs]


class Precedence(msgspec.Struct, frozen=True):
    """`before` should not lie more than `lag` days after `after`; it costs `weight` where it does."""

    before: int
    after: int
    weight: float
    lag: int = 0


class DayProblem(msgspec.Struct, kw_only=True):
    """own[d][i]: what day number i of document d costs by itself; values[a]: what act a's date can be."""

    own: Sequence[Costs]
    values: Sequence[Sequence[DateRange]]
    links: Sequence[Link]
    orders: Sequence[Precedence] = ()


class Found(msgspec.Struct, frozen=True):
    """The least cost, and the value number of every act; `is_exact` unless the search was given up."""

    cost: float
    choice: tuple[int, ...]
    is_exact: bool = True


def is_breach(before: DateRange, after: DateRange, lag: int = 0) -> bool:
    """Whether no day of `before` lies on or before a day of `after`, or within `lag` days after it."""
    return (before.earliest - after.latest).days > lag


class Pair(NamedTuple):
    """All mentions of one act in one document: row v of `rows` holds the costs by day, shares of other parts included."""

    document: int
    act: int
    rows: dict[int, list[float]]


class Ordered(NamedTuple):
    """Two acts in an order, with the shares of either's dates."""

    before: int
    after: int
    weight: float
    lag: int
    of_before: dict[int, float]
    of_after: dict[int, float]


class Bounds:
    """A day problem with the costs of acts' dates shared out, and what is hopeless struck out.

    alive  alive[a]: the value numbers that act a still can have
    left   left[d]: the numbers of the days that document d still can have
    bound  no assignment costs less
    bound_with  bound_with[a][v]: none in which act a has value v costs less
    """

    def __init__(self, problem: DayProblem) -> None:
        self.values = problem.values
        self.first = [[v.earliest.toordinal() for v in values] for values in problem.values]
        self.last = [[v.latest.toordinal() for v in values] for values in problem.values]
        self.own = [list(costs) for costs in problem.own]
        self.left = [list(range(len(costs))) for costs in problem.own]
        self.alive = [list(range(len(values))) for values in problem.values]
        self.pairs = _merged(problem.links)
        self.orders = [
            Ordered(
                o.before, o.after, o.weight, o.lag, *(dict.fromkeys(self.alive[a], 0.0) for a in (o.before, o.after))
            )
            for o in problem.orders
        ]
        acts, documents = range(len(self.values)), range(len(self.own))
        self.pairs_of = _by_key([p.act for p in self.pairs], len(acts))
        self.pairs_in = _by_key([p.document for p in self.pairs], len(documents))
        self.orders_of = [[o for o in self.orders if a in (o.before, o.after)] for a in acts]
        self.low = [_least_of(list(p.rows.values())) for p in self.pairs]
        self.star = [self._star(d) for d in documents]
        self.bound = self._least()
        self.bound_with = [dict.fromkeys(alive, self.bound) for alive in self.alive]

    def _star(self, document: int) -> list[float]:
        total = self.own[document]
        for n in self.pairs_in[document]:
            total = list(map(add, total, self.low[n]))
        return total

    def _least(self) -> float:
        return sum(map(min, self.star)) + sum(min(self.marginals(o, o.before)) for o in self.orders)

    def average(self) -> None:
        """One pass: each act in turn makes all that speak of it ask the same for each of its dates."""
        for act in range(len(self.values)):
            self._average(act)

    def _average(self, act: int) -> None:
        alive, mine, orders = self.alive[act], self.pairs_of[act], self.orders_of[act]
        rests = [list(map(sub, self.star[self.pairs[n].document], self.low[n])) for n in mine]
        asked = [
            [min(map(add, rest, self.pairs[n].rows[v])) for v in alive] for n, rest in zip(mine, rests, strict=True)
        ]
        asked += [self.marginals(o, act) for o in orders]
        if not asked:
            return
        mean = [sum(column) / len(asked) for column in zip(*asked, strict=True)]
        rest_of_bound = self.bound - sum(map(min, asked))
        self.bound_with[act] = {v: rest_of_bound + len(asked) * m for v, m in zip(alive, mean, strict=True)}
        self.bound = min(self.bound_with[act].values())
        if len(asked) == 1:
            return
        for n, rest, costs in zip(mine, rests, asked[: len(mine)], strict=True):
            pair = self.pairs[n]
            for v, cost, m in zip(alive, costs, mean, strict=True):
                if abs(share := m - cost) > 1e-12:
                    pair.rows[v] = [c + share for c in pair.rows[v]]
            self.low[n] = _least_of(list(pair.rows.values()))
            self.star[pair.document] = list(map(add, rest, self.low[n]))
        for o, costs in zip(orders, asked[len(mine) :], strict=True):
            shares = o.of_before if o.before == act else o.of_after
            for v, cost, m in zip(alive, costs, mean, strict=True):
                shares[v] += m - cost

    def marginals(self, o: Ordered, act: int) -> list[float]:
        """For every live date of `act` the least that an order costs, whatever the date of the other."""
        if act == o.before:
            others = sorted(self.alive[o.after], key=lambda v: -self.last[o.after][v])
            keys, shares, own, places = [-self.last[o.after][v] for v in others], o.of_after, o.of_before, self.first
            at = [bisect_right(keys, o.lag - places[act][v]) for v in self.alive[act]]
        else:
            others = sorted(self.alive[o.before], key=lambda v: self.first[o.before][v])
            keys, shares, own, places = [self.first[o.before][v] for v in others], o.of_before, o.of_after, self.last
            at = [bisect_right(keys, places[act][v] + o.lag) for v in self.alive[act]]
        lowest, running = [float("inf")], float("inf")
        for v in others:
            running = min(running, shares[v])
            lowest.append(running)
        return [own[v] + min(lowest[k], running + o.weight) for v, k in zip(self.alive[act], at, strict=True)]

    def order_cost(self, o: Ordered, before: int, after: int) -> float:
        breach = self.first[o.before][before] > self.last[o.after][after] + o.lag
        return o.weight * breach + o.of_before[before] + o.of_after[after]

    # Striking out

    def strike(self, limit: float) -> None:
        """Strikes out dates and days that cannot be part of anything that costs `limit` or less."""
        for act, alive in enumerate(self.alive):
            kept = [v for v in alive if self.bound_with[act][v] <= limit]
            if len(kept) < len(alive):
                self.keep(act, kept)
        self.bound = self._least()
        room = limit - self.bound
        for document, star in enumerate(self.star):
            cheapest = min(star)
            days = [i for i, cost in enumerate(star) if cost - cheapest <= room]
            if len(days) < len(star):
                self._keep_days(document, days)

    def keep(self, act: int, kept: Sequence[int]) -> None:
        """Leaves only some dates of an act."""
        self.alive[act] = list(kept)
        for n in self.pairs_of[act]:
            pair = self.pairs[n]
            rest = list(map(sub, self.star[pair.document], self.low[n]))
            self.pairs[n] = pair._replace(rows={v: pair.rows[v] for v in kept})
            self.low[n] = _least_of(list(self.pairs[n].rows.values()))
            self.star[pair.document] = list(map(add, rest, self.low[n]))

    def _keep_days(self, document: int, days: Sequence[int]) -> None:
        self.left[document] = [self.left[document][i] for i in days]
        self.own[document] = _picked(self.own[document], days)
        for n in self.pairs_in[document]:
            pair = self.pairs[n]
            self.pairs[n] = pair._replace(rows={v: _picked(row, days) for v, row in pair.rows.items()})
            self.low[n] = _picked(self.low[n], days)
        self.star[document] = _picked(self.star[document], days)

    def days_within(self, document: int, limit: float) -> list[int]:
        """The numbers of the days of a document for which the bound does not forbid a cost of `limit`, ascending."""
        star = self.star[document]
        room = limit - self.bound + min(star)
        return [day for day, cost in zip(self.left[document], star, strict=True) if cost <= room]

    # Good solutions

    def descended(self, choice: list[int], fixed: int | None = None, sweeps: int = 6) -> Found:
        """A local optimum near `choice`: each act in turn takes its best date, until none changes; `fixed` keeps its own."""
        for _ in range(sweeps):
            before = list(choice)
            for act, alive in enumerate(self.alive):
                if len(alive) > 1 and act != fixed:
                    choice[act] = self._best_date(act, choice)
            if choice == before:
                break
        return Found(self.cost(choice), tuple(choice))

    def _best_date(self, act: int, choice: Sequence[int]) -> int:
        alive, total = self.alive[act], [0.0] * len(self.alive[act])
        for n in self.pairs_of[act]:
            rest = self.own[self.pairs[n].document]
            for other in self.pairs_in[self.pairs[n].document]:
                if other != n:
                    rest = list(map(add, rest, self.pairs[other].rows[choice[self.pairs[other].act]]))
            total = [t + min(map(add, rest, self.pairs[n].rows[v])) for t, v in zip(total, alive, strict=True)]
        for o in self.orders_of[act]:
            ends = [(v, choice[o.after]) if o.before == act else (choice[o.before], v) for v in alive]
            total = [t + self.order_cost(o, *pair) for t, pair in zip(total, ends, strict=True)]
        least = min(total)
        now = alive.index(choice[act]) if choice[act] in alive else None
        if now is not None and total[now] <= least + 1e-12:
            return choice[act]
        return alive[total.index(least)]

    def cost(self, choice: Sequence[int]) -> float:
        total = sum(self.order_cost(o, choice[o.before], choice[o.after]) for o in self.orders)
        for document, costs in enumerate(self.own):
            for n in self.pairs_in[document]:
                costs = list(map(add, costs, self.pairs[n].rows[choice[self.pairs[n].act]]))
            total += min(costs)
        return total


def _merged(links: Sequence[Link]) -> list[Pair]:
    """A pair for each document and act: what several mentions in one document cost is added up."""
    merged: dict[tuple[int, int], Pair] = {}
    for link in links:
        known = merged.get((link.document, link.act))
        rows = dict(enumerate(map(list, link.costs)))
        if known is not None:
            rows = {v: list(map(add, known.rows[v], row)) for v, row in rows.items()}
        merged[link.document, link.act] = Pair(link.document, link.act, rows)
    return list(merged.values())


def _by_key(keys: Sequence[int], count: int) -> list[list[int]]:
    by_key: list[list[int]] = [[] for _ in range(count)]
    for number, key in enumerate(keys):
        by_key[key].append(number)
    return by_key


def _least_of(rows: Sequence[list[float]]) -> list[float]:
    return list(map(min, *rows)) if len(rows) > 1 else list(rows[0])


def _picked(row: Sequence[float], kept: Sequence[int]) -> list[float]:
    return [row[i] for i in kept]
