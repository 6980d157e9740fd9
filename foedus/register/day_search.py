"""The exact search behind the joint chronology: a day for every document and act at the least total cost.

A min-sum problem: each document has days with a cost of their own, each mention links a document's day with an act's date,
orders link two acts. Bounds (`day_bounds.py`) strike out every date and day that no solution near the best can have; given
the acts, documents are independent, so what little is left is decided by branch and bound over the acts alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import add

from foedus.register.day_bounds import Bounds, Costs, DayProblem, Found, Link, Ordered, Precedence, is_breach
from foedus.terms.dates import DateRange

__all__ = ["DayProblem", "Found", "Link", "Near", "Precedence", "day_costs", "is_breach", "least", "near_least"]

PASSES = 40
"""Passes of averaging at most."""
GAIN = 1e-3
"""A pass that raises the bound by less is the last."""
EXACT = 1e-7
"""Costs that differ by less are the same."""
DECIMALS = 9
"""Shares of costs do not add up to the last bit."""
STEPS, FEW_STEPS, ALL_STEPS = 200_000, 4_000, 60_000
"""Dates that a search tries at most: for the best solution, for that with one date fixed, for all of these together (a second
or so); beyond, the best found so far stands."""


def least(problem: DayProblem) -> Found:
    """The cheapest assignment."""
    bounds, found = _tightened(problem, 0.0)
    return _rounded(_decided(bounds, found))


def near_least(problem: DayProblem, slack: float) -> tuple[Found, Near]:
    """The cheapest assignment, and what dates of each act cost at most so much more."""
    bounds, found = _tightened(problem, slack)
    best = _rounded(_decided(bounds, found))
    return best, Near(bounds, best)


class Near:
    """What costs little more than the best: the dates of acts, looked for from both ends (what lies between is not asked),
    and the days of documents."""

    def __init__(self, bounds: Bounds, best: Found) -> None:
        self._bounds, self._best, self._left = bounds, best, ALL_STEPS

    def hull(self, act: int, slack: float, enough: int = date.max.toordinal()) -> tuple[DateRange, bool]:
        """The first to the last day of all dates of an act that cost at most `slack` more; False where a search was given up.

        enough   days beyond which it is not looked for further
        """
        values, limit = self._bounds.values[act], self._best.cost + slack + EXACT
        hull, is_exact = values[self._best.choice[act]], self._best.is_exact
        hopeful = [v for v in self._bounds.alive[act] if self._bounds.bound_with[act][v] <= limit]
        for beyond in (_earlier, _later):
            outside = beyond(values, hopeful, hull)
            while outside and len(hull) <= enough:
                far = outside[: (len(outside) + 1) // 2]
                found = self._least_with(act, far)
                is_exact &= found.is_exact
                if found.cost <= limit:
                    hull |= values[found.choice[act]]
                outside = beyond(values, outside if found.cost <= limit else outside[len(far) :], hull)
        return hull, is_exact

    def days(self, document: int, slack: float) -> list[int]:
        """The numbers of all days of a document that may cost at most `slack` more, whatever the acts' dates, ascending."""
        return self._bounds.days_within(document, self._best.cost + slack + EXACT)

    def _least_with(self, act: int, dates: Sequence[int]) -> Found:
        """The cheapest assignment in which one act has one of some dates."""
        bounds, choice = self._bounds, self._best.choice
        likely = min(dates, key=lambda v: (bounds.bound_with[act][v], v))
        tried = bounds.descended([*choice[:act], likely, *choice[act + 1 :]], fixed=act, sweeps=2)
        if tried.cost - bounds.bound_with[act][likely] < EXACT:
            return _rounded(tried)
        search = _Branching(bounds, {act: dates}, tried, min(FEW_STEPS, self._left))
        found = search.best()
        self._left -= min(FEW_STEPS, self._left) - max(search.steps, 0)
        return _rounded(found)


def _earlier(values: Sequence[DateRange], among: Sequence[int], than: DateRange) -> list[int]:
    return sorted((v for v in among if values[v].earliest < than.earliest), key=lambda v: values[v].earliest)


def _later(values: Sequence[DateRange], among: Sequence[int], than: DateRange) -> list[int]:
    return sorted((v for v in among if values[v].latest > than.latest), key=lambda v: values[v].latest, reverse=True)


def day_costs(problem: DayProblem, choice: Sequence[int]) -> list[Costs]:
    """What each day of each document costs, once the acts are decided."""
    costs = list(problem.own)
    for link in problem.links:
        costs[link.document] = list(map(add, costs[link.document], link.costs[choice[link.act]]))
    return costs


def _tightened(problem: DayProblem, slack: float) -> tuple[Bounds, Found]:
    """The problem with all struck out that cannot come within `slack` of the best, and a good solution."""
    bounds = Bounds(problem)
    best, before = None, float("-inf")
    for _ in range(PASSES):
        bounds.average()
        choice = [min(alive, key=lambda v, a=a: (bounds.bound_with[a][v], v)) for a, alive in enumerate(bounds.alive)]  # type: ignore[misc]
        found = bounds.descended(choice)
        if best is None or found.cost < best.cost - EXACT:
            best = found
        bounds.strike(best.cost + slack + EXACT)
        if best.cost - bounds.bound < EXACT or bounds.bound - before < GAIN:
            break
        before = bounds.bound
    assert best is not None
    return bounds, best


def _decided(bounds: Bounds, found: Found) -> Found:
    """The best solution of all, beginning from a good one."""
    if found.cost - bounds.bound < EXACT:
        return found
    return _Branching(bounds, {}, found, STEPS).best()


def _rounded(found: Found) -> Found:
    return Found(round(found.cost, DECIMALS), found.choice, found.is_exact)


class _Branching:
    """One run of branch and bound over the acts, in a fixed sequence; those with one date are decided beforehand."""

    def __init__(self, bounds: Bounds, only: Mapping[int, Sequence[int]], known: Found, steps: int) -> None:
        self.bounds, self.known, self.limit, self.steps = bounds, known, known.cost - EXACT, steps
        self.options = [only.get(a, alive) for a, alive in enumerate(bounds.alive)]
        acts = range(len(self.options))
        self.sequence = sorted(acts, key=lambda a: (len(self.options[a]) > 1, -len(bounds.pairs_of[a]), a))
        self.choice: tuple[int, ...] | None = None
        self.rest = self._rest()
        self.given = {id(o): self._given(o) for o in bounds.orders}

    def _rest(self) -> list[list[list[float] | None]]:
        """rest[k][d]: the least that acts decided from place k on can still cost document d, day by day (None: nothing)."""
        rest: list[list[list[float] | None]] = [[None] * len(self.bounds.own)]
        for act in reversed(self.sequence):
            row = list(rest[-1])
            for n in self.bounds.pairs_of[act]:
                pair = self.bounds.pairs[n]
                rows = [pair.rows[v] for v in self.options[act]]
                low = list(map(min, *rows)) if len(rows) > 1 else rows[0]
                known = row[pair.document]
                row[pair.document] = list(map(add, known, low)) if known is not None else low
            rest.append(row)
        return rest[::-1]

    def _given(self, o: Ordered) -> tuple[dict[int, float], dict[int, float], float]:
        """The least that an order costs, for each date of the first act, for each of the second, and at all."""
        befores, afters, cost = self.options[o.before], self.options[o.after], self.bounds.order_cost
        of_before = {b: min(cost(o, b, a) for a in afters) for b in befores}
        of_after = {a: min(cost(o, b, a) for b in befores) for a in afters}
        return of_before, of_after, min(of_before.values())

    def best(self) -> Found:
        vectors = list(self.bounds.own)
        bounds = [min(_added(v, r)) for v, r in zip(vectors, self.rest[0], strict=True)]
        total = sum(bounds) + sum(given[2] for given in self.given.values())
        self._decide(0, vectors, bounds, total, {})
        exact = self.steps > 0
        return (
            Found(self.limit, self.choice, exact) if self.choice else Found(self.known.cost, self.known.choice, exact)
        )

    def _decide(
        self, place: int, vectors: list[list[float]], bounds: list[float], total: float, chosen: dict[int, int]
    ) -> None:
        if place == len(self.sequence):
            self.limit = total
            self.choice = tuple(chosen[a] for a in range(len(self.options)))
            return
        act = self.sequence[place]
        self.steps -= len(self.options[act])
        steps = []
        for value in self.options[act]:
            changed = self._with(act, value, place, vectors)
            rise = sum(bound - bounds[d] for d, (_, bound) in changed.items()) + self._order_rise(act, value, chosen)
            steps.append((total + rise, value, changed))
        for new_total, value, changed in sorted(steps, key=lambda step: step[:2]):
            if new_total > self.limit - EXACT * (self.choice is not None) or self.steps <= 0:
                break
            then_vectors, then_bounds = list(vectors), list(bounds)
            for d, (vector, bound) in changed.items():
                then_vectors[d], then_bounds[d] = vector, bound
            self._decide(place + 1, then_vectors, then_bounds, new_total, {**chosen, act: value})

    def _with(
        self, act: int, value: int, place: int, vectors: list[list[float]]
    ) -> dict[int, tuple[list[float], float]]:
        """For every document that mentions `act`: its days' costs with the act at `value`, and the new lower bound."""
        changed = {}
        for n in self.bounds.pairs_of[act]:
            pair = self.bounds.pairs[n]
            vector = list(map(add, vectors[pair.document], pair.rows[value]))
            changed[pair.document] = (vector, min(_added(vector, self.rest[place + 1][pair.document])))
        return changed

    def _order_rise(self, act: int, value: int, chosen: Mapping[int, int]) -> float:
        rise = 0.0
        for o in self.bounds.orders_of[act]:
            of_before, of_after, least_ = self.given[id(o)]
            mine = of_before if o.before == act else of_after
            other, its = (o.after, of_after) if o.before == act else (o.before, of_before)
            if other not in chosen:
                rise += mine[value] - least_
            elif o.before == act:
                rise += self.bounds.order_cost(o, value, chosen[other]) - its[chosen[other]]
            else:
                rise += self.bounds.order_cost(o, chosen[other], value) - its[chosen[other]]
        return rise


def _added(one: list[float], other: list[float] | None) -> list[float]:
    return one if other is None else list(map(add, one, other))
