"""What was read stays: its bytes come back as they came, on the command line and on the site; a PDF's quotes name their page."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pdf_by_hand import pdf
from starlette.testclient import TestClient

from foedus.documents.document import Document, document_id
from foedus.journal.record import Journal
from foedus.pipeline import load_reference
from foedus.serving.accounts import make_account
from foedus.serving.cli import main
from foedus.serving.library import Library
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings

SIGNED = "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra."
VOTE = "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021 by 61 votes to 12."
PAGE = f"<html><body><article><h1>A treaty on water</h1><p>{SIGNED}</p><p>{VOTE}</p></article></body></html>".encode()


def foedus(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env=environment)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOEDUS_CONFIG", raising=False)
    return tmp_path


@pytest.fixture
def address() -> Iterator[str]:
    """A page on this machine, which only an allow-list opens."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/report"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/report"
    server.shutdown()
    server.server_close()


# Pages


def test_the_quotes_of_a_pdf_name_their_page_everywhere(folder: Path) -> None:
    (folder / "gazette.pdf").write_bytes(pdf("Contents of this gazette.", SIGNED, VOTE))
    read = [json.loads(line) for line in foedus("read", "gazette.pdf", "--json").stdout.splitlines()]
    pages = {s["act"]["kind"]: s["quote"]["page"] for s in read if s["kind"] == "act"}
    assert pages == {"sign": 2, "chamber-approve": 3}
    assert "page 2, chars" in foedus("read", "gazette.pdf", "--why").stdout
    assert foedus("add", "gazette.pdf").exit_code == 0
    shown = foedus("show", "volta", "--json")
    acts = json.loads(shown.stdout)["acts"]
    vote = next(act["id"] for act in acts if act["kind"] == "chamber-approve")
    assert "gazette.pdf, page 3, chars" in foedus("explain", vote).stdout
    assert "page 3: “" in foedus("when", "volta").stdout
    assert foedus("dossier", "volta", "-o", "volta.html").exit_code == 0
    assert "page 3, chars" in (folder / "volta.html").read_text()


def test_what_has_no_pages_names_none(folder: Path) -> None:
    (folder / "report.txt").write_text(f"{SIGNED}\n\n{VOTE}\n")
    assert "page" not in foedus("read", "report.txt", "--why").stdout
    for line in foedus("read", "report.txt", "--json").stdout.splitlines():
        assert set(json.loads(line)["quote"]) == {"start", "end", "exact"}


def test_the_page_of_a_place() -> None:
    document = Document(id="d_1", name="a", text="one\ftwo\f\ffour")
    assert [document.page_at(at) for at in (0, 3, 4, 7, 8, 9, 12)] == [1, 1, 2, 2, 3, 4, 4]
    assert document.quote(4, 7).place == "page 2, chars 4-7"
    assert Document(id="d_1", name="a", text="one").page_at(1) is None


# Originals


def test_a_fetched_page_is_kept_as_it_was_when_it_was_read(folder: Path, address: str) -> None:
    allowed = address.removeprefix("http://").removesuffix("/report")
    (folder / "foedus.toml").write_text(f'[fetch]\nallowed = ["{allowed}"]\n')
    assert foedus("add", address).exit_code == 0
    id_ = document_id(PAGE)
    assert foedus("original", id_).stdout_bytes == PAGE
    assert foedus("original", id_, "-o", "page.html").exit_code == 0
    assert (folder / "page.html").read_bytes() == PAGE
    with Journal.open("foedus.db") as journal:
        assert journal.document(id_).url == address


def test_an_original_that_is_not_there_is_one_line(folder: Path) -> None:
    (folder / "a.txt").write_text(SIGNED)
    foedus("add", "a.txt")
    missing = foedus("original", "d_0000000000000000")
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)
    assert "there is no document d_0000000000000000" in missing.stderr
    assert foedus("redact", document_id(SIGNED.encode()), "--why", "asked for", "--author", "ada").exit_code == 0
    assert "was redacted" in foedus("original", document_id(SIGNED.encode())).stderr


def test_the_site_gives_the_original_to_be_saved_and_a_public_one_does_not(folder: Path) -> None:
    (folder / "page.html").write_bytes(PAGE)
    foedus("add", "page.html")
    id_ = document_id(PAGE)
    with Journal.open("foedus.db") as journal:
        library = Library(journal, load_reference())
        library.refresh()
        here = TestClient(make_app(Settings(journal="foedus.db"), library), base_url="http://localhost")
        assert f'href="/reports/{id_}/original"' in here.get(f"/reports/{id_}").text
        given = here.get(f"/reports/{id_}/original")
        assert given.content == PAGE
        assert given.headers["content-type"] == "application/octet-stream"
        assert given.headers["content-disposition"].startswith("attachment")
        assert given.headers["x-content-type-options"] == "nosniff"
        assert here.get("/reports/d_0000000000000000/original").status_code == 404
        public = Settings(journal="foedus.db", hosts=("treaties.example",))
        token = make_account(journal, "A reader", may_edit=False, author="keeper")
        outside = TestClient(
            make_app(public, library),
            base_url="http://treaties.example",
            headers={"authorization": f"Bearer {token}"},
            follow_redirects=False,
        )
        shown = outside.get(f"/reports/{id_}")
        assert "61 votes" in shown.text and "/original" not in shown.text
        assert outside.get(f"/reports/{id_}/original").status_code == 403


# What may be fetched


def test_without_a_configuration_an_address_of_this_machine_is_refused(folder: Path, address: str) -> None:
    refused = foedus("add", address)
    assert "is a loopback address and is not fetched" in refused.stderr
    assert 'foedus.toml: [fetch] allowed = ["127.0.0.1:' in refused.stderr


def test_the_configuration_may_be_elsewhere_and_sets_limits(folder: Path, address: str) -> None:
    allowed = address.removeprefix("http://").removesuffix("/report")
    elsewhere = folder / "other.toml"
    elsewhere.write_text(f'[fetch]\nallowed = ["{allowed}"]\nsize = 100\n')
    said = foedus("read", address, FOEDUS_CONFIG=str(elsewhere))
    assert "is larger than 0.0001 MB" in said.stderr
    elsewhere.write_text('[fetch]\nallowed = ["127.0.0.1:1"]\n')
    assert "is a loopback address" in foedus("read", address, FOEDUS_CONFIG=str(elsewhere)).stderr


WRONG = {
    # what is wrong                    what the line says
    "[fetch":                          "cannot be used",
    "[fetch]\nallow = ['a']":          "unknown field `allow`",
    "[fetch]\nallowed = 'a:1'":        "Expected `array`",
    "[fetch]\nallowed = ['http://a']": "is neither a host nor a host with its port",
    "[fetch]\nseconds = 0":            "seconds are between 0 and 3600",
    "[fetch]\nsize = 'much'":          "Expected `int`",
    "[other]\nx = 1":                  "unknown field `other`",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_configuration_is_one_clear_line(folder: Path, text: str) -> None:
    (folder / "foedus.toml").write_text(text)
    said = foedus("read", "http://127.0.0.1:1/report")
    assert said.exit_code == 2
    assert said.stderr.startswith("foedus: foedus.toml: ")
    assert said.stderr.count("\n") == 1
    assert WRONG[text] in said.stderr
    assert '[fetch] has allowed = ["host:port"]' in said.stderr


def test_a_configuration_that_is_named_and_not_there_is_misuse(folder: Path) -> None:
    said = foedus("read", "http://127.0.0.1:1/report", FOEDUS_CONFIG="gone.toml")
    assert (said.exit_code, "gone.toml: there is no such file" in said.stderr) == (2, True)
