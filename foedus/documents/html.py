"""The report on a web page: its main text, the way back to the page's source, and what the page states of itself.

Boilerplate is removed by trafilatura. Days of publication are taken from meta tags and JSON-LD only: whatever else htmldate
would find stands in the text, where it may be the date of anything.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import msgspec

from foedus.documents.document import Basis, DateCandidate
from foedus.documents.furniture import page_reader
from foedus.documents.time_resolution import possible
from foedus.documents.visible_text import Visible, aligned, visible
from foedus.errors import InputError
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

META = re.compile(r"<meta\b[^>]{0,2000}>|<time\b[^>]{0,400}(?:pubdate|datePublished)[^>]{0,400}>", re.IGNORECASE)
LINKED_DATA = re.compile(r"<script\b[^>]{0,400}ld\+json[^>]{0,400}>", re.IGNORECASE)
LOOKS_LIKE_HTML = re.compile(
    # what is matched before the first element is never gone back into, or that could go on for ever
    r"(?>\s+|<!--.{0,2000}?-->|<\?[^>]{0,400}>)*+<(?:!doctype\s+html|html|head|body|article|div|main|section|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")
HEADER = 400  # characters behind the headline in which a page prints its own date


class WebReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds.

    text      the main text
    offsets   as in `Document`
    stated    the days of publication from its metadata
    printed   the days that its header prints, as candidates without a quote
    """

    text: str
    offsets: tuple[tuple[int, int], ...]
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    stated: tuple[DateRange, ...] = ()
    printed: tuple[DateCandidate, ...] = ()


def web_report(name: str, html: str, lexicon: Lexicon, url: str | None = None) -> WebReport:
    """The report on a page.

    raises   InputError if the page has no text
    """
    from trafilatura import bare_extraction  # slow to import

    shown = visible(html)
    if not shown.text.strip():
        raise InputError(f"{name}: the page shows no text; save it after it has loaded in a browser")
    found = bare_extraction(html, url=url, with_metadata=False, include_comments=False, include_tables=True)
    about = _about(html, url)
    title = _value(about, "title")
    text = _value(found, "text") or _plain(shown)
    if title and title not in text[: len(title) + 200] and title in shown.text:
        text = f"{title}\n{text}"
    return WebReport(
        text=text,
        offsets=aligned(text, shown),
        title=title,
        publisher=_value(about, "sitename"),
        url=url or _value(about, "url"),
        stated=_stated(html),
        printed=_printed(shown, title, lexicon),
    )


def looks_like_html(text: str) -> bool:
    return bool(LOOKS_LIKE_HTML.match(text[:6000]))


def _about(html: str, url: str | None) -> object:
    """What the page says of its title, its site and its address, as `trafilatura.extract_metadata` finds them.

    Authors, tags, licences and dates, which take three quarters of its time, are left out.
    """
    from trafilatura.metadata import examine_meta, extract_meta_json, extract_sitename, extract_title, extract_url
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return None
    about = examine_meta(tree)
    with suppress(Exception):  # whatever stands where JSON-LD is expected
        about = extract_meta_json(tree, about)
    about.title = about.title or extract_title(tree)
    about.url = about.url or extract_url(tree, url)
    about.sitename = _site(about.sitename or extract_sitename(tree), about.url)
    about.clean_and_trim()
    return about


def _site(name: str | None, url: str | None) -> str | None:
    """The site's name as it is written, or where it has none, its host."""
    if not name:
        host = HOST.match(url or "")
        return host[1] if host else None
    name = name.lstrip("@")
    return name.title() if name and "." not in name and not name[0].isupper() else name


def _value(found: object, field: str) -> str | None:
    value = getattr(found, field, None)
    return value.strip() or None if isinstance(value, str) else None


def _plain(shown: Visible) -> str:
    """All that is shown, where the extractor finds no main text (a fragment, a very short page)."""
    return "\n".join(line for line in (" ".join(line.split()) for line in shown.text.split("\n")) if line)


def _stated(html: str) -> tuple[DateRange, ...]:
    from htmldate import find_date

    kept = [found[0] for found in META.finditer(html)]
    for found in LINKED_DATA.finditer(html):
        end = html.find("</script", found.end())
        kept.append(html[found.start() : end if end >= 0 else len(html)] + "</script>")
    if not kept:
        return ()
    day = find_date(
        f"<html><head>{''.join(kept)}</head><body></body></html>", extensive_search=False, original_date=True
    )
    return (DateRange.parse(day),) if day else ()


def _printed(shown: Visible, title: str | None, lexicon: Lexicon) -> tuple[DateCandidate, ...]:
    """The dates that stand alone in the page's header, above the headline or close below it."""
    at = shown.text.find(title) if title else -1
    header = shown.text[: at + len(title or "") + HEADER] if at >= 0 else shown.text[:HEADER]
    stamps = page_reader(lexicon).page(header).stamps
    return tuple(
        DateCandidate(on=days, basis=Basis.DATELINE if stamp.labelled else Basis.PAGE)
        for stamp in stamps
        if "X" not in stamp.timex.value
        for days in possible(stamp.timex, date.min)[:1]
    )
