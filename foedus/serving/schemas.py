"""JSON Schema of every output, made from the types (`foedus schema NAME`)."""

from __future__ import annotations

from typing import Any

import msgspec

from foedus.changes import News
from foedus.errors import FoedusError
from foedus.gathering.scanning import ScanSummary
from foedus.journal.finding import Found
from foedus.journal.redaction import Redaction
from foedus.obligations.scenario import Answer, Scenario
from foedus.reference.conditions import PREDICATES
from foedus.reference.procedures import Procedure
from foedus.register.entries import Act, Ruling
from foedus.serving.clause_command import ReadClause
from foedus.serving.dossier_json import dossier_schema
from foedus.serving.statement_json import StatementShape, UnreadShape
from foedus.serving.summaries import AddedSummary, BackupSummary, FoundIssue, ImportedSummary, ListedTreaty
from foedus.status.standings import Change, Standing
from foedus.terms.proof import Proof

TYPES: dict[str, type] = {
    "act": Act,
    "added": AddedSummary,
    "clause": ReadClause,
    "answer": Answer,
    "backup": BackupSummary,
    "change": Change,
    "found": Found,
    "imported": ImportedSummary,
    "issue": FoundIssue,
    "listed": ListedTreaty,
    "news": News,
    "procedure": Procedure,
    "proof": Proof,
    "redaction": Redaction,
    "ruling": Ruling,
    "scan": ScanSummary,
    "scenario": Scenario,
    "standing": Standing,
    "statement": StatementShape,
    "unread": UnreadShape,
}


def schema_of(name: str | None) -> str:
    """The schema as JSON text; the list of names without one; the predicates for "predicates".

    raises   FoedusError if there is no such output
    """
    if name is None:
        return "\n".join(names())
    if name == "predicates":
        return _written([msgspec.to_builtins(p) for p in PREDICATES])
    if name == "dossier":
        return _written(dossier_schema())
    if name not in TYPES:
        raise FoedusError(f'there is no output "{name}"; there is {", ".join(names())}')
    schema = msgspec.json.schema(TYPES[name])
    return _written(schema if TYPES[name] is Scenario else _stamped(schema))


def _stamped(schema: dict[str, Any]) -> dict[str, Any]:
    """With the version that every output carries beside the fields of its type (a scenario is an input)."""
    name = schema["$ref"].rpartition("/")[2]
    of, others = schema["$defs"][name], {key: value for key, value in schema["$defs"].items() if key != name}
    is_nested = schema["$ref"].encode() in msgspec.json.encode([of, others])
    version = {"type": "integer", "enum": [1]}
    required = [*dict.fromkeys((*of.get("required", ()), "schema_version"))]
    return {
        **of,
        "properties": {**of["properties"], "schema_version": version},
        "required": required,
        "$defs": schema["$defs"] if is_nested else others,
    }


def names() -> list[str]:
    return sorted([*TYPES, "dossier", "predicates"])


def _written(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
