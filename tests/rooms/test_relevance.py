"""The relevance filter: passes reports on treaties and few other texts, and passes all in a language it has no words for."""

import json
import tomllib
from pathlib import Path

import pytest

from foedus import document_from
from foedus.pipeline import load_reference
from foedus.reference.lexicons import Lexicon
from foedus.statements.reading import read
from foedus.statements.relevance import is_relevant

ENGLISH = load_reference().lexicon("en")
ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.mark.parametrize(
    "text",
    [
        "Kenya has RATIFIED it.",
        "The treaties stand.",
        "An accord was signed in Oslo.",
        "Lawmakers backed the trade deal.",
        "Georgia will not join NATO.",
        "The protocols were adopted.",
    ],
)
def test_a_text_on_a_treaty_passes(text: str) -> None:
    assert is_relevant(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "According to police, the striker signed on Friday.",  # "accord" within a word
        "The impact was approved by the patients who were treated.",  # "pact", "treat"
        "The protocol droid of the film is golden.",  # nothing is done to it
        "The club confirmed the signing of a new keeper.",  # no treaty
    ],
)
def test_a_look_alike_does_not_pass(text: str) -> None:
    assert not is_relevant(text, ENGLISH)


def test_a_language_without_words_for_it_passes_everything() -> None:
    assert is_relevant("Nothing at all.", Lexicon(language="xx", tables={}))


def test_the_open_reports_that_are_read_pass() -> None:

    reference = load_reference()
    for file in sorted((ROOT / "scores/corpus").glob("*/*.txt")):
        document = document_from(file.name, file.read_bytes(), ENGLISH)
        assert is_relevant(document.text, ENGLISH) or not read(document, reference), file


@pytest.mark.parametrize("language", ["es", "ru"])
def test_reports_in_other_languages_pass(language: str) -> None:
    cases = tomllib.loads((ROOT / f"tests/cases/reports_{language}.toml").read_text("utf-8"))["report"]
    lexicon = load_reference().lexicon(language)
    assert [case["name"] for case in cases if case["acts"] and not is_relevant(case["text"], lexicon)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El equipo ha tratado de ganar el partido, y el portero fue tratado en el hospital."),
        (
            "es",
            "La panadería de la plaza abre una hora antes en verano. De acuerdo con el alcalde, es un éxito de público.",
        ),
        ("ru", "Пекарня на площади летом открывается на час раньше, и паром ходит до девяти."),
        ("ru", "Актёр уговорился с театром о новой роли; премьера весной."),
    ],
)
def test_a_look_alike_in_another_language_does_not_pass(language: str, text: str) -> None:
    assert not is_relevant(text, load_reference().lexicon(language))


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared reports are not part of Foedus")
def test_all_shared_reports_pass_and_less_than_three_percent_of_other_news() -> None:
    missed = [f.name for f in (CORPUS / "dev").glob("*/*.txt") if not is_relevant(f.read_text("utf-8"), ENGLISH)]
    news = [json.loads(line)["text"] for line in (CORPUS / "unrelated/ecbplus.jsonl").read_text("utf-8").splitlines()]
    assert not missed
    assert sum(is_relevant(text, ENGLISH) for text in news) < 0.03 * len(news)
