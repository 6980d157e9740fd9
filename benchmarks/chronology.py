"""The joint chronology on synthetic stories: seconds by number of reports, exactness, and dates found against dating alone.

Every story has a true course of events; its reports name days as news does ("on Tuesday", "on October 24", "the 24th", no
day), half of them state no date of publication, and one in ten states one that is four weeks late.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta
from itertools import product

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.time_expressions import alone, time_tagger
from foedus.pipeline import load_reference
from foedus.register.chronology import Chronology, Order, solve
from foedus.register.day_costs import DayMention, DayTable
from foedus.register.day_search import Precedence, day_costs, is_breach, least
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Quote

SIZES = (25, 50, 100, 200, 400)
TREATIES = 5_000
LIMIT = 2.0
"""Seconds for 200 reports."""
ACTS = 12


class Story:
    """Reports of one treaty, their mentions, and the true days."""

    def __init__(self, reports: int, *, undated: float, seed: int, treaty: int = 0, acts: int = ACTS) -> None:
        self.chance, self.tagger = random.Random(seed), time_tagger(load_reference().lexicons["en"])
        first = date(2024, 1, 1) + timedelta(days=self.chance.randrange(200))
        self.days = [first + timedelta(days=17 * i + self.chance.randrange(9)) for i in range(acts)]
        self.documents: list[Document] = []
        self.mentions: list[DayMention] = []
        for n in range(reports):
            self._report(n, treaty, acts, undated)
        self.orders = [
            Order(before=treaty * acts + i, after=treaty * acts + i + 1, weight=9.0, says="before", by="order")
            for i in range(acts - 1)
        ]

    def _report(self, n: int, treaty: int, acts: int, undated: float) -> None:
        told = self.chance.randrange(acts)
        day = self.days[told] + timedelta(days=self.chance.randrange(4))
        stated = day + timedelta(days=28 * (self.chance.random() < 0.1))
        own = () if self.chance.random() < undated else (DateCandidate(on=DateRange.of(stated), basis=Basis.METADATA),)
        id_ = f"d_{treaty:05}_{n:04}"
        self.documents.append(Document(id=id_, name=id_, text="", published=own))
        for act in {told, self.chance.randrange(told + 1), self.chance.randrange(told + 1)}:
            timex = self._words(self.days[act], day)
            quote = Quote(id_, 0, 1, "x")
            self.mentions.append(
                DayMention(
                    statement=f"s_{treaty:05}_{n:04}_{act:02}",
                    document=id_,
                    act=treaty * acts + act,
                    treaty=treaty,
                    timex=timex,
                    context=None,
                    tense="past",
                    is_report_time=False,
                    words=quote,
                )
            )

    def _words(self, act: date, written: date) -> Timex | None:
        """The words with which a report of one day names another."""
        age = (written - act).days
        forms = [f"on {act:%B} {act.day}", f"on {act:%B} {act.day}, {act.year}", ""]
        if age < 7:
            forms += [f"on {act:%A}"] * 3 + [f"on the {act.day}th"]
        elif act.month != written.month:
            forms += [f"in {act:%B}"]
        found = self.tagger.tag(self.chance.choice(forms))
        return found[0] if found else None


def main() -> int:
    load_reference()
    failed = _checked(150)
    for undated in (0.0, 0.5, 0.9):
        seconds = {n: _measured(n, undated) for n in SIZES}
        growth = seconds[400] / seconds[100]
        print(f"{undated:.0%} undated: growth from 100 to 400 reports x{growth:.1f}")
        failed |= seconds[200] > LIMIT
    stories = [Story(3, undated=0.5, seed=i, treaty=i, acts=4) for i in range(TREATIES)]
    began = time.perf_counter()
    solve(
        [d for s in stories for d in s.documents],
        [m for s in stories for m in s.mentions],
        [o for s in stories for o in s.orders],
        {},
    )
    print(f"{TREATIES} treaties of 3 reports each: {time.perf_counter() - began:.1f} s")
    return int(failed)


def _measured(reports: int, undated: float) -> float:
    story = Story(reports, undated=undated, seed=reports)
    began = time.perf_counter()
    solved = solve(story.documents, story.mentions, story.orders, {})
    seconds = time.perf_counter() - began
    right, by_peer, all_ = _right(story, solved), _right_alone(story), len({m.act for m in story.mentions})
    print(
        f"{undated:4.0%} undated, {reports:4} reports: {seconds:6.2f} s; acts dated rightly {right}/{all_}, each report alone {by_peer}/{all_}"
    )
    return seconds


def _right(story: Story, solved: Chronology) -> int:
    return sum(solved.acts[a].likeliest == DateRange.of(d) for a, d in enumerate(story.days) if a in solved.acts)


def _right_alone(story: Story) -> int:
    """The peer: every expression by its own document's date, the most frequent day wins."""
    documents = {d.id: d for d in story.documents}
    right = 0
    for act, day in enumerate(story.days):
        told = [m for m in story.mentions if m.act == act and m.timex is not None]
        days = [
            r for m in told if m.timex for r in [alone(m.timex, documents[m.document], None, m.tense)] if r and r.is_day
        ]
        right += bool(days) and max(sorted(set(days)), key=days.count) == DateRange.of(day)
    return right


def _checked(stories: int) -> bool:
    """Whether on small stories the search misses what trying everything finds."""
    missed = 0
    for seed in range(stories):
        story = Story(4, undated=0.5, seed=seed, acts=3)
        table = DayTable(story.documents, story.mentions)
        place = {act: i for i, act in enumerate(table.acts)}
        orders = [
            Precedence(place[o.before], place[o.after], o.weight)
            for o in story.orders
            if {o.before, o.after} <= place.keys()
        ]
        problem = table.problem(orders)
        if not problem.values or sum(map(len, problem.values)) > 60:
            continue
        tried = min(
            sum(map(min, day_costs(problem, choice)))
            + sum(
                o.weight
                * is_breach(problem.values[o.before][choice[o.before]], problem.values[o.after][choice[o.after]])
                for o in orders
            )
            for choice in product(*(range(len(v)) for v in problem.values))
        )
        missed += abs(least(problem).cost - tried) > 1e-6
    print(f"against trying everything on {stories} small stories: {missed} missed")
    return missed > 0


if __name__ == "__main__":
    sys.exit(main())
