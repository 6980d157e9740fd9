"""A made web archive of news pages: our own example texts within the furniture that pages have, about 60 kB each.

The same number gives the same page, so that two runs measure the same work.
"""

from __future__ import annotations

import gzip
import html
import random
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE_BYTES = 60_000
FEWEST_WORDS = 350
SECTIONS = ("World", "Region", "Business", "Sport", "Culture", "Science", "Weather", "Opinion", "Travel", "Food")
LOCAL = (
    "The river fell by a hand's breadth overnight, and the ferry runs again between the two quays.",
    "Bakers in the old town expect to pay more for flour this winter than in any of the last six.",
    "The library opens an hour earlier on weekdays so that pupils can read there before the first lesson.",
    "A storm brought down a lime tree on the market square; nobody was hurt and the stalls stayed open.",
    "The visitors led by two goals at half-time, but the home side came back and took a point from the game.",
    "Engineers replaced forty metres of pipe under the station road, and buses return to it on Monday.",
    "The choir sings twice this weekend, in the chapel on Saturday and in the open air on Sunday afternoon.",
    "Apple growers on the southern slopes speak of the best harvest since the dry year, and of empty crates.",
    "The museum shows photographs of the harbour from the days when herring was landed there every morning.",
    "A new line of trams links the university with the northern suburbs in a little under twenty minutes.",
    "Prices of flats rose more slowly than wages for the second quarter in a row, the statistics office said.",
    "The school kitchen cooks with vegetables from three farms, none of them further away than ten kilometres.",
)


def treaty_reports() -> list[str]:
    """Our own example reports, as plain text."""
    return [file.read_text(encoding="utf-8") for file in sorted((ROOT / "examples").glob("*.txt"))]


def pages(count: int, one_in: int) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages; one in so many tells of a treaty."""
    reports = treaty_reports()
    for number in range(count):
        chance = random.Random(number)
        paragraphs = _local(chance)
        if number % one_in == 0:
            report = reports[number // one_in % len(reports)].split("\n\n")
            paragraphs = [*report, *paragraphs[: max(0, 8 - len(report))], f"This is report {number} of the day."]
        yield f"https://news.example/{number}/story.html", _page(number, paragraphs, chance).encode()


def write_archive(file: Path, count: int, one_in: int) -> int:
    """Writes a WARC, each record a gzip member; the bytes of its pages come back."""
    size = 0
    with file.open("wb") as stream:
        for address, page in pages(count, one_in):
            size += len(page)
            stream.write(gzip.compress(record_of(address, page), 6))
    return size


def record_of(address: str, page: bytes) -> bytes:
    """A page as a WARC record of its answer (ISO 28500)."""
    answer = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n".encode()
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-11-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer) + len(page)}\r\n\r\n"
    )
    return head.encode() + answer + page + b"\r\n\r\n"


def _local(chance: random.Random) -> list[str]:
    """Paragraphs of local news."""
    paragraphs = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < FEWEST_WORDS:
        paragraphs.append(" ".join(chance.sample(LOCAL, 3)))
    return paragraphs


def _page(number: int, paragraphs: list[str], chance: random.Random) -> str:
    """A page as outlets make them: menus, teasers, style and script around one article."""
    headline = f"{paragraphs[0].split('. ')[0][:70]} ({number})"
    body = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    menu = "".join(f'<li class="nav-item"><a href="/{s.lower()}/">{s}</a></li>' for s in SECTIONS * 3)
    teasers = "".join(
        f'<div class="teaser teaser--{n % 4}"><a href="/{number}/{n}.html"><img src="/i/{n}.jpg" alt="" loading="lazy">'
        f'<h3 class="teaser__title">{chance.choice(LOCAL)[:60]}</h3></a><span class="teaser__time">{n} h</span></div>\n'
        for n in range(45)
    )
    head = (
        f'<title>{html.escape(headline)}</title><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta property="article:published_time" content="2024-10-{1 + number % 28:02}T09:00:00Z">'
        '<meta property="og:site_name" content="The Example Courier">'
    )
    page = (
        f"<!DOCTYPE html>\n<html lang=en><head>{head}{{filling}}</head><body><nav><ul>{menu}</ul></nav>\n"
        f"<main><article><h1>{html.escape(headline)}</h1>\n{body}</article></main>\n"
        f'<aside class="more">{teasers}</aside><footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>'
    )
    rest = max(0, PAGE_BYTES - len(page.encode()))
    return page.replace("{filling}", _filling(rest, chance), 1)


def _filling(size: int, chance: random.Random) -> str:
    """Style and script of so many bytes: two thirds and one."""
    rules, calls = _code()
    style = "".join(chance.choices(rules, k=size * 2 // 3 // len(rules[0])))
    script = "".join(chance.choices(calls, k=size // 3 // len(calls[0])))
    return f"<style>{style}</style><script>{script}</script>"


@cache
def _code() -> tuple[list[str], list[str]]:
    """Rules of style and lines of script, each of one length."""
    chance = random.Random(0)
    number = chance.randrange
    rules = [
        f".c{number(9999):04}-{number(99):02}{{margin:{number(40):02}px;color:#{number(4096):03x}}}\n"
        for _ in range(4000)
    ]
    calls = [
        f'window.q.push(["slot{number(999):03}",{chance.random():.6f},"{number(16**8):08x}"]);\n' for _ in range(4000)
    ]
    return rules, calls
