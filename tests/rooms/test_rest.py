"""The API, the feeds and the permanent addresses: the same facts as the commands and the pages, page by page, once each."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference
from foedus.serving.cli import main
from foedus.serving.library import Library
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2024, 12, 20)
TREATY = "prk-rus-2024"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    path = tmp_path_factory.mktemp("rest") / "foedus.db"
    with Journal.open(path) as journal:
        for _ in add(journal, gather([str(EXAMPLES / "*.txt")]), load_reference()):
            pass
        library = Library(journal, load_reference(), clock=lambda: TODAY)
        library.refresh()
        app = make_app(Settings(journal=journal.name), library)
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)
        yield SimpleNamespace(get=client.get, post=client.post, library=library, journal=journal)


def read(site: SimpleNamespace, path: str) -> dict:
    answer = site.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_dossier_is_what_show_prints(site) -> None:
    days = ["--on", "2024-10-25", "--known", "2024-11-01"]
    shown = CliRunner().invoke(main, ["show", TREATY, "--json", *days, "--journal", site.journal.name])
    assert read(site, f"/treaties/{TREATY}?on=2024-10-25&known=2024-11-01") == json.loads(shown.output)


def test_the_parts_of_a_dossier_are_the_dossier(site) -> None:
    whole = read(site, f"/treaties/{TREATY}")
    for name in ("acts", "findings", "claims", "documents", "deadlines"):
        part = read(site, f"/treaties/{TREATY}/{name}?limit=200")
        assert part["items"] == whole[name] and part["total"] == len(whole[name]), name


def test_the_pages_of_a_list_are_the_list(site) -> None:
    whole = read(site, f"/treaties/{TREATY}/acts?limit=200")["items"]
    address, items = f"/treaties/{TREATY}/acts?limit=4", []
    while address:
        page = read(site, address)
        items += page["items"]
        address = page["next"] and page["next"].removeprefix("/api/v1")
    assert items == whole and len(whole) > 8
    answer = site.get(f"/api/v1/treaties/{TREATY}/acts?limit=4&offset=4")
    rels = [link.rpartition("; rel=")[2] for link in answer.headers["link"].split(", ")]
    assert rels == ['"first"', '"last"', '"prev"', '"next"']
    beyond = read(site, f"/treaties/{TREATY}/acts?offset=999")
    assert beyond["items"] == [] and beyond["next"] is None


def test_an_answer_is_sent_once(site) -> None:
    first = site.get(f"/api/v1/treaties/{TREATY}")
    again = site.get(f"/api/v1/treaties/{TREATY}", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_standings_come_with_proofs_and_changes_with_causes(site) -> None:
    (standing,) = read(site, f"/treaties/{TREATY}/status?state=RUS&on=2024-10-25")["items"]
    assert standing["status"] == "signatory" and standing["proof"]["because"]
    (state,) = {change["state"] for change in read(site, f"/treaties/{TREATY}/history?state=PRK")["items"]}
    assert state == "PRK"
    assert [one["state"] for one in read(site, f"/treaties/{TREATY}/status")["items"]] == ["PRK", "RUS"]


def test_every_id_leads_somewhere(site) -> None:
    dossier = read(site, f"/treaties/{TREATY}")
    for kind, one in (
        ("act", dossier["acts"][0]),
        ("finding", dossier["findings"][0]),
        ("claim", dossier["claims"][0]),
    ):
        assert read(site, f"/{kind}s/{one['id']}")[kind]["id"] == one["id"]
        place = "act" if kind == "act" else "entry"
        to = site.get(f"/{kind}s/{one['id']}")
        assert to.status_code == 302 and to.headers["location"] == f"/treaties/{TREATY}#{place}-{one['id']}"
        assert f'id="{place}-{one["id"]}"' in site.get(to.headers["location"]).text
    id_ = dossier["acts"][0]["supported_by"][0]
    statement = read(site, f"/statements/{id_}")
    document, quote = statement["document"]["id"], statement["quote"]
    assert site.get(f"/statements/{id_}").headers["location"] == f"/reports/{document}#{id_}"
    span = f"{quote['start']}-{quote['end']}"
    assert read(site, f"/quotes/{document}/{span}")["quote"]["exact"] == quote["exact"]
    to = site.get(f"/quotes/{document}/{span}").headers["location"]
    assert to == f"/reports/{document}?quote={span}#quote" and site.get(to).status_code == 200
    for lost in ("/acts/a_0", "/statements/s_0", f"/quotes/{document}/9-3", "/quotes/d_0/1-2"):
        assert site.get(lost).status_code == 404, lost


def test_documents_give_their_statements_and_search_finds_them(site) -> None:
    listed = read(site, "/documents")
    assert listed["total"] == len(site.journal)
    document = read(site, f"/documents/{listed['items'][0]['id']}")
    assert document["text"]
    statements = read(site, f"/documents/{document['document']['id']}/statements")["items"]
    assert [s["id"] for s in statements] == document["statements"]
    found = read(site, "/search?q=duma")["items"]
    assert found and all("duma" in one["excerpt"]["exact"].lower() for one in found)
    assert read(site, "/search?q=...")["items"] == []


def test_a_scenario_is_answered_as_oblige_answers_it(site) -> None:
    asked = {"on": "2025-01-10", "fact": [{"predicate": "armed-attack", "args": ["KOR", "PRK"]}]}
    answers = site.post("/api/v1/obligations", json=asked).json()["answers"]
    said = CliRunner().invoke(
        main,
        [
            "oblige",
            "--attack",
            "KOR:PRK",
            "--on",
            "2025-01-10",
            "--known",
            str(TODAY),
            "--json",
            "--journal",
            site.journal.name,
        ],
    )
    assert [a["id"] for a in answers] == [json.loads(line)["id"] for line in said.output.splitlines()]
    clash = {"fact": [*asked["fact"], {**asked["fact"][0], "truth": False}]}
    assert site.post("/api/v1/obligations", json=clash).status_code == 409


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        (f"/treaties/{TREATY}?until=2024-01-01", 422, 'there is no parameter "until" here; there is known, on'),
        (f"/treaties/{TREATY}?on=tomorrow", 422, 'the parameter "on" does not fit: Invalid RFC3339 encoded date'),
        ("/treaties?limit=1&limit=2", 422, 'the parameter "limit" is given once; here 2 times'),
        (f"/treaties/{TREATY}?known=2001-01-01", 404, "no report known by 2001-01-01 tells of prk-rus-2024"),
        ("/treaties/atlantis", 404, 'no treaty fits "atlantis"'),
        ("/states/XX/treaties", 404, '"XX" is no state or organisation'),
        ("/compare?r=d_1&r=d_2", 404, 'the journal holds no document "d_1"'),
        ("/documents/d_1", 404, "d_1"),
    ],
)
def test_a_problem_says_what_would_have_worked(site, path: str, status: int, says: str) -> None:
    answer = site.get(f"/api/v1{path}")
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]


def test_the_document_of_the_api_is_sound_and_names_its_own_parts(site) -> None:
    document = read(site, "/openapi.json")
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    named = set(json.dumps(document).split('"#/components/schemas/')[1:])
    assert {name.partition('"')[0] for name in named} <= set(schemas)
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids))


# Feeds


def test_a_feed_lists_the_acts_the_latest_told_first(site) -> None:
    answer = site.get(f"/feeds/treaties/{TREATY}.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml") and answer.headers["etag"]
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall("a:entry", ATOM)
    updated = [entry.findtext("a:updated", None, ATOM) for entry in entries]
    assert updated == sorted(updated, reverse=True) and feed.findtext("a:updated", None, ATOM) == updated[0]
    ids = [entry.findtext("a:id", None, ATOM) for entry in entries]
    assert len(ids) == len(set(ids)) and all(id_.startswith("urn:uuid:") for id_ in ids)
    for entry in entries:
        path = entry.find("a:link", ATOM).get("href").removeprefix("http://localhost")
        assert site.get(path).status_code == 302
        assert entry.findtext("a:title", None, ATOM) and entry.findtext("a:summary", None, ATOM)


def test_the_feed_of_a_state_has_its_own_acts_only(site) -> None:
    own = ElementTree.fromstring(site.get("/feeds/states/PRK.atom").content)
    titles = [entry.findtext("a:title", None, ATOM) for entry in own.findall("a:entry", ATOM)]
    assert titles and not any("State Duma" in title for title in titles)
    assert site.get("/feeds/states/XX.atom").status_code == 404


def test_deadlines_are_a_calendar_that_stays_the_same(site) -> None:
    for path in ("/feeds/deadlines.ics", f"/feeds/treaties/{TREATY}.ics"):
        answer = site.get(path)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.text.startswith("BEGIN:VCALENDAR\r\n") and answer.text.endswith("END:VCALENDAR\r\n")
        again = site.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
