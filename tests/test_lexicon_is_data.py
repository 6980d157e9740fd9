"""No surface form of a lexicon is a string literal in a room that reads words (house.md, rule 7).

What a program may name: keys of the tables, the classes that rows give their words, kinds and other enum values.
"""

import ast
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from foedus.documents import document
from foedus.statements import names, triggers
from foedus.terms import acts, agents, dates, evidence, norms

ROOT = Path(__file__).resolve().parents[1] / "foedus"
ROOMS = ("documents", "statements", "register")
LEXICON = [
    tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data/lexicons").glob("*/*.toml"))
]
LABELS = {
    "class",
    "kind",
    "name",
    "role",
    "triggers",
    "actors",
    "objects",
    "contents",
    "forms",
    "to",
    "only",
    "outer",
    "holders",
}
LABELS |= {
    "clausal",
    "no_gerund",
    "stance",
    "says",
    "duty",
    "about",
    "topic",
    "rule",
    "op",
    "predicate",
    "unit",
    "mod",
    "measures",
}
SHORTEST = 4


def surface_forms(value: Any, key: str = "") -> Iterator[str]:
    """Every single word that the tables list as language, in lower case."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from surface_forms(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from surface_forms(inner, key)
    elif isinstance(value, str) and key not in LABELS:
        words = value.split() if key == "verbs" else [value.replace(":", "")]
        yield from (word.lower() for word in words if len(word) >= SHORTEST and word.isalpha())


def labels(value: Any, key: str = "") -> Iterator[str]:
    """Names that the tables give to rows, classes and sections."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from labels(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from labels(inner, key)
    elif isinstance(value, str) and key in LABELS:
        yield value


def enum_values() -> Iterator[str]:
    for module in (acts, agents, dates, evidence, norms, document, names, triggers):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, StrEnum):
                yield from (str(member) for member in thing)


PROGRAM = {
    # words of the program and of its standards that happen to be English words of a lexicon, too
    "text", "source", "present", "past", "future", "replace", "select", "span", "numeric", "capitals", "abstain", "states",
    "undo", "reports", "times", "media", "provisions", "most", "approval", "second", "days", "week", "month", "year", "title",
    "date", "time", "start", "before", "after", "conditional", "planned", "passive", "active", "open", "near", "noun",
    "starts", "ends", "version",  # fields of the row of words, and of a feed
    "data", "label",  # elements of HTML
    "duration", "offset", "claim", "signature", "rejection", "decade",  # TIMEX3 and the names of statements and steps
}  # fmt: skip
TABLES = {path.stem for path in (ROOT / "data/lexicons/en").glob("*.toml")}
FORMS = {form for table in LEXICON for form in surface_forms(table)}
ALLOWED = {label for table in LEXICON for label in labels(table)} | set(enum_values()) | TABLES | PROGRAM


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """String literals of a file, without docstrings and type annotations."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    exported = [node for node in tree.body if isinstance(node, ast.Assign) and _is_all(node.targets[0])]
    skipped |= {id(inner) for node in exported for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def _is_all(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__all__"


FILES = sorted(path for room in ROOMS for path in (ROOT / room).glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_surface_form_is_a_literal(path: Path) -> None:
    found = [
        f"{path.name}:{line}: {text!r}"
        for line, text in literals(path)
        if text.lower() in FORMS and text not in ALLOWED and text.lower() not in PROGRAM
    ]
    assert found == []


def test_the_lexicon_has_words_to_look_for() -> None:
    assert {"treaty", "ratified", "parliament", "unanimously"} <= FORMS
