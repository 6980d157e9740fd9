"""schemathesis calls every operation of the API with data that its document allows, and with data that it does not."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from site_in_browser import DAY, example_journal
from starlette.testclient import TestClient

from foedus.journal.record import Journal
from foedus.pipeline import load_reference
from foedus.serving.library import Edition, Library
from foedus.serving.rest import OPERATIONS
from foedus.serving.rest_operations import ROOT, Operation
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings

ADDRESS = "/api/v1/openapi.json"


def names_in(journal: Journal, edition: Edition) -> dict[str, list[str]]:
    """What means something in the journal under test, by parameter, or by the operation where it is an id."""
    documents = [one.id for one in journal.listed()]
    registers = [edition.picture(treaty.id).register for treaty in edition.treaties]
    return {
        "treaty": [treaty.id for treaty in edition.treaties],
        "document": documents,
        "act": [act.id for register in registers for act in register.acts],
        "finding": [finding.id for register in registers for finding in register.findings],
        "claim": [claim.id for register in registers for claim in register.claims],
        "statement": [s.id for document in documents for s in edition.statements_of(document)],
        "state": ["RUS", "PRK", "NOR", "EU"],
        "span": ["0-1", "3-90", "0-99999"],
        "r": documents,
        "known": ["2024-06-20", "2024-12-20", "2031-01-01", "0001-01-01"],
    }


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with example_journal(tmp_path_factory.mktemp("api") / "foedus.db") as journal:
        library = Library(journal, load_reference(), clock=lambda: DAY)
        names = names_in(journal, library.refresh())
        app = make_app(Settings(journal=journal.name), library)
        document = TestClient(app, base_url="http://localhost").get(ADDRESS).json()
        for operation in (of for path in document["paths"].values() for of in path.values()):
            for parameter in operation["parameters"]:
                named = operation["operationId"] if parameter["name"] == "id" else parameter["name"]
                if named in names:
                    place = parameter["schema"] if "items" in parameter["schema"] else parameter
                    place["items" if "items" in place else "schema"] = {"enum": names[named]}
        schema = schemathesis.openapi.from_dict(document)
        schema.app, schema.location = app, ADDRESS
        yield schema


EXAMPLES = hypothesis.settings(
    max_examples=10, derandomize=True, database=None, suppress_health_check=list(hypothesis.HealthCheck)
)


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_the_api_keeps_to_its_document(api, operation: Operation, mode: schemathesis.GenerationMode) -> None:
    described = api[ROOT + operation.path][operation.method]
    if mode is schemathesis.GenerationMode.NEGATIVE and not described.query and not described.body:
        pytest.skip("any text may stand in an address, and then nothing is there")
    statuses = Counter[int]()

    @EXAMPLES
    @hypothesis.given(case=described.as_strategy(generation_mode=mode))
    def call(case: schemathesis.Case) -> None:
        hypothesis.assume([] not in (case.query or {}).values())  # an address cannot hold it, so nothing wrong is asked
        statuses[case.call_and_validate(headers={"host": "localhost"}).status_code] += 1

    call()
    is_met = any(status < 300 for status in statuses)
    assert is_met is (mode is schemathesis.GenerationMode.POSITIVE), statuses


@pytest.mark.parametrize("path", [ROOT + "/treaties", ROOT + "/obligations", ROOT + "/nothing/here", "/api/v2"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_whatever_is_asked_wrongly_is_a_problem_with_its_details(api, path: str, method: str) -> None:
    client = TestClient(api.app, base_url="http://localhost", raise_server_exceptions=False)
    answer = client.request(method, path, content=b"x")
    if answer.status_code == 200:
        assert (method, path) == ("GET", ROOT + "/treaties")
        return
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == answer.status_code and problem["title"] and problem["detail"]
    assert answer.status_code != 405 or answer.headers["allow"]


def test_a_body_that_is_too_long_is_a_problem(api) -> None:
    client = TestClient(api.app, base_url="http://localhost")
    answer = client.post(ROOT + "/obligations", content=b"[" * 70_000, headers={"content-type": "application/json"})
    assert answer.status_code == 413 and answer.json()["detail"] == "the body is longer than 65536 octets"
