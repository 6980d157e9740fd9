"""The pages of the site in a real Chromium: at three widths, light and dark, with the keyboard, without scripts."""

import re

import pytest
from site_in_browser import DAY, Served, faults_at_all_widths, follow, walk

TREATY = "/treaties/prk-rus-2024"
FIRST = "[...document.querySelectorAll('*')].indexOf(document.querySelector('.skip'))"
ATTACK = "/obligations?on=2024-12-10&predicate=armed-attack&who=KOR&whom=North+Korea&truth=true"


def reports(served: Served) -> list[str]:
    return [one.id for one in sorted(served.journal.listed(), key=lambda one: one.name)]


def address(served: Served, page: str) -> str:
    """The address of a page by its name in `PAGES`."""
    ids = reports(served)
    chosen = "&".join(f"r={id_}" for id_ in ids[2:6])
    return PAGES[page].format(
        report=ids[2], four="/compare?" + chosen, six="/compare?" + "&".join(f"r={i}" for i in ids[:6])
    )


PAGES = {
    "home": "/",
    "home since a day": "/?since=2024-10-20",
    "treaties": "/treaties",
    "treaties, none": "/treaties?q=zzz",
    "dossier": TREATY,
    "dossier in October": TREATY + "?on=2024-10-25&known=2024-10-26",
    "dossier before all": TREATY + "?known=2020-01-01",
    "dossier of many parties": "/treaties/un-99-1",
    "one of many parties": "/treaties/un-99-1?state=CHL",
    "reports": "/reports",
    "report": "/reports/{report}",
    "words of a report": "/reports/{report}?quote=10-60#quote",
    "choosing reports": "/compare?treaty=prk-rus-2024",
    "one report chosen": "/compare?r={report}",
    "four reports": "{four}",
    "six reports": "{six}",
    "obligations": "/obligations",
    "an attack": ATTACK,
    "an unknown state": "/obligations?predicate=armed-attack&who=Narnia&whom=PRK&truth=true",
    "search": "/search?q=duma",
    "search, none": "/search?q=zzzz",
    "no such page": "/nowhere",
    "no such day": "/treaties?on=tomorrow",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_and_walked_by_everybody_and_says_where_its_facts_come_from(
    visit, served: Served, name: str
) -> None:
    page = visit(address(served, name).partition("#")[0])
    foot = page.get_by_role("contentinfo")
    assert foot.get_by_role("heading", name="Where the facts come from").count() == 1
    assert foot.get_by_role("heading", name="This is not legal advice").count() == 1
    places = walk(page)
    assert len(places) > 5 and places == sorted(places)
    assert page.locator(".skip").count() == 1 and places[0] == page.evaluate(FIRST)
    assert faults_at_all_widths(page) == []


def test_the_front_page_leads_to_a_dossier_and_back(visit) -> None:
    page = visit("/")
    follow(page, page.get_by_role("link", name=re.compile("^Comprehensive Strategic Partnership")).first)
    assert page.url.endswith(TREATY)
    assert page.get_by_text("The treaty has been in force since 4 December 2024.").count() == 1
    follow(page, page.get_by_role("link", name="Foedus, home"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Where treaties stand")


def test_what_changed_is_told_since_the_day_chosen(visit) -> None:
    page = visit("/")
    page.get_by_label("The last thirty days").fill("2024-11-10")
    follow(page, page.locator(".since").get_by_role("button"))
    news = page.locator(".news").first.inner_text()
    assert "Entry into force" in news and "Approval by the State Duma" not in news


def test_a_browser_that_was_here_before_is_offered_what_changed_since(visit) -> None:
    page = visit("/")
    assert page.locator(".last-visit").is_hidden()
    page.evaluate("localStorage.setItem('foedus-last-visit', '[\"2024-10-01\"]')")
    page.reload()
    follow(page, page.get_by_role("link", name="Since your last visit, 1 October 2024"))
    assert page.url.endswith("/?since=2024-10-01")


def test_the_dossier_answers_for_another_day(visit) -> None:
    page = visit(TREATY)
    page.get_by_label("Where it stands on").fill("2024-10-25")
    page.get_by_label("as known on").fill("2024-10-26")
    follow(page, page.get_by_role("button", name="Show"))
    assert page.get_by_text("The treaty is not in force on 25 October 2024.").count() == 1
    assert page.locator(".status-word").all_inner_texts() == ["signatory", "signatory"]
    follow(page, page.locator(".steps a[rel=prev]"))
    assert "on=2024-10-24" in page.url and "known=2024-10-26" in page.url
    follow(page, page.get_by_role("link", name="Today", exact=True))
    assert page.url.endswith(TREATY)


def test_many_states_stand_in_a_grid_and_each_has_its_proof(visit) -> None:
    page = visit("/treaties/un-99-1")
    groups = {g.locator("h3").inner_text(): g.locator("li").count() for g in page.locator(".party-group").all()}
    assert sum(groups.values()) == 9 and any("Signatory" in heading for heading in groups)
    follow(page, page.locator(".party-grid").get_by_role("link", name="Chile"))
    assert page.url.endswith("state=CHL#state-CHL")
    one = page.locator("#state-CHL")
    assert "Chile" in one.inner_text() and one.locator(".changes tbody tr").count() > 0
    one.locator("details.why > summary").first.click()
    assert one.locator(".proof-tree").first.is_visible()
    empty = {id_: page.locator(f"#{id_}").inner_text() for id_ in ("road", "next", "provisions", "claims", "issues")}
    assert "each state takes its own road" in empty["road"] and "cannot be told" in empty["next"]
    assert "No report tells" in empty["provisions"] and "No report tells" in empty["claims"]


def test_a_label_of_the_dossier_leads_to_the_marked_words(visit) -> None:
    page = visit(TREATY)
    chip = page.locator(".timeline-list a.chip").first
    words = chip.get_attribute("data-words")
    follow(page, chip)
    assert re.search(r"/reports/d_\w+#s_\w+$", page.url)
    lit = "".join(page.locator("mark.lit").all_inner_texts())
    assert lit and (lit in words or words in lit)


def test_a_mark_shows_its_statement_and_rules_on_hover_and_focus(visit, served: Served) -> None:
    page = visit(address(served, "report"))
    card = page.locator(".note-card")
    assert card.is_hidden()
    page.locator("mark[data-labels]").first.hover()
    card.wait_for(state="visible")
    assert "Approval" in card.inner_text() and page.locator(".note-card code").count() > 0
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.locator("a.ref").nth(1).focus()
    assert card.is_visible() and page.locator("mark.lit").count() > 0
    page.locator("a.ref").nth(1).blur()
    assert card.is_hidden() and page.locator("mark.lit").count() == 0


def test_a_tap_shows_the_statement_at_the_foot_of_the_screen(visit, served: Served) -> None:
    page = visit(address(served, "report"), 390, has_touch=True, is_mobile=True)
    page.locator("mark[data-labels]").nth(1).tap()
    box = page.locator(".note-card").bounding_box()
    assert box["y"] + box["height"] > 800 and box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_words_that_several_statements_rest_on_show_them_all(visit, served: Served) -> None:
    page = visit(address(served, "report"))
    shared = page.locator("mark[data-labels*=' ']").first
    labels = shared.get_attribute("data-labels").split()
    shared.hover()
    page.locator(".note-card").wait_for(state="visible")
    assert page.locator(".note-card .note").count() == min(4, len(labels)) > 1


@pytest.mark.parametrize("name", ["report", "words of a report"])
def test_the_whole_text_stands_there_with_every_statement_marked(visit, served: Served, name: str) -> None:
    page = visit(address(served, name))
    document = served.journal.document(reports(served)[2])
    page.evaluate("document.querySelectorAll('.text a.ref').forEach(ref => ref.replaceChildren())")
    shown = page.locator(".text").text_content()
    assert "".join(shown.split()) == "".join(document.text.split())
    notes = page.locator(".note").count()
    assert notes == len(served.library.edition.statements_of(document.id)) == page.locator("a.ref").count()


def test_the_words_that_an_address_asks_for_are_marked(visit, served: Served) -> None:
    page = visit(address(served, "words of a report"))
    asked = "".join(page.locator(".asked-words").all_inner_texts())
    assert "".join(asked.split()) == "".join(served.journal.document(reports(served)[2]).text[10:60].split())


def test_pages_work_without_scripts(visit, served: Served) -> None:
    page = visit(address(served, "report"), java_script_enabled=False)
    page.locator("a.ref").first.click()
    assert page.locator(".note:target").count() == 1
    page.locator(".note:target summary").click()
    assert page.locator(".note:target code").first.is_visible()
    page.locator("#site-q").fill("duma")
    follow(page, page.locator(".site-search button"))
    assert page.locator(".found li").count() > 2


def test_reports_are_chosen_and_compared(visit) -> None:
    page = visit("/compare?treaty=prk-rus-2024")
    for box in page.get_by_role("checkbox").all()[2:5]:
        box.check()
    follow(page, page.get_by_role("button", name="Compare them"))
    assert page.get_by_role("heading", level=1).inner_text() == "3 reports side by side"
    rows = page.locator(".row")
    assert rows.count() > 5
    for row in rows.all():
        assert row.locator(".cell").count() == 3
    agreed = page.locator("#agreed .row").filter(has_text="Approval by the State Duma")
    contradicted = page.locator("#contradicted .row").filter(has_text="Approval by the State Duma")
    assert agreed.count() + contradicted.count() == 1
    follow(page, page.locator(".cited-words a").first)
    assert re.search(r"/reports/d_\w+#s_\w+$", page.url)


def test_a_scenario_is_asked_in_the_form(visit) -> None:
    page = visit("/obligations")
    page.get_by_label("On", exact=True).fill("2024-12-10")
    page.locator("#who-1").fill("South Korea")
    page.locator("#whom-1").fill("PRK")
    follow(page, page.get_by_role("button", name="Ask"))
    assert "South Korea carries out an armed attack on North Korea" in page.locator(".supposing").inner_text()
    answer = page.locator(".answer").first
    assert "Russia" in answer.locator("h4").inner_text() and "whether" in answer.locator(".deciding").inner_text()
    answer.locator("details.why > summary").first.click()
    assert answer.locator(".proof-tree").first.is_visible()


def test_the_graph_says_in_words_what_it_draws_and_lights_up(visit) -> None:
    page = visit(ATTACK)
    graph = page.locator(".duty-graph svg.drawing")
    words = graph.locator("desc").text_content()
    assert "Russia toward North Korea: Art. 4: comes to its aid (cannot be told)" in words
    assert "South Korea toward North Korea: armed attack (supposed)" in words
    page.locator(".answer").first.hover()
    assert graph.locator(".arrow.lit").count() == 1 and graph.locator(".party.lit").count() == 2


def test_colours_can_be_chosen_and_are_remembered(visit) -> None:
    page = visit("/", scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.locator("button.theme")
    button.click()
    button.click()
    assert "always dark" in button.get_attribute("aria-label") and page.evaluate(ground) != light
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("name", ["dossier", "report", "four reports", "an attack"])
def test_a_page_prints_without_its_controls(visit, served: Served, name: str) -> None:
    page = visit(address(served, name))
    page.emulate_media(media="print")
    assert page.locator(".site-head").is_hidden() and page.locator("main").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


def test_a_printed_dossier_says_of_which_days_it_tells(visit) -> None:
    page = visit(TREATY + "?on=2024-10-25&known=2024-10-26")
    said = page.get_by_text("Where it stands on 25 October 2024, as known on 26 October 2024.")
    assert said.is_hidden()
    page.emulate_media(media="print")
    assert said.is_visible() and page.locator(".permanent").first.is_hidden()


def test_the_days_of_the_clock_are_those_of_the_forms(visit) -> None:
    assert visit(TREATY).locator("#on").input_value() == str(DAY)


def test_permanent_addresses_lead_back_to_where_they_stand(visit, served: Served) -> None:
    page = visit(TREATY)
    act = page.locator(".timeline-list > li").first
    id_ = act.get_attribute("id")
    act.get_by_role("link", name="Address").click()
    page.wait_for_url(f"**{TREATY}#{id_}")
    page.goto(served.url + f"/reports/{reports(served)[2]}")
    note = page.locator(".note").first
    note.locator(".rules > summary").click()
    follow(page, note.get_by_role("link", name="chars").first)
    assert page.locator("mark.asked-words").count() >= 1 and page.url.endswith("#quote")


def test_deadlines_are_offered_as_a_calendar(visit, served: Served) -> None:
    page = visit("/")
    for path in (page.get_by_role("link", name="All deadlines as a calendar").get_attribute("href"), TREATY):
        if path == TREATY:
            page.goto(served.url + TREATY)
            path = page.get_by_role("link", name="Its deadlines (iCalendar)").get_attribute("href")
        answer = page.request.get(served.url + path)
        assert answer.status == 200 and answer.headers["content-type"].startswith("text/calendar")


def test_more_facts_unfold_and_are_asked_with_the_others(visit) -> None:
    page = visit("/obligations")
    assert page.locator("#who-2").is_visible() and not page.locator("#who-3").is_visible()
    page.locator("#who-1").fill("KOR")
    page.locator("#whom-1").fill("PRK")
    page.get_by_text("Suppose more").click()
    page.locator("#predicate-3").select_option("state-of-war")
    page.locator("#who-3").fill("PRK")
    follow(page, page.get_by_role("button", name="Ask"))
    assert "North Korea is in a state of war" in page.locator(".supposing").inner_text()
    assert page.locator("#who-2").input_value() == "PRK", "what is filled in stands together"


def test_a_graph_of_few_fits_a_telephone(visit) -> None:
    page = visit(ATTACK, 390)
    box = page.locator(".duty-graph svg.drawing").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
