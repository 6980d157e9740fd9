"""What opens a clause: a law, a rule or a decision whose own force or signature is told, not the treaty's."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Scene
from foedus.statements.verb_groups import VerbGroup


class Openers(NamedTuple):
    """Small words of a language that clauses are told apart by."""

    pronouns: Set[str]
    copulas: Set[str]
    conjunctions: Set[str]


def opens_with(nouns: tuple[str, ...], scene: Scene, group: VerbGroup, thing: Mention | None, words: Openers) -> bool:
    """ "The decree promulgating the treaty entered into force": a law, a rule or a decision opens the clause.

    Also "the bill says that it comes into force", where no treaty stands between.
    """
    if thing is not None and thing.kind is MentionKind.MEASURE and thing.text.lower() in nouns:
        return True
    end = scene.row.at(thing.start) if thing is not None and thing.text else group.first
    end = min(end, group.first)
    if group.first and scene.row.lower[group.first - 1] in words.pronouns:
        start, end = 0, group.first
    else:
        edges = (at for at in range(end - 1, -1, -1) if _is_edge(scene, at, words))
        start = next(edges, -1) + 1
    for at in range(start, end):
        word = scene.row.lower[at]
        if scene.at[at] >= 0 and scene.mentions[scene.at[at]].kind is MentionKind.TREATY:
            return False
        if word in scene.prepositions:
            return False
        if word in nouns:
            return not words.copulas & set(scene.row.lower[at:end])
    return False


def _is_edge(scene: Scene, at: int, words: Openers) -> bool:
    word = scene.row.lower[at]
    return word in scene.stops or word in scene.subordinators or word in scene.barriers or word in words.conjunctions
