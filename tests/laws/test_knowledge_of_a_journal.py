"""Laws of what a journal knows: order, batches and what came between change nothing, and no day needs what came after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foedus.documents.document import Document
from foedus.documents.formats import document_from
from foedus.gathering.shipped_data import load_reference
from foedus.journal.record import Journal
from foedus.knowledge import Knowledge
from foedus.register.entries import Register
from foedus.terms.dates import DateRange

REPORTS = {
    date(2019, 4, 3): "Chile and Peru signed their Air Services Agreement on 2 April 2019 in Lima.",
    date(2020, 3, 6): "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020 in Thimphu.",
    date(2020, 8, 20): "The Air Services Agreement entered into force on 19 August 2020.",
    date(2021, 5, 4): "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021 in Accra.",
    date(2021, 6, 10): "The parliament of Togo approved the Volta Water Sharing Treaty with Ghana on 9 June 2021.",
    date(2021, 9, 2): "Kenya and Nepal signed their Air Services Agreement on 1 September 2021 in Nairobi.",
    date(2022, 2, 8): "Ghana and Togo signed their Volta Water Sharing Treaty on 3 May 2021. "
    "Nepal and Bhutan signed their Himalaya Transit Agreement on 5 March 2020.",
    date(2022, 7, 2): "The Volta Water Sharing Treaty between Ghana and Togo entered into force on 1 July 2022.",
}
DAYS = sorted(REPORTS)
DRAWN = st.lists(st.sampled_from(DAYS), min_size=1, unique=True)
ASKED = [date(2019, 1, 1), *DAYS]


@cache
def report(day: date) -> tuple[Document, bytes]:
    data = REPORTS[day].encode()
    english = load_reference().lexicons["en"]
    return document_from(f"{day}.txt", data, english, published=DateRange.of(day)), data


@contextmanager
def journal() -> Iterator[Journal]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Journal.open(Path(folder) / "foedus.db", clock=lambda: datetime(2023, 1, 1, tzinfo=UTC)) as opened,
    ):
        yield opened


def known(of: Journal) -> Knowledge:
    return Knowledge.of(of, load_reference())


def heard(register: Register) -> Register:
    return msgspec.structs.replace(register, silent=(), known=None)


@settings(max_examples=25)
@given(DRAWN, st.sampled_from(ASKED))
@example(DAYS, date(2021, 6, 10))
@example([DAYS[0], DAYS[2], DAYS[5]], date(2020, 8, 20))
@example([DAYS[1], DAYS[3], DAYS[6]], date(2021, 5, 4))
def test_no_day_needs_what_was_published_after_it(days: list[date], asked: date) -> None:
    with journal() as whole, journal() as then:
        whole.append([report(day) for day in days])
        then.append([report(day) for day in days if day <= asked])
        assert heard(known(whole).register(asked)) == heard(known(then).register())
        for treaty in known(whole).treaties:
            around = known(whole).around(treaty.id, asked)
            here = known(whole).then(treaty, around)
            assert (here is None) or here.id in {t.id for t in known(then).treaties}
            assert set(around.silent) <= {report(day)[0].id for day in days if day > asked}


@settings(max_examples=20)
@given(st.data(), DRAWN)
def test_order_and_batches_change_nothing_that_is_known(data: st.DataObject, days: list[date]) -> None:
    shuffled: Sequence[date] = data.draw(st.permutations(days))
    cut = data.draw(st.integers(0, len(days)))
    with journal() as slowly, journal() as at_once:
        for batch in (shuffled[:cut], shuffled[cut:]):
            slowly.append([report(day) for day in batch])
            assert known(slowly).register() is not None
        at_once.append([report(day) for day in days])
        assert known(slowly).placed == known(at_once).placed
        assert known(slowly).register() == known(at_once).register()
