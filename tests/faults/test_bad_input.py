"""Every bad input gives one clear line; the other inputs are still read, and nothing is stored twice or lost."""

import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.journal.arrivals import Arrival
from foedus.journal.record import Journal

REPORT = "The Senate of Freedonia approved the treaty with Sylvania on 24 October 2024, 60 to 3.\n"
OTHER = "The foreign minister of Sylvania said that the treaty would be signed in November.\n"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_bytes(b" \n\t \r\n" * 100)


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 100)


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40)


def one_long_line(path: Path) -> None:
    path.write_bytes(b"the treaty was approved and " * (50_000_000 // 28))


def half_utf16(path: Path) -> None:
    path.write_bytes("The treaty was approved.".encode("utf-16")[:-1])


def broken_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n" + b"junk" * 50)


def broken_gzip(path: Path) -> None:
    path.write_bytes(b"\x1f\x8b\x08\x00" + b"junk" * 50)


def missing(path: Path) -> None:
    pass


BAD: dict[str, tuple[str, Callable[[Path], None], str]] = {
    # what                name           made by        what the line must say
    "empty":             ("bad.txt",     empty,         "is empty"),
    "blank":             ("bad.txt",     blank,         "is empty"),
    "binary":            ("bad.txt",     binary,        ""),
    "a picture":         ("bad.txt",     picture,       ""),
    "one line of 50 MB": ("bad.txt",     one_long_line, "50 MB"),
    "wrong encoding":    ("bad.txt",     half_utf16,    "save it as UTF-8"),
    "a broken PDF":      ("bad.pdf",     broken_pdf,    "PDF"),
    "a broken archive":  ("bad.warc.gz", broken_gzip,   ""),
    "missing":           ("bad.txt",     missing,       "there is no such file"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "a.txt").write_text(REPORT)
    (inputs / "z.txt").write_text(OTHER)
    return inputs


@pytest.mark.parametrize("what", BAD)
def test_a_bad_input_is_one_clear_line_among_the_others(folder: Path, what: str, tmp_path: Path) -> None:
    name, make, said = BAD[what]
    bad = folder / name
    make(bad)
    named = [str(folder / "a.txt"), str(bad), str(folder / "z.txt")]
    results = list(gather(named))
    errors = [result for result in results if isinstance(result, InputError)]
    taken = [result for result in results if not isinstance(result, InputError)]
    assert [arrival.document.text for arrival in taken] == [REPORT, OTHER]
    assert len(errors) == 1
    line = str(errors[0])
    assert line.startswith(str(bad))
    assert said in line
    assert "\n" not in line
    assert len(line) < 300

    with Journal.open(tmp_path / "foedus.db") as journal:
        assert len(journal.append(taken).new) == 2
        again = [arrival for arrival in gather(named) if not isinstance(arrival, InputError)]
        assert len(journal.append(again).known) == 2
        assert len(journal) == 2
        assert journal.original(taken[0].document.id) == REPORT.encode()


def test_a_malformed_line_of_json_lines_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = ['{"text": "One treaty was signed.", "id": "1"}', '{"text": "broken', "[1, 2]", '{"title": "no text"}']
    lines += ['{"text": "Another treaty was signed.", "id": "5", "published": "2024-10-24"}']
    path.write_text("\n".join(lines))
    results = list(gather([str(path)]))
    assert [result.document.name for result in results if isinstance(result, Arrival)] == ["1", "5"]
    said = [str(result) for result in results if isinstance(result, InputError)]
    assert len(said) == 3
    assert all(str(path) in line and str(number) in line for number, line in zip((2, 3, 4), said, strict=True))


def test_a_long_line_of_json_lines_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    long = '{"text": "' + "the treaty was approved and " * (50_000_000 // 28) + '"}'
    path.write_text(f'{{"text": "One treaty was signed.", "id": "1"}}\n{long}\n{{"text": "Another.", "id": "3"}}\n')
    results = list(gather([str(path)]))
    assert [result.document.name for result in results if isinstance(result, Arrival)] == ["1", "3"]
    (error,) = (result for result in results if isinstance(result, InputError))
    assert "line" in str(error)


def test_a_guessed_encoding_is_said_with_the_document(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Le Sénat a approuvé le traité.".encode("latin-1"))
    (arrival,) = gather([str(tmp_path / "latin.txt")])
    assert isinstance(arrival, Arrival)
    assert arrival.document.text == "Le Sénat a approuvé le traité."
    assert "is not UTF-8" in arrival.document.notes[0]


@pytest.fixture
def anybody() -> Iterator[Path]:
    """A folder that everybody may enter; while it is used, root is somebody else, whom permissions bind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        if os.geteuid() != os.getuid():
            os.seteuid(os.getuid())


@pytest.mark.skipif(os.name != "posix", reason="permissions as on Unix")
def test_what_may_not_be_read_is_named(anybody: Path) -> None:
    for name, text in (("a.txt", REPORT), ("z.txt", OTHER), ("secret/b.txt", REPORT)):
        (anybody / name).parent.mkdir(exist_ok=True)
        (anybody / name).write_text(text)
    assert len(list(gather([str(anybody)]))) == 2
    (anybody / "a.txt").chmod(0)
    (anybody / "secret").chmod(0)
    if os.getuid() == 0:
        os.seteuid(65534)
    first, last, folder = gather([str(anybody)])
    assert str(first) == f"{anybody / 'a.txt'}: may not be read by this user; change its permissions"
    assert isinstance(last, Arrival)
    assert last.document.text == OTHER
    assert str(folder) == f"{anybody / 'secret'}: may not be read by this user; change its permissions"


def test_a_device_is_not_read() -> None:
    (error,) = gather(["/dev/zero"])
    assert "neither a file nor a folder" in str(error)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", "a\nb", "\ud800"])
def test_a_name_that_can_be_none_is_one_line(name: str) -> None:
    (error,) = gather([name])
    assert isinstance(error, InputError)
    assert "\n" not in str(error)
    assert len(str(error)) < 300


def test_empty_standard_input_is_named() -> None:
    (error,) = gather(["-"], stdin=io.BytesIO(b""))
    assert str(error).startswith("standard input: is empty")
