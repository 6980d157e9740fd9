"""Files of many documents: each record comes, and a bad one is one clear error among them."""

import gzip
import json
import random
import time
import tomllib
from pathlib import Path

import pytest

from foedus.documents.containers import arrivals_in, documents_in
from foedus.documents.document import Basis, Document, document_id
from foedus.errors import InputError
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("times", "furniture", "publishers", "sentences")
ENGLISH = Lexicon(
    language="en",
    tables={
        name: tomllib.loads((ROOT / f"foedus/data/lexicons/en/{name}.toml").read_text(encoding="utf-8"))
        for name in NAMES
    },
)
LEAD = "The State Duma voted on the treaty on Thursday, and all of the deputies who were present supported it."
PAGE = f"<html><head><title>Vote</title></head><body><article><h1>Duma backs treaty</h1><p>{LEAD}</p></article></body></html>"


def read(name: str, data: bytes) -> list[Document | InputError]:
    return list(documents_in(name, data, ENGLISH))


def one(name: str, data: bytes) -> Document:
    (document,) = read(name, data)
    assert isinstance(document, Document)
    return document


def lines(*records: object) -> bytes:
    return b"\n".join(json.dumps(record).encode() for record in records)


def test_a_record_of_json_lines_brings_its_metadata() -> None:
    record = {
        "text": LEAD,
        "published": "2024-10-24",
        "url": "https://tass.com/x",
        "publisher": "TASS",
        "title": "Vote",
        "id": 7,
        "other": [],
    }
    document = one("all.jsonl", lines(record))
    assert (document.name, document.text, document.title, document.publisher) == ("7", LEAD, "Vote", "TASS")
    assert document.class_.value == "wire"
    assert [(c.on.edtf, c.basis) for c in document.published] == [("2024-10-24", Basis.METADATA)]
    assert document.id == document_id(lines(record))


@pytest.mark.parametrize(
    ("published", "edtf"),
    [
        ("2024-10", "2024-10"),
        ("2024-10-24T23:30:00+03:00", "2024-10-24"),
        ("Thu, 24 Oct 2024 09:00:00 GMT", "2024-10-24"),
    ],
)
def test_the_day_of_a_record_is_read_in_the_usual_forms(published: str, edtf: str) -> None:
    assert one("all.jsonl", lines({"text": LEAD, "published": published})).published[0].on == DateRange.parse(edtf)


def test_a_day_that_is_not_understood_loses_no_document() -> None:
    document = one("all.jsonl", lines({"text": LEAD, "published": "yesterday"}))
    assert document.published == () and '"yesterday" is no date' in document.notes[0]


def test_a_bad_line_is_named_and_the_others_still_come() -> None:
    data = (
        lines({"text": LEAD}) + b"\n{bad\n\n[1]\n" + lines({"text": 5}, {"text": " "}, {"title": "x"}, {"html": PAGE})
    )
    found = read("all.jsonl", data)
    assert [type(item) for item in found] == [Document, *[InputError] * 5, Document]
    assert [str(item).split(":")[0] for item in found[1:-1]] == [f"all.jsonl, line {n}" for n in (2, 4, 5, 6, 7)]
    assert isinstance(found[-1], Document) and found[-1].text == f"Duma backs treaty\n{LEAD}"
    assert found[-1].name == "all.jsonl:8"


def test_the_offsets_of_a_record_count_in_its_html() -> None:
    document = one("all.jsonl", lines({"html": PAGE}))
    assert PAGE.startswith("deputies", document.original_position(document.text.index("deputies")))


def test_json_lines_are_known_without_their_ending() -> None:
    assert one("-", lines({"text": LEAD, "id": "x"})).name == "x"
    assert one("note.txt", b"{a note} is no JSON").text == "{a note} is no JSON"


def test_what_the_user_gives_binds_every_record() -> None:
    given = DateRange.day(2024, 10, 25)
    (found,) = documents_in("a.jsonl", lines({"text": LEAD, "published": "2024-10-24"}), ENGLISH, published=given)
    assert isinstance(found, Document)
    assert [(c.on.edtf, c.basis.value) for c in found.published] == [
        ("2024-10-25", "given"),
        ("2024-10-24", "metadata"),
    ]


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example Courier</title>
<item><title>Duma backs treaty</title><link>https://a.example/1</link><pubDate>Thu, 24 Oct 2024 09:00:00 GMT</pubDate>
<description>{LEAD}</description></item>
<item><title>Council votes</title><guid>two</guid>
<description>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;It is signed.&lt;/p&gt;</description></item>
<item><guid>three</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Wire</title><entry><title>Vote</title><id>a1</id>
<updated>2024-10-24T09:00:00Z</updated><content type="text">{LEAD}</content></entry></feed>"""


def test_entries_of_rss_are_documents() -> None:
    first, second, third = read("feed.xml", RSS.encode())
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.name, first.url, first.publisher, first.text) == (
        "https://a.example/1", "https://a.example/1", "Example Courier", f"Duma backs treaty\n\n{LEAD}",
    )  # fmt: skip
    assert first.published[0].on == DateRange.day(2024, 10, 24)
    assert second.name == "two" and LEAD in second.text and "It is signed." in second.text and "<p>" not in second.text
    assert isinstance(third, InputError) and str(third).startswith("feed.xml, entry 3: has no text")


def test_entries_of_atom_are_documents() -> None:
    document = one("feed", ATOM.encode())
    assert (document.name, document.publisher, document.class_.value) == ("a1", "Example Wire", "wire")


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("<id>urn:example:1</id>", None),
        ("<id>https://a.example/1</id>", "https://a.example/1"),
        ('<id>urn:example:1</id><link href="https://a.example/2"/>', "https://a.example/2"),
    ],
)
def test_the_id_of_an_entry_is_no_address_unless_it_is_one(said: str, url: str | None) -> None:
    assert one("feed", ATOM.replace("<id>a1</id>", said).encode()).url == url


def test_a_feed_without_entries_says_so() -> None:
    (error,) = read("feed.xml", b"<rss><channel></channel></rss>")
    assert isinstance(error, InputError) and "has no entry" in str(error)


DOCTYPE = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "https://feeds.example/rss-0.91.dtd">'
ENTITIES = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_known_behind_its_doctype_and_in_any_encoding(encoding: str) -> None:
    feed = RSS.replace("<rss", f"<!-- 2024 -->{DOCTYPE}<rss")
    said = read(
        "feed.xml",
        feed.replace('?xml version="1.0"?', f'?xml version="1.0" encoding="{encoding[:6]}"?').encode(encoding),
    )
    assert [d.text for d in said[:2] if isinstance(d, Document)] == [
        d.text for d in read("feed.xml", RSS.encode())[:2] if isinstance(d, Document)
    ]
    assert len(said) == 3


@pytest.mark.parametrize("again", ["<!---->", "<!-- a --> ", "<!DOCTYPE a [ ]>", "<?a?>", " \n"])
def test_what_repeats_itself_before_the_first_element_takes_no_time(again: str) -> None:
    """Two dozen comments once took seconds, and each further one as long again."""
    began = time.process_time()
    (found,) = read("odd.txt", f"{again * 400}<x>{LEAD}".encode())
    assert time.process_time() - began < 5
    assert isinstance(found, Document)
    if "DOCTYPE" not in again:
        assert one("page.html", f"{again * 40}{PAGE}".encode()).text == one("page.html", PAGE.encode()).text
    assert len(read("feed.xml", f"{again * 40}{RSS.partition('?>')[2]}".encode())) == 3


def test_a_feed_that_declares_entities_is_refused() -> None:
    (error,) = read("feed.xml", RSS.replace("<rss", f"{ENTITIES}<rss").encode())
    assert isinstance(error, InputError) and "declares entities of its own, which are not expanded" in str(error)


def test_markup_of_an_unknown_kind_is_no_text() -> None:
    (error,) = read("law.xml", f'<?xml version="1.0"?>\n<law><p>{LEAD}</p></law>'.encode())
    assert isinstance(error, InputError) and "is XML of a kind that is not read" in str(error)
    page = f'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p></body></html>'
    assert one("law.xhtml", page.encode()).text == LEAD
    assert one("note.txt", f"About <?xml: {LEAD}".encode()).text.endswith(LEAD)


def response(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-11-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive() -> list[bytes]:
    return [
        response("https://a.example/2024/10/24/vote", PAGE.encode()),
        response("https://a.example/picture", b"\x89PNG", kind="image/png"),
        response("https://a.example/gone", PAGE.encode(), status="404 Not Found"),
        response("https://a.example/empty", b"<html><body></body></html>"),
        response("https://a.example/plain", LEAD.encode(), kind="text/plain"),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_web_archive_are_documents(packed: bool) -> None:
    data = b"".join(gzip.compress(record) if packed else record for record in archive())
    first, error, last = read("crawl.warc", data)
    assert isinstance(first, Document) and isinstance(last, Document)
    assert first.name == first.url == "https://a.example/2024/10/24/vote"
    assert [(c.on.edtf, c.basis.value) for c in first.published] == [("2024-10-24", "metadata")]
    assert isinstance(error, InputError) and "crawl.warc, record 4" in str(error)
    assert (last.text, last.published) == (LEAD, ())


def test_an_archive_without_pages_says_so() -> None:
    (error,) = read("crawl.warc", archive()[1])
    assert isinstance(error, InputError) and "holds no page" in str(error)


def test_packed_text_is_unpacked_and_a_damaged_pack_refused() -> None:
    assert one("one.txt.gz", gzip.compress(LEAD.encode())).text == LEAD
    (error,) = read("one.txt.gz", gzip.compress(LEAD.encode())[:20])
    assert isinstance(error, InputError) and "gzip file is damaged" in str(error)


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_that_breaks_off_gives_its_whole_records_only(packed: bool) -> None:
    """A page that breaks off may break off within a sentence, and then says what nobody said."""
    records = [*archive()[:1], response("https://a.example/last", PAGE.encode())]
    whole = b"".join(map(gzip.compress, records) if packed else records)
    assert all(isinstance(found, Document) for found in read("crawl.warc", whole))
    for missing in (30, 60):
        first, *errors = read("crawl.warc", whole[:-missing])
        assert isinstance(first, Document) and first.url == "https://a.example/2024/10/24/vote"
        assert errors and all(isinstance(error, InputError) for error in errors)
        assert "record 2: is cut off" in str(errors[0])


def test_packed_lines_that_break_off_give_the_whole_ones() -> None:
    noise = random.Random(1).randbytes(3_000).hex()
    packed = gzip.compress(lines({"text": LEAD}, {"text": f"{LEAD} {noise}"}) + b"\n")
    assert all(isinstance(found, Document) for found in read("all.jsonl.gz", packed))
    document, error = read("all.jsonl.gz", packed[:-1_000])
    assert isinstance(document, Document) and document.text == LEAD
    assert isinstance(error, InputError) and "gzip file is damaged" in str(error)


def test_one_document_is_a_container_of_one_and_an_error_is_a_value() -> None:
    assert one("one.txt", LEAD.encode()).text == LEAD
    (error,) = read("one.txt", b"")
    assert isinstance(error, InputError)


def test_each_document_comes_with_its_original_bytes() -> None:
    for name, data in (
        ("a.jsonl", lines({"text": LEAD}, {"html": PAGE})),
        ("feed.xml", RSS.encode()),
        ("a.txt", LEAD.encode()),
    ):
        for arrival in arrivals_in(name, data, ENGLISH):
            if not isinstance(arrival, InputError):
                assert arrival[0].id == document_id(arrival[1])
