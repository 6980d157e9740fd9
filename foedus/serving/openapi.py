"""The OpenAPI 3.1 document of the API, made from the types of its operations: what is answered is what is described."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

import msgspec

from foedus.reference.conditions import PREDICATES
from foedus.reference.directory import Directory
from foedus.serving.problems import MEDIA_TYPE as PROBLEM_TYPE
from foedus.serving.problems import Problem
from foedus.serving.rest_operations import JSON, REPEATED, ROOT, Operation, Param
from foedus.serving.rest_shapes import ScenarioFact

MEDIA_TYPE = JSON
PLACE = "#/components/schemas/{name}"
PROBLEMS = {
    "GET": (401, 403, 404, 409, 422, 429, 503),
    "POST": (400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
}
"""How requests can fail; 405 stands for every other method."""
SAYS = {
    304: "Not modified: the ETag given in If-None-Match is that of the present answer.",
    400: "The body is no JSON.",
    401: "A public site asks who reads.",
    403: "Not shown: only sentences that statements quote are.",
    404: "There is no such thing, or no report known by then tells of it.",
    409: "What is asked contradicts itself.",
    413: "The body is too long.",
    415: "The body is not declared as JSON.",
    422: "A parameter or the body does not fit.",
    429: "Too many requests; Retry-After says when to ask again.",
    503: "The journal is still being read; Retry-After says when to ask again.",
}


def openapi(operations: Iterable[Operation], directory: Directory) -> dict[str, Any]:
    """The whole document."""
    listed = tuple(operations)
    types = [t for o in listed for t in (o.gives, o.takes) if t is not None]
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=PLACE)
    places = dict(zip(map(repr, types), schemas, strict=False))
    components |= _scenario_facts(components[ScenarioFact.__name__], directory)
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation in listed:
        paths[ROOT + operation.path][operation.method.lower()] = _operation(operation, places)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Foedus",
            "version": version("foedus"),
            "description": "Where treaties stand, from what reports say. Every answer carries its proof, or the ids of the "
            "statements that it rests on. This is not legal advice.",
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": dict(paths),
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Asked for by a public site."}
            },
        },
    }


def _operation(operation: Operation, places: Mapping[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": operation.says,
        "content": {JSON: {"schema": places[repr(operation.gives)]}},
    }
    responses: dict[str, Any] = {"200": answer}
    if operation.method == "GET":
        answer["headers"] = {"ETag": {"schema": {"type": "string"}, "required": True}}
        responses["304"] = {"description": SAYS[304]}
    if any(param.name == "offset" for param in operation.params):
        says = "first, last, next and prev (RFC 8288)"
        answer["headers"]["Link"] = {"schema": {"type": "string"}, "required": True, "description": says}
    for status in PROBLEMS[operation.method]:
        content = {PROBLEM_TYPE: {"schema": {"$ref": PLACE.format(name=Problem.__name__)}}}
        responses[str(status)] = {"description": SAYS[status], "content": content}
    described = {
        "operationId": operation.name,
        "summary": operation.says,
        "parameters": [_parameter(param) for param in operation.params],
        "responses": responses,
    }
    if operation.takes:
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": places[repr(operation.takes)]}}}
    return described


def _parameter(param: Param) -> dict[str, Any]:
    schema = msgspec.json.schema(param.type)
    if param.repeated:
        least, most = REPEATED
        schema = {"type": "array", "items": schema, "minItems": least, "maxItems": most}
    if param.default not in (None, ""):
        schema["default"] = param.default
    return {
        "name": param.name,
        "in": param.where,
        "description": param.says,
        "required": param.required,
        "schema": schema,
    }


def _scenario_facts(general: Mapping[str, Any], directory: Directory) -> dict[str, Any]:
    """A fact as its predicate takes it: so many arguments, states by their codes."""
    codes = sorted({*(one.id for one in directory.states), *(one.id for one in directory.organisations)})
    state, name = {"$ref": PLACE.format(name="StateCode")}, {"type": "string"}
    alike: dict[tuple[bool, ...], list[str]] = defaultdict(list)
    for predicate in PREDICATES:
        alike[tuple(what == "treaty" for what in predicate.args)].append(predicate.name)
    shapes = [
        {
            **general,
            "properties": {
                **general["properties"],
                "predicate": {"enum": names},
                "args": {
                    "type": "array",
                    "prefixItems": [name if is_treaty else state for is_treaty in places],
                    "items": False,
                    "minItems": len(places),
                },
            },
        }
        for places, names in sorted(alike.items())
    ]
    says = "The code of a state or an organisation."
    return {
        ScenarioFact.__name__: {"title": ScenarioFact.__name__, "description": general["description"], "oneOf": shapes},
        "StateCode": {"enum": codes, "description": says},
    }
