"""Foedus: where a treaty stands, with proofs.

Four verbs: `read` a document into statements, `reconcile` statements into a register, `standing_of` a state on a day,
`evaluate` a scenario into answers. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.documents.document import Document
    from foedus.documents.formats import document_from
    from foedus.errors import FoedusError
    from foedus.obligations.evaluation import evaluate
    from foedus.obligations.scenario import Answer, Fact, Scenario
    from foedus.pipeline import load_reference
    from foedus.reference.packs import Reference
    from foedus.register.entries import Act, ClaimEntry, Finding, Register
    from foedus.register.reconciliation import reconcile
    from foedus.statements.reading import read
    from foedus.statements.statement import Statement
    from foedus.status.standings import Standing, standing_of
    from foedus.terms.dates import DateRange
    from foedus.terms.proof import Issue, Proof, Truth

__version__ = "0.1.0"

_HOME = {
    "Act": "register.entries",
    "Answer": "obligations.scenario",
    "ClaimEntry": "register.entries",
    "DateRange": "terms.dates",
    "Document": "documents.document",
    "Fact": "obligations.scenario",
    "Finding": "register.entries",
    "FoedusError": "errors",
    "Issue": "terms.proof",
    "Proof": "terms.proof",
    "Reference": "reference.packs",
    "Register": "register.entries",
    "Scenario": "obligations.scenario",
    "Standing": "status.standings",
    "Statement": "statements.statement",
    "Truth": "terms.proof",
    "document_from": "documents.formats",
    "evaluate": "obligations.evaluation",
    "load_reference": "pipeline",
    "read": "statements.reading",
    "reconcile": "register.reconciliation",
    "standing_of": "status.standings",
}

__all__ = [
    "Act",
    "Answer",
    "ClaimEntry",
    "DateRange",
    "Document",
    "Fact",
    "Finding",
    "FoedusError",
    "Issue",
    "Proof",
    "Reference",
    "Register",
    "Scenario",
    "Standing",
    "Statement",
    "Truth",
    "document_from",
    "evaluate",
    "load_reference",
    "read",
    "reconcile",
    "standing_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"foedus has no {name}; it has {', '.join(__all__)}")
    return getattr(import_module(f"foedus.{_HOME[name]}"), name)
