"""Participles without an auxiliary: "the treaty signed by", "22 May 2025  Signed in London; presented to both Houses"."""

from __future__ import annotations

from foedus.statements.names import MentionKind
from foedus.statements.participants import ACTORS, Scene
from foedus.statements.subjects import awaits_its_verb
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup

_SET_OFF = ("sign", "submit", "extend", "amend")
_ON_RECORD = ("sign", "submit")
_THINGS = frozenset({MentionKind.TREATY, MentionKind.MEASURE})


def is_reduced(scene: Scene, trigger: Trigger, group: VerbGroup) -> bool:
    """Whether a bare past form is a participle: "the treaty signed by", "Signed in 2010, the pact", "the deal, approved in May,"."""
    row = scene.row
    if group.voice != "open" or trigger.finite:
        return group.voice == "passive"
    if awaits_its_verb(scene, group.first):
        return False
    before = group.first - 1
    while before >= 0 and row.lower[before] in (",", '"', "”", ")", "("):
        before -= 1
    after = row.lower[trigger.core] if trigger.core < len(row) else ""
    is_set_off = before < group.first - 1 and row.lower[group.first - 1] == ","
    has_text = any(
        mention.kind in _THINGS and scene.spans[at][1] <= group.first for at, mention in enumerate(scene.mentions)
    )
    if before < 0 or (is_set_off and has_text and trigger.class_ in _SET_OFF and after in scene.prepositions):
        return True
    if is_of_a_record(scene, trigger, group):
        return True
    index = scene.at[before]
    if index >= 0 and scene.mentions[index].kind in _THINGS:
        return True
    return after in scene.words.crowds.by and (index < 0 or scene.mentions[index].kind not in ACTORS)


def is_of_a_record(scene: Scene, trigger: Trigger, group: VerbGroup) -> bool:
    """ "22 May 2025  Signed in London; presented to both Houses", "Signed in Rome on 2 May": a record tells of its own treaty."""
    lower = scene.row.lower
    if trigger.class_ not in _ON_RECORD or trigger.form not in (Form.PAST, Form.PARTICIPLE) or not scene.timed:
        return False
    after = lower[trigger.core : trigger.core + 1]
    end = next((at for at in range(len(lower)) if at not in scene.timed), 0)
    is_first = group.first == end and scene.row.is_capital(end) and (end > 0 or "," not in lower)
    is_next = group.first > end and lower[group.first - 1] == ";"
    is_led = bool(after) and (after[0] in scene.prepositions or after[0] in scene.words.crowds.places)
    return (is_first or is_next) and is_led
