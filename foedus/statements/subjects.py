"""The subject of a verb: the nearest name before it that no preposition governs, over asides and through relative clauses."""

from __future__ import annotations

from foedus.statements.participants import ACTORS, Found, Scene
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup

MAIN_SUBJECT = "the subject of the main clause"
_NEAR_RELATIVE = 2


def subject_of(scene: Scene, trigger: Trigger, group: VerbGroup) -> Found:
    """The subject of an active verb: nearest name before it that no preposition governs; through "which" or "who" its antecedent."""
    row = scene.row
    if opens_sentence(scene, trigger, group):
        return _after_absolute(scene, trigger)
    word = before_an_aside(scene, group.first - 1)
    while word >= 0:
        lower = row.lower[word]
        if lower in scene.stops and lower not in ('"', "“", "”"):
            return _label(scene, word)
        if (
            lower in scene.relatives
            and scene.untimed(word + 1, group.first) <= _NEAR_RELATIVE
            and lower != scene.words.clauses.conjunction_or_relative
        ):
            return _antecedent(scene, word)
        if lower == scene.words.clauses.conjunction_or_relative and word == group.first - 1:
            return _antecedent(scene, word)
        index = scene.actor_at(word)
        if index is not None:
            if scene.owns_officer(index):
                return Found((scene.mentions[index],), "the state whose officer acts", scene.spans[index][0])
            if (
                (not scene.governed(index) or scene.opens_absolute(index, trigger, group))
                and not scene.is_possessor(index)
                and not scene.is_absolute(index, group.first)
                and not _is_object_of_the_verb_before(scene, index, group.first)
            ):
                mentions, first = scene.gathered(index)
                return Found(mentions, "the name before the verb", first)
            word = scene.spans[index][0] - 1
            continue
        word -= 1
    return Found()


def opens_sentence(scene: Scene, trigger: Trigger, group: VerbGroup) -> bool:
    """ "Having ratified it,", "Ratifying it in May,", "By ratifying it,": who acts is the subject of the main clause."""
    lower = scene.row.lower
    if group.first == 0 and lower[:1] == [scene.words.auxiliaries.absolute]:
        return True
    is_led = trigger.first == 0 or (trigger.first == 1 and lower[0] in scene.words.gerunds["realised"])
    return trigger.form is Form.GERUND and is_led


def _after_absolute(scene: Scene, trigger: Trigger) -> Found:
    """ "Having ratified it in May, Chad is bound": the subject of the main clause."""
    for comma in (at for at in range(trigger.last, len(scene.row)) if scene.row.lower[at] == ","):
        first = comma + 1
        heads = (*scene.articles, *scene.words.crowds.heads, *scene.words.crowds.officers)
        while first < len(scene.row) and scene.row.lower[first] in heads:
            first += 1
        index = scene.actor_at(first)
        if index is not None and (not scene.is_possessor(index) or scene.owns_officer(index)):
            return Found(scene.gathered(index)[0], MAIN_SUBJECT, 0)
    return Found()


def _label(scene: Scene, stop: int) -> Found:
    """ "Ghana: signed in 2012, ratified in 2014": the name that opens the line; nobody where more stands before the colon."""
    index = scene.actor_at(stop - 1)
    if index is None or scene.row.lower[stop] != scene.words.label or scene.spans[index][1] != stop:
        return Found()
    mentions, first = scene.gathered(index)
    return Found(mentions, "the name that opens the line", first) if first <= 1 else Found()


def opening_label(scene: Scene, trigger: Trigger) -> Found:
    """ "Chad and Mali: treaty signed in Bamako": the names that open a headline, before its colon."""
    colon = next((at for at in range(1, trigger.first) if scene.row.lower[at] == scene.words.label), 0)
    return _label(scene, colon) if colon else Found()


def before_an_aside(scene: Scene, last: int) -> int:
    """ "The court, while rejecting the petitions against A and B, approved": the word before the aside; else `last`."""
    if last < 1 or scene.row.lower[last] != ",":
        return last
    comma = next((word for word in range(last - 1, max(-1, last - 30), -1) if scene.row.lower[word] == ","), -1)
    opener = scene.row.lower[comma + 1] if comma >= 0 else ""
    is_vote = any(word in scene.words.balloting for word in scene.row.lower[comma + 1 : last])
    return comma - 1 if (opener in scene.subordinators or is_vote) and comma > 0 else last


def before_relative(scene: Scene, last: int) -> int:
    """ "The kingdom, which never signed, acceded": the word before a relative clause between commas; else `last`."""
    if last < 1 or scene.row.lower[last] != ",":
        return last
    comma = next((word for word in range(last - 1, max(0, last - 20), -1) if scene.row.lower[word] == ","), 0)
    return comma - 1 if comma and scene.row.lower[comma + 1] in scene.relatives else last


def awaits_its_verb(scene: Scene, verb: int) -> bool:
    """ "Norway, which never signed the pact, [acceded]": whether only a subject and its relative clause stand before a verb."""
    subject = before_relative(scene, verb - 1)
    index = scene.actor_at(subject) if subject != verb - 1 else None
    is_country = subject != verb - 1 and scene.row.lower[subject] in scene.words.pronouns.country
    if index is None and not is_country:
        return False
    opening = range(subject if index is None else scene.spans[index][0])
    return all(
        word in scene.timed or scene.row.lower[word] in scene.articles | scene.prepositions | {","} for word in opening
    )


def _means_a_crowd(scene: Scene, relative: int) -> bool:
    """ "Norway thanked the countries that have ratified it": the relative's own noun acts, and nobody names it.

    In "one of the countries that" and "Mali and Chad, countries that" somebody does.
    """
    lower = scene.row.lower
    noun = relative - 1
    if noun < 0 or lower[noun] not in scene.words.crowds.nouns or scene.at[noun] >= 0:
        return False
    before = noun - 1
    while before >= 0 and (lower[before] in scene.articles or lower[before] in scene.words.crowds.vague):
        if lower[before] == scene.words.crowds.of:
            return False
        before -= 1
    if before < 0 or {lower[before], " ".join(lower[before - 1 : before + 1])} & set(scene.words.crowds.belonging):
        return False
    return lower[before] not in (",", *scene.stops, *scene.words.auxiliaries.be) and scene.at[before] < 0


def _antecedent(scene: Scene, relative: int) -> Found:
    if _means_a_crowd(scene, relative):
        return Found()
    for word in range(relative - 1, max(-1, relative - 12), -1):
        index = scene.at[word]
        if index >= 0:
            mention = scene.mentions[index]
            if mention.kind in ACTORS:
                mentions, first = scene.gathered(index)
                return Found(mentions, "the antecedent of the relative", first)
            return Found((mention,), "the antecedent of the relative", scene.spans[index][0])
    return Found()


def _is_object_of_the_verb_before(scene: Scene, index: int, first: int) -> bool:
    """ "The Senate followed the House and gave": a name between two joined verbs is the object of the first."""
    start, end = scene.spans[index]
    at = start - 1
    while at >= 0 and scene.row.lower[at] in scene.articles:
        at -= 1
    return end == first - 1 and scene.row.lower[end] in scene.conjunctions and at in scene.verbs
