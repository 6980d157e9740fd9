"""Norms read from words: duty, casus, manner and limits, and the words that give none."""

import tomllib
from pathlib import Path

import pytest
from readings_by_hand import REFERENCE

from foedus.reference.conditions import BY_NAME
from foedus.statements.norm_reading import NormFound, NormWords, read_norms
from foedus.terms.norms import Condition, Duty, Op

CASES = tomllib.loads((Path(__file__).resolve().parents[1] / "cases/norms_en.toml").read_text(encoding="utf-8"))
ROWS = [(duty, value, text) for duty, table in CASES.items() for value, texts in table.items() for text in texts]


def found(text: str, duty: str) -> NormFound | None:
    norms = read_norms(text, 0, len(text), REFERENCE, "en")
    return next((one for one in norms if one.norm and one.norm.duty == duty), None)


def predicates(condition: Condition | None) -> str:
    if condition is None:
        return "-"
    return " & ".join(part.predicate or "" for part in condition.parts or (condition,))


@pytest.mark.parametrize(("duty", "value", "text"), ROWS)
def test_a_sentence_words_the_duty_or_none(duty: str, value: str, text: str) -> None:
    norm = found(text, duty)
    if value == "not" or norm is None or norm.norm is None:
        assert value == "not" and norm is None
        return
    casus, _, rest = value.partition(" | ")
    expected = {word for word in rest.split(", ") if word}
    assert casus in ("*", predicates(norm.norm.conditions))
    assert expected <= {*norm.norm.manner, *(limit.kind for limit in norm.norm.limits)}
    assert norm.norm.words == text[norm.start : norm.end]


def test_every_duty_has_cases_for_and_against() -> None:
    assert all("not" in table and len(table) > 1 for table in CASES.values())
    assert set(CASES) == {row.duty for row in REFERENCE.lexicon("en").section("norms", NormWords).duty}


def test_two_wordings_of_one_casus_give_one_tree() -> None:
    one = found(
        "If a party is subjected to an armed aggression and enters into a state of war, the other will provide military support.",
        "defense",
    )
    other = found(
        "If a party finds itself at war due to an armed attack, the other party will give it military aid.",
        "defense",
    )
    assert one and other and one.norm and other.norm
    assert shape(one.norm.conditions) == shape(other.norm.conditions)
    assert shape(one.norm.conditions) == (
        Op.ALL,
        (("state-of-war", ("?toward",)), ("armed-attack", ("?other", "?toward"))),
    )


def shape(condition: Condition | None) -> object:
    return condition and (condition.op, tuple((part.predicate, part.args) for part in condition.parts))


def test_a_mutual_defence_clause_has_the_casus_of_its_definition() -> None:
    norm = found("The pact has a mutual defence clause.", Duty.DEFENSE)
    assert norm and norm.norm and norm.norm.conditions and norm.norm.conditions.predicate == "armed-attack"


def test_a_denied_duty_is_told_as_absent() -> None:
    text = "The treaty contains no mutual defence clause."
    norms = read_norms(text, 0, len(text), REFERENCE, "en")
    assert [(one.kind, one.absent) for one in norms] in ([], [("mutual-assistance", True)])


def test_the_lexicon_uses_known_predicates_with_their_arguments() -> None:
    words = REFERENCE.lexicon("en").section("norms", NormWords)
    rows = [*words.atom, *(row.casus for row in words.duty if row.casus)]
    assert all(len(BY_NAME[row.predicate].args) == len(row.args) for row in rows)
