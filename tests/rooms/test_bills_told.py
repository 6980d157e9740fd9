"""What a bill is about: told beside it, in the sentences before, or nowhere, when it ratifies."""

from __future__ import annotations

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Document, document_id
from foedus.statements.reading import read
from foedus.statements.statement import ActMention
from foedus.terms.acts import Kind, Measure

CASES = [
    ("Chile's Senate passed a bill to extend the Patagonia Treaty with Argentina on 3 May 2031.", ["extension"]),
    ("Chile's Senate passed a bill suspending the Patagonia Treaty with Argentina on 3 May 2031.", ["suspension"]),
    ("Chile's Senate passed a law under which its ratification of the Patagonia Treaty with Argentina is revoked.", ["revocation"]),
    ("Chile's Senate passed a bill on ratifying the Patagonia Treaty with Argentina.", ["ratification"]),
    ("Chile's Senate approved the Patagonia Treaty with Argentina on 3 May 2031.", ["ratification"]),
    (
        "Bill to suspend the Patagonia Treaty with Argentina\n\n"
        "Chile's Senate adopted the document on 3 May 2031. The Chamber of Deputies of Chile passed it on 9 May 2031.",
        ["suspension", "suspension"],
    ),
    (
        "Chile's Senate passed a bill to extend the Patagonia Treaty with Argentina on 3 May 2031. "
        "It had approved the Andes Treaty with Bolivia on 2 April 2031.",
        ["extension", "ratification"],
    ),
    (
        "Chile's Senate passed a bill to revoke the Patagonia Treaty with Argentina on 3 May 2031. "
        "The Chamber of Deputies of Chile had passed it after ministers spoke of taking back the 2019 decision to ratify, in order to save money.",
        ["revocation", "revocation"],
    ),
    (
        "Chile's Senate passed a bill to revoke the Patagonia Treaty with Argentina on 3 May 2031. "
        "It passed the decision to ratify the Andes Treaty with Bolivia on 2 April 2031.",
        ["revocation", "ratification"],
    ),
    ("Chile's Senate passed the bill on Tuesday, and Argentina ratified the Patagonia Treaty with Chile.", ["ratification"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "measures"), CASES)
def test_an_act_is_about_what_its_bill_is_about(text: str, measures: list[str]) -> None:
    document = Document(id=document_id(text.encode()), name="example.txt", text=text)
    acts = [one.content for one in read(document, REFERENCE) if isinstance(one.content, ActMention)]
    approvals = [act.measure for act in acts if act.kind is Kind.CHAMBER_APPROVE]
    assert approvals == [Measure(one) for one in measures]
