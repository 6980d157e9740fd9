"""Verbs joined to the one before: "has signed and ratified", "was signed in Oslo and laid before parliament"."""

from __future__ import annotations

import msgspec

from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup, VerbGroups, VerbWords
from foedus.statements.word_rows import WordRow

_NEAR, _FAR = 5, 9


def group_of(
    groups: VerbGroups, words: VerbWords, row: WordRow, trigger: Trigger, before: tuple[Trigger, VerbGroup] | None
) -> VerbGroup:
    """A verb's group; a bare verb joined to the one before it shares that one's auxiliaries."""
    group = groups.of(row, trigger)
    if before is None or trigger.form is Form.NOUN or before[0].form is Form.NOUN:
        return group
    earlier, shared = before
    gap = row.lower[earlier.core : group.first]
    own = row.lower[group.first : trigger.first]
    if any(word in words.auxiliaries.do for word in own):
        return group
    is_led_on = shared.voice == "passive" and "," not in gap and _leads_on(words, row, trigger)
    joining = (*words.clauses.conjunctions, ",")
    is_near = 0 < len(gap) <= (_FAR if is_led_on else _NEAR)
    if not is_near or gap[-1] not in joining or set(group.says) - {"negative"}:
        return group
    has_own = any(word in words.auxiliaries.be for word in own)
    if trigger.form in (Form.PAST, Form.PARTICIPLE) and not has_own:
        kept = tuple(word for word in shared.says if word != "negative" or "nor" in gap)
        voice = shared.voice if shared.voice != "noun" else group.voice
        return msgspec.structs.replace(group, says=tuple(dict.fromkeys((*group.says, *kept))), voice=voice)
    return msgspec.structs.replace(group, says=shared.says) if trigger.form is Form.BASE else group


def _leads_on(words: VerbWords, row: WordRow, trigger: Trigger) -> bool:
    """ "was signed in Oslo on 5 May and laid before parliament": no object follows the second verb."""
    return trigger.core < len(row) and row.lower[trigger.core] in words.clauses.prepositions
