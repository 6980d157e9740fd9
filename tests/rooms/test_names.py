"""Names: organs with their states, persons with their offices, treaties with their parties, and what is none of them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from foedus.documents.document import Document, document_id
from foedus.pipeline import load_reference
from foedus.statements.names import Discourse, Mention, MentionKind
from foedus.statements.reading import discourse_of

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/names_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]


@cache
def discourse(text: str) -> Discourse:
    return discourse_of(Document(id=document_id(text.encode()), name="case", text=text), load_reference())


def mentions(text: str, kind: MentionKind) -> list[Mention]:
    return [one for analysis in discourse(text).analyses for one in analysis.mentions if one.kind is kind]


def organs(text: str) -> list[str]:
    found = mentions(text, MentionKind.BODY)
    return [f"{one.agent.kind} {'+'.join(one.states)}" for one in found if one.agent and one.states]


def persons(text: str) -> list[str]:
    found = mentions(text, MentionKind.PERSON)
    return [f"{one.agent.name} {one.agent.kind} {'+'.join(one.states)}" for one in found if one.agent]


def parties(text: str) -> list[str]:
    return ["+".join(treaty.parties) for treaty in discourse(text).treaties if len(treaty.parties) > 1]


def treaty_names(text: str) -> list[str]:
    return [name for treaty in discourse(text).treaties for name in (treaty.mention, *treaty.forms)]


def measures(text: str) -> list[str]:
    return [one.role for one in mentions(text, MentionKind.MEASURE)]


def any_treaty(text: str) -> list[str]:
    return [one.text for one in mentions(text, MentionKind.TREATY) if one.treaty]


FOUND = {
    "an organ and its state": organs,
    "a person and the office": persons,
    "a treaty and its parties": parties,
    "a treaty by its name": treaty_names,
    "a measure": measures,
    "a word that is no treaty": any_treaty,
}


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_phrase_names_what_it_says_and_look_alikes_name_nothing(rule: str, value: str, text: str) -> None:
    found = FOUND[rule](text)
    if value == "not":
        assert found == []
    else:
        assert value in found


def test_every_kind_of_name_has_cases_for_and_against() -> None:
    assert set(FOUND) == set(CASES)
    assert all("not" in table for table in CASES.values())


def test_the_pact_is_the_reports_treaty_and_it_has_all_its_names() -> None:
    text = "Chile and Peru signed a border treaty with each other. The pact ends a dispute. The Chile-Peru Treaty is short."
    whole = discourse(text)
    assert whole.main is not None
    assert whole.main.parties == ("CHL", "PER")
    assert [one.treaty for one in mentions(text, MentionKind.TREATY)] == [whole.main] * 3


def test_a_surname_alone_is_the_person_named_in_full_elsewhere() -> None:
    text = "Foreign Minister Ana Soto of Chile signed the treaty with Peru. Soto praised it."
    assert {one.agent.name for one in mentions(text, MentionKind.PERSON) if one.agent} == {"Ana Soto"}


def test_every_mention_stands_verbatim_at_its_offsets() -> None:
    for _, _, text in ROWS:
        for analysis in discourse(text).analyses:
            assert all(text[one.start : one.end].split() == one.text.split() for one in analysis.mentions)


def test_a_treaty_that_took_an_older_ones_name_is_another() -> None:
    text = "Both sides suspended New START. It succeeded the START treaty of 1991."
    found = discourse(text)
    assert [treaty.years for treaty in found.treaties] == [(), (1991,)]
    same = discourse("Both sides suspended the START treaty. It was the START treaty of 1991.")
    assert len(same.treaties) == 1
