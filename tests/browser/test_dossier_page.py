"""The dossier page in a real Chromium: wide and narrow, light and dark, with and without scripts."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms"))
import dossier_case as case

from foedus.serving.dossier_page import dossier_html

LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
CONTRAST = """selectors => {
  const channel = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const parse = css => css.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const behind = e => {
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] !== 0) return c; }
    return [255, 255, 255];
  };
  return selectors.flatMap(s => [...document.querySelectorAll(s)].slice(0, 40).map(e => {
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    return [s, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
  }));
}"""
INKS = [
    "body",
    "h1",
    "h2",
    "p",
    "a",
    "dt",
    ".detail",
    ".badge",
    ".chip",
    ".ref",
    "mark",
    ".furniture",
    ".truth",
    ".by",
    ".refuted",
    ".law",
    ".kicker",
    "code",
]
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))"
LOST = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id))"""


@pytest.fixture(scope="module")
def pages(browser) -> Iterator:
    from kept_pages import Pages

    yield Pages(browser)


@pytest.fixture
def opened(pages, tmp_path: Path) -> Iterator:
    """Opens a page; on leaving, nothing may have been fetched, said on the console or thrown."""
    pages.allowed = ("file:", "data:")

    def open_page(html: str, width: int = 1280, scheme: str = "light", **more):
        path = tmp_path / "dossier.html"
        path.write_text(html, encoding="utf-8")
        page = pages.take(width, scheme, **more)
        page.goto(path.as_uri())
        return page

    yield open_page
    assert pages.put_back() == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", ["october", "january", "silent"])
def test_the_page_fits_and_can_be_read(opened, name: str, width: int, scheme: str) -> None:
    page = opened(dossier_html(getattr(case, name)()), width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    poor = [(selector, round(ratio, 2)) for selector, ratio in page.evaluate(CONTRAST, INKS) if ratio < 4.5]
    assert poor == []


def test_headings_are_in_order_and_landmarks_are_there(opened) -> None:
    page = opened(dossier_html(case.october()))
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("img").count() >= 5


def test_every_link_has_its_target(opened) -> None:
    assert opened(dossier_html(case.october())).evaluate(LOST) == []


def test_the_marks_are_in_the_text(opened) -> None:
    page = opened(dossier_html(case.october()))
    dossier = case.october()
    for name in ("vote-a", "submit-b", "article4-a", "ministry-a"):
        statement = case.S[name]
        label = dossier.labels[statement.id]
        marked = page.evaluate(
            f"[...document.querySelectorAll('mark[data-labels~=\"{label}\"]')].map(m => m.textContent).join('')"
        )
        for quote in statement.evidence:
            assert quote.exact in marked


def test_a_label_leads_to_the_words_and_the_words_to_the_statement(opened) -> None:
    page = opened(dossier_html(case.october()))
    label = case.october().labels[case.S["vote-a"].id]
    page.locator(f"#act-a_duma a.chip[href='#in-{label}']").click()
    assert page.url.endswith(f"#in-{label}")
    assert page.locator("mark.lit").count() > 2
    page.locator(f"#in-{label}").click()
    assert page.url.endswith(f"#statement-{label}")
    page.locator(f"#statement-{label} >> text=used here").click()
    assert page.url.endswith("#act-a_duma")


def test_a_reference_shows_its_words_on_focus_and_hides_them_on_escape(opened) -> None:
    page = opened(dossier_html(case.october()))
    page.locator("#act-a_duma a.chip").first.focus()
    preview = page.locator(".preview")
    assert preview.is_visible() and "ratified the North Korea pact" in preview.inner_text() + page.inner_text(
        "#sources"
    )
    page.keyboard.press("Escape")
    assert preview.is_hidden()


def test_the_keyboard_reaches_the_content_and_unfolds_a_proof(opened) -> None:
    page = opened(dossier_html(case.october()))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("#status details.why").first.get_attribute("open") is not None


def test_the_page_works_without_scripts(opened) -> None:
    page = opened(dossier_html(case.october()), java_script_enabled=False)
    page.locator("#status details.why > summary").first.click()
    assert page.locator("#status .proof-tree").first.is_visible()
    label = case.october().labels[case.S["vote-a"].id]
    page.locator(f"#act-a_duma a.chip[href='#in-{label}']").click()
    assert page.url.endswith(f"#in-{label}")


def test_it_prints_with_its_statements_and_without_its_controls(opened) -> None:
    page = opened(dossier_html(case.october()))
    page.emulate_media(media="print")
    assert page.locator(".contents").is_hidden() and page.locator(".statements li").first.is_visible()


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=https://evil.example/x onerror=alert(1)>',
        "javascript:alert(1)",
        "</style><style>@import 'https://evil.example/x';</style>",
        "<svg/onload=alert(1)>",
        "wide" * 400,
    ],
)
def test_a_hostile_report_stays_inert(opened, words: str) -> None:
    page = opened(dossier_html(case.hostile(words)), 390)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.querySelectorAll('a[href^=\"javascript\"], img, [onerror], [onload]').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
