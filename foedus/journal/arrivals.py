"""What enters a journal. In a module of its own, so that reading without a journal does not load the database."""

from __future__ import annotations

from typing import NamedTuple

from foedus.documents.document import Document


class Arrival(NamedTuple):
    """A document with the bytes that it was read from: `document.id == document_id(original)`."""

    document: Document
    original: bytes
