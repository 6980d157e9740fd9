"""Which reports repeat one another: an agency's text in ten papers is one witness, not ten.

Two texts are copies where they share most runs of five words (MinHash of shingles with locality-sensitive hashing: Broder
1997); what one adds above or below, and a few words changed by an editor, do not make it a report of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from rensa import RMinHash, RMinHashLSH

from foedus.documents.document import Document

ALIKE = 0.6
"""The share of runs of words, of all that either text has, that copies have in common."""
RUN = 5
"""Words of a run."""
LEAST = 20
"""Words that a text must have: shorter ones are alike by chance."""
HASHES, BANDS, SEED = 128, 32, 1969
WORD = re.compile(r"\w+")


def copies_of(documents: Sequence[Document]) -> Mapping[str, str]:
    """Id of a document -> id of the one that it repeats: the first by its own date, then by id; the same in any order."""
    held = {d.id: d for d in documents}
    hashed = {id_: hash_ for id_ in sorted(held) if (hash_ := _hash(held[id_].text)) is not None}
    ids = list(hashed)
    index = RMinHashLSH(ALIKE, HASHES, BANDS)
    root = {id_: id_ for id_ in ids}
    for number, id_ in enumerate(ids):
        for other in index.query(hashed[id_]):
            if hashed[id_].jaccard(hashed[ids[other]]) >= ALIKE:
                root[_root(root, id_)] = _root(root, ids[other])
        index.insert(number, hashed[id_])
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in ids:
        groups[_root(root, id_)].append(id_)
    copies: dict[str, str] = {}
    for group in groups.values():
        first, *others = sorted(group, key=lambda id_: (_stated(held[id_]), id_))
        copies |= dict.fromkeys(others, first)
    return copies


def among(copies: Mapping[str, str], heard: Sequence[str]) -> dict[str, str]:
    """The same for some of the documents: where the first of several is not heard, another takes its place."""
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(heard):
        groups[copies.get(id_, id_)].append(id_)
    return {
        id_: first if first in group else group[0]
        for first, group in groups.items()
        for id_ in group
        if id_ != first and (first in group or id_ != group[0])
    }


def _hash(text: str) -> RMinHash | None:
    words = WORD.findall(text.lower())
    if len(words) < LEAST:
        return None
    hashed = RMinHash(HASHES, SEED)
    hashed.update([" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)])
    return hashed


def _root(root: dict[str, str], id_: str) -> str:
    while root[id_] != id_:
        root[id_] = id_ = root[root[id_]]
    return id_


def _stated(document: Document) -> date:
    return document.stated.on.earliest if document.stated else date.max
