"""Feeds are asked politely, only for what is new, and go on from where the last look ended; changes are what is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from foedus.errors import InputError
from foedus.gathering import feeds
from foedus.gathering.feeds import MOST_LOOKS, Feed, FeedList, Memory, Poller, feeds_in
from foedus.gathering.posting import post
from foedus.gathering.shipped_data import shipped_lexicons
from foedus.journal.arrivals import Arrival
from foedus.journal.record import Journal
from foedus.serving import watch_command
from foedus.serving.cli import main

SIGNED = (
    "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra. The two countries share the river."
)
FORCE = (
    "The Volta Water Sharing Treaty between Ghana and Togo entered into force on 1 July 2022. "
    "The two countries exchanged the instruments of ratification on 1 June 2022."
)
ATOM = "{http://www.w3.org/2005/Atom}"


def entry(name: str, at: str, day: str) -> str:
    return f"<item><title>{name}</title><link>{at}/{name}</link><guid>{name}</guid><pubDate>{day} 08:00:00 GMT</pubDate></item>"


class Site:
    """A site on 127.0.0.1 with a feed and its pages; what was asked of it is counted."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str]] = {"/robots.txt": (404, "")}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.posted: list[bytes] = []
        self.etag = '"one"'
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                status, content = site.pages.get(self.path, (404, ""))
                if self.path == "/feed" and status == 200 and self.headers.get("If-None-Match") == site.etag:
                    status, content = 304, ""
                body = content.encode()
                self.send_response(status)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                if self.path == "/feed":
                    self.send_header("ETag", site.etag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                site.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def lists(self, *entries: tuple[str, str, str], etag: str) -> None:
        items = "".join(entry(name, self.url, day) for name, _, day in entries)
        self.etag = etag
        self.pages["/feed"] = (
            200,
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example Agency</title>{items}</channel></rss>',
        )
        for name, text, _ in entries:
            self.pages[f"/{name}"] = (
                200,
                f"<html><head><title>{name}</title></head><body><article><p>{text}</p></article></body></html>",
            )


FIRST = ("signed", SIGNED, "Tue, 04 May 2021")
SECOND = ("force", FORCE, "Sat, 02 Jul 2022")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.lists(FIRST, etag='"one"')
    yield site
    site.server.shutdown()


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = datetime(2022, 1, 1, tzinfo=UTC)
        self.waits: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)


def poller(site: Site, folder: Path, time: Time, **feed: object) -> Poller:
    listed = FeedList(feed=(Feed(url=f"{site.url}/feed", **feed),), allowed=(site.host,))  # type: ignore[arg-type]
    return Poller(listed, Memory(folder / "feeds.state.json"), shipped_lexicons()["en"], time, time.sleep)


def looked(one: Poller) -> tuple[list[Arrival], list[str]]:
    found = [arrival for feed in one.due() for arrival in one.look(feed)]
    one._memory.keep()
    return [a for a in found if isinstance(a, Arrival)], [str(a) for a in found if isinstance(a, InputError)]


def test_an_entry_comes_once_with_its_page_its_day_and_its_publisher(site: Site, tmp_path: Path) -> None:
    time = Time()
    one = poller(site, tmp_path, time)
    (arrival,), errors = looked(one)
    assert errors == []
    assert SIGNED in arrival.document.text
    assert arrival.document.url == f"{site.url}/signed"
    assert arrival.document.publisher == "Example Agency"
    assert arrival.document.published[0].on.edtf == "2021-05-04"
    assert b"<article>" in arrival.original
    time.now += timedelta(hours=1)
    assert looked(one) == ([], [])
    site.lists(SECOND, FIRST, etag='"two"')
    time.now += timedelta(hours=1)
    (arrival,), errors = looked(one)
    assert FORCE in arrival.document.text
    assert site.asked.count("/signed") == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    time = Time()
    looked(poller(site, tmp_path, time))
    time.now += timedelta(hours=1)
    site.pages["/feed"] = (200, "no feed at all: a conditional request never sees this")
    assert looked(poller(site, tmp_path, time)) == ([], [])


def test_it_goes_on_after_a_restart_from_where_it_was(site: Site, tmp_path: Path) -> None:
    time = Time()
    looked(poller(site, tmp_path, time))
    again = poller(site, tmp_path, time)
    assert again.due() == ()
    again.wait()
    assert time.waits[-1] == pytest.approx(900, abs=5)
    assert [feed.url for feed in again.due()] == [f"{site.url}/feed"]
    assert looked(again) == ([], [])


def test_one_site_is_asked_with_pauses(site: Site, tmp_path: Path) -> None:
    time = Time()
    looked(poller(site, tmp_path, time))
    assert [round(wait, 1) for wait in time.waits] == [2.0]


def test_a_feed_that_fails_is_asked_ever_more_rarely(site: Site, tmp_path: Path) -> None:
    time = Time()
    site.pages["/feed"] = (500, "")
    one = poller(site, tmp_path, time, every=100)
    waits = []
    for _ in range(3):
        _, errors = looked(one)
        assert "answers 500" in errors[0]
        due = Memory(tmp_path / "feeds.state.json").of(one.listed.feed[0]).due
        assert due is not None
        waits.append(round((due - time.now).total_seconds()))
        time.now = due
    assert waits == [200, 400, 800]
    site.lists(FIRST, etag='"one"')
    assert len(looked(one)[0]) == 1


def test_a_site_that_says_when_to_come_back_is_obeyed(site: Site, tmp_path: Path) -> None:
    time = Time()
    site.pages["/feed"] = (429, "")
    site.headers = {"Retry-After": "7200"}
    one = poller(site, tmp_path, time, every=60)
    looked(one)
    due = Memory(tmp_path / "feeds.state.json").of(one.listed.feed[0]).due
    assert due is not None and (due - time.now).total_seconds() == pytest.approx(7200, abs=5)


def test_where_a_page_cannot_be_had_the_words_of_the_feed_are(site: Site, tmp_path: Path) -> None:
    site.pages["/signed"] = (403, "")
    site.pages["/feed"] = (
        200,
        site.pages["/feed"][1].replace("</title><link>", f"</title><description>{SIGNED}</description><link>"),
    )
    (arrival,), errors = looked(poller(site, tmp_path, Time()))
    assert SIGNED in arrival.document.text
    assert "answers 403" in errors[0]


def test_a_feed_that_lists_nothing_for_the_moment_has_not_failed(site: Site, tmp_path: Path) -> None:
    site.lists(etag='"none"')
    one = poller(site, tmp_path, Time(), every=100)
    assert looked(one) == ([], [])
    assert Memory(tmp_path / "feeds.state.json").of(one.listed.feed[0]).failures == 0
    site.pages["/feed"] = (200, "<html><body>This is no feed.</body></html>")
    (tmp_path / "other").mkdir()
    _, errors = looked(poller(site, tmp_path / "other", Time()))
    assert "has no entry that can be read" in errors[0]


def test_a_page_that_cannot_be_had_for_the_moment_is_asked_for_again(site: Site, tmp_path: Path) -> None:
    """Though the feed has not changed meanwhile, and whoever watches was started anew."""
    time, page = Time(), site.pages["/signed"]
    site.pages["/signed"] = (503, "")
    found, errors = looked(poller(site, tmp_path, time, every=100))
    assert found == [] and "answers 503" in errors[0]
    time.now += timedelta(seconds=101)
    site.pages["/signed"] = page
    (arrival,), errors = looked(poller(site, tmp_path, time, every=100))
    assert SIGNED in arrival.document.text and errors == []
    time.now += timedelta(seconds=101)
    assert looked(poller(site, tmp_path, time, every=100)) == ([], [])


def test_a_page_that_never_comes_is_given_up_for_the_words_of_the_feed(site: Site, tmp_path: Path) -> None:
    time = Time()
    site.pages["/signed"] = (503, "")
    words = site.pages["/feed"][1].replace("</title><link>", f"</title><description>{SIGNED}</description><link>")
    site.pages["/feed"] = (200, words)
    looks: list[tuple[list[Arrival], list[str]]] = []
    for _ in range(40):
        looks.append(looked(poller(site, tmp_path, time, every=100)))
        time.now += timedelta(seconds=100)
    assert sum(len(errors) for _, errors in looks) == site.asked.count("/signed") == MOST_LOOKS
    assert [SIGNED in arrival.document.text for found, _ in looks for arrival in found] == [True]


def test_a_site_that_says_when_its_page_is_back_is_obeyed(site: Site, tmp_path: Path) -> None:
    time, page = Time(), site.pages["/signed"]
    site.pages["/signed"], site.headers = (503, ""), {"Retry-After": "1000"}
    looked(poller(site, tmp_path, time, every=100))
    site.pages["/signed"] = page
    for _ in range(9):
        time.now += timedelta(seconds=101)
        assert looked(poller(site, tmp_path, time, every=100))[0] == []
    time.now += timedelta(seconds=101)
    assert len(looked(poller(site, tmp_path, time, every=100))[0]) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_wants_fewer_requests_is_left_alone_with_all_its_pages(
    site: Site, tmp_path: Path, status: int
) -> None:
    time, pages = Time(), {}
    site.lists(FIRST, SECOND, etag='"both"')
    for page in ("/signed", "/force"):
        pages[page], site.pages[page] = site.pages[page], (status, "")
    site.headers = {"Retry-After": "1000"}
    one = poller(site, tmp_path, time, every=100)
    found, errors = looked(one)
    assert found == [] and len(errors) == 1 and "in 1000 seconds" in errors[0]
    assert sum(path in pages for path in site.asked) == 1, "the second page is not even asked for"
    site.pages |= pages
    time.now += timedelta(seconds=1001)
    assert len(looked(poller(site, tmp_path, time, every=100))[0]) == 2, "nothing is lost, also after a restart"


def test_another_feed_of_a_site_that_wants_fewer_requests_waits_too(site: Site, tmp_path: Path) -> None:
    time = Time()
    site.pages["/feed"], site.headers = (429, ""), {"Retry-After": "7200"}
    listed = FeedList(feed=(Feed(url=f"{site.url}/feed"), Feed(url=f"{site.url}/more")), allowed=(site.host,))
    memory = Memory(tmp_path / "s.json")
    one = Poller(listed, memory, shipped_lexicons()["en"], time, time.sleep)
    assert len(looked(one)[1]) == 1
    assert "/more" not in site.asked
    due = memory.of(listed.feed[1]).due
    assert due is not None and (due - time.now).total_seconds() == pytest.approx(7200, abs=5)


@pytest.mark.parametrize(("wanted", "waits"), [("7", 7.0), ("0.5", 2.0), ("99999", 30.0)])
def test_a_site_is_asked_as_slowly_as_its_robots_txt_wants(
    site: Site, tmp_path: Path, wanted: str, waits: float
) -> None:
    time = Time()
    site.pages["/robots.txt"] = (200, f"User-agent: *\nCrawl-delay: {wanted}\nDisallow: /secret")
    assert len(looked(poller(site, tmp_path, time))[0]) == 1
    assert [round(wait, 1) for wait in time.waits] == [waits]


def test_what_robots_txt_forbids_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    site.pages["/robots.txt"] = (200, "User-agent: *\nDisallow: /")
    found, errors = looked(poller(site, tmp_path, Time()))
    assert (found, len(errors)) == ([], 1)
    assert "robots.txt" in errors[0]
    assert site.asked == ["/robots.txt"]


def test_without_the_allow_list_an_inner_address_is_refused(site: Site, tmp_path: Path) -> None:
    listed = FeedList(feed=(Feed(url=f"{site.url}/feed"),))
    time = Time()
    one = Poller(listed, Memory(tmp_path / "s.json"), shipped_lexicons()["en"], time, time.sleep)
    _, errors = looked(one)
    assert "loopback" in errors[0]
    assert site.asked == []


def test_the_allow_list_of_the_configuration_counts_for_feeds_too(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = tmp_path / "own.toml"
    settled.write_text(f'[fetch]\nallowed = ["{site.url.partition("//")[2]}"]')
    monkeypatch.setenv("FOEDUS_CONFIG", str(settled))
    listed = FeedList(feed=(Feed(url=f"{site.url}/feed"),))
    time = Time()
    found, errors = looked(Poller(listed, Memory(tmp_path / "s.json"), shipped_lexicons()["en"], time, time.sleep))
    assert found and not errors


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("feed = 3", "no list of feeds"),
        ('[[feed]]\nurl = "ftp://example.org/feed"', "no address of a feed"),
        ('[[feed]]\nurl = "https://example.org/feed"\nevery = 5', "every = 60"),
        ('[[feed]]\nurl = "https://example.org/feed"\nevry = 500', "evry"),
        ('[[feed]]\nurl = "https://example.org/feed"\nevery = inf', "31536000 the most"),
        ("feed = []", "lists no feed"),
    ],
)
def test_a_wrong_list_is_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(InputError, match=says):
        feeds_in(tmp_path / "feeds.toml")


def many(site: Site, number: int, etag: str) -> None:
    entries = [(f"n{n}", f"{SIGNED} Report {n} of that week.", "Tue, 04 May 2021") for n in range(number)]
    site.lists(*entries, etag=etag)


def test_a_feed_may_list_more_than_is_remembered_of_others(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "REMEMBERED", 2)
    time = Time()
    many(site, 6, '"one"')
    assert len(looked(poller(site, tmp_path, time))[0]) == 6
    many(site, 7, '"two"')
    time.now += timedelta(hours=1)
    (arrival,), _ = looked(poller(site, tmp_path, time))
    assert "Report 6" in arrival.document.text
    site.lists(FIRST, etag='"three"')
    time.now += timedelta(hours=1)
    looked(poller(site, tmp_path, time))
    assert len(Memory(tmp_path / "feeds.state.json").of(poller(site, tmp_path, time).listed.feed[0]).seen) == 3


def test_entries_that_have_nothing_but_words_are_told_apart(site: Site, tmp_path: Path) -> None:
    items = f"<item><description>{SIGNED}</description></item><item><description>{FORCE}</description></item>"
    site.pages["/feed"] = (200, f'<rss version="2.0"><channel><title>Example Agency</title>{items}</channel></rss>')
    found, errors = looked(poller(site, tmp_path, Time()))
    assert ([SIGNED in a.document.text for a in found], errors) == ([False, True], [])


def test_a_page_that_holds_no_document_is_one_error(site: Site, tmp_path: Path) -> None:
    site.lists(("empty.jsonl", SIGNED, "Tue, 04 May 2021"), etag='"two"')
    site.pages["/empty.jsonl"] = (200, "\ufeff\n")
    _, errors = looked(poller(site, tmp_path, Time()))
    assert "holds no document" in errors[0]


@pytest.mark.parametrize("wait", ["\xb2", "9" * 400, "soon", "Mon, 01 Jan 99999 00:00:00 GMT"])
def test_a_site_cannot_stop_the_watch_by_what_it_says_of_itself(site: Site, tmp_path: Path, wait: str) -> None:
    site.pages["/feed"] = (503, "")
    site.headers = {"Retry-After": wait}
    time = Time()
    one = poller(site, tmp_path, time)
    assert len(looked(one)[1]) == 1
    due = Memory(tmp_path / "feeds.state.json").of(one.listed.feed[0]).due
    assert due is not None and due <= time.now + timedelta(days=1)


def test_a_state_file_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "feeds.state.json").mkdir()
    with pytest.raises(InputError, match="remove it"):
        Memory(tmp_path / "feeds.state.json")


def test_broken_off_between_two_batches_it_goes_on_with_the_second(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_command, "BATCH", 2)
    many(site, 5, '"one"')

    def killed(memory: Memory) -> None:
        memory.keep()
        raise KeyboardInterrupt

    with Journal.open(tmp_path / "f.db") as journal:
        first = poller(site, tmp_path, Time())
        with pytest.raises(KeyboardInterrupt):
            watch_command._looked(first, journal, True, lambda: killed(first._memory))
        assert len(journal) == 2
        again = poller(site, tmp_path, Time())
        assert watch_command._looked(again, journal, True, again._memory.keep)
        assert len(journal) == 5
    pages = [path for path in site.asked if path.startswith("/n")]
    assert len(pages) - len(set(pages)) <= 1, "only what was fetched and not yet stored is fetched again"


def test_a_webhook_that_is_no_address_is_one_error() -> None:
    with pytest.raises(InputError, match="no address for a webhook"):
        post("https://[::1", b"{}")


def watched(folder: Path, *more: str) -> str:
    done = CliRunner().invoke(
        main, ["watch", str(folder / "feeds.toml"), "--once", "--journal", str(folder / "f.db"), *more]
    )
    assert done.exit_code == 0, done.output
    return done.output


def due_again(folder: Path) -> None:
    state = folder / "feeds.state.json"
    kept = json.loads(state.read_text())
    state.write_text(json.dumps(kept | {"feeds": {url: look | {"due": None} for url, look in kept["feeds"].items()}}))


def test_watching_tells_changes_of_status_and_nothing_twice(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        f'allowed = ["{site.host}"]\npause = 0\nwebhook = "{site.url}/hook"\n[[feed]]\nurl = "{site.url}/feed"\n'
    )
    first = watched(tmp_path)
    assert "Ghana and Volta Water Sharing Treaty: none before, signatory now" in first
    assert "Togo and Volta Water Sharing Treaty: none before, signatory now" in first
    due_again(tmp_path)
    assert watched(tmp_path) == ""
    site.lists(SECOND, FIRST, etag='"two"')
    due_again(tmp_path)
    news = [json.loads(line) for line in watched(tmp_path, "--json").splitlines()]
    assert [(n["kind"], n["state"], n["was"], n["is"]) for n in news if n["kind"] == "status"] == [
        ("status", "GHA", "signatory", "party"),
        ("status", "TGO", "signatory", "party"),
    ]
    assert [len(json.loads(body)["news"]) for body in site.posted] == [2, len(news)]


def test_what_came_in_before_the_watch_was_ended_is_told_by_the_next(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feeds.toml").write_text(f'allowed = ["{site.host}"]\npause = 0\n[[feed]]\nurl = "{site.url}/feed"\n')
    told = watch_command._told

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watch_command, "_told", killed)
    ended = CliRunner().invoke(
        main, ["watch", str(tmp_path / "feeds.toml"), "--once", "--journal", str(tmp_path / "f.db")]
    )
    assert ended.exit_code == 1 and ended.stdout == ""
    monkeypatch.setattr(watch_command, "_told", told)
    assert "Ghana and Volta Water Sharing Treaty: none before, signatory now" in watched(tmp_path)
    assert site.asked.count("/signed") == 1
    due_again(tmp_path)
    assert watched(tmp_path) == ""


def test_a_file_of_an_older_foedus_says_where_its_looks_ended(site: Site, tmp_path: Path) -> None:
    time, state = Time(), tmp_path / "feeds.state.json"
    looked(poller(site, tmp_path, time))
    state.write_text(json.dumps(json.loads(state.read_text())["feeds"]))
    time.now += timedelta(hours=1)
    memory = Memory(state)
    assert memory.untold is None and memory.of(poller(site, tmp_path, time).listed.feed[0]).seen == ["signed"]
    state.write_text('{"feeds": 3}')
    with pytest.raises(InputError, match="remove it, and all entries count as new"):
        Memory(state)


def test_an_atom_file_keeps_what_was_told_before(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'allowed = ["{site.host}"]\npause = 0\n[[feed]]\nurl = "{site.url}/feed"\n')
    out = tmp_path / "news.atom"
    watched(tmp_path, "--format", "atom", "-o", str(out))
    site.lists(SECOND, FIRST, etag='"two"')
    due_again(tmp_path)
    watched(tmp_path, "--format", "atom", "-o", str(out))
    titles = [e.findtext(f"{ATOM}title") for e in ElementTree.parse(out).iter(f"{ATOM}entry")]
    assert sorted(t or "" for t in titles if t and "signatory → party" in t) == [
        "gha-tgo-2021: GHA: signatory → party",
        "gha-tgo-2021: TGO: signatory → party",
    ]
    assert any(t and "none → signatory" in t for t in titles)


def test_what_changed_since_a_day_or_a_report(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'allowed = ["{site.host}"]\npause = 0\n[[feed]]\nurl = "{site.url}/feed"\n')
    watched(tmp_path)
    assert "none before, signatory now" in watched(tmp_path, "--since", "2021-01-01")
    with Journal.open(tmp_path / "f.db") as journal:
        (report,) = journal.documents()
    assert watched(tmp_path, "--since", report.id) == ""
    site.lists(SECOND, FIRST, etag='"two"')
    due_again(tmp_path)
    watched(tmp_path)
    assert "signatory before, party now" in watched(tmp_path, "--since", report.id), "on the same day, and later"
    done = CliRunner().invoke(
        main,
        ["watch", str(tmp_path / "feeds.toml"), "--once", "--since", "yesterday", "--journal", str(tmp_path / "f.db")],
    )
    assert done.exit_code == 2
    assert "neither a day" in done.output
