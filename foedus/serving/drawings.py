"""Timeline, procedure ladder and vote as SVG, each with a title and a description that say the same in words.

Layouts are our own and simple: days keep their order but not their distances (a gap is drawn as its square root), steps
stand in a row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from markupsafe import escape

from foedus.serving.dossier import TimelineEntry
from foedus.serving.svg import drawing, shortened, tag, text
from foedus.serving.wording import FACTUALITIES, STEP_STATES, Names, day, days, vote_words
from foedus.status.standings import Ladder, LadderStep, StepState
from foedus.terms.acts import Level, Vote
from foedus.terms.dates import DateRange

LEFT, RIGHT, RADIUS, LANE, AXIS = 118.0, 34.0, 11.0, 40.0, 40.0


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
    marks = [
        (entry, position[range_.earliest], position[range_.latest],
         [tops[lane] + LANE / 2 + 26 * level for lane in _lanes_of(entry, lanes)])
        for (entry, range_), level in zip(dated, levels, strict=True)
    ]  # fmt: skip
    # All lines first: none may run over the number of another act.
    parts += [_joined((left + right) / 2, heights) for _, left, right, heights in marks if len(heights) > 1]
    parts += [_mark(*mark) for mark in marks]
    parts.append(_axis(position, top))
    return drawing("timeline", width, top + AXIS, "Timeline", _timeline_words(entries), parts)


def ladder_svg(ladder: Ladder, names: Names, width: int = 420) -> str:
    """The steps of a procedure in a row, numbered as in the list beside it: a solid step is done, a dashed one implied."""
    steps, middle = ladder.steps, 24.0
    gap = min(64.0, (width - 2 * RADIUS - 8) / max(1, len(steps) - 1))
    places = [RADIUS + 4 + gap * index for index in range(len(steps))]
    parts = [
        tag("line", {"class": _rail(a.state_of_step, b.state_of_step), "x1": x + RADIUS, "x2": y - RADIUS, "y1": middle,
                      "y2": middle, "stroke": "currentColor"})
        for (x, y), (a, b) in zip(pairwise(places), pairwise(steps), strict=True)
    ]  # fmt: skip
    parts += [_step(step, number, x, middle) for number, (step, x) in enumerate(zip(steps, places, strict=True), 1)]
    state = names.get(ladder.state, ladder.state)
    words = "; ".join(f"{n}. {step.actor}: {STEP_STATES[step.state_of_step]}" for n, step in enumerate(steps, 1))
    return drawing(
        "ladder", width, 2 * middle, f"Steps to ratification: {state}", words or "No procedure recorded.", parts
    )


def has_counts(vote: Vote) -> bool:
    """Whether anybody counted, so that there is something to draw."""
    return any((vote.for_, vote.abstain, vote.absent, vote.against))


def vote_svg(vote: Vote, width: int = 420) -> str:
    """The tally as one bar: for, abstaining, absent, against, each as wide as it is large; what nobody counted is left out."""
    counts = (("for", vote.for_), ("abstaining", vote.abstain), ("absent", vote.absent), ("against", vote.against))
    total = sum(many or 0 for _, many in counts) or 1
    parts, x = [], 0.0
    for how, many in counts:
        share = (many or 0) / total * width
        if share:
            title = tag("title", {}, str(escape(f"{many} {how}")))
            bar = {"class": f"share {how}", "x": x, "y": 2.0, "width": share, "height": 16, "fill": "currentColor"}
            parts.append(tag("rect", {**bar, "fill-opacity": _SHADE[how]}, title))
        x += share
    return drawing("vote-bar", width, 20, "Vote", vote_words(vote) or "No counts are reported.", parts)


_SHADE = {"for": 0.85, "abstaining": 0.35, "absent": 0.15, "against": 0.6}


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
    line = tag("line", {"class": "lane", "x1": LEFT - 22, "x2": float(width), "y1": middle, "y2": middle,
                         "stroke": "currentColor", "stroke-opacity": 0.25})  # fmt: skip
    return text(shortened(name, 15), x=0.0, y=middle + 4, class_="lane-name") + line


def _asked(x: float, on: date, bottom: float) -> str:
    line = tag("line", {"class": "asked", "x1": x, "x2": x, "y1": 18.0, "y2": bottom, "stroke": "currentColor",
                         "stroke-dasharray": "2 3"})  # fmt: skip
    anchor = "end" if x > 800 else "middle"
    return line + text(f"asked about: {day(on)}", x=x, y=12.0, text_anchor=anchor, font_size=11)


def _mark(entry: TimelineEntry, left: float, right: float, heights: Sequence[float]) -> str:
    """One act: a bar where its day is open, a sign in each lane."""
    parts = [tag("title", {}, str(escape(f"{entry.number}. {_entry_words(entry)}")))]
    middle = (left + right) / 2
    for y in heights:
        if right - left > 2 * RADIUS:
            parts.append(tag("rect", {"class": "range", "x": left - 4, "y": y - 4, "width": right - left + 8, "height": 8,
                                       "rx": 4, "fill": "currentColor", "fill-opacity": 0.25}))  # fmt: skip
        parts.append(_sign(entry, middle, y))
    overtaken = " overtaken" if entry.overtaken else ""
    return tag("g", {"class": f"mark {entry.mark}{overtaken}"}, *parts)


def _joined(x: float, heights: Sequence[float]) -> str:
    """The line between the signs of an act of several states."""
    return tag(
        "line", {"class": "joined", "x1": x, "x2": x, "y1": heights[0], "y2": heights[-1], "stroke": "currentColor"}
    )


def _sign(entry: TimelineEntry, x: float, y: float) -> str:
    style: dict[str, object] = {"class": "sign", "stroke": "currentColor", "stroke-width": 1.5,
                                "fill": "currentColor" if entry.mark == "solid" else "Canvas"}  # fmt: skip
    if entry.mark == "hollow":
        style["stroke-dasharray"] = "3 2"
    if entry.act.level is Level.DOMESTIC:
        sign = tag("circle", {"cx": x, "cy": y, "r": RADIUS, **style})
    else:
        r = RADIUS + 3
        sign = tag(
            "path", {"d": f"M{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}L{x - r:.1f} {y:.1f}Z", **style}
        )
    number = text(str(entry.number), x=x, y=y + 4, text_anchor="middle", font_size=11, class_="number",
                   fill="Canvas" if entry.mark == "solid" else "currentColor")  # fmt: skip
    if entry.mark == "struck" or entry.overtaken:
        r = RADIUS
        number += tag("line", {"class": "strike", "x1": x - r, "x2": x + r, "y1": y + r, "y2": y - r, "stroke": "currentColor",
                                "stroke-width": 1.5})  # fmt: skip
    return sign + number


def _axis(position: Mapping[date, float], top: float) -> str:
    """Day and month under each place, the year where it changes; a label that would cover another goes one row down."""
    parts: list[str] = []
    year, ends = 0, [-100.0, -100.0]
    for on, x in position.items():
        row = 0 if x - 24 > ends[0] else 1 if x - 24 > ends[1] else None
        parts.append(
            tag("line", {"class": "tick", "x1": x, "x2": x, "y1": top, "y2": top + 5, "stroke": "currentColor"})
        )
        if row is None:
            continue
        label = f"{on.day} {on:%b}" + (f" {on.year}" if on.year != year else "")
        ends[row], year = x + 3.2 * len(label), on.year
        parts.append(text(label, x=x, y=top + 18 + 15 * row, text_anchor="middle", font_size=11))
    return tag("g", {"class": "axis"}, *parts)


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
        tag("title", {}, str(escape(f"{number}. {step.actor}: {STEP_STATES[state]}"))),
        tag("circle", {"cx": x, "cy": y, "r": RADIUS, **style}),
        text(str(number), x=x, y=y + 4, text_anchor="middle", font_size=11,
              fill="Canvas" if state is StepState.DONE else "currentColor", class_="number"),
    ]  # fmt: skip
    if state is StepState.FAILED:
        parts.append(
            tag(
                "path",
                {"d": f"M{x - 8:.1f} {y - 8:.1f}l16 16m0 -16l-16 16", "stroke": "currentColor", "stroke-width": 2},
            )
        )
    return tag("g", {"class": f"step {state.value}"}, *parts)
