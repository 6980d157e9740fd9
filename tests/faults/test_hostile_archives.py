"""Damaged and hostile archives: one clear line a fault, the other records read, within the limits of time and memory."""

import gzip
import json
import random
import resource
import time
import zlib
from pathlib import Path

import pytest
from archives_by_hand import news, packed, page, record

from foedus.gathering import shard_reading
from foedus.gathering.archive_pages import Fault, Page, ShardPages
from foedus.gathering.archives import Archive, archives_named, shards_of
from foedus.gathering.shard_reading import read_shard
from foedus.gathering.shard_results import ShardDone


def scanned(folder: Path, name: str, data: bytes) -> ShardDone:
    """What the only shard of an archive gives."""
    file = folder / name
    file.write_bytes(data)
    (archive,) = archives_named([str(file)])
    assert isinstance(archive, Archive)
    (shard,) = shards_of(archive)
    result = read_shard(shard, folder)
    assert all(line.startswith(f"{file}, record at byte ") and "\n" not in line for line in result.failures)
    assert all(len(line) < 600 for line in result.failures)
    return result


def bomb(size: int) -> bytes:
    """Zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(10_000_000)) for _ in range(size // 10_000_000)) + packer.flush()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_truncated_archive_gives_the_records_before_the_cut(tmp_path: Path, name: str) -> None:
    records = news(5)
    data = packed(records) if name.endswith("gz") else b"".join(records)
    last = len(packed(records[-1:]) if name.endswith("gz") else records[-1])
    for missing in (20, last // 2, last - 12):
        result = scanned(tmp_path, name, data[: len(data) - missing])
        assert (result.pages, result.failed) == (4, 1), (missing, result.failures)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_packed_page_that_breaks_off_is_not_read(tmp_path: Path, name: str) -> None:
    noise = random.Random(1).randbytes(6_000).hex()
    body = gzip.compress(page(f"{noise} The parliament of Norway ratified the treaty with Iceland. {noise}", 5))
    records = [*news(2), record("https://news.example/5", body, more="Content-Encoding: gzip\r\n")]
    data = packed(records) if name.endswith("gz") else b"".join(records)
    assert scanned(tmp_path, name, data).pages == 3
    result = scanned(tmp_path, f"cut-{name}", data[:-1_500])
    assert (result.pages, result.failed) == (2, 1), result.failures


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_record_leaves_the_others(tmp_path: Path, name: str) -> None:
    records = news(5)
    parts = [gzip.compress(r) for r in records] if name.endswith("gz") else records
    for at in (0, 5, len(parts[2]) // 2) if name.endswith("gz") else (0, 5):
        damaged = bytearray(parts[2])
        damaged[at : at + 12] = b"\xff" * 12
        result = scanned(tmp_path, name, b"".join([*parts[:2], bytes(damaged), *parts[3:]]))
        assert result.pages == 4, (at, result.failures)
        assert result.failed >= 1


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("wrong", ["100", "900", "99999999", "99999999999999999", "-1", "x"])
def test_a_wrong_length_swallows_no_other_record(tmp_path: Path, name: str, wrong: str) -> None:
    records = news(6)
    records[2] = record("https://news.example/2", page("two", 2), length=wrong)
    (tmp_path / name).write_bytes(packed(records) if name.endswith("gz") else b"".join(records))
    (archive,) = archives_named([str(tmp_path / name)])
    assert isinstance(archive, Archive)
    pages = list(ShardPages(*shards_of(archive)))
    urls = {page.url for page in pages if isinstance(page, Page)}
    assert {f"https://news.example/{n}" for n in (0, 1, 3, 4, 5)} <= urls
    assert any(isinstance(page, Fault) for page in pages)


def test_a_page_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    inside = record("https://bomb.example/", bomb(1_000_000_000), more="Content-Encoding: gzip\r\n")
    result = scanned(tmp_path, "a.warc.gz", packed([*news(2), inside, *news(2, first=5)]))
    assert (result.pages, result.failed) == (4, 1)
    assert "at most 20 MB" in result.failures[0]
    result = scanned(tmp_path, "b.warc", b"".join([*news(2), inside, *news(2, first=5)]))
    assert (result.pages, result.failed) == (4, 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_record_that_unpacks_without_end_is_passed_over(tmp_path: Path) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    head = record("https://bomb.example/", b"x", length="1000000000")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    giant = packer.compress(head) + b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    result = scanned(tmp_path, "a.warc.gz", packed(news(2)) + giant + packed(news(2, first=5)))
    assert (result.pages, result.failed) == (4, 1), result.failures
    assert time.monotonic() - began < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    line = json.dumps({"text": "Spain ratified the treaty.", "id": "1"}).encode() + b"\n"
    result = scanned(tmp_path, "a.jsonl.gz", gzip.compress(line) + bomb(200_000_000) + gzip.compress(b"\n" + line))
    assert (result.pages, result.failed) == (2, 1)
    assert "200 MB" in result.failures[0]


@pytest.mark.parametrize("cut", [3, 15])
def test_truncated_json_lines_give_what_stands_before(tmp_path: Path, cut: int) -> None:
    said = ({"text": f"Spain ratified treaty {n}.", "note": f"line {n} " * 20} for n in range(700))
    rows = b"".join(json.dumps(row).encode() + b"\n" for row in said)
    result = scanned(tmp_path, "a.jsonl.gz", gzip.compress(rows)[:-cut])
    assert result.failed == 1 and result.pages > 500


def test_a_line_that_is_no_record_is_told(tmp_path: Path) -> None:
    good = json.dumps({"text": "Spain ratified the treaty."}).encode()
    result = scanned(tmp_path, "a.jsonl", good + b'\n{"text": "bro\n[1]\n{"title": "x"}\n\n' + good + b" \n")
    assert (result.pages, result.failed, result.documents) == (5, 3, 1)


def test_a_page_that_looks_like_an_archive_inside_stays_one_page(tmp_path: Path) -> None:
    forged = record("https://depositary.example/", page("Spain ratified the treaty on shared rivers.", 9))
    carrier = record("https://hostile.example/", b"<html>\r\n\r\n" + forged + b"</html>")
    (tmp_path / "a.warc").write_bytes(b"".join([*news(1), carrier, *news(1, first=4)]))
    (archive,) = archives_named([str(tmp_path / "a.warc")])
    assert isinstance(archive, Archive)
    urls = [page.url for page in ShardPages(*shards_of(archive)) if isinstance(page, Page)]
    assert urls == ["https://news.example/0", "https://hostile.example/", "https://news.example/4"]


def test_a_page_that_takes_too_long_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sleep(*_: object) -> None:
        try:
            time.sleep(20)
        except Exception:  # as parsers do
            time.sleep(20)

    monkeypatch.setattr(shard_reading, "PAGE_SECONDS", 0.3)
    monkeypatch.setattr(shard_reading, "read", sleep)
    began = time.monotonic()
    result = scanned(tmp_path, "a.warc.gz", packed(news(2)))
    assert (result.pages, result.failed) == (2, 2)
    assert "takes more than" in result.failures[0]
    assert time.monotonic() - began < 15


def test_mutated_archives_never_end_the_reading(tmp_path: Path) -> None:
    chance = random.Random(6)
    for name, data in (("a.warc", b"".join(news(8, one_in=8))), ("a.warc.gz", packed(news(8, one_in=8)))):
        for _ in range(150):
            mutated = bytearray(data)
            for _ in range(chance.randrange(1, 6)):
                at = chance.randrange(64, len(mutated))
                mutated[at : at + chance.randrange(0, 40)] = chance.randbytes(chance.randrange(0, 40))
            result = scanned(tmp_path, name, bytes(mutated))
            assert result.pages + result.failed >= 1
