"""JSON Schema of every output, made from the types (`foedus schema NAME`)."""

from __future__ import annotations

from typing import Any

import msgspec

from foedus.errors import FoedusError
from foedus.gathering.scanning import ScanSummary
from foedus.obligations.scenario import Answer, Scenario
from foedus.reference.conditions import PREDICATES
from foedus.reference.procedures import Procedure
from foedus.register.entries import Act, Ruling
from foedus.serving.dossier_json import dossier_schema
from foedus.serving.statement_json import StatementShape, UnreadShape
from foedus.status.standings import Change, Standing
from foedus.terms.proof import Proof

TYPES: dict[str, type] = {
    "act": Act,
    "answer": Answer,
    "change": Change,
    "procedure": Procedure,
    "proof": Proof,
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
    return _written(msgspec.json.schema(TYPES[name]))


def names() -> list[str]:
    return sorted([*TYPES, "dossier", "predicates"])


def _written(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
