"""Web archives and JSON Lines made by hand, for the tests of scanning."""

import gzip
import json
from collections.abc import Iterable

REPORTS = (
    "The parliament of Norway ratified the fisheries agreement with Iceland on 4 March 2019 by 98 votes to 12.",
    "Chile and Peru signed a treaty on shared aquifers in Arica on 9 May 2018, both foreign ministries said.",
    "The Senate of Mexico approved the extradition treaty with Portugal on 12 June 2020 by 71 votes to 8.",
    "Kenya deposited its instrument of ratification of the seed convention on 3 September 2021.",
)
OTHER = "The bakery on the market square opens an hour earlier in summer, and the ferry runs until nine."


def page(text: str, number: int) -> bytes:
    """A small page around a text; no two are the same bytes."""
    return (
        f"<!DOCTYPE html><html><head><title>Page {number}</title></head><body><article><h1>News of the day</h1>"
        f"<p>{text}</p><p>This is page {number} of the paper, and {OTHER.lower()}</p></article></body></html>"
    ).encode()


def record(
    url: str, body: bytes, *, kind: str = "text/html", status: str = "200 OK", more: str = "", length: str = ""
) -> bytes:
    """A WARC record of type response; `length` is what it says of its length, where that is not the truth."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-11-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {length or len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def news(count: int, one_in: int = 1, first: int = 0) -> list[bytes]:
    """Records of pages; one in so many tells of a treaty."""
    texts = [REPORTS[n // one_in % len(REPORTS)] if n % one_in == 0 else OTHER for n in range(count)]
    return [record(f"https://news.example/{n}", page(text, n)) for n, text in enumerate(texts, start=first)]


def packed(records: Iterable[bytes]) -> bytes:
    """Each record a gzip member of its own, as crawlers write them."""
    return b"".join(map(gzip.compress, records))


def lines(count: int) -> bytes:
    """JSON Lines, a report a line."""
    texts = (f"{REPORTS[number % len(REPORTS)]} Report {number}." for number in range(count))
    return b"".join(json.dumps({"text": text, "id": str(n)}).encode() + b"\n" for n, text in enumerate(texts))
