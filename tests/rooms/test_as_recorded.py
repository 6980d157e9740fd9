"""A journal as it stood on an earlier day says the same, whether one treaty is asked about or all are listed first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from foedus.as_recorded import AsRecorded, as_recorded
from foedus.documents.document import Document
from foedus.documents.formats import document_from
from foedus.gathering.shipped_data import load_reference
from foedus.journal.record import Journal
from foedus.knowledge import Knowledge
from foedus.terms.dates import DateRange

SIGNED = "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra."
VOTE = "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021 by 61 votes to 12."
HIMALAYA = "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020 in Thimphu."
JOINED = (
    "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021. "
    "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020."
)
FIRST = date(2022, 1, 1)
OUT = {SIGNED: date(2021, 5, 4), VOTE: date(2021, 6, 10), HIMALAYA: date(2020, 3, 6), JOINED: date(2021, 12, 8)}


class Clock:
    now = datetime(2022, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def journal(place: str) -> Iterator[Journal]:
    """A journal that held three reports on the first day, and is now on the next."""
    clock = Clock()
    with Journal.open(place, clock=clock) as opened:
        opened.append([document(SIGNED), document(HIMALAYA)])
        clock.now += timedelta(days=1)
        yield opened


def document(said: str, published: date | None = None) -> tuple[Document, bytes]:
    data, english = said.encode(), load_reference().lexicons["en"]
    return document_from(f"{OUT[said]}.txt", data, english, published=DateRange.of(published or OUT[said])), data


def asked(journal: Journal) -> Knowledge:
    return as_recorded(journal, load_reference(), FIRST)


def whole(journal: Journal) -> Knowledge:
    return Knowledge.of(journal, load_reference(), FIRST)


def test_further_documents_are_left_aside_without_a_catalogue_of_that_day(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append([document(VOTE), document(JOINED)])
    wanted = {id_: whole(journal).around(id_) for id_ in ("gha-tgo-2021", "btn-npl-2020")}
    assert [act.kind for act in wanted["gha-tgo-2021"].acts] == ["sign"]
    Knowledge.of(journal, load_reference())
    then = asked(journal)
    assert isinstance(then, AsRecorded)
    monkeypatch.setattr(Journal, "named", lambda *_, **__: pytest.fail("looks through the journal"))
    for id_, register in wanted.items():
        assert then.around(id_) == register
        picture = then.picture(id_)
        assert picture is not None and picture.register == register.of(id_)
    assert then.treaty("volta").id == "gha-tgo-2021"


def test_what_was_known_then_on_an_earlier_day_still(journal: Journal) -> None:
    journal.append([document(VOTE)])
    known = date(2021, 4, 1)
    assert asked(journal).picture("gha-tgo-2021", None, known) is None
    known = date(2021, 5, 5)
    assert asked(journal).around("gha-tgo-2021", known) == whole(journal).around("gha-tgo-2021", known)


def test_a_treaty_that_nobody_had_told_of_is_not_there(journal: Journal) -> None:
    said = "Kenya and Uganda signed their Lake Fishing Convention on 3 May 2021 in Kampala."
    OUT[said] = date(2021, 5, 5)
    journal.append([document(said)])
    assert asked(journal).picture("ken-uga-2021") is None
    assert [t.id for t in asked(journal).treaties] == ["btn-npl-2020", "gha-tgo-2021"]


def test_a_treaty_of_which_nothing_was_recorded_yet_is_said_to_be_so(journal: Journal) -> None:
    journal.append([document(VOTE)])
    earlier = as_recorded(journal, load_reference(), date(2021, 12, 31))
    assert earlier.picture("gha-tgo-2021") is None
    assert earlier.not_yet(earlier.treaty("gha-tgo-2021"), None) == (
        "no report recorded by 2021-12-31 tells of gha-tgo-2021; the first of those recorded since is of 2021-05-04"
    )


def test_a_correction_or_a_ruling_since_takes_the_catalogue_of_that_day(journal: Journal) -> None:
    journal.append([document(VOTE)])
    assert isinstance(asked(journal), AsRecorded)
    journal.append([document(SIGNED, date(2021, 5, 6))])
    assert not isinstance(asked(journal), AsRecorded)


def test_a_ruling_since_takes_the_catalogue_of_that_day(journal: Journal) -> None:
    journal.append([document(VOTE)])
    (act,) = whole(journal).around("gha-tgo-2021").acts
    journal.append_ruling("reject", act.supported_by[0], author="an editor")
    assert not isinstance(asked(journal), AsRecorded)
    assert [a.truth for a in asked(journal).around("gha-tgo-2021").acts] == [act.truth]


def test_today_and_a_journal_that_has_not_grown_are_asked_as_they_are(journal: Journal) -> None:
    assert not isinstance(asked(journal), AsRecorded)
    assert not isinstance(as_recorded(journal, load_reference(), None), AsRecorded)
