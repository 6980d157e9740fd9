"""Parties and duties as a graph, drawn as SVG and told in words: an arrow from who owes to who is owed, or from who is supposed to attack.

Places come from igraph: layers (Sugiyama, Tagawa, Toda 1981) where few states stand in each, else springs (Kamada, Kawai 1989).
Both are spread until no two names touch. Several duties between the same two fan out, each with its words beside its own curve.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean

import msgspec
from markupsafe import escape

from foedus.serving.svg import drawing, shortened, tag, text
from foedus.serving.wording import Names
from foedus.terms.proof import Truth

BOX, TALL, APART, WORDS = 148.0, 40.0, 26.0, 190.0
"""Width and height of a party's box; space between two boxes, and between two that an arrow with its words joins."""
MARGIN, NARROWEST = 16.0, 480.0
"""Space around all that is drawn; how narrow a drawing may be."""
STEP, CLOSEST = 62.0, 60.0
"""How much further out the control point of each further curve between the same two stands; and at least, where words stand beside it."""
LETTER, LINE = 6.9, 16.0
"""Width of a letter and height of a line of an arrow's words, about."""
FLAT = 0.35
"""Up to which part of it leads up or down an arrow counts as lying, and has its words above or below it."""
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


class _Line(msgspec.Struct, frozen=True):
    """Where an arrow runs, and where its words stand, if they do.

    at, anchor   where the words begin, end or have their middle
    """

    arrow: Arrow
    tail: Place
    control: Place
    tip: Place
    words: str
    at: Place
    anchor: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What its words take: left, top, right, bottom."""
        wide = LETTER * len(self.words)
        left = self.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.at[1] - LINE + 3, left + wide, self.at[1] + 3


def obligation_svg(arrows: Sequence[Arrow], names: Names) -> str:
    """Who owes what to whom."""
    ordered = sorted(arrows, key=lambda a: (a.bearer, a.toward, a.supposed, a.label, a.id))
    places = placed([(a.bearer, a.toward) for a in ordered])
    lines = _lines(ordered, places)
    left, top, right, bottom = _extent(lines, places)
    width = max(right - left, NARROWEST)
    shift = ((width - (right - left)) / 2 - left, -top)
    parts = [
        _arrow(line, names) for line in reversed(lines)
    ]  # what lies further in has its words over what lies further out
    parts += [_party(code, names.get(code, code), place) for code, place in places.items()]
    words = "; ".join(arrow_words(a, names) for a in ordered)
    kind = "obligations few" if len(places) <= FEW else "obligations"
    moved = tag("g", {"transform": f"translate({shift[0]:.1f} {shift[1]:.1f})"}, *parts)
    return drawing(
        kind, round(width), round(bottom - top), "Duties between the parties", words or "No duty is reported.", [moved]
    )


def arrow_words(arrow: Arrow, names: Names) -> str:
    """What an arrow says, as a phrase."""
    how = "supposed" if arrow.supposed else OWED[arrow.truth]
    return (
        f"{names.get(arrow.bearer, arrow.bearer)} toward {names.get(arrow.toward, arrow.toward)}: {arrow.label} ({how})"
    )


def placed(pairs: Sequence[tuple[str, str]]) -> dict[str, Place]:
    """Where the middle of each party's box stands; the same for the same pairs, which stand once for each arrow."""
    codes = sorted({code for pair in pairs for code in pair})
    if not codes:
        return {}
    joined = Counter(frozenset((codes.index(a), codes.index(b))) for a, b in pairs)
    return dict(zip(codes, _apart(_laid_out(codes, sorted(set(pairs))), joined), strict=True))


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


def _apart(coordinates: Sequence[Place], joined: Mapping[frozenset[int], int]) -> list[Place]:
    """The same picture, as large as it must be for boxes not to touch and for words to stand between those that are joined."""
    scale = 1.0
    for (a, (x1, y1)), (b, (x2, y2)) in combinations(enumerate(coordinates), 2):
        across, down = abs(x1 - x2), abs(y1 - y2)
        arrows = joined.get(frozenset((a, b)), 0)
        wide, tall = BOX + (WORDS if arrows else APART), TALL + max(2.6 * APART, 1.7 * LINE * arrows)
        needed = min(wide / across if across > 1e-6 else math.inf, tall / down if down > 1e-6 else math.inf)
        scale = max(scale, needed) if math.isfinite(needed) else scale
    return [(x * scale, y * scale) for x, y in coordinates]


def _lines(ordered: Sequence[Arrow], places: Mapping[str, Place]) -> list[_Line]:
    """Every arrow: straight where it is the only one between two, else a curve beside the others."""
    alike = Counter((a.bearer, a.toward) for a in ordered)
    labelled = len(ordered) <= LABELLED
    lines, drawn = list[_Line](), Counter[tuple[str, str]]()
    for arrow in ordered:
        pair = (arrow.bearer, arrow.toward)
        drawn[pair] += 1
        is_alone = alike[pair] + alike[pair[::-1]] == 1
        is_one_way = not alike[pair[::-1]]
        nth = 0 if is_alone else drawn[pair]
        lines.append(_line(arrow, places, nth, alike[pair], is_one_way, labelled))
    return lines


def _line(arrow: Arrow, places: Mapping[str, Place], nth: int, of: int, is_one_way: bool, labelled: bool) -> _Line:
    """The `nth` of so many arrows from one to another, from 1, the later the further out; 0 is straight.

    is_one_way   none leads back: the arrows may bend to the side on which nothing else stands
    """
    start, end = places[arrow.bearer], places[arrow.toward]
    length = math.dist(start, end) or 1.0
    across = ((end[1] - start[1]) / length, -(end[0] - start[0]) / length)
    centre = (fmean(x for x, _ in places.values()), fmean(y for _, y in places.values()))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    inward = across[0] * (middle[0] - centre[0]) + across[1] * (middle[1] - centre[1]) < 0
    if inward and is_one_way:
        across = (-across[0], -across[1])
    step = min(STEP, 0.5 * length / (of + 0.4))
    bend = max(step, CLOSEST if labelled else 0.0) * (0.4 + nth) if nth else 0.0
    control = (middle[0] + across[0] * bend, middle[1] + across[1] * bend)
    tail, tip = _edge(start, control, 2.0), _edge(end, control, 3.0)
    at, anchor = _beside(_on_curve(tail, control, tip, _share(nth, of, across)), across)
    return _Line(arrow, tail, control, tip, shortened(arrow.label, 44) if labelled else "", at, anchor)


def _share(nth: int, of: int, across: Place) -> float:
    """How far along its curve an arrow has its words: of several that run up or down, each at a height of its own."""
    is_flat = abs(across[0]) < FLAT
    return 0.5 if is_flat or not nth else 0.15 + 0.7 * (nth - 0.5) / of


def _on_curve(tail: Place, control: Place, tip: Place, share: float) -> Place:
    """A point of the quadratic Bézier curve."""
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (a * tail[0] + b * control[0] + c * tip[0], a * tail[1] + b * control[1] + c * tip[1])


def _extent(lines: Sequence[_Line], places: Mapping[str, Place]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that is drawn, with a margin."""
    boxes = [(x - BOX / 2, y - TALL / 2, x + BOX / 2, y + TALL / 2) for x, y in places.values()]
    boxes += [(*point, *point) for line in lines for point in [_on_curve(line.tail, line.control, line.tip, 0.5)]]
    boxes += [line.box for line in lines if line.words]
    lefts, tops, rights, bottoms = zip(*(boxes or [(0.0, 0.0, 0.0, 28.0)]), strict=True)
    return min(lefts) - MARGIN, min(tops) - MARGIN, max(rights) + MARGIN, max(bottoms) + MARGIN


def _arrow(line: _Line, names: Names) -> str:
    """An arrow with its words."""
    arrow = line.arrow
    path: dict[str, object] = {"d": f"M{_at(line.tail)}Q{_at(line.control)} {_at(line.tip)}", "fill": "none",
                               "stroke": "currentColor", "stroke-width": 1.8}  # fmt: skip
    if arrow.supposed or arrow.truth in DASHES:
        path["stroke-dasharray"] = "12 3 2 3" if arrow.supposed else DASHES[arrow.truth]
    parts = [tag("title", {}, str(escape(arrow_words(arrow, names)))), tag("path", path), _head(line.tip, line.control)]
    if line.words:
        x, y = line.at
        parts.append(text(line.words, x=x, y=y, text_anchor=line.anchor, font_size=13, class_="arrow-label"))
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


def _beside(point: Place, across: Place) -> tuple[Place, str]:
    """Where the words of an arrow stand: beside a point of it, on its outer side; and whether they begin, end or are centred there."""
    x, y = point[0] + 12 * across[0], point[1] + 12 * across[1] + 4
    if abs(across[0]) < FLAT:
        return (x, y + (2 if across[1] > 0 else -2)), "middle"
    return (x, y), "start" if across[0] > 0 else "end"


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
