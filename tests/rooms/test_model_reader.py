"""The model reader keeps only what stands verbatim in the text, and says what went wrong; a scripted endpoint plays the model."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from foedus.documents.document import Document, document_id
from foedus.gathering.model_reader import Endpoint, ModelError, endpoint_from, read_by_model
from foedus.serving.cli import main
from foedus.statements.agreement import agreement_of
from foedus.statements.statement import ActMention
from foedus.terms.acts import Kind

TEXT = "The Senate of Chile approved the treaty with Peru on 3 May 2023. The deposit is expected next week."
ACT = {
    "quote": "The Senate of Chile approved the treaty with Peru on 3 May 2023.",
    "kind": "chamber-approve",
    "treaty": "treaty with Peru",
    "parties": ["PER", "CHL"],
    "states": ["CHL"],
    "actor": "Senate of Chile",
    "date": "2023-05-03",
    "vote": {"for": 30, "against": 2},
}
Script = Callable[[dict[str, Any]], tuple[int, bytes]]


def chat(content: Any, **message: Any) -> tuple[int, bytes]:
    written = content if isinstance(content, str) else json.dumps(content)
    return 200, json.dumps({"choices": [{"message": {"content": written, **message}}]}).encode()


class Scripted:
    """A chat-completions endpoint on loopback that answers as its script says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.script: Script = lambda body: chat({"acts": [ACT]})
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
                status, answer = outer.script(body)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def model() -> Iterator[Scripted]:
    scripted = Scripted()
    yield scripted
    scripted.server.shutdown()


@pytest.fixture
def document() -> Document:
    return Document(id=document_id(TEXT.encode()), name="report", text=TEXT)


def endpoint(model: Scripted, seconds: float = 5.0) -> Endpoint:
    return Endpoint(url=model.url, model="small", key="secret", seconds=seconds)


def test_a_statement_with_a_verbatim_quote_is_kept(model: Scripted, document: Document, tmp_path: Path) -> None:
    reading = read_by_model(document, endpoint(model), tmp_path)
    (statement,) = reading.statements
    assert document.text[statement.quote.start : statement.quote.end] == statement.quote.exact
    assert isinstance(statement.content, ActMention)
    assert statement.content.kind is Kind.CHAMBER_APPROVE
    assert statement.content.date is not None and statement.content.date.edtf == "2023-05-03"
    assert statement.content.vote is not None and statement.content.vote.for_ == 30
    assert statement.treaty is not None and statement.treaty.parties == ("CHL", "PER")
    assert statement.rules == ("model reader",)


def test_the_endpoint_gets_the_text_the_schema_and_the_key(model: Scripted, document: Document, tmp_path: Path) -> None:
    read_by_model(document, endpoint(model), tmp_path)
    (asked,) = model.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["key"] == "Bearer secret"
    assert asked["messages"][-1]["content"] == TEXT
    assert asked["response_format"]["json_schema"]["schema"]["$defs"]


def test_an_answer_is_asked_for_once(model: Scripted, document: Document, tmp_path: Path) -> None:
    first = read_by_model(document, endpoint(model), tmp_path)
    assert read_by_model(document, endpoint(model), tmp_path) == first
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "spoilt",
    [
        {**ACT, "quote": "The Senate of Chile rejected the treaty."},
        {**ACT, "quote": ""},
        {**ACT, "kind": "ratified-ish"},
        {"kind": "sign"},
    ],
)
def test_invented_quotes_and_kinds_are_dropped_and_counted(
    model: Scripted, document: Document, tmp_path: Path, spoilt: dict[str, Any]
) -> None:
    model.script = lambda body: chat({"acts": [ACT, spoilt]})
    reading = read_by_model(document, endpoint(model), tmp_path)
    assert len(reading.statements) == 1
    assert reading.dropped == 1


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (lambda body: chat("I would rather write a poem."), "not the JSON"),
        (lambda body: chat("{", refusal=None), "not the JSON"),
        (lambda body: chat("", refusal="I cannot help with that."), "refused"),
        (lambda body: (500, b"oops"), "answered 500"),
        (lambda body: (200, b"<html>"), "something other"),
    ],
)
def test_a_failure_is_told_and_nothing_is_kept(
    model: Scripted, document: Document, tmp_path: Path, script: Script, says: str
) -> None:
    model.script = script
    reading = read_by_model(document, endpoint(model), tmp_path)
    assert reading.failure is not None and says in reading.failure
    assert not reading.statements
    model.script = lambda body: chat({"acts": [ACT]})
    assert read_by_model(document, endpoint(model), tmp_path).statements


def test_a_slow_endpoint_is_given_up(model: Scripted, document: Document, tmp_path: Path) -> None:
    def slow(body: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(1.5)
        return chat({})

    model.script = slow
    reading = read_by_model(document, endpoint(model, seconds=0.3), tmp_path)
    assert reading.failure is not None and "within 0.3 seconds" in reading.failure


def test_without_an_endpoint_the_command_says_what_to_set() -> None:
    with pytest.raises(ModelError, match="FOEDUS_LLM_URL"):
        endpoint_from({})
    done = CliRunner().invoke(main, ["read", "--reader", "llm", "-"], input=b"x", env={"FOEDUS_LLM_URL": ""})
    assert done.exit_code == 2
    assert "FOEDUS_LLM_URL" in done.stderr


def test_both_readers_are_set_side_by_side(model: Scripted, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    environment = {"FOEDUS_LLM_URL": model.url, "FOEDUS_LLM_MODEL": "small", "XDG_CACHE_HOME": str(tmp_path)}
    done = CliRunner().invoke(main, ["read", "--reader", "both", str(report)], env=environment)
    assert done.exit_code == 0, done.output
    assert "1 statements of both readers" in done.output
    assert "they differ" in done.output  # the model gives a vote that the text does not


def test_readers_agree_on_the_same_act_whatever_its_day(model: Scripted, document: Document, tmp_path: Path) -> None:
    (one,) = read_by_model(document, endpoint(model), tmp_path).statements
    model.script = lambda body: chat({"acts": [{**ACT, "date": "2023-05-04"}, {**ACT, "kind": "sign"}]})
    others = read_by_model(document, endpoint(model), tmp_path / "other").statements
    agreement = agreement_of([one], others)
    assert len(agreement.both) == len(agreement.differences) == len(agreement.second_only) == 1
    assert not agreement.first_only


@pytest.mark.skipif(
    not os.environ.get("FOEDUS_LLM_URL"),
    reason="no model endpoint here: set FOEDUS_LLM_URL and FOEDUS_LLM_MODEL to test one",
)
def test_a_real_endpoint_gives_verbatim_quotes(document: Document, tmp_path: Path) -> None:
    reading = read_by_model(document, endpoint_from(), tmp_path)
    assert reading.failure is None
    assert all(TEXT[s.quote.start : s.quote.end] == s.quote.exact for s in reading.statements)
