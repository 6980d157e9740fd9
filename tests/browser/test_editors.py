"""Editors in a real browser: signing in, ruling, undoing, entering a statement; without scripts too; and nothing hostile runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_in_browser import DAY, Served, example_journal, faults_at_all_widths, follow, serving, unfold
from test_hostile_reports import HELD, SCHEMES, STRANGE, STRINGS, hostile_reports

from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference
from foedus.serving.accounts import LIMITS, make_account
from foedus.serving.library import Library

TREATY = "/editor/treaties/prk-rus-2024"
TOKENS: dict[str, str] = {}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a journal with the examples, closed."""
    path = tmp_path_factory.mktemp("examples") / "foedus.db"
    with example_journal(path) as journal:
        Library(journal, load_reference(), clock=lambda: DAY).refresh()
    return path


@pytest.fixture
def edited(examples: Path, tmp_path: Path) -> Iterator[Served]:
    """A site of its own, since what editors do stays."""
    with Journal.open(shutil.copy(examples, tmp_path)) as journal, serving(journal) as site:
        TOKENS[site.url] = make_account(journal, "Harbour desk", may_edit=True, author="keeper")
        yield site


def signed_in(visit, site: Served, path: str, width: int = 1024, **more):
    page = visit(path, width, site=site, **more)
    page.get_by_label("Token").fill(TOKENS[site.url])
    follow(page, page.get_by_role("button", name="Sign in"))
    assert page.url == site.url + path
    return page


def shown_act(page, title: str):
    return page.locator(".worklist > li").filter(has=page.locator(".work-head", has_text=title)).first


def test_an_editor_signs_in_rules_and_undoes_without_scripts(visit, edited: Served) -> None:
    page = signed_in(visit, edited, TREATY, java_script_enabled=False)
    acts = page.locator("#acts-h .count")
    before = int(acts.inner_text())
    shown_act(page, "Approval").locator(".work-head").get_by_role("checkbox").check()
    page.locator("#note-chosen").fill("a misprint")
    page.locator("#source-chosen").fill("https://gazette.example/7")
    follow(page, page.get_by_role("button", name="are not what was said"))
    assert page.get_by_role("status").inner_text().startswith("Recorded: reject")
    assert int(acts.inner_text()) == before - 1
    follow(page, page.locator(".signed-in").get_by_role("link", name="All rulings"))
    ruling = page.locator(".worklist > li").first
    assert "by Harbour desk" in ruling.inner_text() and "a misprint" in ruling.inner_text()
    ruling.locator("summary").click()
    follow(page, ruling.get_by_role("button", name="Undo"))
    assert page.get_by_role("status").inner_text().startswith("Recorded: undo")
    assert "undone" in page.locator(".worklist > li").nth(1).inner_text()
    page.goto(edited.url + TREATY)
    assert int(acts.inner_text()) == before


def test_acts_are_merged_split_and_set(visit, edited: Served) -> None:
    page = signed_in(visit, edited, TREATY)
    acts = page.locator("#acts-h .count")
    before = int(acts.inner_text())
    signature = shown_act(page, "Signature")
    signature.locator("summary").click()
    signature.get_by_role("checkbox").nth(1).check()
    follow(page, signature.get_by_role("button", name="Those ticked"))
    assert page.get_by_role("status").inner_text().startswith("Recorded: different")
    assert int(acts.inner_text()) == before + 1
    for one in page.locator(".work-head", has_text="Signature").all()[:2]:
        one.get_by_role("checkbox").check()
    follow(page, page.get_by_role("button", name="are one act"))
    assert int(acts.inner_text()) == before
    signature = shown_act(page, "Signature")
    signature.locator("summary").click()
    form = signature.get_by_role("form", name="Set a field")
    form.get_by_label("to", exact=True).fill("2024-06-18")
    follow(page, form.get_by_role("button", name="Set"))
    assert "18 June 2024" in shown_act(page, "Signature").inner_text()
    assert [r.verb for r in edited.journal.all_rulings()] == ["different", "same", "set"]
    assert {r.author for r in edited.journal.all_rulings()} == {"Harbour desk"}
    acts_shown = acts.inner_text()
    page.goto(edited.url + "/treaties/prk-rus-2024")
    marked = page.locator(".timeline-list > li").filter(has=page.locator(".when", has_text="18 June 2024"))
    assert marked.count() == 1 and "As an editor ruled (set, Harbour desk)" in marked.inner_text()
    assert 0 < page.locator(".timeline-list > li", has=page.locator(".ruled")).count() < int(acts_shown)
    follow(page, marked.locator(".ruled a").last)
    assert page.url.endswith(f"/rulings#{edited.journal.all_rulings()[-1].id}")


def test_what_does_not_fit_is_said_and_what_was_written_stays(visit, edited: Served) -> None:
    page = signed_in(visit, edited, "/editor/state?treaty=prk-rus-2024")
    page.get_by_label("What is stated").select_option("deposit")
    page.get_by_label("Day", exact=True).fill("soon")
    page.get_by_label("or the title of a source").fill("Gazette no. 9")
    follow(page, page.get_by_role("button", name="Enter it"))
    assert '"soon" is no EDTF date' in page.get_by_role("alert").inner_text()
    assert page.get_by_label("What is stated").input_value() == "deposit"
    assert page.get_by_label("Treaty").input_value() == "prk-rus-2024"
    page.get_by_label("Day", exact=True).fill("2024-12-06")
    page.get_by_label("States", exact=True).fill("Russia, PRK")
    follow(page, page.get_by_role("button", name="Enter it"))
    assert "Entered by Harbour desk" in page.locator(".note").inner_text()
    page.goto(edited.url + "/rulings")
    assert "by Harbour desk" in page.locator(".worklist > li").last.inner_text()
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_statement_by_hand_is_taken_back_and_counts_again(visit, edited: Served) -> None:
    page = signed_in(visit, edited, "/editor/state?treaty=prk-rus-2024", java_script_enabled=False)
    page.get_by_label("What is stated").select_option("deposit")
    page.get_by_label("or the title of a source").fill("Gazette no. 9")
    page.get_by_label("States", exact=True).fill("PRK")
    follow(page, page.get_by_role("button", name="Enter it"))
    page.goto(edited.url + "/editor")
    entry = page.locator("section", has=page.locator("#entries-h")).locator(".worklist > li")
    entry.locator("summary").click()
    entry.get_by_label("Why").fill("another treaty was meant")
    follow(page, entry.get_by_role("button", name="Take back"))
    assert page.get_by_role("status").inner_text().startswith("Recorded: reject")
    page.goto(edited.url + "/editor")
    assert "taken back" in entry.inner_text() and entry.locator("summary").count() == 0
    (stated,) = edited.journal.entries()
    assert edited.journal.rulings()[0].args == (stated.id,)
    page.locator(".worklist > li").first.locator("summary").click()
    follow(page, page.get_by_role("button", name="Undo"))
    assert "taken back" not in entry.inner_text() and entry.locator("summary").count() == 1


def test_a_form_of_another_session_is_refused(visit, edited: Served) -> None:
    page = signed_in(visit, edited, TREATY)
    page.evaluate("document.querySelectorAll('[name=csrf]').forEach(e => { e.value = 'forged'; })")
    page.locator('.worklist input[name="id"]').first.check()
    follow(page, page.get_by_role("button", name="are not what was said"))
    assert page.locator(".notice").inner_text().startswith("403")
    assert edited.journal.all_rulings() == ()


def test_guessing_tokens_is_soon_over(visit, edited: Served) -> None:
    page = visit("/editor", site=edited)
    for _ in range(LIMITS["sign-in"].most - 1):
        form = {"csrf": page.locator("main [name=csrf]").input_value(), "token": "guess"}
        assert page.context.request.post(f"{edited.url}/editor/sign-in", form=form).status == 403
    page.get_by_label("Token").fill("guess")
    follow(page, page.get_by_role("button", name="Sign in"))
    assert "does not count" in page.get_by_role("alert").inner_text()
    page.get_by_label("Token").fill(TOKENS[edited.url])
    follow(page, page.get_by_role("button", name="Sign in"))
    assert page.get_by_role("heading", level=1).inner_text() == "Too many requests"


def test_the_pages_of_editors_are_for_everybody(visit, edited: Served) -> None:
    page = visit("/editor/sign-in", site=edited)
    assert faults_at_all_widths(page) == []
    page = signed_in(visit, edited, "/editor")
    report = edited.journal.listed()[0].id
    for path in ("/editor", "/rulings", TREATY, f"/editor/reports/{report}", "/editor/state"):
        page.goto(edited.url + path)
        assert faults_at_all_widths(page) == [], path


def test_hostile_reports_stay_inert_where_editors_rule_on_them(visit, edited: Served, tmp_path: Path) -> None:
    file = hostile_reports(tmp_path / "reports.jsonl")
    before = {one.id for one in edited.journal.listed()}
    for _ in add(edited.journal, gather([str(file)]), load_reference()):
        pass
    edited.library.refresh()
    page = signed_in(visit, edited, "/editor", 390)
    documents = [one.id for one in edited.journal.listed(limit=2 * len(HELD)) if one.id not in before]
    assert len(documents) == len(HELD)
    treaties = [f"/editor/treaties/{treaty.id}" for treaty in edited.library.edition.treaties]
    for path in (*treaties, *(f"/editor/reports/{id_}" for id_ in documents), f"/editor/state?document={documents[0]}"):
        page.goto(edited.url + path)
        unfold(page)
        assert page.evaluate(STRANGE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_what_editors_write_stays_inert(visit, edited: Served) -> None:
    """Notes, sources, citations and names are shown to everybody: nothing in them runs, loads or leads away."""
    journal = edited.journal
    statement = next(s for s in edited.library.edition.statements_of(journal.listed()[0].id))
    for words in STRINGS:
        journal.append_ruling("same", statement.id, statement.id, author=f"Desk {words}", note=words, source=words)
        journal.note_deed(words, "rule", words)
    page = signed_in(visit, edited, "/editor/state", 390)
    for words in (" ".join(STRINGS), *SCHEMES[:1]):
        page.goto(edited.url + "/editor/state")
        for label, value in (("Treaty", "prk-rus-2024"), ("Place", words), ("Organ or person", words), ("or the title", words),
                             ("Its publisher", words), ("Its address", words), ("The words", words)):  # fmt: skip
            page.get_by_label(label).first.fill(value)
        page.get_by_label("What is stated").select_option("deposit")
        follow(page, page.get_by_role("button", name="Enter it"))
        assert "/reports/" in page.url and page.evaluate(STRANGE) == [], words
    for path in (
        "/rulings",
        "/editor",
        TREATY,
        "/treaties/prk-rus-2024",
        "/editor/state?treaty=%22%3E%3Cimg%20src=x%3E",
    ):
        page.goto(edited.url + path)
        unfold(page)
        assert page.evaluate(STRANGE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
