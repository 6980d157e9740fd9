"""Makes the reference pages from code and data (`make reference`), and the figures of method.md; tests hold both current."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from foedus.gathering.shipped_data import load_reference
from foedus.reference.procedures import Procedure, Step
from foedus.serving.cli import main as command_line
from foedus.serving.options import EXIT_CODES
from foedus.serving.schemas import TYPES, names, schema_of
from foedus.serving.wording import ACTS, sentence_start
from foedus.terms.acts import ARTICLE, Kind, Level, Measure

DOCS = Path(__file__).parent
ROOT = DOCS.parent
METHOD, TABLE = DOCS / "method.md", ROOT / "scores" / "table.json"
BEGINS, ENDS = "<!-- figures: scores/table.json -->\n", "<!-- end of figures -->\n"

LEVELS = {
    Level.INTERNATIONAL: "Between states",
    Level.DOMESTIC: "Within a state",
    Level.UNRESOLVED: "Not told which",
}
FAMILIES = (
    # cases                  heading
    ("time_expressions_en", "Time expressions"),
    ("datelines_en", "Datelines"),
    ("furniture_en", "What pages print around a report"),
    ("names_en", "Names of organs"),
    ("names_told_en", "Names of treaties"),
    ("act_frames_en", "Acts"),
    ("who_decides_en", "Who acts"),
    ("multilateral_en", "Many states at once"),
    ("ellipsis_en", "What is left out"),
    ("factuality_en", "How surely it is told"),
    ("look_alikes_en", "What looks like an act and is none"),
    ("occasions_en", "Whose day it is"),
    ("days_told_en", "Days told by other words"),
    ("votes_en", "Votes"),
    ("provisions_en", "Provisions"),
    ("norms_en", "Duties"),
    ("attribution_en", "Who says so"),
)
FIGURES = (
    # what                                                                          fields of the table, best first
    ("acts found: kind, states and class of factuality (F1)", ("loose",)),
    ("acts with exactly the annotated day, month or interval (F1)", ("date",)),
    ("factuality in five values, of matched acts", ("fact",)),
    ("the acting body, of matched domestic acts", ("actor",)),
    ("votes (F1)", ("votes",)),
    ("provisions (F1)", ("prov",)),
    ("speakers found (recall), with the right stance", ("speak", "claims")),
    ("acts said to have happened that the report does not state", ("invent",)),
    ("quotes that stand verbatim at their place", ("quote",)),
)


def commands() -> str:
    """Every command with its arguments and options."""
    return page(
        "Commands",
        "What can be typed after `foedus`. A day is written as 2024-10-25. What each command's exit code means stands in "
        "[Exit codes](exit-codes.md); what `--json` prints, in [JSON schemas](json-schemas.md).",
        *(part for path, command in _all_commands(command_line, "foedus") for part in _command(path, command)),
    )


def _all_commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{path} {name}")


def _command(path: str, command: click.Command) -> Iterator[str]:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    context = click.Context(command, info_name=path)
    words = " ".join(a.make_metavar(context) for a in arguments)
    yield f"## {path}"
    yield from (part.strip("\b\n") for part in (command.help or "").split("\n\n"))
    yield f"`{path}{' [OPTIONS]' if _options(command) else ''}{' ' + words if words else ''}`"
    if rows := [_option(option, context) for option in _options(command)]:
        yield table(("option", "what it does"), rows)


def _options(command: click.Command) -> list[click.Option]:
    return [p for p in command.params if isinstance(p, click.Option) and not p.hidden]


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    record = option.get_help_record(context)
    assert record is not None
    return f"`{record[0]}`", " ".join(record[1].split())


def kinds_of_act() -> str:
    """Every kind with its level and article."""
    parts = []
    for level, heading in LEVELS.items():
        rows = [
            (f"`{kind.value}`", ACTS[kind], ARTICLE.get(kind, "the state’s own law" if level is Level.DOMESTIC else ""))
            for kind in Kind
            if kind.level is level
        ]
        parts += [f"## {heading}", table(("kind", "what happens", "article"), rows)]
    return page(
        "Kinds of act",
        "“Ratified” in a report is no kind: it names a vote, another vote, a signature or an exchange, and the body, the state and "
        "the procedure tell which. Only acts between states move a standing; VCLT is the Vienna Convention on the Law of Treaties.",
        *parts,
        "## What a domestic act is about",
        "Its `measure`: " + ", ".join(f"`{measure.value}`" for measure in Measure) + ".",
    )


def reading_rules() -> str:
    """Every rule for English that has cases of its own, with a phrase that it reads and one that it refuses."""
    parts = []
    for file, heading in FAMILIES:
        cases = tomllib.loads((ROOT / "tests" / "cases" / f"{file}.toml").read_text(encoding="utf-8"))
        rows = [row for name, rule in cases.items() if isinstance(rule, Mapping) and (row := _rule(name, rule))]
        if rows:
            parts += [f"## {heading}", table(("rule", "reads", "as", "and not"), rows)]
    return page(
        "Reading rules",
        "A rule has a name in words, which every statement that it made carries. The phrases are cases of the tests: the first that "
        "the rule must read, with what it makes of it, and the first look-alike that it must leave alone. Words are data, "
        "in `foedus/data/lexicons`.",
        *parts,
    )


def _rule(name: str, rule: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    said = ((value, str(phrases[0])) for value, phrases in rule.items() if value != "not" and _are_words(phrases))
    value, phrase = next(said, ("", ""))
    refused = rule.get("not", ())
    return (name, phrase, f"`{value}`", str(refused[0]) if _are_words(refused) else "") if phrase else None


def _are_words(phrases: Any) -> bool:
    return isinstance(phrases, list) and bool(phrases) and isinstance(phrases[0], str)


def procedures() -> str:
    """Every road to ratification, step by step."""
    reference = load_reference()
    parts = []
    for procedure in sorted(reference.procedures, key=lambda p: (reference.directory.name_of(p.state), p.id)):
        parts += _procedure(procedure, reference.directory.name_of(procedure.state))
    states = len({procedure.state for procedure in reference.procedures})
    return page(
        "Procedures",
        f"The roads to ratification that are recorded, of {states} states and organisations. A step whose source nobody of the "
        "project has seen is marked *unverified*. Where none is recorded for a state, Foedus does not guess one.",
        *parts,
    )


def _procedure(procedure: Procedure, state: str) -> list[str]:
    until = f" to {procedure.until}" if procedure.until else ""
    classes = "" if "any" in procedure.classes else f", for treaties of the class {', '.join(procedure.classes)}"
    rows = [
        (s.id, sentence_start(s.actor), f"`{s.kind.value}`", _terms(s), _source(s.source, s.verified))
        for s in procedure.steps
    ]
    return [
        f"## {state}: {procedure.name}",
        f"`{procedure.id}`, {procedure.measure.value.replace('-', ' ')}{classes}, since {procedure.since}{until}. "
        f"{_source(procedure.source, procedure.verified)}.",
        table(("step", "who", "kind", "what", "source"), rows),
    ]


def _terms(step: Step) -> str:
    said = [
        sentence_start(step.says),
        f"requires {step.majority.words(None)}" if step.majority else "",
        f"within {step.days} {step.unit.replace('-', ' ')}" if step.days else "",
        f"silence counts as {step.silence}" if step.silence else "",
        "may be left out" if step.optional else "",
        f"instead of step {step.instead_of}" if step.instead_of else "",
        "binds between states" if step.international else "",
    ]
    return "; ".join(part for part in said if part)


def treaties() -> str:
    """Every treaty of the series."""
    rows = [
        (
            f"`{one.id}`",
            one.names[0],
            _date(one.adopted or one.signed),
            _date(one.in_force),
            _date(one.ended),
            f"{len(one.articles)}" if one.articles else "",
            _source(one.source, one.verified),
        )
        for one in sorted(load_reference().series, key=lambda one: one.id)
    ]
    return page(
        "Treaties recorded",
        f"{len(rows)} treaties that Foedus knows before it reads: their names, parties and clauses, each with its source. Every other "
        "treaty is known from reports alone, and works as well.",
        table(("id", "name", "made", "in force", "ended", "articles paraphrased", "source"), rows),
    )


def json_schemas() -> str:
    """The outputs for programs and the fields of each."""
    parts = []
    for name in names():
        parts += [f"## {name}", *_schema(name)]
    return page(
        "JSON schemas",
        "What `--json` prints, each with its JSON Schema. Fields may be added; the meaning of one never changes.",
        "```console\n$ foedus schema\n$ foedus schema statement\n```",
        *parts,
    )


def _schema(name: str) -> Iterator[str]:
    schema = json.loads(schema_of(name))
    if isinstance(schema, list):
        yield table(("predicate", "meaning"), [(f"`{one['name']}`", one["means"]) for one in schema])
        return
    definitions = schema.get("$defs", {})
    found = definitions.get(schema.get("$ref", "").rpartition("/")[2], schema)
    if name in TYPES and (says := (TYPES[name].__doc__ or "").split("\n\n")[0].strip()):
        yield " ".join(says.split())
    required = set(found.get("required", ()))
    rows = [
        (f"`{field}`", _type(of), "always" if field in required else "")
        for field, of in found.get("properties", {}).items()
    ]
    yield table(("field", "holds", "present"), rows)


def _type(of: Mapping[str, Any]) -> str:
    if "$ref" in of:
        return f"`{of['$ref'].rpartition('/')[2]}`"
    if "anyOf" in of:
        return " or ".join(dict.fromkeys(_type(one) for one in of["anyOf"]))
    if "enum" in of:
        return ", ".join(f"`{value}`" for value in of["enum"])
    if of.get("type") == "array":
        return f"list of {_type(of['items'])}" if isinstance(of.get("items"), Mapping) else "list"
    kind = of.get("format") or of.get("type", "anything")
    return ", ".join(kind) if isinstance(kind, list) else str(kind)


def exit_codes() -> str:
    """What a command's exit code says."""
    return page(
        "Exit codes",
        "The same for every command.",
        table(("code", "says"), [(str(code.value), says) for code, says in EXIT_CODES.items()]),
        "A message about misuse is one line on standard error, without a traceback. It names the thing, says why, and says what would "
        "have worked.",
    )


def figures(table_: Mapping[str, Mapping[str, float]]) -> str:
    """The table of measured limits, from what `make scores` recorded."""
    runs = [table_[f"own, {dates}"] for dates in ("given", "none", "wrong")]
    rows = [(what, *(", ".join(f"{run[field]:.2f}" for field in fields) for run in runs)) for what, fields in FIGURES]
    return table(("what", "publication day given", "none given", "a wrong one given"), rows)


def with_figures(method: str) -> str:
    """method.md with the figures of the present score table."""
    before, _, rest = method.partition(BEGINS)
    shown = figures(json.loads(TABLE.read_text(encoding="utf-8")))
    return f"{before}{BEGINS}{shown}\n{ENDS}{rest.partition(ENDS)[2]}"


def page(title: str, *parts: str) -> str:
    made = "<!-- Made by docs/reference_pages.py (make reference); do not edit. -->"
    return "\n\n".join((f"# {title}", made, *(part for part in parts if part))) + "\n"


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in body)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(words: str) -> str:
    """The words on one line, with what would be read as markup made plain outside code."""
    plain = " ".join(words.split()).replace("|", "\\|")
    return plain if plain.startswith("`") else plain.replace("<", "\\<").replace("*", "\\*").replace("[", "\\[")


def _source(source: str, verified: bool) -> str:
    return source.rstrip(".") if verified else f"{source.rstrip('.')} (unverified)"


def _date(day: Any) -> str:
    return str(day) if day else ""


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "kinds-of-act": kinds_of_act,
    "reading-rules": reading_rules,
    "procedures": procedures,
    "treaties": treaties,
    "json-schemas": json_schemas,
    "exit-codes": exit_codes,
}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (DOCS / "reference" / f"{name}.md").write_text(make(), encoding="utf-8")
    METHOD.write_text(with_figures(METHOD.read_text(encoding="utf-8")), encoding="utf-8")
