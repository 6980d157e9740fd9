"""Sentences, quotations and tokens: where they begin and end, with exact offsets."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.documents.document import Document, Furniture
from foedus.documents.sentences import Sentence, sentences
from foedus.reference.lexicons import Lexicon

ROOT = Path(__file__).resolve().parents[2]
CASES = tomllib.loads((ROOT / "tests/cases/sentences_en.toml").read_text(encoding="utf-8"))
WORDS = tomllib.loads((ROOT / "foedus/data/lexicons/en/sentences.toml").read_text(encoding="utf-8"))
ENGLISH = Lexicon(language="en", tables={"sentences": WORDS})
LEAD = "The State Duma voted on the treaty on Thursday, and all of the deputies who were present supported it."


def split(text: str, furniture: tuple[Furniture, ...] = (), title: str | None = None) -> tuple[Sentence, ...]:
    return sentences(Document(id="d_1", name="one", text=text, furniture=furniture, title=title), ENGLISH)


def words(text: str) -> list[str]:
    return [token.text for sentence in split(text) for token in sentence.tokens]


def speech(text: str) -> list[list[tuple[str, bool]]]:
    return [[(text[q.start : q.end], q.closed) for q in sentence.quotations] for sentence in split(text)]


@pytest.mark.parametrize("case", [case for table in CASES.values() for case in table["ends"] + table["keeps"]])
def test_sentences_end_where_the_strokes_stand(case: str) -> None:
    text = case.replace("|", "")
    found = [text[sentence.start : sentence.end] for sentence in split(text)]
    assert found == [part.strip() for part in case.split("|")]


def test_every_matter_has_cases_for_and_against() -> None:
    assert all(table["ends"] and table["keeps"] for table in CASES.values())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Russia's Duma", ["Russia", "'s", "Duma"]),
        ("both countries’ laws", ["both", "countries", "’", "laws"]),
        ("397-0", ["397", "-", "0"]),
        ("1,600 pages", ["1,600", "pages"]),
        ("Kim Jong-un", ["Kim", "Jong-un"]),
        ("the U.S. Senate", ["the", "U.S.", "Senate"]),
        ("don't", ["don't"]),
        ("the 24th", ["the", "24th"]),
        ("26-year-old NAFTA", ["26-year-old", "NAFTA"]),
        ("3.5 percent", ["3.5", "percent"]),
        ("mid-November", ["mid-November"]),
        ("“(It)”", ["“", "(", "It", ")", "”"]),
        ("wait...", ["wait", "..."]),
        ("Erdoğan’s", ["Erdoğan", "’s"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_direct_speech_is_found_in_every_kind_of_marks() -> None:
    assert speech('He said, "It is signed," and left.') == [[("It is signed,", True)]]
    assert speech("He said, “It is signed,” and left.") == [[("It is signed,", True)]]
    assert speech("He said, «It is signed», and left.") == [[("It is signed", True)]]
    assert speech("He said ‘it is signed’, and the countries’ laws") == [[("it is signed", True)]]
    assert speech("The countries' laws and Russia's law aren't quoted.") == [[]]
    assert speech('A 5" pipe is no speech.') == [[]]


def test_a_quotation_over_sentences_has_a_part_in_each() -> None:
    assert speech("“It is signed. It binds us,” he said.") == [[("It is signed.", False)], [("It binds us,", True)]]


def test_a_quotation_over_paragraphs_is_broken_off_and_goes_on() -> None:
    opened_again = "“It is signed.\n\n“It binds us,” he said."
    assert speech(opened_again) == [[("It is signed.", False)], [("It binds us,", True)]]
    not_opened_again = "“It is signed.\n\nIt binds us,” he said."
    assert speech(not_opened_again) == [[("It is signed.", False)], [("It binds us,", True)]]
    assert speech('“It is signed.\n\nHe said "no" to it.') == [[("It is signed.", False)], [("no", True)]]


def test_headlines_stand_before_the_lead_and_are_repeated() -> None:
    text = f"Duma backs treaty\n\nDuma backs treaty\nVote was unanimous\n{LEAD}\nWhat comes next\nThe Council votes next.\n"
    assert [sentence.headline for sentence in split(text)] == [True, True, True, False, True, False]
    assert [sentence.paragraph for sentence in split(text)] == [0, 1, 2, 3, 4, 5]


def test_what_is_no_headline() -> None:
    text = f"{LEAD}\nHe said:\n“It is signed.”\nThe parliament of the other side has not yet voted on this important matter and it"
    assert not any(sentence.headline for sentence in split(text))
    assert [sentence.headline for sentence in split("Duma backs treaty")] == [False]


def test_a_title_from_metadata_marks_its_copy_in_the_text() -> None:
    assert [s.headline for s in split(f"{LEAD}\nIt is over.\nDuma votes.", title="Duma votes.")] == [False, False, True]


def test_stray_marks_are_no_sentences() -> None:
    assert len(split(f'{LEAD}\n"\n* * *\n{LEAD}')) == 2


def test_furniture_is_left_out() -> None:
    text = f"Home News\n{LEAD} © Example"
    pieces = (Furniture(kind="menu", start=0, end=9), Furniture(kind="copyright", start=len(text) - 9, end=len(text)))
    assert [text[s.start : s.end] for s in split(text, pieces)] == [LEAD]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The State Duma, the lower house of the Russian parliament, voted\n"
        "on the treaty with its neighbour on Thursday in Moscow, where all\n"
        "of the deputies that were present supported the bill of President\n"
        "Vladimir Putin.\n\nThe treaty was signed in June."
    )
    found = split(wrapped)
    assert [sentence.paragraph for sentence in found] == [0, 1]
    assert wrapped[found[0].start : found[0].end].endswith("Vladimir Putin.")


def test_line_ends_of_windows_keep_their_offsets() -> None:
    text = f"Duma backs treaty\r\n\r\n{LEAD}\r\nIt is signed.\r\n"
    assert [text[s.start : s.end] for s in split(text)] == ["Duma backs treaty", LEAD, "It is signed."]


@given(st.text(alphabet="aB1.,!?\"'“”‘’\n -()…", max_size=200))
def test_sentences_ascend_and_their_tokens_are_the_text(text: str) -> None:
    end = 0
    for index, sentence in enumerate(split(text)):
        assert sentence.index == index and end <= sentence.start < sentence.end
        end = sentence.end
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
        assert all(sentence.start <= q.start <= q.end <= sentence.end for q in sentence.quotations)
        assert "".join(t.text for t in sentence.tokens) == "".join(text[sentence.start : sentence.end].split())
