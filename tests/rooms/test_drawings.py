"""Drawings say in words what they show, survive hostile names, and are the same every time."""

from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import dossier_case as case
import pytest

from foedus.serving.drawings import has_counts, ladder_svg, timeline_svg, vote_svg
from foedus.serving.duty_graph import Arrow, obligation_svg
from foedus.status.standings import Ladder
from foedus.terms.acts import Vote
from foedus.terms.proof import Truth

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "\"><script>&'</svg>"


def all_drawings(name: str = "Russia") -> dict[str, str]:
    names = {"RUS": name, "PRK": "North Korea"}
    arrows = [
        Arrow(bearer="RUS", toward="PRK", label=f"Art. 4: {name}"),
        Arrow(bearer="PRK", toward="RUS", label="Art. 4", truth=Truth.UNKNOWN),
    ]
    ladder = Ladder(state="RUS", treaty=case.TREATY, procedure=name, steps=case.RUS_STEPS)
    return {
        "timeline": timeline_svg(case.january().timeline, names, date(2025, 1, 10)),
        "ladder": ladder_svg(ladder, names),
        "obligations": obligation_svg(arrows, names),
        "vote": vote_svg(Vote(for_=340, against=20, abstain=7)),
    }


def words(svg: str, tag: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(SVG + tag)]


@pytest.mark.parametrize("kind", all_drawings())
def test_a_drawing_has_a_role_a_title_and_a_description(kind: str) -> None:
    root = ElementTree.fromstring(all_drawings()[kind])
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"]
    assert root[0].text and root[1].text


@pytest.mark.parametrize("kind", all_drawings())
def test_names_are_escaped_and_inline_styles_absent(kind: str) -> None:
    svg = all_drawings(NASTY)[kind]
    assert not list(ElementTree.fromstring(svg).iter(SVG + "script"))
    assert "style=" not in svg


def test_drawings_are_the_same_every_time() -> None:
    assert all_drawings() == all_drawings()


def test_the_timeline_description_tells_every_act_with_day_and_factuality() -> None:
    dossier = case.october()
    (told,) = words(timeline_svg(dossier.timeline, dossier.names, dossier.on), "desc")
    assert "3. Approval by the State Duma (Russia), 24 October 2024, reported as done" in told
    assert "overtaken by: Approval by the State Duma (Russia)" in told
    assert "6. Exchange of instruments: North Korea and Russia, no day known, expected" in told
    assert "not to scale" in told


def test_no_two_marks_of_a_lane_cover_each_other() -> None:
    dossier = case.january()
    root = ElementTree.fromstring(timeline_svg(dossier.timeline, dossier.names, dossier.on))
    circles = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(SVG + "circle")]
    assert len(circles) > 4
    near = [(a, b) for a in circles for b in circles if a < b and abs(a[0] - b[0]) < 20 and abs(a[1] - b[1]) < 20]
    assert near == []


def test_no_line_runs_over_a_sign() -> None:
    dossier = case.january()
    svg = timeline_svg(dossier.timeline, dossier.names, dossier.on)
    assert svg.count('class="joined"') > 0
    assert svg.rindex('class="joined"') < svg.index('class="mark ')


def test_a_vote_without_counts_has_nothing_to_draw() -> None:
    assert has_counts(Vote(for_=397, against=0)) and has_counts(Vote(against=3))
    assert not has_counts(Vote(unanimous=True)) and not has_counts(Vote(for_=0, against=0))


def test_everything_stays_inside_the_picture() -> None:
    dossier = case.january()
    root = ElementTree.fromstring(timeline_svg(dossier.timeline, dossier.names, dossier.on))
    width, height = map(float, root.get("viewBox").split()[2:])
    for text in root.iter(SVG + "text"):
        assert 0 <= float(text.get("x")) <= width and 0 <= float(text.get("y")) <= height


def test_an_undated_treaty_still_draws() -> None:
    assert words(timeline_svg((), {}, date(2024, 1, 1)), "desc") == ["No act is reported."]
    assert words(obligation_svg((), {}), "desc") == ["No duty is reported."]


def test_the_ladder_tells_a_step_that_is_only_implied() -> None:
    ladder = Ladder(state="RUS", treaty=case.TREATY, procedure="", steps=case.RUS_STEPS)
    (told,) = words(ladder_svg(ladder, case.NAMES), "desc")
    assert "2. a committee of the State Duma: implied, not reported" in told


def test_an_arrow_is_solid_dashed_or_dotted_as_it_is_owed() -> None:
    dashes = {}
    for truth in Truth:
        svg = obligation_svg([Arrow(bearer="A", toward="B", label="helps", truth=truth)], {})
        group = next(
            g for g in ElementTree.fromstring(svg).iter(SVG + "g") if (g.get("class") or "").startswith("arrow")
        )
        dashes[truth] = group.find(SVG + "path").get("stroke-dasharray")
    assert dashes[Truth.TRUE] is None and len(set(dashes.values())) == 3


SHAPES = {
    "a ring": [(f"S{n}", f"S{(n + 1) % 8}") for n in range(8)],
    "each to each": [(f"S{a}", f"S{b}") for a in range(8) for b in range(8) if a != b],
    "all to one": [(f"S{n}", "S0") for n in range(1, 31)],
    "a chain": [(f"S{n}", f"S{n + 1}") for n in range(6)],
    "a pair": [("S0", "S1"), ("S1", "S0")],
}


def boxes_in(svg) -> list[tuple[float, ...]]:
    """The boxes of a graph as they stand in the drawing: x, y, width, height."""
    (moved,) = (g for g in svg if g.get("transform"))
    shift = [float(one) for one in moved.get("transform").removeprefix("translate(").rstrip(")").split()]
    found = [[float(r.get(k)) for k in ("x", "y", "width", "height")] for r in svg.iter(SVG + "rect")]
    return [(x + shift[0], y + shift[1], wide, tall) for x, y, wide, tall in found]


@pytest.mark.parametrize("shape", SHAPES)
def test_parties_stand_apart_and_inside_the_drawing(shape: str) -> None:
    pairs = SHAPES[shape]
    svg = ElementTree.fromstring(obligation_svg([Arrow(bearer=a, toward=b, label="helps") for a, b in pairs], {}))
    width, height = (float(edge) for edge in svg.get("viewBox").split()[2:])
    boxes = boxes_in(svg)
    assert len(boxes) == len({code for pair in pairs for code in pair})
    assert not [1 for a in boxes for b in boxes if a < b and abs(a[0] - b[0]) < a[2] and abs(a[1] - b[1]) < a[3]]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)


def test_the_graph_tells_every_arrow_in_words() -> None:
    arrows = [
        Arrow(bearer="A", toward="B", label="comes to its aid", truth=Truth.UNKNOWN),
        Arrow(bearer="C", toward="B", label="armed attack", supposed=True),
    ]
    (told,) = words(obligation_svg(arrows, {"A": "Aland", "B": "Borduria"}), "desc")
    assert (
        told == "Aland toward Borduria: comes to its aid (cannot be told); C toward Borduria: armed attack (supposed)"
    )


LABELS = ("Art. 4: comes to its aid", "comes to its aid", "consults with it", "stays neutral")
BUNDLES = {
    "four one way": [("A", "B")] * 4,
    "four each way": [("A", "B")] * 4 + [("B", "A")] * 4,
    "four, and one to the same from elsewhere": [("A", "B")] * 4 + [("C", "B")],
    "two, in a row of three": [("A", "B")] * 2 + [("B", "C")] * 2,
    "one": [("A", "B")],
}


def label_boxes(svg) -> list[tuple[float, float, float, float]]:
    """What the words of each arrow take at least: left, top, right, bottom."""
    found = []
    for one in svg.iter(SVG + "text"):
        if one.get("class") == "arrow-label":
            x, y, wide = float(one.get("x")), float(one.get("y")), 5.5 * len(one.text)
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[one.get("text-anchor")]
            found.append((left, y - 11, left + wide, y + 2))
    return found


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_words_of_no_two_arrows_lie_over_each_other(bundle: str) -> None:
    arrows = [Arrow(bearer=a, toward=b, label=LABELS[n % 4]) for n, (a, b) in enumerate(BUNDLES[bundle])]
    boxes = label_boxes(ElementTree.fromstring(obligation_svg(arrows, {})))
    assert len(boxes) == len(arrows)
    over = [(a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert over == []
