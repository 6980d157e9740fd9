"""How SVG is written: elements whose attributes and words are escaped, and drawings that say in words what they show.

Colours come from the page (`currentColor` and classes); alone, a drawing is still legible. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import escape


def tag(name: str, attributes: Mapping[str, object], *children: str) -> str:
    """An element; attributes are escaped here, children are elements already."""
    written = "".join([f' {key}="{_written(value)}"' for key, value in attributes.items()])
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _written(value: object) -> str:
    """A value as it stands in an attribute: numbers to a tenth, words escaped."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value) if isinstance(value, int) else escape(str(value))


def text(words: str, **attributes: object) -> str:
    """Words in a drawing; `class_` and `text_anchor` are written as SVG spells them."""
    return tag("text", {"fill": "currentColor", "font-size": 12, **{k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}},
                str(escape(words)))  # fmt: skip


def drawing(kind: str, width: float, height: float, title: str, words: str, parts: Iterable[str]) -> str:
    """A whole drawing.

    words   what it shows, for those who do not see it
    parts   elements
    """
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg", "class": f"drawing {kind}", "role": "img", "viewBox": f"0 0 {width:g} {height:g}",
        "width": f"{width:g}", "height": f"{height:g}",
        "font-family": "sans-serif", "color": "CanvasText",
    }  # fmt: skip
    said = (tag("title", {}, str(escape(title))), tag("desc", {}, str(escape(words))))
    return tag("svg", attributes, *said, *parts)


def shortened(words: str, most: int) -> str:
    """The words, cut to so many characters with an ellipsis."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
