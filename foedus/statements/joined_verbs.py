"""Verbs joined to the one before: "has signed and ratified", "was signed in Oslo and laid before parliament"."""

from __future__ import annotations

import msgspec

from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup, VerbGroups
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow

_NEAR, _FAR = 5, 9
_CLAUSE = 12


def group_of(
    groups: VerbGroups, words: VerbWords, row: WordRow, trigger: Trigger, before: tuple[Trigger, VerbGroup] | None
) -> VerbGroup:
    """A verb's group; a bare verb joined to the one before it shares that one's auxiliaries."""
    group = _with_far_auxiliary(groups.of(row, trigger), words, row, trigger)
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
    if gap[-1] == "," and earlier.form in (Form.BASE, Form.THIRD) and trigger.form is not earlier.form:
        return group  # "It backs the pact, signed in May"
    has_own = any(word in words.auxiliaries.be for word in own)
    if trigger.form in (Form.PAST, Form.PARTICIPLE) and not has_own:
        kept = tuple(word for word in shared.says if word != "negative" or "nor" in gap)
        voice = shared.voice if shared.voice != "noun" else group.voice
        return msgspec.structs.replace(group, says=tuple(dict.fromkeys((*group.says, *kept))), voice=voice)
    return msgspec.structs.replace(group, says=shared.says) if trigger.form is Form.BASE else group


def _leads_on(words: VerbWords, row: WordRow, trigger: Trigger) -> bool:
    """ "was signed in Oslo on 5 May and laid before parliament": no object follows the second verb."""
    return trigger.core < len(row) and row.lower[trigger.core] in words.clauses.prepositions


def _with_far_auxiliary(group: VerbGroup, words: VerbWords, row: WordRow, trigger: Trigger) -> VerbGroup:
    """ "The debate would be held later and the treaty brought into force": the auxiliaries of the clause before."""
    is_bare = trigger.form in (Form.PAST, Form.PARTICIPLE) and group.first == trigger.first and not group.says
    near = row.lower[max(0, group.first - _CLAUSE) : max(0, group.first - 1)] if is_bare else []
    if words.clauses.conjunctions[0] not in near:
        return group
    joint = next(
        (at for at in range(group.first - 2, max(0, group.first - _CLAUSE), -1) if _opens_with_text(words, row, at)), 0
    )
    if joint <= 0:
        return group
    ahead = {"future": words.auxiliaries.future, "would": words.auxiliaries.would}
    for at in range(joint - 2, max(-1, joint - _CLAUSE), -1):
        said = next((name for name, listed in ahead.items() if row.lower[at] in listed), "")
        if said and row.lower[at + 1] == words.auxiliaries.bare:
            return msgspec.structs.replace(group, says=(said,), voice="passive")
    return group


def _opens_with_text(words: VerbWords, row: WordRow, at: int) -> bool:
    """ "and the new treaty": a conjunction, an article and a noun for a treaty."""
    following = row.lower[at + 1 : at + 4]
    is_joint = row.lower[at] in words.clauses.conjunctions[:1] and following[:1] != []
    return is_joint and following[0] in words.clauses.articles and any(word in words.texts for word in following[1:])
