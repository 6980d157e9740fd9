"""News as an Atom feed (RFC 4287): the same news has the same id whenever the feed is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

import msgspec

SPACE = "http://www.w3.org/2005/Atom"


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed.

    key      what the entry is told from others by; hashed into its id
    link     where it is shown, or None
    updated  when it became so
    """

    key: str
    title: str
    content: str
    updated: datetime
    link: str | None = None
    category: str | None = None


def atom_of(title: str, address: str, entries: Iterable[FeedEntry], updated: datetime) -> str:
    """A feed as a document of XML.

    address   where the feed stands: its own link and the source of its id
    """
    ElementTree.register_namespace("", SPACE)
    feed = ElementTree.Element(_tag("feed"))
    _put(feed, "title", title)
    _put(feed, "id", f"urn:sha256:{hashlib.sha256(address.encode()).hexdigest()}")
    _put(feed, "updated", _moment(updated))
    ElementTree.SubElement(feed, _tag("link"), {"rel": "self", "href": address})
    _put(ElementTree.SubElement(feed, _tag("author")), "name", "Foedus")
    for entry in entries:
        element = ElementTree.SubElement(feed, _tag("entry"))
        _put(element, "title", entry.title)
        _put(element, "id", f"urn:sha256:{hashlib.sha256(entry.key.encode()).hexdigest()}")
        _put(element, "updated", _moment(entry.updated))
        if entry.link:
            ElementTree.SubElement(element, _tag("link"), {"href": entry.link})
        if entry.category:
            ElementTree.SubElement(element, _tag("category"), {"term": entry.category})
        _put(element, "content", entry.content, type="text")
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=False) + "\n"


def _put(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, _tag(name), attributes).text = "".join(
        c for c in text if c.isprintable() or c in "\n\t"
    )


def _tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
