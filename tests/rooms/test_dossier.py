"""What a dossier shows: the same facts in the value, as JSON, in the terminal and on the page."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import dossier_case as case
import jsonschema
import msgspec
import pytest

from foedus.serving.dossier import Dossier, Topic
from foedus.serving.dossier_json import as_json, dossier_schema
from foedus.serving.dossier_page import FOLDED, chapters_of, dossier_html, statement_words
from foedus.serving.dossier_text import dossier_text, timeline_text
from foedus.serving.evidence_marks import marked_paragraphs
from foedus.serving.rendering import web_address
from foedus.serving.wording import nothing_awaited
from foedus.statements.statement import Claim, ProvisionMention, Statement
from foedus.status.standings import ForceOfTreaty
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote, Stance
from foedus.terms.proof import Proof, Truth

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}{% for a in b %}",
    "</style></script><svg onload=alert(1)>",
    "a\x1b[31m red \u202ederorrim",
    "' onmouseover='alert(1)",
]
CASES = {"october": case.october, "january": case.january, "silent": case.silent}


class Elements(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def entry(dossier: Dossier, act: str):
    return next(entry for entry in dossier.timeline if entry.act.id == act)


def topic(dossier: Dossier, about: str | None) -> Topic:
    return next(topic for topic in dossier.topics if topic.about == about)


def test_the_treaty_is_what_the_findings_say() -> None:
    facts = case.october().facts
    assert (facts.articles, facts.duration, facts.entry_into_force) == (23, "indefinite", "exchange")
    assert set(facts.areas) == set(case.AREAS)


def test_a_false_finding_is_no_fact() -> None:
    false = msgspec.structs.replace(case.FINDINGS[0], truth=case.Truth.FALSE)
    dossier = case.october(lambda register: msgspec.structs.replace(register, findings=(false,)))
    assert dossier.facts.articles is None


def test_the_timeline_is_in_the_order_of_days_with_the_undated_last() -> None:
    acts = [entry.act.id for entry in case.october().timeline]
    assert acts == ["a_sign", "a_submit", "a_duma", "a_council_expected", "a_old", "a_exchange_expected"]


def test_marks_tell_what_happened_from_what_is_foreseen_and_denied() -> None:
    denied = msgspec.structs.replace(case.ACTS[0], factuality=Factuality.DENIED)
    dossier = case.october(lambda register: msgspec.structs.replace(register, acts=(*case.ACTS[1:], denied)))
    marks = {act: entry(dossier, act).mark for act in ("a_duma", "a_council_expected", "a_sign")}
    assert marks == {"a_duma": "solid", "a_council_expected": "hollow", "a_sign": "struck"}


def test_an_overtaken_expectation_names_what_came_instead() -> None:
    assert entry(case.october(), "a_old").overtaken == "Approval by the State Duma (Russia)"
    assert entry(case.october(), "a_council_expected").overtaken is None


def test_an_act_with_a_witness_against_it_is_contested() -> None:
    assert [e.act.id for e in case.january().timeline if e.contested] == ["a_decree"]


def test_a_vote_stands_beside_what_the_law_asks() -> None:
    (box,) = case.october().votes
    assert (box.requirement, box.met) == ("a majority of all 450 deputies", case.Truth.TRUE)


def test_claims_stand_for_and_against_with_disputed_topics_first() -> None:
    dossier = case.october()
    disputed = topic(dossier, "troop-deployment")
    assert dossier.topics[0] is disputed and dossier.topics[-1].about is None
    assert [claim.id for claim in disputed.asserted] == ["c_austin"]
    assert [claim.id for claim in disputed.denied] == ["c_ministry"]
    assert [claim.id for claim in topic(dossier, None).read_so] == ["c_hurry"]


def test_a_next_step_of_both_states_is_shown_once() -> None:
    awaited = [(a.step.kind, a.waiting) for a in case.october().awaited]
    assert awaited.count(("exchange", ("PRK", "RUS"))) == 1 and len(awaited) == 4


@pytest.mark.parametrize(
    ("truth", "until", "each_is_told", "says"),
    [
        (Truth.TRUE, None, True, "No further step is needed"),
        (Truth.TRUE, None, False, "What a state must do to be bound stands with its own entry."),
        (
            Truth.FALSE,
            None,
            True,
            "what it needs for that stands with its status. Reports name no next step.",
        ),
        (Truth.FALSE, None, False, "stands with its own entry."),
        (Truth.FALSE, DateRange.day(2031, 4, 2), True, "No step is awaited: the treaty ended 2 April 2031."),
        (Truth.UNKNOWN, None, True, "cannot be told"),
    ],
)
def test_where_no_step_is_listed_it_is_said_why(
    truth: Truth, until: DateRange | None, each_is_told: bool, says: str
) -> None:
    proof = Proof(says="", truth=truth, by="VCLT 24")
    force = ForceOfTreaty(treaty="t", truth=truth, until=until, proof=proof)
    assert says in nothing_awaited(force, each_is_told)
    assert ("No further step" in nothing_awaited(force, each_is_told)) == (truth is Truth.TRUE and each_is_told)
    assert "cannot be told" in nothing_awaited(None, each_is_told)


def test_of_many_acts_each_year_is_a_chapter_and_the_last_dated_one_is_open() -> None:
    (first, *_) = case.october().timeline
    days = [DateRange.day(2001 + n // 30, 5, 1 + n % 28) for n in range(FOLDED)] + [None, None]
    timeline = tuple(
        msgspec.structs.replace(first, number=n, act=msgspec.structs.replace(first.act, on=day))
        for n, day in enumerate(days, start=1)
    )
    chapters = [(c.heading, len(c.entries), c.is_open) for c in chapters_of(timeline)]
    assert chapters == [("2001", 30, False), ("2002", 30, True), ("no day known", 2, False)]
    assert [(c.heading, len(c.entries)) for c in chapters_of(timeline[: FOLDED - 1])] == [("", FOLDED - 1)]
    html = dossier_html(msgspec.structs.replace(case.october(), timeline=timeline))
    starts = [
        attributes.get("start") for tag, attributes in Elements(html).found if tag == "ol" and attributes.get("start")
    ]
    assert starts == ["1", "31", "61"] and html.count('<details class="chapter" open>') == 1


def test_a_refuted_candidate_date_is_shown_with_its_document() -> None:
    refuted = {w.publication.name: [c.on.edtf for c in w.refuted] for w in case.october().witnesses}
    assert refuted == {"courier-page.html": ["2024-11-21"], "wire-1024.txt": []}


def test_a_document_that_is_not_known_is_not_shown() -> None:
    assert "gazette-1205.txt" not in dossier_html(case.october()) + dossier_text(case.october())
    assert "gazette-1205.txt" in dossier_html(case.january())


@pytest.mark.parametrize("name", CASES)
def test_the_json_keeps_to_its_schema(name: str) -> None:
    jsonschema.validate(as_json(CASES[name]()), dossier_schema())


def test_the_json_has_the_shape_of_the_contract() -> None:
    shown = as_json(case.october())
    duma = next(act for act in shown["acts"] if act["id"] == "a_duma")
    step = next(p for p in shown["procedures"] if p["state"] == "RUS")["steps"][2]
    page = next(d for d in shown["documents"] if d["name"] == "courier-page.html")
    assert shown["schema_version"] == 1 and shown["treaty"]["articles"] == 23
    assert (duma["level"], duma["date"], duma["vote"]["for"], duma["truth"]) == ("D", "2024-10-24", 397, "true")
    assert (step["state_of_step"], step["met"]) == ("done", "true")
    assert (page["class"], page["published"], page["published_basis"]) == ("outlet", "2024-10-24", "inferred")
    assert page["published_possible"] == "2024-10-24/2024-10-30"
    assert shown["norms"][0]["conditions"]["op"] == "all"


def test_text_and_page_need_no_colour_and_no_script_to_say_it() -> None:
    dossier = case.october()
    for shown in (dossier_text(dossier, width=200), re.sub(r"<[^>]*>", "", dossier_html(dossier))):
        for words in (
            "The treaty is not in force on 25 October 2024.",
            "Russia is a signatory: it has signed and is not yet bound.",
            "397 for, 0 against, unanimous",
            "implied, not reported",
            "a majority of all 450 deputies",
            "Deputy Foreign Minister (Russia), Andrey Rudenko",
        ):
            assert words in shown
    assert "\x1b" not in dossier_text(dossier) and "\x1b" in dossier_text(dossier, colour=True)


def test_nothing_known_is_one_clear_line() -> None:
    line = "prk-rus-2024: no report is known by 1 June 2024; the journal holds 3 published later.\n"
    assert dossier_text(case.silent()) == timeline_text(case.silent()) == line
    assert "No report about this treaty is known by 1 June 2024" in dossier_html(case.silent())


def test_when_names_witnesses_and_losers() -> None:
    shown = timeline_text(case.january(), width=200)
    assert "witness: B1 wire-1024.txt: “passed … on Thursday" in shown
    assert "overruled: the date 21 November printed on courier-page.html is not its day" in shown
    assert "possible: 11 to 12 November 2024" in shown
    assert re.search(r"against: C\d gazette-1205.txt: “November 12”", shown)


def test_no_line_is_wider_than_the_terminal() -> None:
    assert max(map(len, dossier_text(case.january(), width=72).splitlines())) <= 72


@pytest.mark.parametrize("width", [40, 72])
def test_further_lines_hang_below_the_first(width: int) -> None:
    def issues(width: int) -> list[str]:
        return re.split("\n\n(?:WHERE|REPORTS).*\n", dossier_text(case.january(), width=width))[1].splitlines()

    assert all(line.startswith(("! ", "  ")) for line in issues(width))
    assert len(issues(width)) > len(issues(1000))
    assert " ".join(issues(width)).split() == " ".join(issues(1000)).split()


def test_a_terminal_too_narrow_for_words_still_gets_them() -> None:
    assert "…" in dossier_text(case.january(), width=3)


def test_a_false_duty_reads_as_none_found() -> None:
    page = dossier_html(case.october())
    assert "no duty found under this treaty, because it is not in force" in page
    assert "no duty found" not in dossier_html(case.january())
    assert "not legal advice" in page.lower()


@pytest.mark.parametrize("name", CASES)
def test_every_link_on_the_page_has_its_target(name: str) -> None:
    elements = Elements(dossier_html(CASES[name]())).found
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    targets = {
        attributes["href"] for tag, attributes in elements if tag == "a" and (attributes["href"] or "").startswith("#")
    }
    assert targets and targets <= {f"#{id_}" for id_ in ids}
    assert len(ids) == len(set(ids))


def test_marked_pieces_are_the_text_and_every_statement_has_its_reference() -> None:
    dossier = case.october()
    for witness in dossier.witnesses:
        paragraphs = marked_paragraphs(witness.document, witness.statements, dossier.labels)
        assert ["".join(piece.text for piece in p) for p in paragraphs] == [
            line for line in witness.document.text.split("\n") if line
        ]
        ends = [label for paragraph in paragraphs for piece in paragraph for label in piece.ends]
        assert sorted(ends) == sorted(dossier.labels[s.id] for s in witness.statements)


def test_the_words_of_a_statement_are_marked_with_its_label() -> None:
    dossier = case.october()
    label = dossier.labels[case.S["submit-b"].id]
    witness = next(w for w in dossier.witnesses if w.publication.id == case.B.id)
    pieces = [p for paragraph in marked_paragraphs(case.B, witness.statements, dossier.labels) for p in paragraph]
    core = [p.text for p in pieces if label in p.labels and p.is_core and p.text.strip()]
    assert "sent it to the State Duma" in core and "on October 14" in core
    assert all(not piece.labels for piece in pieces if piece.furniture)


def test_the_page_allows_only_its_own_style_and_script() -> None:
    page = dossier_html(case.october())
    elements = Elements(page).found
    policy = next(
        a["content"] for tag, a in elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert [tag for tag, _ in elements].count("script") == [tag for tag, _ in elements].count("style") == 1
    assert not [a for _, a in elements if "style" in a or "src" in a or any(key.startswith("on") for key in a)]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    dossier = case.hostile(words)
    page = dossier_html(dossier)
    elements = Elements(page).found
    assert [tag for tag, _ in elements].count("script") == 1
    assert not [a for tag, a in elements if tag == "img" or any(key.startswith("on") for key in a)]
    assert not [a for tag, a in elements if tag == "a" and (a["href"] or "").startswith("javascript")]
    assert "49" not in re.findall(r"<h1>.*?</h1>", page)[0]
    shown = dossier_text(dossier) + timeline_text(dossier)
    assert "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.parametrize(
    ("url", "is_link"), [("https://a.example/b", True), ("data:text/html,x", False), (" javascript:x", False)]
)
def test_only_web_addresses_become_links(url: str, is_link: bool) -> None:
    assert (web_address(url) is not None) is is_link


def test_the_same_dossier_gives_the_same_page() -> None:
    assert dossier_html(case.october()) == dossier_html(case.october())


def test_only_a_page_asks_what_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> dict[str, object]:
        raise LookupError("asked")

    monkeypatch.setattr("foedus.serving.dossier.translations_of", asked)
    assert dossier_text(case.january()) and timeline_text(case.january()) and as_json(case.january())
    with pytest.raises(LookupError, match="asked"):
        dossier_html(case.january())


def test_the_value_is_made_without_templates_or_terminal() -> None:
    code = (
        "import sys, foedus.serving.dossier, foedus.serving.dossier_json; print({'jinja2', 'rich'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            ProvisionMention(kind="secret-clauses", value="secret-clauses", absent=True),
            "Secret clauses: none, it is said",
        ),
        (ProvisionMention(kind="duration", article="22", value="indefinite"), "Duration, Article 22: indefinite"),
        (
            Claim(speaker=Agent(name="The Speaker"), stance=Stance.DENY, about="against-third"),
            "The Speaker denies (whether it is directed against third states)",
        ),
    ],
)
def test_a_statement_is_told_in_words_and_not_in_names_of_ours(content, words: str) -> None:
    statement = Statement(id="s", document="d", content=content, quote=Quote("d", 0, 1, "x"))
    assert statement_words(statement, {}) == words
