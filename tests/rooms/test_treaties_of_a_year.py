"""A year alone does not make a treaty a known one: whose it is, or what it is called, has to fit as well."""

from __future__ import annotations

import pytest

from foedus.documents.formats import document_from
from foedus.gathering.shipped_data import load_reference
from foedus.knowledge import Knowledge
from foedus.statements.reading import read

KNOWN = "Eritrea ratified the Paris Agreement of 2015 on 7 February 2023, the ministry said."


def treaties_in(*reports: str) -> set[str]:
    """Ids of the treaties that some reports are about."""
    reference = load_reference()
    documents = [document_from(f"{n}.txt", t.encode(), reference.lexicons["en"]) for n, t in enumerate(reports)]
    told = [s for document in documents for s in read(document, reference)]
    return {treaty.id for treaty in Knowledge.over(documents, told, reference).treaties}


@pytest.mark.parametrize(
    ("report", "id_"),
    [
        ("Ghana denounced the 2015 Trade Agreement with Togo on 2 May 2024, the foreign ministry said.", "gha-tgo-2015"),
        ("Peru's congress approved the 2015 Fisheries Agreement on 2 May 2024, the speaker said.", "fisheries-agreement-2015"),
        ("Nepal withdrew from the Hill Forests Convention of 2015 on 2 May 2024.", "hill-forests-convention-2015"),
    ],
)  # fmt: skip
def test_another_treaty_of_the_same_year_is_its_own(report: str, id_: str) -> None:
    assert treaties_in(KNOWN, report) == {"paris-agreement", id_}


@pytest.mark.parametrize(
    "report",
    [
        "Libya has not yet ratified the 2015 Paris Agreement.",
        "Libya has not yet ratified the Paris climate agreement of 2015.",
        "Libya has not yet ratified the Paris Agreement.",
    ],
)
def test_a_known_treaty_is_known_under_every_name_that_fits(report: str) -> None:
    assert treaties_in(KNOWN, report) == {"paris-agreement"}


def test_a_pair_s_treaty_is_not_another_pair_s() -> None:
    known = "Russia and North Korea signed their Treaty on Comprehensive Strategic Partnership on 19 June 2024."
    other = "China and Nepal signed their Treaty on Comprehensive Strategic Partnership on 3 March 2031."
    assert treaties_in(known, other) == {"prk-rus-2024", "chn-npl-2031"}


def test_a_name_that_fits_treaties_of_one_state_with_several_means_that_of_its_report() -> None:
    beside = "Ghana and Benin signed their Air Services Agreement on 3 May 2021."
    report = (
        "Ghana and Togo signed their Air Services Agreement on 9 June 2022. "
        "The parliament of Ghana ratified the Air Services Agreement with Togo on 8 July 2022."
    )
    assert treaties_in(beside, report) == {"ben-gha-2021", "gha-tgo-2022"}
