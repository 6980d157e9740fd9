"""Accounts, the audit, and finding a statement by its id: on both databases."""

from collections.abc import Iterator

import msgspec
import pytest

from foedus.documents.document import Document, document_id
from foedus.errors import JournalError
from foedus.journal.record import Journal
from foedus.register.identity import TreatyKey
from foedus.register.told import Naming, telling_in
from foedus.statements.statement import ActMention, Statement, statement_id
from foedus.terms.acts import Kind

READER = "rules-1"


@pytest.fixture
def journal(place: str) -> Iterator[Journal]:
    with Journal.open(place) as opened:
        yield opened


def added(journal: Journal, text: str) -> Document:
    document = Document(id=document_id(text.encode()), name=text[:8], text=text)
    journal.append([(document, text.encode())])
    return document


def test_an_account_counts_by_the_hash_of_its_token_until_it_is_revoked(journal: Journal) -> None:
    journal.add_account("Ada", "a" * 64, may_edit=True, author="keeper")
    journal.add_account("Ben", "b" * 64, may_edit=False, author="keeper")
    assert journal.account_of("a" * 64).may_edit and not journal.account_of("b" * 64).may_edit
    journal.revoke_account("Ada", author="keeper")
    assert journal.account_of("a" * 64) is None and journal.account_of("c" * 64) is None
    assert [(one.name, one.revoked is None) for one in journal.accounts()] == [("Ada", False), ("Ben", True)]
    with pytest.raises(JournalError, match="there is Ben"):
        journal.revoke_account("Ada", author="keeper")


def test_the_audit_keeps_every_deed_the_newest_first(journal: Journal) -> None:
    before = journal.generation()
    journal.add_account("Ada", "a" * 64, may_edit=True, author="keeper")
    journal.note_deed("Ada", "rule", "r_1")
    with pytest.raises(JournalError):
        journal.add_account("Ada", "c" * 64, may_edit=True, author="keeper")
    assert [(d.who, d.deed, d.about) for d in journal.deeds()] == [
        ("Ada", "rule", "r_1"),
        ("keeper", "user-add", "Ada"),
    ]
    assert len(journal.deeds(limit=1)) == 1
    assert journal.generation() == before, "what is known of treaties has not changed"


def test_a_statement_is_found_by_its_id(journal: Journal) -> None:
    read, silent = added(journal, "The chamber approved it."), added(journal, "Nothing.")
    ids = {document.id: statement_id(document.id, 0, 5, "sign") for document in (read, silent)}
    digests = {id_: digest for id_, digest, _, _ in journal.named(READER)}
    naming = msgspec.msgpack.encode(Naming((), ("s_1", ids[read.id])))
    journal.keep_namings(READER, [(read.id, digests[read.id], naming)])
    assert journal.place_of(READER, ids[read.id]) == read.id
    assert journal.place_of(READER, ids[silent.id]) is None
    assert journal.place_of("rules-2", ids[read.id]) is None


def test_a_naming_is_told_with_the_statements_that_are_asked_for(journal: Journal) -> None:
    key = TreatyKey("", ("CHL", "GHA"), ("extradition", "treaty"), ())
    document = added(journal, "The chamber approved it.")
    ((_, digest, _, untold),) = journal.named(READER)
    assert untold is None
    naming = msgspec.msgpack.encode(Naming((key,), ("s_1", "s_2")))
    journal.keep_namings(READER, [(document.id, digest, naming)])
    ((_, _, _, kept),) = journal.named(READER)
    assert kept == naming
    for ruled_on, ruled in (((), ()), (("s_2", "s_3"), ("s_2",))):
        said = telling_in(document.id, digest, naming, ruled_on)
        assert (said.keys, said.ruled) == ((msgspec.msgpack.encode(key),), ruled)


def test_a_statement_entered_by_hand_is_found_by_its_id(journal: Journal) -> None:
    document = added(journal, "The chamber approved it.")
    statement = Statement(
        id=statement_id(document.id, 0, 24, "sign by hand"),
        document=document.id,
        content=ActMention(kind=Kind.SIGN),
        quote=document.quote(0, 24),
    )
    journal.append_statement(statement, author="Ada")
    assert journal.place_of(READER, statement.id) == document.id
