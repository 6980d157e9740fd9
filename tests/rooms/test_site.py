"""How the site answers, without a browser: caching, guards, errors, what a public site shows, and the next edition."""

import gzip
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.documents.document import Document
from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference
from foedus.serving.accounts import make_account
from foedus.serving.cli import main
from foedus.serving.keeping_values import Kept
from foedus.serving.kept_pages import PageStore, kept_page
from foedus.serving.library import Asked, Edition, Library
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings
from foedus.terms.dates import DateRange

DAY = date(2033, 5, 20)
SIGNED = """CHISINAU, March 3 (Example Wire) - Moldova and Portugal signed the Moldova-Portugal Extradition Treaty on March 3, 2033 in Lisbon.

The foreign minister of Moldova said the harbour talks were over. Nothing else in this report is about treaties at all.
"""
RATIFIED = """LISBON, April 9 (Example Post) - The parliament of Portugal ratified the Moldova-Portugal Extradition Treaty
on April 9, 2033 by 140 votes to 12.
"""
OTHER = """QUITO, April 1 (Example Post) - Ecuador and Chad signed the Ecuador-Chad Fisheries Agreement on April 1, 2033 in Quito.
"""
UNTOLD = "Nothing else in this report"


def put(journal: Journal, folder: Path, name: str, text: str, published: date) -> None:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    for _ in add(journal, gather([str(file)], published=DateRange.of(published)), load_reference()):
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SimpleNamespace]:
    with Journal.open(tmp_path / "foedus.db") as journal:
        put(journal, tmp_path, "signed.txt", SIGNED, date(2033, 3, 3))
        yield opened(journal, tmp_path)


def opened(journal: Journal, folder: Path, base: str = "http://localhost", **settings: object) -> SimpleNamespace:
    clock = [DAY]
    library = Library(journal, load_reference(), clock=lambda: clock[0])
    library.refresh()
    app = make_app(Settings(journal=journal.name, **settings), library)
    client = TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)
    return SimpleNamespace(
        app=app, get=client.get, post=client.post, library=library, journal=journal, folder=folder, clock=clock
    )


def opened_to_a_reader(site: SimpleNamespace, **settings: object) -> SimpleNamespace:
    """A public site, and somebody with an account who has signed in."""
    public = opened(site.journal, site.folder, "https://192.0.2.1", host="192.0.2.1", **settings)
    token = make_account(site.journal, f"Reader {len(settings)}", may_edit=False, author="keeper")
    page = public.get("/editor/sign-in").text
    public.post("/editor/sign-in", data={"csrf": re.search(r'name="csrf" value="([^"]+)"', page)[1], "token": token})
    return public


def only_treaty(site: SimpleNamespace) -> str:
    (treaty,) = site.library.edition.treaties
    return f"/treaties/{treaty.id}"


def only_report(site: SimpleNamespace) -> Document:
    return next(iter(site.journal.documents()))


def test_a_page_is_not_sent_twice_to_whoever_has_it(site) -> None:
    first = site.get(only_treaty(site))
    assert first.status_code == 200 and first.headers["cache-control"] == "no-cache"
    again = site.get(only_treaty(site), headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    assert site.get(only_treaty(site), headers={"if-none-match": '"other"'}).status_code == 200


def test_a_page_is_the_same_compressed_and_plain(site) -> None:
    packed, plain = (site.get("/treaties", headers={"accept-encoding": how}) for how in ("gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.text == plain.text and packed.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("path", ["/", "/treaties", "/nowhere", "/reports/d_0000000000000000", "/search?q=treaty"])
def test_every_answer_forbids_what_is_not_the_sites_own(site, path: str) -> None:
    headers = site.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/treaties", "/reports", "/compare", "/obligations", "/search?q=treaty", "/nowhere"]
)
def test_no_page_has_a_script_or_style_of_its_own(site, path: str) -> None:
    html = site.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_other_hosts_are_refused_on_loopback(site) -> None:
    assert site.get("/", headers={"host": "localhost:8765"}).status_code == 200
    assert site.get("/", headers={"host": "evil.example"}).status_code == 421
    assert site.get("/", headers={"host": "127.0.0.1.evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere", 404, "There is no such page"),
        ("/treaties/atlantis", 404, "No treaty fits"),
        ("/treaties?on=tomorrow", 400, "is no day; write it as 2024-10-25"),
        ("/treaties?page=7", 400, "page=1 to page=1"),
        ("/reports/d_0000000000000000", 404, "There is no document d_0000000000000000"),
        ("/compare?r=a&r=b", 400, "The journal holds no report"),
        ("/compare?r=1&r=2&r=3&r=4&r=5&r=6&r=7", 400, "choose 2 to 6"),
    ],
)
def test_an_error_says_what_would_have_worked(site, path: str, status: int, says: str) -> None:
    answer = site.get(path)
    assert answer.status_code == status and says in answer.text.replace("&#34;", '"')
    assert answer.headers["cache-control"] == "no-store"


def test_words_of_a_report_have_an_address_and_others_have_none(site) -> None:
    report = only_report(site)
    assert site.get(f"/reports/{report.id}?quote=0-8").status_code == 200
    for words in ("8-0", f"0-{len(report.text) + 1}", "a-b", "-1-4"):
        assert site.get(f"/reports/{report.id}?quote={words}").status_code == 400


def test_a_public_site_shows_the_sentences_that_statements_quote_and_no_more(site) -> None:
    address = f"/reports/{only_report(site).id}"
    public = opened_to_a_reader(site)
    assert UNTOLD in site.get(address).text
    for path in (address, f"{address}?quote=0-{len(only_report(site).text)}"):
        assert UNTOLD not in public.get(path).text and "signed the Moldova-Portugal" in public.get(path).text
    assert UNTOLD in opened_to_a_reader(site, full_text=True).get(address).text


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "beyond loopback the site demands accounts"),
        (["--name", "treaties.example"], "beyond loopback the site demands accounts"),
        (["--journal", "nowhere.db"], "there is no journal"),
        (["--port", "0"], "0 is not in the range"),
    ],
)
def test_serve_refuses_in_one_line(site, options: list[str], says: str) -> None:
    answer = CliRunner().invoke(main, ["serve", "--journal", site.journal.name, *options])
    assert answer.exit_code == 2 and says in answer.output and answer.output.count("\n") == 1


def test_serve_says_when_a_port_is_taken(site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(main, ["serve", "--journal", site.journal.name, "--port", port])
    assert answer.exit_code == 2 and f"127.0.0.1:{port}: cannot listen there" in answer.output


@pytest.mark.parametrize(("options", "opened"), [([], []), (["--open"], ["http://127.0.0.1:8765/"])])
def test_serve_opens_the_browser_once_it_listens(site, monkeypatch, options: list[str], opened: list[str]) -> None:
    launched: list[str] = []
    monkeypatch.setattr("click.launch", launched.append)
    monkeypatch.setattr("foedus.serving.site.serve", lambda settings, told: told())
    answer = CliRunner().invoke(main, ["serve", "--journal", site.journal.name, *options])
    assert answer.exit_code == 0 and "serves it at http://127.0.0.1:8765/" in answer.output and launched == opened


def test_serve_ends_quietly_when_it_is_interrupted(site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "foedus", "serve", "--journal", site.journal.name, "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert "serves it at" in server.stdout.readline()
        while not _listens(int(port)):
            time.sleep(0.05)
        server.send_signal(signal.SIGINT)
        out, fault = server.communicate(timeout=60)
    assert (server.returncode, out, fault) == (0, "", "")


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as asked:
            asked.sendall(b"GET /static/none/x HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return bool(asked.recv(1))
    except OSError:
        return False


def test_what_is_added_is_shown_by_the_next_edition(site) -> None:
    before = site.get(only_treaty(site))
    put(site.journal, site.folder, "ratified.txt", RATIFIED, date(2033, 4, 10))
    assert site.get(only_treaty(site)).text == before.text
    site.library.refresh()
    after = site.get(only_treaty(site))
    assert "140 for, 12 against" in after.text and after.headers["etag"] != before.headers["etag"]


def test_a_dossier_rests_on_its_own_documents_and_rulings_and_the_day(site) -> None:
    treaty = only_treaty(site).rpartition("/")[2]

    def rests_on() -> tuple[str, str]:
        edition = site.library.refresh()
        return edition.rests_on(treaty), edition.rests_on(treaty, Asked(known=date(2033, 4, 1)))

    seen = [rests_on()]
    put(site.journal, site.folder, "other.txt", OTHER, date(2033, 4, 1))
    seen.append(rests_on())
    assert seen[1][0] == seen[0][0] and seen[1][1] != seen[0][1], "of another treaty, which an earlier day may know"
    assert site.get(f"/treaties/{treaty}").text.count("<time") > 0
    put(site.journal, site.folder, "ratified.txt", RATIFIED, date(2033, 4, 9))
    seen.append(rests_on())
    statement = site.library.edition.statements_of(only_report(site).id)[0]
    site.journal.append_ruling("reject", statement.id, author="keeper")
    seen.append(rests_on())
    site.clock[0] += timedelta(days=1)
    seen.append(rests_on())
    assert len({today for today, _ in seen}) == 4
    assert site.library.edition.rests_on("no-such-treaty") == site.library.edition.tag


def test_a_dossier_that_was_prepared_is_not_made_again(site, monkeypatch) -> None:
    (page,) = (route for route in site.app.routes if route.name == "treaty")
    asked, edition = only_treaty(site), site.library.edition
    site.library.prepare(edition, asked.rpartition("/")[2])
    monkeypatch.setattr(page, "_view", lambda edition, request: "made anew")
    assert "Extradition Treaty" in site.get(asked).text
    assert site.get(f"{asked}?on=2033-03-02").text == "made anew"
    monkeypatch.setattr(PageStore, "has_room", False)
    site.clock[0] += timedelta(days=1)
    site.library.prepare(site.library.refresh(), asked.rpartition("/")[2])
    assert site.get(asked).text == "made anew", "there was no room for the page of that day"


def test_the_library_prepares_every_treaty_and_goes_on_after_a_fault(site) -> None:
    put(site.journal, site.folder, "other.txt", OTHER, date(2033, 4, 1))
    prepared, done = [], threading.Event()

    def prepare(edition: Edition, treaty: str) -> None:
        prepared.append(treaty)
        if len(prepared) == len(edition.treaties):
            done.set()
        raise ValueError(treaty)

    site.library.prepare = prepare
    edition = site.library.refresh()
    assert done.wait(20) and prepared == [treaty.id for treaty in edition.treaties] and len(prepared) == 2


def test_a_search_goes_through_all_that_it_finds_page_by_page(site) -> None:
    for number in range(23):
        put(site.journal, site.folder, f"n{number}.txt", OTHER + "The quay was busy. " * number, date(2033, 4, 1))
    site.library.refresh()
    pages = [site.get(f"/search?q=fisheries&page={page}").text for page in (1, 2)]
    assert '<span class="count">23</span>' in pages[0] and "1 to 20 of them" in pages[0] and "21 to 23" in pages[1]
    reports = [re.findall(r'<h3><a href="/reports/(d_\w+)', page) for page in pages]
    assert [len(found) for found in reports] == [20, 3] and len({id_ for found in reports for id_ in found}) == 23
    assert (
        'rel="next" href="/search?q=fisheries&amp;page=2"' in pages[0]
        and site.get("/search?q=fisheries&page=3").status_code == 400
    )
    part = site.get("/api/v1/search?q=fisheries&limit=5&offset=20").json()
    assert part["total"] == 23 and [item["id"] for item in part["items"]] == reports[1]
    assert "no word to search for" in site.get("/search?q=%21%3F").text


def test_an_edition_stays_while_nothing_is_added_and_the_day_is_the_same(site) -> None:
    first = site.library.edition
    assert site.library.refresh() is first
    site.clock[0] = DAY + timedelta(days=1)
    assert site.library.refresh() is not first
    assert site.library.edition.today == site.clock[0]


def test_a_site_that_is_not_ready_says_so_and_asks_to_come_back(site) -> None:
    library = Library(site.journal, load_reference())
    client = TestClient(make_app(Settings(journal=site.journal.name), library), base_url="http://localhost")
    answer = client.get("/")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "2"
    assert '<meta http-equiv="refresh"' in answer.text


def test_files_are_kept_for_good_under_the_hash_of_their_content(site) -> None:
    (address,) = re.findall(r"/static/\w+/site\.css", site.get("/").text)
    assert "immutable" in site.get(address).headers["cache-control"]
    assert site.get(address.replace("site.css", "..%2Fsite.py")).status_code == 404
    assert site.get("/static/000000000000/site.css").status_code == 404


def test_reports_stand_in_the_order_of_the_days_that_the_list_shows(site) -> None:
    put(site.journal, site.folder, "ratified.txt", RATIFIED, date(2033, 4, 9))
    put(site.journal, site.folder, "between.txt", OTHER, date(2033, 4, 1))
    site.library.refresh()
    html = site.get("/reports").text
    days = re.findall(r'<time datetime="([^"]+)">', html)
    assert len(days) >= 3 and days == sorted(days, reverse=True) and "the newest first." in html


def test_a_page_that_does_not_fit_the_disk_is_given_all_the_same() -> None:
    store = PageStore()
    store._file.execute("drop table pages")
    page = store.put(("a",), kept_page("a" * 10))
    assert page.content == b"a" * 10 and store.get(("a",)) is None and ("a",) not in store


def test_the_page_store_forgets_what_is_used_least() -> None:
    store = PageStore(most=30)
    for name in ("a", "b", "c"):
        assert store.has_room
        store.put((name,), kept_page(name * 10))
    assert not store.has_room
    assert store.get(("a",)) is not None
    store.put(("d",), kept_page("d" * 10))
    assert [name for name in "abcd" if store.get((name,))] == ["a", "c", "d"]


def test_a_kept_page_holds_its_text_compressed() -> None:
    page = kept_page("treaty " * 1_000)
    assert page.is_packed and gzip.decompress(page.content) == b"treaty " * 1_000 and page.size < 200


def test_a_value_is_made_once_and_a_failure_is_not_kept() -> None:
    kept, made = Kept(most=2), []

    def make(value: int) -> int:
        made.append(value)
        return value

    assert [kept.once("a", lambda: make(1)) for _ in range(3)] == [1, 1, 1]
    with pytest.raises(ZeroDivisionError):
        kept.once("b", lambda: 1 // 0)
    assert kept.once("b", lambda: make(2)) == 2 and made == [1, 2]
    kept.once("c", lambda: make(3))
    assert kept.once("a", lambda: make(4)) == 4
