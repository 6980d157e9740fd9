"""What a user names becomes documents: files, folders, patterns, standard input, addresses."""

import io
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from foedus.documents.document import Basis, Document, document_id
from foedus.errors import InputError
from foedus.gathering.fetching import Fetched
from foedus.gathering.inputs import gather, pieces
from foedus.journal.arrivals import Arrival
from foedus.terms.dates import DateRange

REPORT = "The Senate of Freedonia approved the treaty with Sylvania, 60 to 3."
OTHER = "The foreign minister of Sylvania said that the treaty would be signed."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "b.txt": REPORT,
        "a.TXT": OTHER,
        "deep/er/c.md": "A third report.",
        "deep/d.txt": REPORT,
        ".hidden.txt": "hidden",
        ".git/e.txt": "hidden",
        "notes.docx": "not known",
        "004_report.txt": "A fourth report.",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(inputs: Iterable[str]) -> list[str]:
    return [str(result) if isinstance(result, InputError) else result.document.name for result in gather(inputs)]


def one(inputs: Iterable[str], **options: Any) -> Document:
    (result,) = gather(inputs, **options)
    assert not isinstance(result, InputError), result
    return result.document


def test_a_file_is_called_by_its_name_and_keeps_its_text(folder: Path) -> None:
    document = one([str(folder / "b.txt")])
    assert (document.name, document.text, document.id) == ("b.txt", REPORT, document_id(REPORT.encode()))


def test_a_folder_is_read_whole_sorted_without_what_is_hidden_or_unknown(folder: Path) -> None:
    assert names(["."]) == ["004_report.txt", "a.TXT", "b.txt", "c.md"]


def test_the_same_bytes_are_one_document(folder: Path) -> None:
    assert names(["deep/d.txt", "b.txt"]) == ["d.txt"]


def test_nothing_is_read_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "link.txt").symlink_to(folder / "b.txt")
    read, read_bytes = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or read_bytes(path))
    assert len(list(pieces(["b.txt", "b.txt", "*.txt", ".", "./deep/../b.txt", "link.txt"]))) == 5
    assert sorted(read) == ["004_report.txt", "a.TXT", "b.txt", "c.md", "d.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["004_report.txt", "b.txt"]),
        ("**/*.md", ["c.md"]),
        ("[ab].*", ["a.TXT", "b.txt"]),
        ("dee?", ["d.txt", "c.md"]),
    ],
)
def test_a_pattern_names_what_fits(folder: Path, pattern: str, found: list[str]) -> None:
    assert names([pattern]) == found


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(folder: Path) -> None:
    (folder / "[1].txt").write_text("A report with brackets.")
    assert names(["[1].txt"]) == ["[1].txt"]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("004_reprot.txt", "004_reprot.txt: there is no such file; did you mean 004_report.txt?"),
        ("B.TXT", "B.TXT: there is no such file; did you mean a.TXT?"),
        ("004_report", "004_report: there is no such file; did you mean 004_report.txt?"),
        ("quite-other.txt", "quite-other.txt: there is no such file; here is none of a like name"),
        ("depe/d.txt", "depe/d.txt: there is no folder depe; did you mean deep?"),
        ("*.pdf", "*.pdf: no file fits this pattern; ** stands for any folders, * for any name"),
    ],
)
def test_what_is_not_there_is_said_with_what_was_perhaps_meant(folder: Path, named: str, said: str) -> None:
    (folder / "b.txt").unlink()
    assert names([named]) == [said]


def test_a_folder_with_nothing_to_read_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (error,) = gather([str(tmp_path)])
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{tmp_path}: holds no file that Foedus reads (.txt, ")


def test_standard_input_is_read_once() -> None:
    document = one(["-", "-"], stdin=io.BytesIO(REPORT.encode()))
    assert (document.name, document.text) == ("-", REPORT)


def test_a_day_that_the_user_gives_is_the_strongest_candidate(folder: Path) -> None:
    document = one(["b.txt"], published=DateRange.day(2024, 10, 24))
    assert (document.published[0].basis, document.published[0].on) == (Basis.GIVEN, DateRange.day(2024, 10, 24))
    assert document.id == document_id(REPORT.encode())


def test_an_address_is_fetched_and_kept_with_the_document() -> None:
    page = (
        b"<html><head><title>Treaty</title></head><body><p>The Senate approved the treaty, 60 to 3.</p></body></html>"
    )

    def fetch(url: str) -> Fetched:
        if url.endswith("/gone"):
            raise InputError(f"{url}: answers 404 Not Found; check the address")
        return Fetched(content=page, url=f"{url}?page=1", asked=url, content_type="text/html")

    addresses = ["https://example.org/gone", "https://example.org/news", "https://example.org/news"]
    error, arrival = gather(addresses, fetch=fetch)
    assert str(error) == "https://example.org/gone: answers 404 Not Found; check the address"
    assert not isinstance(arrival, InputError)
    assert arrival.original == page
    assert arrival.document.url == "https://example.org/news?page=1"
    assert "The Senate approved the treaty" in arrival.document.text
    assert "<p>" not in arrival.document.text


def test_each_record_of_json_lines_is_a_document_with_its_own_bytes(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = ['{"text": "One treaty was signed.", "id": "one"}', '{"text": "Another was.", "published": "2024-10-24"}']
    path.write_text("\n".join(lines) + "\n")
    taken = [arrival for arrival in gather([str(path)]) if not isinstance(arrival, InputError)]
    assert [arrival.document.text for arrival in taken] == ["One treaty was signed.", "Another was."]
    assert [arrival.original.decode().strip() for arrival in taken] == lines
    assert all(document_id(arrival.original) == arrival.document.id for arrival in taken)


def test_documents_come_one_by_one(folder: Path) -> None:
    coming = gather(["b.txt", "missing.txt"])
    assert isinstance(next(coming), Arrival)
    assert isinstance(next(coming), InputError)


def test_reading_files_loads_neither_the_database_nor_the_web() -> None:
    program = "import sys, foedus.gathering.inputs; print([m for m in ('sqlalchemy', 'httpx2') if m in sys.modules])"
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"
