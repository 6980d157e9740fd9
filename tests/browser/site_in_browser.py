"""What tests of the site share: a journal, the site over it on loopback, a browser, and what must be so on every page."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import uvicorn

from foedus.exchange.participation import import_table
from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, keep_read, load_reference
from foedus.serving.library import Library
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2024, 12, 20)
"""What the clock of the site under test says."""
SCHEMES = {390: ("light", "dark"), 1024: ("dark", "light"), 1920: ("light", "dark")}
"""The colours in which a page is looked at, by its width: in that order it is drawn anew as seldom as can be."""
WIDTHS = tuple(SCHEMES)
HEAD = 'Participant,Signature,"Ratification, Accession(a)"\n'
MEMBERS = ("Norway", "Chile", "Kenya", "Japan", "Ghana", "Peru", "Fiji", "Malta")

CONTRAST = """() => {
  const channel = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const kept = (made, make) => key => made.has(key) ? made.get(key) : (made.set(key, make(key)), made.get(key));
  const parse = kept(new Map(), css => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  });
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat([1]);
  const behind = kept(new Map(), e => {
    const own = e ? parse(getComputedStyle(e).backgroundColor) : parse('Canvas');
    return own[3] === 1 ? own : over(own, behind(e.parentElement));
  });
  const poor = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || done.has(e) || e.closest('svg, .unseen, [hidden], script, datalist, [aria-hidden=true]')) continue;
    done.add(e);
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (style.visibility !== 'visible' || !box.width || style.opacity === '0') continue;
    const ground = behind(e), ink = over(parse(style.color), ground), a = light(ink), b = light(ground);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < needed) poor.push(`${e.tagName}.${e.className}: ${ratio.toFixed(2)} "${walker.currentNode.data.trim().slice(0, 30)}"`);
  }
  return poor;
}"""
"""Every text that is shown and has less contrast with what is behind it than WCAG 2.2, 1.4.3 (AA) asks."""
NAMELESS = """() => {
  const named = e => (e.getAttribute('aria-label') || '').trim() || (e.textContent || '').trim() || e.title ||
    (e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent || '').join('').trim() ||
    (e.labels && [...e.labels].map(l => l.textContent).join('').trim());
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=img], nav, form[role], fieldset';
  return [...document.querySelectorAll(all)].filter(e => !e.closest('[hidden]') && !named(e)).map(e => e.outerHTML.slice(0, 120));
}"""
"""Controls, pictures and landmarks without a name."""
TWICE = """(() => {
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
})()"""
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => !h.closest('[hidden]')).map(h => Number(h.tagName[1]))"
LOST = """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1)))
  .filter(id => id && !document.getElementById(id))"""
SMALL = """[...document.querySelectorAll('button, input:not([type=hidden]):not([type=checkbox]), select, .site-nav a')]
  .filter(e => !e.closest('[hidden]') && e.offsetWidth)
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()]).filter(([, b]) => b.width < 24 || b.height < 24).map(([html]) => html)"""
"""Targets smaller than WCAG 2.2, 2.5.8 asks (links within text excepted)."""
POSITIVE = "[...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0).length"
FOCUS = """(() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return e === document.body ? null : [e.outerHTML.slice(0, 120), [...document.querySelectorAll('*')].indexOf(e), marked];
})()"""
"""What has the focus, where in the page it stands, and whether one sees it; null where nothing has it."""
STEPS = 25
"""Presses of the Tab key with which a page is walked."""


def example_journal(path: Path) -> Journal:
    """A journal with the example reports, and a convention of many parties from a depositary's table."""
    journal, reference = Journal.open(path), load_reference()
    for _ in add(journal, gather([str(EXAMPLES / "*.txt"), str(EXAMPLES / "*.html")]), reference):
        pass
    rows = "".join(f"{name},{1 + n} Feb 2001,{2 + n} Mar 2002\n" for n, name in enumerate(MEMBERS))
    content = (HEAD + rows + "Austria,9 Feb 2001,\n").encode()
    table = import_table(content, "99-1.csv", reference, "Convention on Lighthouses", date(2015, 3, 14))
    keep_read(journal, [(table.document, content, table.statements)])
    return journal


class Served:
    """A running site: its address, and the library it reads."""

    def __init__(self, url: str, library: Library) -> None:
        self.url, self.library, self.journal = url, library, library.journal


@contextmanager
def serving(journal: Journal, **settings: object) -> Iterator[Served]:
    """The site over a journal, on a free port of loopback."""
    library = Library(journal, load_reference(), clock=lambda: DAY)
    library.refresh()
    app = make_app(Settings(journal=journal.name, **settings), library)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(f"http://127.0.0.1:{port}", library)
    finally:
        server.should_exit = True
        thread.join(10)


def follow(page, target) -> None:
    """Clicks what leads to another page, and waits until that stands there whole."""
    with page.expect_navigation():
        target.click()


def faults_at_all_widths(page) -> list[str]:
    """What is wrong with a page, unfolded, at any width, in light or dark colours."""
    unfold(page)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES[width]:
            page.emulate_media(color_scheme=scheme)
            faults = faults_of(page) if scheme == "light" else page.evaluate(CONTRAST)
            found += [f"{width}, {scheme}: {fault}" for fault in faults]
    return found


def walk(page) -> list[int]:
    """Goes through a page with the Tab key: where each stop stands in the page. Every stop but the first must be seen."""
    places = []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            break
        outer, place, is_marked = stop
        assert is_marked or not places, outer
        places.append(place)
    return places


def faults_of(page) -> list[str]:
    """What is wrong with a page for those who read it in another way, or on another screen."""
    width = page.viewport_size["width"]
    levels = page.evaluate(HEADINGS)
    skips = [f"h{a} then h{b}" for a, b in pairwise(levels) if b > a + 1]
    found = {
        "poor contrast": page.evaluate(CONTRAST),
        "nameless": page.evaluate(NAMELESS),
        "ids twice": page.evaluate(TWICE),
        "lost targets": page.evaluate(LOST),
        "small targets": page.evaluate(SMALL),
        "headings": skips + ([] if levels.count(1) == 1 else [f"{levels.count(1)} first headings"]),
        "wider than the screen": [w for w in [page.evaluate("document.documentElement.scrollWidth")] if w > width],
        "tab order by number": [n for n in [page.evaluate(POSITIVE)] if n],
        "landmarks": [role for role in ("banner", "main", "contentinfo") if page.get_by_role(role).count() != 1],
    }
    return [f"{what}: {which}" for what, which in found.items() if which]


def unfold(page) -> None:
    """Opens everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
