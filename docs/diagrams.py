"""Draws the tables of the law of treaties that the code holds into docs/status.md (`make diagrams`); a test holds the page against them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from foedus.status.articles import ARTICLES
from foedus.status.consent import AXES, MOVES, OF_NOTICE, Status
from foedus.status.invalidity import CAUSES, GROUNDS
from foedus.status.manners import MANNERS
from foedus.status.reservations import EFFECTS

PAGE = Path(__file__).parent / "status.md"
BLOCK = re.compile(r"(<!-- drawn: (?P<name>[\w-]+) -->\n)(?P<shown>.*?)(<!-- end -->)", re.S)


def drawn(page: str) -> str:
    """The page with every drawing as the tables give it now."""
    return BLOCK.sub(lambda found: found[1] + DRAWINGS[found["name"]]() + found[4], page)


def course() -> str:
    """The states that a standing can have and the acts that move it, as a diagram."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (before, kind), move in MOVES.items():
        arrows[before, move.status].append(kind.value)
    lines = [f"    {_id(status)}: {status}" for status in Status]
    lines += [f"    {_id(a)} --> {_id(b)}: {', '.join(sorted(kinds))}" for (a, b), kinds in sorted(arrows.items())]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def rows() -> str:
    """The same as a table, a row an act and where it leads."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (before, kind), move in MOVES.items():
        found[kind.value, move.status, move.article].append(before)
    notices = [(f"suspend (a notice), from {before}", m.status, m.article, [before]) for before, m in OF_NOTICE.items()]
    lines = [(kind, after, article, befores) for (kind, after, article), befores in found.items()] + notices
    return _table(("act", "from", "to", "by"), [(k, ", ".join(b), a, article) for k, a, article, b in lines])


def axes() -> str:
    return _table(("headline", "party", "application"), [(s, a.party.value, a.application) for s, a in AXES.items()])


def reservations() -> str:
    return _table(
        ("what the other did", "between the two", "by"), [(k, e, article) for k, (e, article) in EFFECTS.items()]
    )


def invalidity() -> str:
    found = [
        (
            word,
            g.article,
            "by itself" if g.by_itself else "if invoked",
            "the treaty" if g.whole else "one consent",
            g.says,
        )
        for word, g in GROUNDS.items()
    ]
    return _table(("ground", "article", "void", "what", "in words"), found)


def causes() -> str:
    found = [(word, c.article, _kinds(c.of_two), _kinds(c.of_many), c.says) for word, c in CAUSES.items()]
    return _table(("ground", "article", "lets one of two", "lets one of many", "in words"), found)


def manners() -> str:
    found = [(m.word, _kinds(m.kinds), m.doing, m.article) for m in MANNERS]
    return _table(("word", "of which acts", "what follows", "by"), found)


def articles() -> str:
    found = [(row.article, f"`{row.place}`" if row.place else "no effect", row.says) for row in ARTICLES]
    return _table(("article", "applied in", "how, or why not"), found)


def _kinds(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(kinds)) or "nothing"


def _table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *body]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def _id(status: str) -> str:
    return status.replace("-", "_")


DRAWINGS: dict[str, Callable[[], str]] = {
    "course": course,
    "rows": rows,
    "axes": axes,
    "reservations": reservations,
    "invalidity": invalidity,
    "causes": causes,
    "manners": manners,
    "articles": articles,
}

if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
