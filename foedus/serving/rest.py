"""The API under /api/v1: what the site shows, as JSON (contracts); its OpenAPI document is made from the types it answers with."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from foedus.register.entries import Ruling
from foedus.serving import rest_answers as answers
from foedus.serving.dossier_json import ActJson, ClaimJson, DocumentJson, DossierJson, FindingJson
from foedus.serving.kept_pages import KeptPage, kept_page
from foedus.serving.openapi import MEDIA_TYPE, openapi
from foedus.serving.rest_operations import DAYS, KNOWN, PAGED, ROOT, WORDS, Operation, Param, in_path
from foedus.serving.rest_shapes import (
    ActDetail,
    Answers,
    ClaimDetail,
    ComparisonDetail,
    DocumentDetail,
    DocumentItem,
    FindingDetail,
    FoundItem,
    Page,
    QuoteDetail,
    ScenarioBody,
    StateItem,
    StateTreaty,
    TreatyItem,
)
from foedus.serving.site_parts import Site
from foedus.serving.statement_json import StatementShape
from foedus.status.deadlines import Deadline
from foedus.status.standings import Change, Standing

TREATY = in_path("treaty", "The id of a treaty, or words that single one out.")
DOCUMENT = in_path("document", "The id of a document.")
CODE = Annotated[str, Meta(pattern="^[A-Z][A-Z0-9-]{1,15}$")]
STATE = Param(name="state", says="Code of a state or an organisation.", type=CODE)
THE_STATE = msgspec.structs.replace(STATE, required=True)
STATE_IN_PATH = msgspec.structs.replace(STATE, where="path", required=True)
ID = in_path("id", "The id, as dossiers and documents give it.")
UNDER = Param(
    name="treaty", says="Only under this treaty; under all by default.", type=Annotated[str, Meta(min_length=1)]
)
REPORTS = Param(name="r", says="The id of a document; two to six times.", required=True, repeated=True)
QUERY = Param(
    name="q",
    says="The words; in quotes a phrase, a star for any ending.",
    type=Annotated[str, Meta(max_length=200)],
    required=True,
)

OF_TREATY = (TREATY, *DAYS)


def _part(name: str, gives: type, says: str) -> Operation:
    """A part of a dossier, paged."""
    return Operation(
        path=f"/treaties/{{treaty}}/{name}",
        name=f"{name}-of-treaty",
        says=says,
        gives=Page[gives],  # type: ignore[valid-type]
        make=answers.part_of_dossier(name),
        params=(*OF_TREATY, *PAGED),
    )


OPERATIONS = (
    Operation(path="/treaties", name="treaties", says="The treaties whose names and parties hold the words, those in motion first.",
              gives=Page[TreatyItem], make=answers.treaties, params=(WORDS, *DAYS, *PAGED)),
    Operation(path="/treaties/{treaty}", name="dossier", says="Everything about a treaty: the dossier of `foedus show --json`.",
              gives=DossierJson, make=answers.dossier, params=OF_TREATY),
    Operation(path="/treaties/{treaty}/status", name="status", says="Where states stand, with proofs.",
              gives=Page[Standing], make=answers.status, params=(*OF_TREATY, STATE, *PAGED)),
    Operation(path="/treaties/{treaty}/history", name="history", says="Every change of where a state stands, with its cause.",
              gives=Page[Change], make=answers.history, params=(*OF_TREATY, THE_STATE, *PAGED)),
    _part("acts", ActJson, "What happened, and what is foreseen."),
    _part("findings", FindingJson, "What the treaty provides, as far as reports tell."),
    _part("claims", ClaimJson, "What is said about it, by whom."),
    _part("documents", DocumentJson, "The documents that the dossier rests on."),
    _part("deadlines", Deadline, "What falls due under it."),
    Operation(path="/deadlines", name="deadlines", says="What falls due under any treaty, the nearest first.",
              gives=Page[Deadline], make=answers.due, params=PAGED),
    Operation(path="/acts/{id}", name="act", says="An act with its proof.", gives=ActDetail, make=answers.act, params=(ID,)),
    Operation(path="/findings/{id}", name="finding", says="A provision with its proof.",
              gives=FindingDetail, make=answers.finding, params=(ID,)),
    Operation(path="/claims/{id}", name="claim", says="A claim with its proof.",
              gives=ClaimDetail, make=answers.claim, params=(ID,)),
    Operation(path="/documents", name="documents", says="The documents whose name, title or publisher holds the words, the newest first.",
              gives=Page[DocumentItem], make=answers.documents, params=(WORDS, *PAGED)),
    Operation(path="/documents/{document}", name="document", says="A document; its text where whole texts may be shown.",
              gives=DocumentDetail, make=answers.document, params=(DOCUMENT,)),
    Operation(path="/documents/{document}/statements", name="statements", says="What was read in a document, in the order of its text.",
              gives=Page[StatementShape], make=answers.statements, params=(DOCUMENT, *PAGED)),
    Operation(path="/statements/{id}", name="statement", says="A statement, as `foedus read --json` gives it.",
              gives=StatementShape, make=answers.statement, params=(ID,)),
    Operation(path="/quotes/{document}/{span}", name="quote", says="Words of a document: START-END, in code points.",
              gives=QuoteDetail, make=answers.quote, params=(DOCUMENT, in_path("span", "START-END."))),
    Operation(path="/search", name="search", says="Documents, and statements entered by hand, that hold all the words, best first.",
              gives=Page[FoundItem], make=answers.search, params=(QUERY, *PAGED)),
    Operation(path="/compare", name="compare", says="Two to six documents side by side.",
              gives=ComparisonDetail, make=answers.compare, params=(REPORTS,)),
    Operation(path="/states", name="states", says="States and organisations that can be parties, by name.",
              gives=Page[StateItem], make=answers.states, params=(WORDS, *PAGED)),
    Operation(path="/states/{state}/treaties", name="treaties-of-state", says="The treaties of a state, and where it stands.",
              gives=Page[StateTreaty], make=answers.treaties_of_state, params=(STATE_IN_PATH, *DAYS, *PAGED)),
    Operation(path="/rulings", name="rulings", says="Every ruling of an editor, with its author; undoings included.",
              gives=Page[Ruling], make=answers.rulings, params=PAGED),
    Operation(path="/obligations", name="obligations", says="Who owes what to whom, if what the scenario supposes is so.",
              gives=Answers, make=answers.obligations, params=(UNDER, KNOWN), takes=ScenarioBody),
)  # fmt: skip
"""Every operation, in the order in which the document lists them."""


def routes(site: Site) -> list[BaseRoute]:
    """All operations, and the document that describes them."""

    @cache
    def document() -> KeptPage:  # made once it is asked for: a server need not wait for it
        return kept_page(msgspec.json.encode(openapi(OPERATIONS, site.library.reference.directory)), MEDIA_TYPE)

    async def described(request: Request) -> Response:
        return document().response(request)

    return [
        Route(f"{ROOT}/openapi.json", described, methods=["GET"], name="openapi"),
        *(operation.route(site) for operation in OPERATIONS),
    ]
