"""Reads a phrase and says which acts it tells, in the short form that the case tables use."""

from functools import cache

from foedus.documents.document import Document, document_id
from foedus.pipeline import load_reference
from foedus.statements.reading import read
from foedus.statements.statement import ActMention, Statement


@cache
def acts(text: str) -> tuple[Statement, ...]:
    """The act statements of a report that consists of `text`."""
    document = Document(id=document_id(text.encode()), name="case", text=text)
    return tuple(one for one in read(document, load_reference()) if isinstance(one.content, ActMention))


def told(statement: Statement) -> str:
    """ "chamber-approve ARM happened": kind, states and factuality; "-" where nobody is named."""
    content = statement.content
    assert isinstance(content, ActMention)
    return f"{content.kind} {'+'.join(sorted(content.states)) or '-'} {statement.factuality}"


def expected(value: str) -> str:
    """The same form with its states in order."""
    kind, states, sure = value.split(" ")
    return f"{kind} {'+'.join(sorted(states.split('+')))} {sure}"
