"""Timeline, procedure ladder and obligation graph as SVG, each with a title and a description that say the same in words.

Layouts are our own and simple: days keep their order but not their distances (a gap is drawn as its square root), steps
stand in a row, parties on a circle. Colours come from the page (`currentColor` and classes); alone, a drawing is still legible.
The same input gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec
from markupsafe import escape

from foedus.serving.dossier import TimelineEntry
from foedus.serving.wording import FACTUALITIES, STEP_STATES, Names, day, days, vote_words
from foedus.status.standings import Ladder, LadderStep, StepState
from foedus.terms.acts import Level, Vote
from foedus.terms.dates import DateRange
from foedus.terms.proof import Truth

LEFT, RIGHT, RADIUS, LANE, AXIS = 118.0, 34.0, 11.0, 40.0, 40.0


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty of one party toward another, as the graph draws it.

    label   a few words: "Art. 4: comes to its aid"
    truth   whether it is owed: drawn solid, dashed where unknown, dotted where none is found
    """

    bearer: str
    toward: str
    label: str
    truth: Truth = Truth.TRUE


def timeline_svg(entries: Sequence[TimelineEntry], names: Names, on: date, width: int = 960) -> str:
    """Acts by day, a lane for each state; an act of several states joins their lanes.

    Diamonds are acts between states, circles acts within one; solid happened, hollow is foreseen, crossed is denied.
    Undated acts are told in the description only. `on` is marked.
    """
    dated = [(entry, entry.act.on) for entry in entries if entry.act.on is not None and not _is_open(entry.act.on)]
    lanes = sorted({code for entry, _ in dated for code in entry.act.states}) or [""]
    position = _scale([edge for _, range_ in dated for edge in (range_.earliest, range_.latest)] + [on], width)
    levels = _levels([(position[r.earliest], position[r.latest], _lanes_of(e, lanes)) for e, r in dated])
    height_of = {lane: LANE + 26 * _highest(lane, dated, levels, lanes) for lane in lanes}
    top, tops = 30.0, {}
    for lane in lanes:
        tops[lane] = top
        top += height_of[lane]
    parts = [_lane(names.get(lane, lane), tops[lane], height_of[lane], width) for lane in lanes]
    parts.append(_asked(position[on], on, top))
    for (entry, range_), level in zip(dated, levels, strict=True):
        heights = [tops[lane] + LANE / 2 + 26 * level for lane in _lanes_of(entry, lanes)]
        parts.append(_mark(entry, position[range_.earliest], position[range_.latest], heights))
    parts.append(_axis(position, top))
    return _svg("timeline", width, top + AXIS, "Timeline", _timeline_words(entries), parts)


def ladder_svg(ladder: Ladder, names: Names, width: int = 420) -> str:
    """The steps of a procedure in a row, numbered as in the list beside it: a solid step is done, a dashed one implied."""
    steps, middle = ladder.steps, 24.0
    gap = min(64.0, (width - 2 * RADIUS - 8) / max(1, len(steps) - 1))
    places = [RADIUS + 4 + gap * index for index in range(len(steps))]
    parts = [
        _tag("line", {"class": _rail(a.state_of_step, b.state_of_step), "x1": x + RADIUS, "x2": y - RADIUS, "y1": middle,
                      "y2": middle, "stroke": "currentColor"})
        for (x, y), (a, b) in zip(pairwise(places), pairwise(steps), strict=True)
    ]  # fmt: skip
    parts += [_step(step, number, x, middle) for number, (step, x) in enumerate(zip(steps, places, strict=True), 1)]
    state = names.get(ladder.state, ladder.state)
    words = "; ".join(f"{n}. {step.actor}: {STEP_STATES[step.state_of_step]}" for n, step in enumerate(steps, 1))
    return _svg(
        "ladder", width, 2 * middle, f"Steps to ratification: {state}", words or "No procedure recorded.", parts
    )


def obligation_svg(arrows: Sequence[Arrow], names: Names, width: int = 480) -> str:
    """Who owes what to whom: parties on a circle (two: side by side), an arrow from who owes to who is owed."""
    parties = sorted({code for arrow in arrows for code in (arrow.bearer, arrow.toward)})
    places, height = _places(parties, width)
    parts = [_arrowhead()]
    drawn: dict[tuple[str, str], int] = {}
    for arrow in sorted(arrows, key=lambda a: (a.bearer, a.toward, a.label)):
        pair = (arrow.bearer, arrow.toward)
        drawn[pair] = drawn.get(pair, 0) + 1
        parts.append(_arrow(arrow, places[arrow.bearer], places[arrow.toward], drawn[pair]))
    parts += [_party(names.get(code, code), *places[code]) for code in parties]
    words = "; ".join(
        f"{names.get(a.bearer, a.bearer)} toward {names.get(a.toward, a.toward)}: {a.label} ({_OWED[a.truth]})"
        for a in arrows
    )
    return _svg("obligations", width, height, "Duties between the parties", words or "No duty is reported.", parts)


def vote_svg(vote: Vote, width: int = 420) -> str:
    """The tally as one bar: for, abstaining, absent, against, each as wide as it is large; what nobody counted is left out."""
    counts = (("for", vote.for_), ("abstaining", vote.abstain), ("absent", vote.absent), ("against", vote.against))
    total = sum(many or 0 for _, many in counts) or 1
    parts, x = [], 0.0
    for how, many in counts:
        share = (many or 0) / total * width
        if share:
            title = _tag("title", {}, str(escape(f"{many} {how}")))
            bar = {"class": f"share {how}", "x": x, "y": 2.0, "width": share, "height": 16, "fill": "currentColor"}
            parts.append(_tag("rect", {**bar, "fill-opacity": _SHADE[how]}, title))
        x += share
    return _svg("vote-bar", width, 20, "Vote", vote_words(vote) or "No counts are reported.", parts)


_SHADE = {"for": 0.85, "abstaining": 0.35, "absent": 0.15, "against": 0.6}
_OWED = {Truth.TRUE: "in force", Truth.UNKNOWN: "cannot be told", Truth.FALSE: "not in force"}


def _tag(name: str, attributes: Mapping[str, object], *children: str) -> str:
    """An element; attributes are escaped here, children are elements already."""
    written = "".join(
        f' {key}="{escape(f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _text(words: str, **attributes: object) -> str:
    return _tag("text", {"fill": "currentColor", "font-size": 12, **{k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}},
                str(escape(words)))  # fmt: skip


def _svg(kind: str, width: float, height: float, title: str, words: str, parts: Iterable[str]) -> str:
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg", "class": f"drawing {kind}", "role": "img", "viewBox": f"0 0 {width:g} {height:g}",
        "font-family": "sans-serif", "color": "CanvasText",
    }  # fmt: skip
    said = (_tag("title", {}, str(escape(title))), _tag("desc", {}, str(escape(words))))
    return _tag("svg", attributes, *said, *parts)


def _is_open(range_: DateRange) -> bool:
    return range_.earliest == date.min or range_.latest == date.max


def _lanes_of(entry: TimelineEntry, lanes: Sequence[str]) -> list[str]:
    return [lane for lane in lanes if lane in entry.act.states] or [lanes[0]]


def _scale(edges: Iterable[date], width: float) -> dict[date, float]:
    """A place for every day: in order, a gap drawn as its square root, so that a busy week is not a blot."""
    ordered = sorted(set(edges))
    gaps = [max(2.2, min(6.0, math.sqrt((later - earlier).days))) for earlier, later in pairwise(ordered)]
    unit = (width - LEFT - RIGHT) / (sum(gaps) or 1)
    place, places = LEFT, {ordered[0]: LEFT}
    for following, gap in zip(ordered[1:], gaps, strict=True):
        place += gap * unit
        places[following] = place
    return places


def _levels(spans: Sequence[tuple[float, float, list[str]]]) -> list[int]:
    """How far down each mark stands so that no two of a lane cover each other."""
    taken: list[tuple[float, float, list[str], int]] = []
    for left, right, lanes in spans:
        start, end, level = left - RADIUS, right + RADIUS, 0
        while any(level == other and start < e and s < end and set(lanes) & set(which) for s, e, which, other in taken):
            level += 1
        taken.append((start, end, lanes, level))
    return [level for _, _, _, level in taken]


def _highest(
    lane: str, dated: Sequence[tuple[TimelineEntry, DateRange]], levels: Sequence[int], lanes: Sequence[str]
) -> int:
    return max(
        (level for (entry, _), level in zip(dated, levels, strict=True) if lane in _lanes_of(entry, lanes)), default=0
    )


def _lane(name: str, top: float, height: float, width: float) -> str:
    middle = top + LANE / 2
    line = _tag("line", {"class": "lane", "x1": LEFT - 22, "x2": float(width), "y1": middle, "y2": middle,
                         "stroke": "currentColor", "stroke-opacity": 0.25})  # fmt: skip
    return _text(_shortened(name, 15), x=0.0, y=middle + 4, class_="lane-name") + line


def _asked(x: float, on: date, bottom: float) -> str:
    line = _tag("line", {"class": "asked", "x1": x, "x2": x, "y1": 18.0, "y2": bottom, "stroke": "currentColor",
                         "stroke-dasharray": "2 3"})  # fmt: skip
    anchor = "end" if x > 800 else "middle"
    return line + _text(f"asked about: {day(on)}", x=x, y=12.0, text_anchor=anchor, font_size=11)


def _mark(entry: TimelineEntry, left: float, right: float, heights: Sequence[float]) -> str:
    """One act: a bar where its day is open, a joining line where it is of several states, a sign in each lane."""
    parts = [_tag("title", {}, str(escape(f"{entry.number}. {_entry_words(entry)}")))]
    middle = (left + right) / 2
    if len(heights) > 1:
        parts.append(
            _tag("line", {"x1": middle, "x2": middle, "y1": heights[0], "y2": heights[-1], "stroke": "currentColor"})
        )
    for y in heights:
        if right - left > 2 * RADIUS:
            parts.append(_tag("rect", {"class": "range", "x": left - 4, "y": y - 4, "width": right - left + 8, "height": 8,
                                       "rx": 4, "fill": "currentColor", "fill-opacity": 0.25}))  # fmt: skip
        parts.append(_sign(entry, middle, y))
    overtaken = " overtaken" if entry.overtaken else ""
    return _tag("g", {"class": f"mark {entry.mark}{overtaken}"}, *parts)


def _sign(entry: TimelineEntry, x: float, y: float) -> str:
    style: dict[str, object] = {"class": "sign", "stroke": "currentColor", "stroke-width": 1.5,
                                "fill": "currentColor" if entry.mark == "solid" else "Canvas"}  # fmt: skip
    if entry.mark == "hollow":
        style["stroke-dasharray"] = "3 2"
    if entry.act.level is Level.DOMESTIC:
        sign = _tag("circle", {"cx": x, "cy": y, "r": RADIUS, **style})
    else:
        r = RADIUS + 3
        sign = _tag(
            "path", {"d": f"M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}Z", **style}
        )
    number = _text(str(entry.number), x=x, y=y + 4, text_anchor="middle", font_size=11, class_="number",
                   fill="Canvas" if entry.mark == "solid" else "currentColor")  # fmt: skip
    if entry.mark == "struck" or entry.overtaken:
        r = RADIUS
        number += _tag("line", {"class": "strike", "x1": x - r, "x2": x + r, "y1": y + r, "y2": y - r, "stroke": "currentColor",
                                "stroke-width": 1.5})  # fmt: skip
    return sign + number


def _axis(position: Mapping[date, float], top: float) -> str:
    """Day and month under each place, the year where it changes; a label that would cover another goes one row down."""
    parts: list[str] = []
    year, ends = 0, [-100.0, -100.0]
    for on, x in position.items():
        row = 0 if x - 24 > ends[0] else 1 if x - 24 > ends[1] else None
        parts.append(
            _tag("line", {"class": "tick", "x1": x, "x2": x, "y1": top, "y2": top + 5, "stroke": "currentColor"})
        )
        if row is None:
            continue
        label = f"{on.day} {on:%b}" + (f" {on.year}" if on.year != year else "")
        ends[row], year = x + 3.2 * len(label), on.year
        parts.append(_text(label, x=x, y=top + 18 + 15 * row, text_anchor="middle", font_size=11))
    return _tag("g", {"class": "axis"}, *parts)


def _entry_words(entry: TimelineEntry) -> str:
    when = days(entry.act.on) if entry.act.on else "no day known"
    overtaken = f", overtaken by: {entry.overtaken}" if entry.overtaken else ""
    return f"{entry.title}, {when}, {FACTUALITIES[entry.act.factuality]}{overtaken}"


def _timeline_words(entries: Sequence[TimelineEntry]) -> str:
    listed = "; ".join(f"{entry.number}. {_entry_words(entry)}" for entry in entries)
    return f"{listed}. Days are in order, distances are not to scale." if entries else "No act is reported."


def _rail(before: StepState, after: StepState) -> str:
    return "rail done" if before is StepState.DONE and after in (StepState.DONE, StepState.UNREPORTED) else "rail"


def _step(step: LadderStep, number: int, x: float, y: float) -> str:
    state = step.state_of_step
    style: dict[str, object] = {"class": "sign", "stroke": "currentColor", "stroke-width": 1.5, "fill": "Canvas"}
    if state is StepState.DONE:
        style["fill"] = "currentColor"
    if state is StepState.UNREPORTED:
        style["stroke-dasharray"] = "2 3"
    if state in (StepState.NOT_REACHED, StepState.SKIPPED):
        style["stroke-opacity"] = 0.45
    parts = [
        _tag("title", {}, str(escape(f"{number}. {step.actor}: {STEP_STATES[state]}"))),
        _tag("circle", {"cx": x, "cy": y, "r": RADIUS, **style}),
        _text(str(number), x=x, y=y + 4, text_anchor="middle", font_size=11,
              fill="Canvas" if state is StepState.DONE else "currentColor", class_="number"),
    ]  # fmt: skip
    if state is StepState.FAILED:
        parts.append(
            _tag(
                "path",
                {"d": f"M{x - 8:.1f} {y - 8:.1f}l16 16m0 -16l-16 16", "stroke": "currentColor", "stroke-width": 2},
            )
        )
    return _tag("g", {"class": f"step {state.value}"}, *parts)


def _places(parties: Sequence[str], width: float) -> tuple[dict[str, tuple[float, float]], float]:
    if len(parties) <= 2:
        height = 150.0
        return {code: (90.0 + index * (width - 180), height / 2) for index, code in enumerate(parties)}, height
    radius = width / 2 - 100
    height = 2 * radius + 120
    turn = 2 * math.pi / len(parties)
    return {
        code: (width / 2 + radius * math.sin(index * turn), height / 2 - radius * math.cos(index * turn))
        for index, code in enumerate(parties)
    }, height


def _arrowhead() -> str:
    head = _tag("path", {"d": "M0 0L8 4L0 8Z", "fill": "currentColor"})
    attributes = {
        "id": "arrowhead",
        "viewBox": "0 0 8 8",
        "refX": 8,
        "refY": 4,
        "markerWidth": 8,
        "markerHeight": 8,
        "orient": "auto",
    }
    return _tag("defs", {}, _tag("marker", attributes, head))


def _arrow(arrow: Arrow, start: tuple[float, float], end: tuple[float, float], nth: int) -> str:
    """A curve that leaves room for the one back, and for a second duty between the same two."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    along, across = ((x2 - x1) / length, (y2 - y1) / length), ((y2 - y1) / length, -(x2 - x1) / length)
    inset, bend = min(72.0, length / 3), 26.0 + 26.0 * nth
    a = (x1 + along[0] * inset + across[0] * 10, y1 + along[1] * inset + across[1] * 10)
    b = (x2 - along[0] * inset + across[0] * 10, y2 - along[1] * inset + across[1] * 10)
    c = ((x1 + x2) / 2 + across[0] * bend, (y1 + y2) / 2 + across[1] * bend)
    line: dict[str, object] = {"d": f"M{a[0]:.1f} {a[1]:.1f}Q{c[0]:.1f} {c[1]:.1f} {b[0]:.1f} {b[1]:.1f}", "fill": "none",
                               "stroke": "currentColor", "stroke-width": 1.6, "marker-end": "url(#arrowhead)"}  # fmt: skip
    if arrow.truth is not Truth.TRUE:
        line["stroke-dasharray"] = "7 4" if arrow.truth is Truth.UNKNOWN else "1.5 4"
    label = _text(
        _shortened(arrow.label, 46), x=c[0], y=c[1] + (4 if across[1] > 0 else -2), text_anchor="middle", font_size=13
    )
    return _tag("g", {"class": f"arrow {arrow.truth.value}"}, _tag("path", line), label)


def _party(name: str, x: float, y: float) -> str:
    box = _tag("rect", {"class": "sign", "x": x - 70, "y": y - 19, "width": 140, "height": 38, "rx": 6, "fill": "Canvas",
                        "stroke": "currentColor", "stroke-width": 1.5})  # fmt: skip
    return _tag(
        "g", {"class": "party"}, box, _text(_shortened(name, 20), x=x, y=y + 5, text_anchor="middle", font_size=14)
    )


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
