"""The entry of a state into an organisation is one treaty, whatever a report calls it; other treaties keep their names."""

from __future__ import annotations

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Document, document_id
from foedus.statements.reading import read
from foedus.statements.statement import Statement

ONE = "nato-accession-geo"


def statements_of(text: str) -> tuple[Statement, ...]:
    return read(Document(id=document_id(text.encode()), name="example.txt", text=text), REFERENCE)


@pytest.mark.parametrize(
    "text",
    [
        "The Belgian parliament approved Georgia's bid to join NATO on 3 May 2031.",
        "The Belgian parliament approved the accession of Georgia to NATO on 3 May 2031.",
        "The Belgian parliament approved Georgia's application for NATO membership on 3 May 2031.",
        "NATO welcomed the vote. The Belgian parliament approved the Georgian membership on 3 May 2031.",
        "Georgia's entry into NATO moved closer. The Belgian parliament approved the Accession Protocol on 3 May 2031.",
        "Georgia's entry into NATO moved closer. The Belgian parliament approved the NATO accession on 3 May 2031.",
    ],
)
def test_every_name_of_an_entry_means_the_same(text: str) -> None:
    treaties = [one.treaty for one in statements_of(text) if one.treaty and one.kind == "act"]
    assert treaties and {treaty.id for treaty in treaties} == {ONE}
    assert {treaty.parties for treaty in treaties} == {()}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "The Belgian parliament approved Georgia's bid to join NATO on 3 May 2031. "
            "It had approved Moldova's bid to join NATO on 2 March 2031.",
            {ONE, "nato-accession-mda"},
        ),
        (
            "The Belgian parliament approved the accession of Georgia and Moldova to NATO on 3 May 2031.",
            {"nato-accession-geo-mda"},
        ),
        ("The Belgian parliament approved the fisheries treaty with Georgia on 3 May 2031.", {None}),
        (
            "Georgia's NATO accession gets Belgian approval. The parliament in Brussels approved it on 3 May 2031.",
            {ONE},
        ),
        (
            "The Belgian parliament approved Georgia's bid to join NATO on 3 May 2031. Moldova became a member in April.",
            {ONE, "nato-accession-mda"},
        ),
        (
            "Georgia became the 35th member of NATO on Tuesday. Belgium had ratified the Accession Protocol in May.",
            {ONE},
        ),
        ("Georgia became NATO's 35th member on Tuesday. Belgium had ratified the Accession Protocol in May.", {ONE}),
        (
            "Georgia, a member of the WTO, spoke. Belgium ratified the Accession Protocol in May.",
            {None},
        ),
    ],
)
def test_each_entry_is_one_of_its_own(text: str, ids: set[str | None]) -> None:
    assert {one.treaty.id for one in statements_of(text) if one.treaty and one.kind == "act"} == ids
