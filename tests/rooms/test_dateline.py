"""What a text says of its own publication: datelines, stamps, furniture, publishers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from foedus.documents.dateline import FORMS, dateline, furniture, imprint, publication_candidates
from foedus.documents.document import Basis, DocumentClass
from foedus.documents.publishers import publishers
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

ROOT = Path(__file__).resolve().parents[2]


def table(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


NAMES = ("times", "furniture", "publishers", "sentences")
ENGLISH = Lexicon(language="en", tables={name: table(f"foedus/data/lexicons/en/{name}.toml") for name in NAMES})
DATELINES, KINDS = table("tests/cases/datelines_en.toml"), table("tests/cases/furniture_en.toml")
LEAD = "The State Duma voted on the treaty on Thursday, and all of the deputies who were present supported it."


@pytest.mark.parametrize(("form", "case"), [(form, case) for form, cases in DATELINES.items() for case in cases["is"]])
def test_a_dateline_is_read(form: str, case: dict[str, str]) -> None:
    text = f"Duma backs treaty\n\n{case['text']}"
    found = dateline(text, ENGLISH)
    assert found is not None
    assert (found.form, text[found.start : found.end], found.agency) == (form, case["line"], case.get("agency"))
    assert (found.timex.value if found.timex else None) == case.get("date")


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, cases in DATELINES.items() for text in cases["not"]])
def test_what_only_looks_like_a_dateline_is_left_alone(form: str, text: str) -> None:
    found = dateline(text, ENGLISH)
    assert found is None or found.form != form


@pytest.mark.parametrize(
    ("kind", "line", "expected"),
    [(kind, line, name == "is") for kind, cases in KINDS.items() for name in ("is", "not") for line in cases[name]],
)
def test_furniture_is_told_from_the_report(kind: str, line: str, expected: bool) -> None:
    text = f"{line}\n\n{LEAD}"
    assert any(piece.start == 0 and piece.kind == kind for piece in furniture(text, ENGLISH)) is expected
    assert all(piece.end <= text.index(LEAD) for piece in furniture(text, ENGLISH))


def test_every_kind_and_form_has_cases_for_and_against() -> None:
    assert set(DATELINES) == set(FORMS)
    assert set(KINDS) >= set(ENGLISH.tables["furniture"]["lines"]) | set(ENGLISH.tables["furniture"]["headings"])
    assert all(cases["is"] and cases["not"] for cases in (*DATELINES.values(), *KINDS.values()))


def candidates(text: str, **known: Any) -> list[tuple[str, str, str | None]]:
    found = publication_candidates(text, ENGLISH, "d_1", **known)
    assert all(text[c.quote.start : c.quote.end] == c.quote.exact for c in found if c.quote)
    return [(c.on.edtf, c.basis.value, c.quote.exact if c.quote else None) for c in found]


def test_candidates_come_strongest_first_with_their_words() -> None:
    text = f"Thursday, November 21, 2024\n\nMOSCOW, Nov 10 (Reuters) - {LEAD}\n\n© 2023-2024 Example Courier"
    assert candidates(text, given=DateRange.parse("2024-11-11"), url="https://a.example/2024/11/12/vote") == [
        ("2024-11-11", "given", None),
        ("2024-11-12", "metadata", None),
        ("2024-11-10", "dateline", "Nov 10"),
        ("2024-11-21", "page", "Thursday, November 21, 2024"),
        ("2024", "page", "© 2023-2024"),
    ]


def test_a_label_makes_a_stamp_stronger_than_a_header() -> None:
    assert candidates(f"Published: 19 June 2024\n\n{LEAD}") == [("2024-06-19", "dateline", "19 June 2024")]
    assert candidates(f"19 June 2024\n\n{LEAD}") == [("2024-06-19", "page", "19 June 2024")]
    both = candidates(f"Published May 9, 2023 10:15 am | Updated May 10, 2023\n\n{LEAD}")
    assert [(day, basis) for day, basis, _ in both] == [("2023-05-09", "dateline"), ("2023-05-10", "page")]


def test_a_dateline_without_a_year_waits_for_one() -> None:
    text = f"MOSCOW, Dec 30 (Reuters) - {LEAD}"
    assert candidates(text) == []
    written = imprint(text, ENGLISH).written
    assert written is not None and written.value == "XXXX-12-30"
    assert candidates(f"Thursday, January 2, 2025\n{text}")[0] == ("2024-12-30", "dateline", "Dec 30")
    assert candidates(f"{text}\n© 2024 Example Courier")[0] == ("2024-12-30", "dateline", "Dec 30")
    assert candidates(f"Thursday, June 19, 2025\n{text}") == [("2025-06-19", "page", "Thursday, June 19, 2025")]


def test_a_date_in_the_report_is_no_candidate() -> None:
    assert candidates(f"{LEAD}\nIt was signed on June 19, 2024.") == []


def test_a_picture_says_from_which_day_on_a_report_was_published_unless_it_is_of_an_archive() -> None:
    of_the_day = candidates(f"Lawmakers vote, February 26, 2024. (Photo: Agency)\n{LEAD}")
    assert of_the_day == [("2024-02-26/..", "caption", "February 26, 2024")]
    assert candidates(f"Lawmakers vote in this file picture, February 26, 2024. (Photo: Agency)\n{LEAD}") == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/01/24/vote", "2024-01-24"),
        ("https://a.example/view?key=202411052100124314", "2024-11-05"),
        ("https://a.example/20241106-221032/", "2024-11-06"),
        ("https://a.example/vote-30042021", "2021-04-30"),
        ("https://a.example/2024/13/24/vote", None),
        ("https://a.example/view?key=202411059900124314", None),
        ("https://a.example/news/1862721", None),
        ("https://a.example/2023-02-31-vote", None),
    ],
)
def test_the_day_in_a_web_address(url: str, day: str | None) -> None:
    assert [found[0] for found in candidates(LEAD, url=url)] == ([day] if day else [])


def test_a_list_of_related_articles_ends_where_sentences_begin() -> None:
    text = f"{LEAD}\nMost Popular\nAnother treaty is signed\nA third one fails\n{LEAD} Yes."
    assert [text[p.start : p.end] for p in furniture(text, ENGLISH)] == [
        "Most Popular", "Another treaty is signed", "A third one fails",
    ]  # fmt: skip


def test_the_line_below_a_photo_credit_is_its_caption() -> None:
    text = f"Pool photo\nThe president receives envoys on November 5, 2024, in his palace in the capital.\n\n{LEAD}"
    assert [piece.kind for piece in furniture(text, ENGLISH)] == ["caption", "caption"]


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (f"{LEAD}\n© The Harbour Courier(www.example.org). All rights reserved.", "The Harbour Courier"),
        (f"{LEAD}\n© 2023-2024 Example Courier. Contact Privacy", "Example Courier"),
        (f"{LEAD}\nCopyright (c) 2024 by Example Press, all rights reserved", "Example Press"),
        (f"Example Gazette\n\n{LEAD}", "Example Gazette"),
        (f"MOSCOW, Nov 10 (Reuters) - {LEAD}", "Reuters"),
        (f"{LEAD}\nThe chamber in session © PHOTO / AGENCY", None),
        (LEAD, None),
    ],
)
def test_the_publisher_is_read_from_the_text(text: str, publisher: str | None) -> None:
    assert imprint(text, ENGLISH).publisher == publisher


@pytest.mark.parametrize(
    ("publisher", "url", "class_"),
    [
        ("TASS", None, DocumentClass.WIRE),
        ("The Associated Press", None, DocumentClass.WIRE),
        ("Example Wire", None, DocumentClass.WIRE),
        (None, "https://www.reuters.com/world/x", DocumentClass.WIRE),
        (None, "https://treaties.un.org/pages/x", DocumentClass.DEPOSITARY),
        ("Ministry of Foreign Affairs of Japan", None, DocumentClass.GOVERNMENT),
        (None, "http://publication.pravo.gov.ru/x", DocumentClass.GAZETTE),
        ("Example Courier", "https://notreuters.com/x", DocumentClass.OUTLET),
        (None, None, DocumentClass.OUTLET),
    ],
)
def test_the_kind_of_publisher(publisher: str | None, url: str | None, class_: DocumentClass) -> None:
    assert publishers(ENGLISH).class_of(publisher, url) is class_


def test_bases_are_ordered_by_strength() -> None:
    assert [basis.value for basis in Basis] == ["given", "metadata", "dateline", "page", "caption", "inferred"]
