"""Who acts, in lists that repeat "by" before every name; two verbs with an agent each are two acts."""

from __future__ import annotations

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Document, document_id
from foedus.statements.reading import read
from foedus.statements.statement import ActMention


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The Glacier Treaty was ratified by Kenya and by Ghana in 2019.", {("ratify", ("GHA", "KEN"), "2019")}),
        ("The Glacier Treaty was signed by Peru, by Chile and by Norway in 2019.", {("sign", ("CHL", "NOR", "PER"), "2019")}),
        ("The Glacier Treaty was ratified by both Kenya and Ghana in 2019.", {("ratify", ("GHA", "KEN"), "2019")}),
        (
            "The Glacier Treaty was signed by Peru in 2018 and ratified by Chile in 2019.",
            {("sign", ("PER",), "2018"), ("ratify", ("CHL",), "2019")},
        ),
    ],
)  # fmt: skip
def test_every_name_after_by_acts(text: str, acts: set[tuple[str, tuple[str, ...], str]]) -> None:
    document = Document(id=document_id(text.encode()), name="example.txt", text=text)
    told = [one.content for one in read(document, REFERENCE) if isinstance(one.content, ActMention)]
    assert {(str(one.kind), one.states, one.date.edtf if one.date else "") for one in told} == acts
