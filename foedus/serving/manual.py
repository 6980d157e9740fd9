"""The documentation as the site serves it: the Markdown pages of `docs/`, which the package carries, rendered without trust.

Raw HTML in a page is shown as text, a link leads to another page or out by https and nowhere else, and nothing carries a style
or a script, so that the pages pass the site's own policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SECTIONS = (
    # heading        pages in the order in which they are read
    ("Tutorial", ("tutorial",)),
    (
        "How to",
        (
            "how-to/add-reports",
            "how-to/follow-feeds",
            "how-to/ask-where-a-treaty-stands",
            "how-to/ask-who-owes-what",
            "how-to/rule-on-what-was-read",
            "how-to/import-a-depositarys-table",
            "how-to/scan-archives",
            "how-to/run-a-team-server",
            "how-to/use-the-api",
        ),
    ),
    (
        "Reference",
        (
            "reference/commands",
            "reference/kinds-of-act",
            "reference/reading-rules",
            "reference/procedures",
            "reference/treaties",
            "reference/json-schemas",
            "reference/exit-codes",
        ),
    ),
    ("Explanation", ("method", "status", "clauses", "architecture", "scale")),
)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
TRANSITION = re.compile(r"^\s*(\S+) --> (\S+): (.+)$", re.MULTILINE)
SHOWN = 2
"""Headings down to this level stand in a page's contents."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading within a page and where it is."""

    level: int
    anchor: str
    words: str


class ManualPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page; `html` is safe to show as it is.

    name    its address below /docs/: "how-to/add-reports"
    lead    its first paragraph, as text
    """

    name: str
    section: str
    title: str
    lead: str
    html: str
    headings: tuple[Heading, ...]

    @property
    def address(self) -> str:
        return f"/docs/{self.name}"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page or one of its headings whose words fit a search."""

    page: ManualPage
    heading: Heading | None = None


@cache
def manual() -> tuple[ManualPage, ...]:
    """All pages, in the order in which they are read."""
    return tuple(_page(name, section) for section, names in SECTIONS for name in names)


def page_named(name: str) -> ManualPage | None:
    return next((page for page in manual() if page.name == name), None)


def found_in_titles(words: str) -> Iterator[Found]:
    """Pages whose title holds all the words, then headings that do."""
    wanted = words.lower().split()

    def fits(title: str) -> bool:
        return all(word in title.lower() for word in wanted)

    yield from (Found(page=page) for page in manual() if fits(page.title))
    yield from (Found(page=page, heading=h) for page in manual() for h in page.headings if fits(h.words))


def anchor_of(words: str) -> str:
    """The anchor of a heading, spelled as Git forges spell it.

    >>> anchor_of("The road: `foedus ladder`")
    'the-road-foedus-ladder'
    """
    return re.sub(r"[^\w\- ]", "", words.replace("`", "")).strip().lower().replace(" ", "-")


def _folder() -> Traversable:
    """Where the pages lie: in the package, or beside it in a checkout of the project."""
    packed = files("foedus.serving").joinpath("manual_pages")
    return packed if packed.is_dir() else Path(str(files("foedus"))).parent / "docs"


def _page(name: str, section: str) -> ManualPage:
    source = COMMENT.sub("", _folder().joinpath(f"{name}.md").read_text(encoding="utf-8"))
    renderer = _renderer()
    tokens = renderer.parse(source)
    headings = _anchored(tokens)
    _point(tokens, name)
    title, *rest = headings
    inline = [token for token in tokens if token.type == "inline"]
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_close"), -1) + 1
    return ManualPage(
        name=name,
        section=section,
        title=title.words,
        lead=_words(inline[1]) if len(inline) > 1 else "",
        html=renderer.renderer.render(tokens[first:], renderer.options, {}),
        headings=tuple(rest),
    )


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    for rule, render in (("table_open", _table_open), ("table_close", _table_close), ("fence", _fence)):
        renderer.add_render_rule(rule, render)
    return renderer


def _anchored(tokens: Sequence[Token]) -> list[Heading]:
    """Gives every heading its anchor, the same words twice in a page a number."""
    headings: list[Heading] = []
    seen: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        words = _words(inline)
        anchor = anchor_of(words)
        seen[anchor] = seen.get(anchor, 0) + 1
        anchor = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor] - 1}"
        opening.attrSet("id", anchor)
        headings.append(Heading(level=int(opening.tag[1]), anchor=anchor, words=words))
    return headings


def _words(inline: Token) -> str:
    return "".join(" " if one.type == "softbreak" else one.content for one in inline.children or ())


def _point(tokens: Sequence[Token], name: str) -> None:
    """Leads links to where the site has what they mean; what it has not becomes plain words."""
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            _align(token)
        left_open = 0
        for child in token.children or ():
            if child.type == "link_open":
                target = _target(str(child.attrs.get("href", "")), name)
                child.attrs = {"href": target} if target else {"class": "elsewhere"}
                child.tag, left_open = ("a", left_open) if target else ("span", left_open + 1)
            elif child.type == "link_close" and left_open:
                child.tag, left_open = "span", left_open - 1


def _align(cell: Token) -> None:
    style = str(cell.attrs.pop("style", ""))
    cell.attrs = {**({"class": "num"} if "right" in style else {}), **({"scope": "col"} if cell.tag == "th" else {})}


def _target(link: str, page: str) -> str | None:
    """Where a link of a page leads on the site; None where the site has nothing of the kind.

    >>> _target("../method.md#reading", "how-to/add-reports"), _target("#two", "method"), _target("../README.md", "method")
    ('/docs/method#reading', '#two', None)
    """
    if link.startswith(("#", "https://")):
        return link
    path, _, anchor = link.partition("#")
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / path).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    name = "/".join(parts).removesuffix(".md")
    known = any(name in names for _, names in SECTIONS)
    return f"/docs/{name}{'#' if anchor else ''}{anchor}" if known else None


Render = Callable[[Any, Sequence["Token"], int, Any, Any], str]


def _table_open(_renderer: Any, _tokens: Sequence[Token], _at: int, _options: Any, _env: Any) -> str:
    return '<div class="table-frame" tabindex="0" role="region" aria-label="Table"><table>\n'


def _table_close(_renderer: Any, _tokens: Sequence[Token], _at: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"


def _fence(_renderer: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """A block of code; commands with their prompt apart, and what a diagram says as a table."""
    kind, text = tokens[at].info.strip(), tokens[at].content.strip("\n")
    if kind == "mermaid":
        return _transitions(text)
    if kind == "console":
        lines = (_command(line) for line in text.splitlines())
        return f'<pre class="console" tabindex="0"><code>{chr(10).join(lines)}</code></pre>\n'
    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>\n'


def _command(line: str) -> str:
    if line.startswith("$ "):
        return f'<span class="prompt">$ </span><span class="typed">{escape(line[2:])}</span>'
    return escape(line)


def _transitions(text: str) -> str:
    """The arrows of a state diagram as rows: from where, by what, to where."""
    cells = ((a.replace("_", "-"), by, b.replace("_", "-")) for a, b, by in TRANSITION.findall(text))
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in cells)
    head = "".join(f'<th scope="col">{word}</th>' for word in ("From", "By", "To"))
    return (
        f"{_table_open(None, (), 0, None, None)}<thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )
