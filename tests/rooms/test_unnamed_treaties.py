"""A treaty that its report never names: what is said of it counts once somebody acts on it, and not before."""

from __future__ import annotations

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Document, document_id
from foedus.statements.reading import read

SAID = "The treaty has 14 articles and is valid for ten years. The Peruvian foreign minister said the treaty would strengthen ties."


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        ("Peru and Chile signed a treaty of friendship on 3 May 2031. ", {"act", "provision", "claim"}),
        ("The ministers met in Lima on 3 May 2031. ", set()),
        ("The ministers talked about football in Lima on 3 May 2031. ", set()),
    ],
)
def test_what_is_said_counts_where_somebody_acts(before: str, kinds: set[str]) -> None:
    text = before + SAID
    read_ = read(Document(id=document_id(text.encode()), name="example.txt", text=text), REFERENCE)
    assert {str(one.kind) for one in read_} == kinds
