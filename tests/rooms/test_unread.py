"""Unread is not silent: sentences about treaties that gave no statement are counted and listed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.documents.document import Document, document_id
from foedus.pipeline import load_reference
from foedus.serving.cli import main
from foedus.statements.reading import read
from foedus.statements.unread import unread

READ = "Peru's Congress approved the Ramsar treaty on 4 May 2021."
SILENT = "Birdwatchers keep a copy of the treaty above the desk."
OTHER = "Rain fell on the lake all morning."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join((READ, SILENT, OTHER)), encoding="utf-8")
    return path


def _read(*options: str) -> Result:
    done = CliRunner().invoke(main, ["read", *options])
    assert done.exit_code == 0, done.output
    return done


def test_only_sentences_about_a_treaty_without_a_statement_are_unread() -> None:
    text = "\n\n".join((READ, SILENT, OTHER))
    document = Document(id=document_id(text.encode()), name="case", text=text)
    statements = read(document, load_reference())
    assert statements
    (quote,) = unread(document, statements, load_reference())
    assert quote.exact == SILENT
    assert text[quote.start : quote.end] == SILENT


def test_the_count_is_always_shown_and_the_sentences_where_asked(report: Path) -> None:
    counted, listed = _read(str(report)).output, _read(str(report), "--unread").output
    assert "1 sentence speaks of a treaty and gave no statement" in counted
    assert SILENT not in counted
    assert SILENT in listed


def test_json_gives_unread_sentences_after_the_statements_and_only_where_asked(report: Path) -> None:
    plain = [json.loads(line) for line in _read(str(report), "--json").output.splitlines()]
    full = [json.loads(line) for line in _read(str(report), "--json", "--unread").output.splitlines()]
    assert full[: len(plain)] == plain
    (last,) = full[len(plain) :]
    assert last["unread"]["exact"] == SILENT
    assert last["document"]["name"] == "report.txt"
    assert "kind" not in last


def test_a_text_that_speaks_of_no_treaty_counts_none(tmp_path: Path) -> None:
    path = tmp_path / "weather.txt"
    path.write_text(OTHER, encoding="utf-8")
    assert "0 sentences speak of a treaty" in _read(str(path)).output
