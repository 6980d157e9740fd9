"""The reference as shipped, and documents made of a few sentences, for tests of reading."""

import tomllib
from pathlib import Path

from foedus.datafiles import read_tables
from foedus.documents.document import Document, document_id
from foedus.reference.directory import directory_of
from foedus.reference.lexicons import Lexicon
from foedus.reference.packs import Reference
from foedus.statements.names import Discourse
from foedus.statements.reading import discourse_of

DATA = Path(__file__).resolve().parents[1] / "foedus/data"
TABLES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "lexicons/en").glob("*.toml"))
}
REFERENCE = Reference(
    directory=directory_of(read_tables(DATA / "directory")), lexicons={"en": Lexicon(language="en", tables=TABLES)}
)


def discourse(text: str, publisher: str = "The Example Courier") -> Discourse:
    """A document of this text, with everything named in it."""
    document = Document(id=document_id(text.encode()), name="example.txt", text=text, publisher=publisher)
    return discourse_of(document, REFERENCE)
