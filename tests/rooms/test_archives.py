"""Archives and their pages: every record belongs to one shard, and a damaged one costs a line."""

import gzip
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from archives_by_hand import lines, news, packed, page, record

from foedus.errors import InputError
from foedus.gathering.archive_pages import Fault, Page, ShardPages
from foedus.gathering.archives import Archive, Kind, Shard, archives_named, shards_of

FORMS: dict[str, Callable[[int], bytes]] = {
    "crawl.warc": lambda count: b"".join(news(count)),
    "crawl.warc.gz": lambda count: packed(news(count)),
    "whole.warc.gz": lambda count: gzip.compress(b"".join(news(count))),
    "news.jsonl": lines,
    "news.jsonl.gz": lambda count: gzip.compress(lines(count)),
}


def written(folder: Path, name: str, data: bytes) -> Archive:
    (folder / name).write_bytes(data)
    (archive,) = archives_named([str(folder / name)])
    assert isinstance(archive, Archive)
    return archive


def cut(archive: Archive, size: int) -> list[Shard]:
    """Shards of so many bytes."""
    starts = range(0, archive.size, size)
    return [Shard(archive=archive, start=s, end=min(s + size, archive.size), begins=None if s else 0) for s in starts]


def contents(found: Iterable[Page | Fault]) -> list[bytes]:
    return [page.content for page in found if isinstance(page, Page)]


@pytest.mark.parametrize("name", FORMS)
def test_shards_of_any_size_hold_every_record_once(tmp_path: Path, name: str) -> None:
    archive = written(tmp_path, name, FORMS[name](30))
    whole = contents(ShardPages(Shard(archive=archive, start=0, end=archive.size, begins=0)))
    assert len(whole) == 30
    if archive.kind is Kind.JSON_LINES and archive.is_packed:
        return
    for size in (97, 350, 1000, archive.size // 2, archive.size - 1):
        shards = [ShardPages(shard) for shard in cut(archive, size)]
        assert [content for pages in shards for content in contents(pages)] == whole, size
        places = [pages.first for pages in shards if pages.first is not None]
        assert places == sorted(set(places))


def test_an_archive_has_its_shards_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    data = packed(news(5))
    one, other = written(tmp_path, "a.warc.gz", data), written(tmp_path / "elsewhere", "b.warc.gz", data)
    assert [s.name for s in shards_of(one)] == [s.name for s in shards_of(other)]
    assert written(tmp_path, "c.warc.gz", packed(news(6))).id != one.id
    assert len(list(archives_named([str(tmp_path)]))) == 2


def test_shards_cover_a_large_archive_without_a_gap() -> None:
    archive = Archive(path="/a.warc.gz", id="x", kind=Kind.WARC, is_packed=True, size=3_000_000_001)
    shards = shards_of(archive)
    assert shards[0].start == 0 and shards[-1].end == archive.size
    assert all(one.end == other.start for one, other in pairwise(shards))
    assert max(shard.end - shard.start for shard in shards) <= 64_000_000


def test_only_pages_that_were_answered_with_success_are_pages(tmp_path: Path) -> None:
    records = [
        record("https://a.example/1", page("one", 1)),
        record("https://a.example/2", b"\x89PNG", kind="image/png"),
        record("https://a.example/3", page("three", 3), status="404 Not Found"),
        record("https://a.example/4", gzip.compress(page("four", 4)), more="Content-Encoding: gzip\r\n"),
    ]
    pages = list(ShardPages(*shards_of(written(tmp_path, "a.warc", b"".join(records)))))
    assert contents(pages) == [page("one", 1), page("four", 4)]
    assert [(p.url, p.kind) for p in pages if isinstance(p, Page)] == [
        ("https://a.example/1", "text/html"),
        ("https://a.example/4", "text/html"),
    ]


BAD = {
    # what                   bytes                              what the line must say
    "empty":                 (b"",                              "is empty"),
    "a page":                (page("one", 1),                   "is no archive"),
    "packed with Zstandard": (b"\x28\xb5\x2f\xfd" + b"x" * 50,  "zstd -d"),
    "a broken gzip file":    (b"\x1f\x8b\x08\x00" + b"\xff" * 50, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_archive_is_one_line(tmp_path: Path, what: str) -> None:
    data, says = BAD[what]
    (tmp_path / "bad.gz").write_bytes(data)
    (error,) = archives_named([str(tmp_path / "bad.gz")])
    assert isinstance(error, InputError) and says in str(error) and str(error).startswith(str(tmp_path / "bad.gz"))


def test_what_is_not_there_and_what_is_an_address_are_told(tmp_path: Path) -> None:
    missing, address, none = archives_named([str(tmp_path / "no.warc"), "https://a.example/a.warc.gz", str(tmp_path)])
    assert "there is no such file" in str(missing)
    assert "is an address" in str(address)
    assert "holds no archive" in str(none)
