"""Who acts and who speaks (Popolo: persons, organizations, posts)."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec


class BodyKind(StrEnum):
    """What kind of organ acts, as far as a procedure needs to know."""

    PARLIAMENT = "parliament"
    LOWER_HOUSE = "lower-house"
    UPPER_HOUSE = "upper-house"
    COMMITTEE = "committee"
    CABINET = "cabinet"
    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    FOREIGN_MINISTRY = "foreign-ministry"
    MINISTRY = "ministry"
    COURT = "court"
    REVIEW_BODY = "review-body"
    DEPOSITARY = "depositary"
    PEOPLE = "people"
    STATE = "state"
    ORGANISATION = "organisation"
    PERSON = "person"
    OTHER = "other"


CHAMBERS = frozenset({BodyKind.PARLIAMENT, BodyKind.LOWER_HOUSE, BodyKind.UPPER_HOUSE})


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who acts or speaks, as a report names them.

    name    the fullest form the report gives: "State Duma", "Vladimir Putin"
    kind    what kind of organ or person
    body    id of the directory's body, where one is meant: "RUS.state-duma"
    states  whose agent: alpha-3 codes; empty where nobody said
    role    the office as printed: "Deputy Foreign Minister"
    """

    name: str
    kind: BodyKind = BodyKind.OTHER
    body: str | None = None
    states: tuple[str, ...] = ()
    role: str | None = None


ORGANS = CHAMBERS | {BodyKind.COMMITTEE, BodyKind.CABINET, BodyKind.COURT, BodyKind.REVIEW_BODY}


def in_a_sentence(agent: Agent) -> str:
    """The name as in a sentence: an organ has its article ("the State Duma"), a person or "Nepal's parliament" has none."""
    if agent.name.startswith("The "):
        return f"the {agent.name[4:]}" if agent.kind in ORGANS else agent.name
    has_article = agent.kind not in ORGANS or agent.name.startswith("the ") or _OWNED.match(agent.name)
    return agent.name if has_article else f"the {agent.name}"


_OWNED = re.compile(r"(?!.*\bPeople['’]s\b)(?:[A-Z][\w.-]*\s)*[A-Z][\w.-]*(?:['’]s|s['’])\s")
"""A name that begins with whose it is; the people's it is by name ("Supreme People's Assembly")."""
