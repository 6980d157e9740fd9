"""Reading: a document's statements are the same however often it is read, each rests on its own words, and the seeds' acts come out."""

from pathlib import Path

import pytest
from acts_in_phrases import acts, told

from foedus.documents.document import Document, document_id
from foedus.pipeline import load_reference
from foedus.statements.reading import read, reader_of
from foedus.statements.statement import ActMention, Statement
from foedus.terms.evidence import Factuality

SEEDS = Path(__file__).resolve().parents[3] / "shared/seeds"
REPORT = (
    "Chile's Senate ratified the border treaty with Peru on Tuesday by 30 votes to 4. "
    "The treaty was signed in Lima last June by President Ana Soto of Chile and President Luis Paz of Peru. "
    "It will enter into force once the two countries exchange their instruments of ratification. "
    "Both the Chamber of Deputies and the Senate had been urged to vote against it."
)


def document(text: str) -> Document:
    return Document(id=document_id(text.encode()), name="case", text=text)


def test_a_report_gives_its_acts_once_each_and_nothing_that_is_only_urged() -> None:
    assert sorted(told(one) for one in acts(REPORT)) == [
        "chamber-approve CHL happened",
        "enter-into-force CHL+PER expected",
        "exchange CHL+PER expected",
        "sign CHL+PER happened",
    ]


def test_reading_twice_gives_the_same_statements() -> None:
    assert read(document(REPORT), load_reference()) == read(document(REPORT), load_reference())


def test_the_rules_are_compiled_once_for_a_reference() -> None:
    assert reader_of(load_reference(), "en") is reader_of(load_reference(), "en")


def test_ids_are_unique_and_every_statement_names_its_rules() -> None:
    statements = read(document(REPORT), load_reference())
    assert len({one.id for one in statements}) == len(statements)
    assert all(one.rules for one in statements)


def test_every_quote_and_evidence_is_verbatim() -> None:
    for one in read(document(REPORT), load_reference()):
        for quote in (one.quote, *one.evidence):
            assert REPORT[quote.start : quote.end] == quote.exact


@pytest.mark.parametrize(
    "text", ["", "No report.", "The weather was fine.", "\x00\x01 ratified treaty \ufffd", "treaty " * 2000]
)
def test_a_text_about_no_treaty_gives_no_act(text: str) -> None:
    assert acts(text) == ()


def test_two_chambers_in_one_list_are_two_acts() -> None:
    text = "The treaty with Belarus was approved by both the Federation Council and the State Duma."
    found = [one.content for one in acts(text)]
    names = {one.actor.name for one in found if isinstance(one, ActMention) and one.actor}
    assert (len(found), names) == (2, {"Federation Council", "State Duma"})


@pytest.fixture(scope="module")
def seeds() -> dict[str, tuple[Statement, ...]]:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("the seed reports are not here")
    return {file.name[:3]: read(document(file.read_text(encoding="utf-8")), load_reference()) for file in files}


def the(statements: tuple[Statement, ...], kind: str, sure: Factuality) -> list[ActMention]:
    return [
        one.content
        for one in statements
        if isinstance(one.content, ActMention) and one.content.kind == kind and one.factuality is sure
    ]


def test_the_seeds_tell_the_vote_with_its_tally(seeds: dict[str, tuple[Statement, ...]]) -> None:
    votes = [one.vote for one in the(seeds["004"], "chamber-approve", Factuality.HAPPENED) if one.vote]
    assert any((vote.for_, vote.against, vote.present, vote.agenda) == (397, 0, 397, 1) for vote in votes)


def test_the_seeds_name_one_signatory_and_two_states(seeds: dict[str, tuple[Statement, ...]]) -> None:
    signed = [one for one in the(seeds["004"], "sign", Factuality.HAPPENED) if one.place]
    assert [(one.states, [agent.name for agent in one.agents], one.place) for one in signed] == [
        (("PRK", "RUS"), ["Vladimir Putin"], "Pyongyang")
    ]


def test_the_seeds_expectations_are_no_events(seeds: dict[str, tuple[Statement, ...]]) -> None:
    expected = the(seeds["004"], "chamber-approve", Factuality.EXPECTED)
    assert "Federation Council" in {one.actor.name for one in expected if one.actor}
    assert the(seeds["004"], "promulgate", Factuality.EXPECTED)
    assert the(seeds["004"], "exchange", Factuality.EXPECTED)
    assert the(seeds["004"], "enter-into-force", Factuality.EXPECTED)
    rules = [one.rules for one in seeds["004"] if "past anticipation" in one.rules]
    assert rules


def test_the_day_a_decree_bears_is_the_acts() -> None:
    text = "North Korea ratified the treaty with Russia by decree. The decree is dated Monday, 11 November 2024."
    (one,) = acts(text)
    assert isinstance(one.content, ActMention) and one.content.date is not None
    assert one.content.date.edtf == "2024-11-11"
    assert "the date a document bears" in one.rules
