"""Final clauses in English become data, or are declined with the words that were not understood."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from readings_by_hand import REFERENCE

from foedus.reference.clause_reader import Declined
from foedus.reference.clause_texts import read_clause, read_clauses, state_resolver
from foedus.reference.clause_words import ClauseTextWords
from foedus.reference.clauses import ForceClause, written

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent.parent / "shared" / "data" / "treaty_texts" / "open_treaties"
CASES = tomllib.loads((ROOT / "cases/force_clauses_en.toml").read_text(encoding="utf-8"))
WORDINGS = tomllib.loads((ROOT / "cases/force_wordings_en.toml").read_text(encoding="utf-8"))
SHORT = [(word, text) for table in (CASES["texts"], WORDINGS) for word, texts in table.items() for text in texts]
# Words after which nothing about the entry into force follows: for how long it lasts, from when it is applied.
GOES_ON = (
    "remain",
    "valid for",
    "have effect",
    "additional to",
    "addition to",
    "not before",
    "earlier than",
    "whichever",
)
ONE_SENTENCE = [
    text
    for word, text in SHORT
    if word != "declined" and not re.search(r"[.;]\s|\n", text.strip()) and not any(words in text for words in GOES_ON)
]
MORE = (
    ", provided that the Fund exists",
    " unless the Council objects",
    ", at least three of them coastal",
    " or on 1 May 2031",
    " and the payment of a fee",
    ", but only for Part II",
    " at the earliest",
    " if the parliaments agree",
)


@cache
def words() -> ClauseTextWords:
    return REFERENCE.lexicon("en").section("force_clauses", ClauseTextWords)


def shown(clause: ForceClause | Declined) -> str:
    return written(clause) if isinstance(clause, ForceClause) else f"declined: {clause.reason}"


@pytest.mark.parametrize("treaty", CASES["open-treaties"])
def test_every_clause_of_a_treaty_is_read_or_declined_with_a_reason(treaty: str) -> None:
    file = TEXTS / f"{treaty}.json"
    if not file.exists():
        pytest.skip(f"{file} is not at hand: the texts are no part of Foedus")
    articles = json.loads(file.read_text(encoding="utf-8"))["articles"]
    resolve = state_resolver(REFERENCE.directory)
    found = [
        f"{number} {reading.of} {shown(reading.clause)}"
        for number, article in enumerate(articles, 1)
        for reading in read_clauses(article.get("content_en") or "", words(), resolve)
    ]
    assert found == CASES["open-treaties"][treaty]


@pytest.mark.parametrize(("word", "text"), SHORT)
def test_a_clause_of_a_treaty_is_data_or_declined(word: str, text: str) -> None:
    clause = read_clause(text, words(), state_resolver(REFERENCE.directory))
    assert (shown(clause) if isinstance(clause, ForceClause) else "declined") == word


def test_what_is_declined_says_which_words_were_not_understood() -> None:
    clause = read_clause("This Treaty shall enter into force on the day the moon is full.", words())
    assert isinstance(clause, Declined) and clause.words == "on the day the moon is full"


def test_names_are_declined_where_nobody_can_resolve_them() -> None:
    text = CASES["texts"]["deposits;named:BEL,CAN,FRA,LUX,NLD,GBR,USA;part:>1/2 signatories"][0]
    clause = read_clause(text, words())
    assert isinstance(clause, Declined) and "names states" in clause.reason


def test_many_clauses_are_tried_with_one_condition_more() -> None:
    assert len(ONE_SENTENCE) > 100


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_a_condition_more_is_never_passed_over(text: str) -> None:
    for more in MORE:
        clause = read_clause(text.strip().removesuffix(".") + more + ".", words(), state_resolver(REFERENCE.directory))
        assert isinstance(clause, Declined), more


def test_what_is_said_of_provisional_application_in_other_words_is_named() -> None:
    text = "1. This Agreement shall enter into force upon signature. 2. Part II shall be applied provisionally from 1 May 2031."
    readings = {reading.of: reading.clause for reading in read_clauses(text, words())}
    assert isinstance(readings["provisional-else"], Declined)
    clause = read_clause(text, words())
    assert isinstance(clause, ForceClause) and clause.provisional is None


@pytest.mark.parametrize(
    ("word", "text"), [(word, text) for word, texts in CASES["amendments"].items() for text in texts]
)
def test_an_amendment_s_own_way_into_force_is_data_or_declined(word: str, text: str) -> None:
    found = [reading.clause for reading in read_clauses(text, words(), state_resolver(REFERENCE.directory))]
    assert [shown(clause) if isinstance(clause, ForceClause) else "declined" for clause in found] == [word]


@pytest.mark.parametrize(
    ("treaty", "word"),
    [
        ("crpd", "deposits:20+30d;states-only;late:+30d"),
        ("rome-statute", "deposits:60+60d^1;late:+60d^1"),
        ("uncac", "deposits:30+90d;states-only;late:+30d"),
        ("unclos", "deposits:60+12m;late:+30d"),
        ("vclt", "deposits:35+30d;late:+30d"),
    ],
)
def test_the_text_of_a_whole_treaty_says_what_its_article_says(treaty: str, word: str) -> None:
    file = TEXTS / f"{treaty}.json"
    if not file.exists():
        pytest.skip(f"{file} is not at hand: the texts are no part of Foedus")
    articles = json.loads(file.read_text(encoding="utf-8"))["articles"]
    clause = read_clause("\n".join(article.get("content_en") or "" for article in articles), words())
    assert shown(clause) == word
