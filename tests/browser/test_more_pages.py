"""States, sources and the documentation in a real Chromium: at three widths, light and dark, with the keyboard, printed."""

import re

import pytest
from site_in_browser import faults_at_all_widths, follow, walk

PAGES = {
    "states": "/states",
    "states, some": "/states?q=korea",
    "states, none": "/states?q=zzz",
    "a state": "/states/RUS",
    "a state in October": "/states/RUS?on=2024-10-25&known=2024-10-26",
    "a signatory": "/states/AUT",
    "a state without treaties": "/states/SWE",
    "no such state": "/states/Narnia",
    "sources": "/sources",
    "sources, none": "/sources?q=zzz",
    "told first": "/sources/cases?publisher=Example+Gazette&of=first",
    "told otherwise": "/sources/cases?publisher=Example+Gazette&of=contradicted",
    "documentation": "/docs",
    "titles": "/docs?q=scan",
    "titles, none": "/docs?q=zzz",
    "tutorial": "/docs/tutorial",
    "guide": "/docs/how-to/run-a-team-server",
    "commands": "/docs/reference/commands",
    "rules": "/docs/reference/reading-rules",
    "procedures": "/docs/reference/procedures",
    "diagrams": "/docs/status",
    "method": "/docs/method",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everybody_and_walked_with_the_keyboard(visit, name: str) -> None:
    page = visit(PAGES[name])
    places = walk(page)
    assert len(places) > 5 and places == sorted(places)
    assert faults_at_all_widths(page) == []


def test_a_state_leads_to_its_treaty_its_road_and_its_deadlines(visit) -> None:
    page = visit("/states")
    page.get_by_label("Name or code").fill("russia")
    follow(page, page.locator(".days button"))
    follow(page, page.get_by_role("link", name=re.compile("^Russia ")))
    assert page.url.endswith("/states/RUS")
    assert sorted(page.locator(".stands-list .status-word").all_inner_texts()) == ["party", "terminated"]
    page.get_by_role("link", name="Road to ratification").click()
    assert "Requires a majority of all 450 deputies (226)." in page.locator("#road").inner_text()
    assert page.locator("#road .badge", has_text="source not yet verified").count() > 0
    follow(page, page.locator(".stands-list a").first)
    assert "/treaties/prk-rus-2" in page.url


def test_a_state_is_asked_about_another_day(visit) -> None:
    page = visit("/states/RUS")
    page.get_by_label("Where it stands on").fill("2024-10-25")
    page.get_by_label("as known on").fill("2024-11-08")
    follow(page, page.get_by_role("button", name="Show"))
    assert page.locator(".stands-list .status-word").first.inner_text() == "signatory"
    organs = page.locator("#waits .organ h3").all_inner_texts()
    assert any("President" in organ for organ in organs)
    follow(page, page.get_by_role("link", name="Today", exact=True))
    assert page.url.endswith("/states/RUS")


def test_a_count_leads_to_its_cases_and_a_case_to_its_words(visit) -> None:
    page = visit("/sources")
    names = [name.casefold() for name in page.locator("tbody th").all_inner_texts()]
    assert names == sorted(names) and len(names) > 2
    row = page.get_by_role("row", name=re.compile("^Example Gazette"))
    follow(page, row.locator("td[data-name='Told otherwise elsewhere'] a"))
    assert "6 November 2024" in page.locator(".case-list").inner_text()
    follow(page, page.locator(".case-list h3 a").first)
    assert page.locator(".asked-words").count() > 0


def test_documentation_is_found_by_title_and_read_in_order(visit) -> None:
    page = visit("/docs")
    page.get_by_label("Find a page or a heading").fill("exit")
    follow(page, page.locator(".hero-search button"))
    follow(page, page.get_by_role("link", name="Exit codes").first)
    assert page.get_by_role("heading", level=1).inner_text() == "Exit codes"
    follow(page, page.get_by_role("link", name=re.compile("^←")))
    assert page.get_by_role("heading", level=1).inner_text() == "JSON schemas"
    assert page.locator(".docs-nav a[aria-current=page]").inner_text() == "JSON schemas"


def test_a_narrow_screen_has_the_contents_one_link_away(visit) -> None:
    page = visit("/docs/tutorial", 390)
    assert page.locator(".docs-nav").is_hidden()
    follow(page, page.get_by_role("link", name="All pages"))
    assert page.url.endswith("/docs") and page.locator(".docs-cards a").count() > 15


def test_what_is_copied_from_a_command_has_no_prompt(visit) -> None:
    page = visit("/docs/tutorial")
    copied = page.evaluate(
        "(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('pre.console'));"
        "const s = getSelection(); s.removeAllRanges(); s.addRange(range); return s.toString(); })()"
    )
    assert copied.strip() == "make demo"


@pytest.mark.parametrize("name", ["a state", "sources", "tutorial"])
def test_a_page_prints_without_its_controls(visit, name: str) -> None:
    page = visit(PAGES[name])
    page.emulate_media(media="print")
    assert page.locator(".site-head").is_hidden() and page.locator("main").is_visible()
    hidden = page.locator(".days, .tabs, .docs-side, .pager").all()
    assert hidden and not any(one.is_visible() for one in hidden)
