"""Whatever is computed can be computed again: a journal whose caches are emptied says what it said before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from postgres_server import engine_on
from sqlalchemy import text

from foedus.documents.formats import document_from
from foedus.gathering.shipped_data import load_reference, reader_version
from foedus.journal.record import Journal
from foedus.journal.tables import metadata
from foedus.knowledge import Knowledge
from foedus.terms.dates import DateRange

REPORTS = {
    "2021-05-04": "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra.",
    "2021-06-10": "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021.",
    "2020-03-06": "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020 in Thimphu.",
}
CACHES = {name for name, table in metadata.tables.items() if (table.comment or "").startswith("a cache")}


@pytest.fixture
def journal(place: str) -> Iterator[Journal]:
    english = load_reference().lexicons["en"]
    with Journal.open(place) as opened:
        for day, said in REPORTS.items():
            data = said.encode()
            opened.append([(document_from(day, data, english, published=DateRange.parse(day)), data)])
        opened.append_ruling("reject", "s_0000000000000000", author="an editor")
        yield opened


def test_the_caches_are_known() -> None:
    assert sorted(CACHES) == ["addresses", "catalogues", "namings", "readings", "registers"]


def told(journal: Journal) -> tuple[object, ...]:
    known = Knowledge.of(journal, load_reference())
    acts = known.register().acts
    return known.register(), known.register(date(2021, 5, 20)), known.placed, [known.explain(act.id) for act in acts]


def test_a_journal_without_its_caches_says_what_it_said(journal: Journal, place: str) -> None:
    before = told(journal)
    engine = engine_on(place)
    with engine.begin() as connection:
        for name in CACHES:
            assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar(), name
            connection.execute(text(f"DELETE FROM {name}"))
    engine.dispose()
    assert len(journal.missing(reader_version())) == len(REPORTS)
    assert told(journal) == before


def test_a_reading_is_kept_for_a_version_of_the_reader_and_of_the_document(journal: Journal, place: str) -> None:
    told(journal)
    engine = engine_on(place)
    keys = "SELECT document, reader, digest FROM readings"
    with engine.connect() as connection:
        first = {tuple(row) for row in connection.execute(text(keys))}
        assert {reader for _, reader, _ in first} == {reader_version()}
        assert len(first) == len(REPORTS)
    said = REPORTS["2021-06-10"]
    english = load_reference().lexicons["en"]
    corrected = document_from("2021-06-10", said.encode(), english, published=DateRange.day(2021, 6, 11))
    journal.append([(corrected, said.encode())])
    told(journal)
    with engine.connect() as connection:
        assert len({tuple(row) for row in connection.execute(text(keys))} - first) == 1
    engine.dispose()
