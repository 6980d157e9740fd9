"""Provisions: each rule by its cases, and what a whole document gives."""

import tomllib
from pathlib import Path

import pytest
from readings_by_hand import REFERENCE, discourse

from foedus.documents.time_expressions import time_tagger
from foedus.statements.phrases import PhraseError, compile_phrases, count_of
from foedus.statements.provision_rules import provision_rules
from foedus.statements.provisions import provisions
from foedus.statements.statement import ProvisionMention
from foedus.terms.evidence import Factuality

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/provisions_en.toml").read_text(encoding="utf-8"))
ROWS = [(rule, value, text) for rule, table in CASES.items() for value, texts in table.items() for text in texts]
TAGGER = time_tagger(REFERENCE.lexicon("en"))


@pytest.mark.parametrize(("rule", "value", "text"), ROWS)
def test_a_rule_reads_its_cases_and_leaves_look_alikes_alone(rule: str, value: str, text: str) -> None:
    times = TAGGER.tag(text, 0, len(text))
    found = [one for one in provision_rules(REFERENCE, "en").read(text, 0, len(text), times) if one.rule == rule]
    said = ", ".join(one.value for one in found) or "not"
    assert said == value or (value == "*" and found)


def test_every_rule_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())


LEAD = "Freetown signed a partnership treaty between Moldova and Georgia on 3 May 2021.\n\n"


def told(text: str) -> dict[str, ProvisionMention]:
    statements = provisions(discourse(LEAD + text), REFERENCE)
    contents = [statement.content for statement in statements]
    return {one.kind: one for one in contents if isinstance(one, ProvisionMention)}


def test_an_article_is_the_treatys_own_and_not_the_charters() -> None:
    found = told(
        "Under Article 4 of the treaty, if one party is attacked, the other gives it military aid in line with Article 51 of the UN Charter."
    )
    assert found["mutual-assistance"].article == "4"


def test_a_sentence_that_refers_back_keeps_the_article_before() -> None:
    found = told(
        "The mutual defence clause is in Article 7. It says that if either party is attacked, the other will give it military aid."
    )
    assert found["mutual-assistance"].article == "7"
    assert found["mutual-assistance"].norm and found["mutual-assistance"].norm.article == "7"


def test_limits_in_the_next_sentence_belong_to_the_duty() -> None:
    found = told(
        "If one party is attacked, the other must give it military help. The help must accord with Article 51 of the Charter of the United Nations."
    )
    norm = found["mutual-assistance"].norm
    assert norm and [limit.kind for limit in norm.limits] == ["charter-51"]


def test_one_provision_in_two_wordings_is_one_statement_with_both_quotes() -> None:
    text = "The treaty has a mutual defence clause. Under Article 4 of the treaty, if one party is attacked, the other gives it military aid."
    statements = [s for s in provisions(discourse(LEAD + text), REFERENCE) if s.content.kind == "mutual-assistance"]
    assert len(statements) == 1
    assert len(statements[0].evidence) == 1
    assert statements[0].content.article == "4"


def test_a_denied_provision_is_absent_and_a_doubtful_one_possible() -> None:
    found = told("The minister dismissed talk of secret clauses in the treaty.")
    assert found["secret-clauses"].absent
    statements = provisions(
        discourse(LEAD + "It is unclear whether the treaty provides a nuclear umbrella."), REFERENCE
    )
    assert [s.factuality for s in statements if s.content.kind == "nuclear"] == [Factuality.POSSIBLE]


def test_an_earlier_treaty_is_superseded() -> None:
    assert told("The new treaty replaces the friendship treaty of 9 February 2000.")["supersedes"].value == "2000"
    assert "supersedes" not in told("The treaty does not replace the treaty of 9 February 2000.")


def test_every_quote_stands_verbatim_and_a_text_without_a_treaty_gives_nothing() -> None:
    document = discourse(LEAD + "The treaty consists of 23 articles and is valid for 20 years.")
    statements = provisions(document, REFERENCE)
    assert len(statements) > 1
    for statement in statements:
        quote = statement.quote
        assert document.document.text[quote.start : quote.end] == quote.exact
    assert provisions(discourse("The company has 23 articles in its shop and is open for 20 years."), REFERENCE) == ()


def test_phrases_say_what_is_wrong_with_them() -> None:
    for phrase in ("(a|b", "a)", "{nobody} says"):
        with pytest.raises(PhraseError):
            compile_phrases([phrase])
    assert count_of("ninety-nine", {"ninety": 90, "nine": 9}) == 99


def test_a_gap_takes_no_more_words_than_it_may_and_no_full_stop() -> None:
    phrases = compile_phrases(["one ...2 two"])
    assert phrases.find("one two") and phrases.find("one or even two")
    assert not phrases.find("one or or or two") and not phrases.find("one; two")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Under the treaty Lima will pay Rabat 12 million a year.", "Lima will pay Rabat 12 million a year"),
        ("Under the new pact, visiting crews may not be arrested.", "visiting crews may not be arrested"),
        ("The treaty transfers the lighthouse to Georgia.", "the lighthouse to Georgia"),
        ("The treaty, signed in May at Tema, forbids the use of dogs.", "the use of dogs"),
        ("The treaty says nothing about foreign crews.", "about foreign crews"),
        ("The treaty was read out. It bans the keeping of dogs on ferries.", "the keeping of dogs on ferries"),
        ("Parties to the treaty must phase out lead paint.", "phase out lead paint"),
        ("The treaty was read out. Both renounce old claims to the lake.", "old claims to the lake"),
        ("The treaty was read out. Neither side may fish at night.", "fish at night"),
        ("The treaty was read out. A joint commission will meet in spring.", "meet in spring"),
    ],
)
def test_what_is_so_under_a_treaty_is_its_content(text: str, value: str) -> None:
    assert told(text)["content"].value == value


@pytest.mark.parametrize(
    "text",
    [
        "Under the treaty signed last year, trade grew.",
        "The minister must rest before the treaty is signed.",
        "In the treaty debate the minister would not answer.",
    ],
)
def test_what_merely_happens_beside_a_treaty_is_not_its_content(text: str) -> None:
    assert "content" not in told(text)


def test_a_duration_may_be_asked_for_and_answered() -> None:
    assert (
        told("For how long does the treaty run?\nForty years, and another ten if both agree.")["duration"].value
        == "Forty years"
    )
    assert "duration" not in told("How long did the talks on the treaty last?\nForty years ago they began.")
    assert "duration" not in told("He knows for how long.\nForty years have gone by since the treaty.")


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was read out. It is the third of its kind.",
        "The treaty was read out. Both sides must ratify it by June.",
        "The treaty was read out. A committee will meet in spring.",
        "The treaty was read out. The ministry said that it bans dogs on ferries.",
        "The treaty was read out.\n\nIt bans dogs on ferries.",
        "The treaty, he said, is old. Members of the choir must sing.",
    ],
)
def test_what_nobody_says_of_the_treaty_is_not_its_content(text: str) -> None:
    assert "content" not in told(text)
