"""The words that a browser would show of HTML, each with its place in the source; and a text found again among them.

The extractor of the main text gives no places. Its words are therefore looked up in the visible words, in order, and the
two are tied together by pairs of positions (`Document.offsets`).
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from html import unescape

import msgspec

TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,31});")
WORD = re.compile(r"\w+|[^\w\s]")
HIDDEN = frozenset(["script", "style", "template", "noscript", "svg", "head", "textarea", "select"])
INLINE = frozenset(
    (
        "a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "small", "mark", "abbr", "q", "cite", "code",
        "font", "bdi", "s", "wbr", "ins", "del", "kbd", "var", "data", "label",
    )
)  # fmt: skip
RUN = 3  # words that tie a place to another


class Visible(msgspec.Struct, frozen=True):
    """What is shown, a line a block, and for each of its characters the place in the source."""

    text: str
    places: Sequence[int]


def visible(html: str) -> Visible:
    """Everything between the tags, without what a browser hides; one pass, whatever the source is."""
    parts: list[str] = []
    places = array("l")
    at = 0
    while at < len(html):
        tag = html.find("<", at)
        tag = len(html) if tag < 0 else tag
        _add_text(html, at, tag, parts, places)
        at, breaks = _after_tag(html, tag)
        if breaks:
            parts.append("\n")
            places.append(tag)
    return Visible("".join(parts), places)


def _add_text(html: str, start: int, end: int, parts: list[str], places: array[int]) -> None:
    at = start
    for found in ENTITY.finditer(html, start, end):
        parts.append(html[at : found.start()])
        places.extend(range(at, found.start()))
        shown = unescape(found[0])
        parts.append(shown)
        places.extend([found.start()] * len(shown))
        at = found.end()
    parts.append(html[at:end])
    places.extend(range(at, end))


def _after_tag(html: str, tag: int) -> tuple[int, bool]:
    """The place behind the tag, comment or hidden element at `tag`, and whether it breaks the line."""
    if tag >= len(html):
        return tag, False
    if html.startswith("<!--", tag):
        end = html.find("-->", tag)
        return (len(html) if end < 0 else end + 3), False
    named = TAG_NAME.match(html, tag)
    end = html.find(">", tag)
    if end < 0:
        return len(html), False
    name = named[1].lower() if named else ""
    if name in HIDDEN and html[tag + 1] != "/" and html[end - 1] != "/":
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, end)
        end = closing.end() - 1 if closing else len(html) if name in ("script", "style") else end
    return end + 1, bool(name) and name not in INLINE


def aligned(text: str, shown: Visible) -> tuple[tuple[int, int], ...]:
    """Pairs (place in text, place in source): from each on, the two run in step.

    The extractor may part a word where a tag stands in it: its parts are found one after the other.
    """
    ours = list(WORD.finditer(text))
    theirs = list(WORD.finditer(shown.text))
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(theirs)):
        runs[tuple(word[0] for word in theirs[at : at + RUN])].append(at)
    pairs: list[tuple[int, int]] = []
    place = inside = 0
    for number, word in enumerate(ours):
        if place >= len(theirs) or not _is_there(ours, number, theirs[place][0][inside:]):
            there = runs.get(tuple(found[0] for found in ours[number : number + RUN]), ())
            place = next((at for at in there if at >= place), there[0] if there else len(theirs))
            inside = 0
        if place < len(theirs):
            _tie(word, theirs[place].start() + inside, shown.places, pairs)
            inside += len(word[0])
            if inside == len(theirs[place][0]):
                place, inside = place + 1, 0
    return tuple(pairs)


def _is_there(ours: Sequence[re.Match[str]], number: int, there: str) -> bool:
    """Whether our word is what stands there, or the first part of it, with the next part next."""
    rest = there.removeprefix(ours[number][0])
    if rest == there:
        return False
    return not rest or (number + 1 < len(ours) and rest.startswith(ours[number + 1][0]))


def _tie(word: re.Match[str], there: int, places: Sequence[int], pairs: list[tuple[int, int]]) -> None:
    """Adds pairs where the distance between the two changes, at the word or inside it."""
    for step in range(word.end() - word.start()):
        ours, theirs = word.start() + step, places[there + step]
        if not pairs or theirs - ours != pairs[-1][1] - pairs[-1][0]:
            pairs.append((ours, theirs))
