"""Parties and duties as a graph, drawn as SVG and told in words: an arrow from who owes to who is owed, or from who is supposed to attack.

Places come from igraph: layers (Sugiyama, Tagawa, Toda 1981) where few states stand in each, else springs (Kamada, Kawai 1989).
Both are spread until no two names touch.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from statistics import fmean

import msgspec
from markupsafe import escape

from foedus.serving.svg import drawing, shortened, tag, text
from foedus.serving.wording import Names
from foedus.terms.proof import Truth

BOX, TALL, APART, WORDS = 148.0, 40.0, 26.0, 190.0
"""Width and height of a party's box; space between two boxes, and between two that an arrow with its words joins."""
SIDE, EDGE = BOX / 2 + 90, TALL / 2 + 26
"""Space from the middle of an outermost box to the side and to the upper or lower edge: room for words."""
STEP = 58.0
"""How much further out the control point of each further curve between the same two stands."""
LAYER = 5
"""States that may stand in one layer."""
FEW = 4
"""Parties up to which a drawing may be made as narrow as a telephone and can still be read."""
LABELLED = 8
"""Arrows up to which each has its words beside it; more are told on hover and in the list."""
OWED = {Truth.TRUE: "owed", Truth.UNKNOWN: "cannot be told", Truth.FALSE: "none found"}
DASHES = {Truth.UNKNOWN: "7 4", Truth.FALSE: "1.5 4"}

Place = tuple[float, float]


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of one party toward another, as the graph draws it, or what is supposed of the two.

    label     a few words: "Art. 4: comes to its aid"
    truth     whether it is owed: drawn solid, dashed where unknown, dotted where none is found
    supposed  it is no duty but a supposed fact
    id        what the page calls the answer, so that the list and the graph light up together
    """

    bearer: str
    toward: str
    label: str
    truth: Truth = Truth.TRUE
    supposed: bool = False
    id: str = ""


def obligation_svg(arrows: Sequence[Arrow], names: Names) -> str:
    """Who owes what to whom."""
    ordered = sorted(arrows, key=lambda a: (a.bearer, a.toward, a.supposed, a.label, a.id))
    pairs = [(a.bearer, a.toward) for a in ordered]
    places, width, height = placed(pairs, STEP * max(Counter(pairs).values(), default=0))
    between = Counter(frozenset((a.bearer, a.toward)) for a in ordered)
    parts, drawn = list[str](), Counter[tuple[str, str]]()
    for arrow in ordered:
        pair = (arrow.bearer, arrow.toward)
        drawn[pair] += 1
        bend = STEP * (0.4 + drawn[pair]) if between[frozenset(pair)] > 1 else 0.0
        parts.append(_arrow(arrow, places, bend, len(ordered) <= LABELLED, names))
    parts += [_party(code, names.get(code, code), place) for code, place in places.items()]
    words = "; ".join(arrow_words(a, names) for a in ordered)
    kind = "obligations few" if len(places) <= FEW else "obligations"
    return drawing(kind, width, height, "Duties between the parties", words or "No duty is reported.", parts)


def arrow_words(arrow: Arrow, names: Names) -> str:
    """What an arrow says, as a phrase."""
    how = "supposed" if arrow.supposed else OWED[arrow.truth]
    return (
        f"{names.get(arrow.bearer, arrow.bearer)} toward {names.get(arrow.toward, arrow.toward)}: {arrow.label} ({how})"
    )


def placed(pairs: Sequence[tuple[str, str]], room: float = 0.0) -> tuple[dict[str, Place], float, float]:
    """Where the middle of each party's box stands, and the width and height that all take; the same for the same pairs.

    room   what curves need above and below the boxes
    """
    codes = sorted({code for pair in pairs for code in pair})
    if not codes:
        return {}, 480.0, 60.0
    joined = {frozenset((codes.index(a), codes.index(b))) for a, b in pairs}
    spread = _apart(_laid_out(codes, sorted(set(pairs))), joined)
    (left, right), (top, bottom) = ((min(along), max(along)) for along in zip(*spread, strict=True))
    edge = EDGE + room / 2
    width, height = max(right - left + 2 * SIDE, 480.0), bottom - top + 2 * edge
    begin = (width - (right - left)) / 2 - left
    return {c: (x + begin, y - top + edge) for c, (x, y) in zip(codes, spread, strict=True)}, width, height


def _laid_out(codes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[Place]:
    """Places in units of the layout. Layers where each has few states and no line would pass behind one; else springs."""
    if len(codes) <= 2:
        return [(index * 1.0, 0.0) for index in range(len(codes))]
    import igraph

    number = {code: index for index, code in enumerate(codes)}
    one_way = list({frozenset(pair): (number[pair[0]], number[pair[1]]) for pair in pairs}.values())
    graph = igraph.Graph(n=len(codes), edges=one_way, directed=True)
    if graph.is_dag():
        layers = graph.layout_sugiyama().coords[: len(codes)]
        rows = [round(y) for _, y in layers]
        if max(rows.count(row) for row in rows) <= LAYER and all(abs(rows[a] - rows[b]) == 1 for a, b in one_way):
            return [(x, y) for x, y in layers]
    return [(x, y) for x, y in graph.layout_kamada_kawai(seed=graph.layout_circle().coords).coords]


def _apart(coordinates: Sequence[Place], joined: Collection[frozenset[int]]) -> list[Place]:
    """The same picture, as large as it must be for boxes not to touch and for words to stand between those that are joined."""
    scale = 1.0
    for (a, (x1, y1)), (b, (x2, y2)) in combinations(enumerate(coordinates), 2):
        across, down = abs(x1 - x2), abs(y1 - y2)
        words = WORDS if frozenset((a, b)) in joined else APART
        wide, tall = BOX + words, TALL + 2.6 * APART
        needed = min(wide / across if across > 1e-6 else math.inf, tall / down if down > 1e-6 else math.inf)
        scale = max(scale, needed) if math.isfinite(needed) else scale
    return [(x * scale, y * scale) for x, y in coordinates]


def _arrow(arrow: Arrow, places: Mapping[str, Place], bend: float, labelled: bool, names: Names) -> str:
    """A straight line, or a curve that leaves room for the one back and for a second duty between the same two."""
    start, end = places[arrow.bearer], places[arrow.toward]
    length = math.dist(start, end) or 1.0
    across = ((end[1] - start[1]) / length, -(end[0] - start[0]) / length)
    bend = min(bend, 0.5 * length)
    control = ((start[0] + end[0]) / 2 + across[0] * bend, (start[1] + end[1]) / 2 + across[1] * bend)
    tail, tip = _edge(start, control, 2.0), _edge(end, control, 3.0)
    line: dict[str, object] = {"d": f"M{_at(tail)}Q{_at(control)} {_at(tip)}", "fill": "none", "stroke": "currentColor",
                               "stroke-width": 1.8}  # fmt: skip
    if arrow.supposed or arrow.truth in DASHES:
        line["stroke-dasharray"] = "12 3 2 3" if arrow.supposed else DASHES[arrow.truth]
    parts = [tag("title", {}, str(escape(arrow_words(arrow, names)))), tag("path", line), _head(tip, control)]
    if labelled:
        middle = ((tail[0] + tip[0] + 2 * control[0]) / 4, (tail[1] + tip[1] + 2 * control[1]) / 4)
        centre = (fmean(x for x, _ in places.values()), fmean(y for _, y in places.values()))
        inward = across[0] * (middle[0] - centre[0]) + across[1] * (middle[1] - centre[1]) < 0
        side = (-across[0], -across[1]) if inward and not bend else across
        parts.append(_label(arrow.label, middle, side))
    kind = "supposed" if arrow.supposed else arrow.truth.value
    return tag("g", {"class": f"arrow {kind}", **({"data-answer": arrow.id} if arrow.id else {})}, *parts)


def _at(place: Place) -> str:
    return f"{place[0]:.1f} {place[1]:.1f}"


def _head(tip: Place, control: Place) -> str:
    """The point of an arrow, its end at `tip`, coming from `control`."""
    length = math.dist(tip, control) or 1.0
    along = ((tip[0] - control[0]) / length, (tip[1] - control[1]) / length)
    back = (tip[0] - 11 * along[0], tip[1] - 11 * along[1])
    sides = [(back[0] - 5 * side * along[1], back[1] + 5 * side * along[0]) for side in (1, -1)]
    return tag("path", {"class": "head", "d": f"M{_at(tip)}L{_at(sides[0])}L{_at(sides[1])}Z", "fill": "currentColor"})


def _label(words: str, middle: Place, across: Place) -> str:
    """Words beside the middle of an arrow, on its outer side."""
    x, y = middle[0] + 12 * across[0], middle[1] + 12 * across[1] + 4
    anchor = "middle" if abs(across[0]) < 0.35 else "start" if across[0] > 0 else "end"
    if anchor == "middle":
        y += 4 if across[1] > 0 else -2
    return text(shortened(words, 44), x=x, y=y, text_anchor=anchor, font_size=13, class_="arrow-label")


def _edge(middle: Place, toward: Place, gap: float) -> Place:
    """Where a line from the middle of a box toward a point leaves the box, and `gap` beyond."""
    dx, dy = toward[0] - middle[0], toward[1] - middle[1]
    length = math.hypot(dx, dy) or 1.0
    out = min(BOX / 2 / abs(dx) if dx else math.inf, TALL / 2 / abs(dy) if dy else math.inf)
    share = min(out + gap / length, 0.9)
    return (middle[0] + dx * share, middle[1] + dy * share)


def _party(code: str, name: str, place: Place) -> str:
    box = tag("rect", {"class": "sign", "x": place[0] - BOX / 2, "y": place[1] - TALL / 2, "width": BOX, "height": TALL, "rx": 7,
                       "fill": "Canvas", "stroke": "currentColor", "stroke-width": 1.5})  # fmt: skip
    label = text(shortened(name, 19), x=place[0], y=place[1] + 5, text_anchor="middle", font_size=14)
    return tag("g", {"class": "party", "data-party": code}, tag("title", {}, str(escape(name))), box, label)
