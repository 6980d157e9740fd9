"""Look-alikes: words that have all that an act needs, and tell none.

What is always so, what a resolution only asks, what talks came to, a bill that one house hands to the other: each is refused
here, by its own words, before a frame is looked up.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.statements.act_frames import class_of
from foedus.statements.factuality import NominalWords, Verdict
from foedus.statements.memory import Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.participants import ACTORS, Found, Scene
from foedus.statements.parties import UNIONS
from foedus.statements.partners import with_them
from foedus.statements.statement import TreatyMention
from foedus.statements.trigger_groups import BY_A_TREATY, CHANGING, EVENTS, PROVIDED
from foedus.statements.triggers import Form, Trigger
from foedus.statements.unreal import UnrealWords
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind
from foedus.terms.agents import BodyKind
from foedus.terms.evidence import Factuality


def is_named(scene: Scene, trigger: Trigger, is_adverb: Callable[[str], bool], is_alone: bool) -> bool:
    """Inside a name ("Agreement on the extension of ..."), or an adjective to a treaty noun ("the ratified treaty")."""
    if trigger.class_ == "accede" and trigger.form is Form.NOUN and is_alone:
        return False
    index = scene.at[trigger.first]
    if index >= 0 and scene.mentions[index].kind in _NAMED:
        return True
    following = scene.at[trigger.core] if trigger.core < len(scene.at) else -1
    at = trigger.first
    while at and is_adverb(scene.row.lower[at - 1]):
        at -= 1
    before = scene.row.lower[at - 1] if at else ""
    auxiliaries = scene.words.auxiliaries
    is_attribute = (
        trigger.form in (Form.PAST, Form.PARTICIPLE, Form.NOUN)
        and before in scene.articles
        and before not in (*auxiliaries.have, *auxiliaries.negative)
    )
    return is_attribute and following >= 0 and scene.mentions[following].kind in _THINGS


_THINGS = frozenset({MentionKind.TREATY, MentionKind.MEASURE})
_NAMED = _THINGS | {MentionKind.ORGANISATION, MentionKind.BODY}


def tells_nothing(
    scene: Scene,
    trigger: Trigger,
    passive: bool,
    thing: Mention | None,
    actors: Found,
    words: NominalWords,
    is_after_talks: bool = False,
) -> bool:
    """Whether the object rules an act out: nothing replaced, members who merely oppose, talks that were concluded.

    is_after_talks   the subject is "they", and talks were told last
    """
    if trigger.class_ in BY_A_TREATY and trigger.form is Form.THIRD and _describes_a_text(scene, trigger):
        return True
    if trigger.class_ == "supersede":
        return not passive and thing is not None and 0 < scene.row.at(thing.end) <= trigger.first
    if trigger.class_ == "settle-text":
        return passive and (thing is None or scene.row.at(thing.start) >= trigger.first)
    if trigger.class_ == "pass" and not passive and not any(class_of(one) == "chamber" for one in actors.mentions):
        return _is_apart(scene, trigger, thing)
    if trigger.class_ == "talks":
        return not _are_talks_on_it(scene, trigger, words) and not is_after_talks
    if trigger.class_ == "oppose":
        return any(one.role != "name" for one in actors.mentions)
    if trigger.form is Form.NOUN or thing is None:
        return False
    return _is_of_talks(scene, thing, words) or _is_about_it(scene, trigger, thing, actors, words)


def _describes_a_text(scene: Scene, trigger: Trigger) -> bool:
    """ "the accord that replaces the pact", "a bill from the king that prolongs it": what a text does is no act."""
    lower = scene.row.lower
    if lower[trigger.first - 1 : trigger.first] != [scene.words.clauses.conjunction_or_relative]:
        return False
    before = range(max(0, trigger.first - _ANTECEDENT), trigger.first)
    return any(scene.at[at] >= 0 and scene.mentions[scene.at[at]].kind in _THINGS for at in before) or any(
        lower[at] in scene.words.texts for at in before
    )


_ANTECEDENT = 9


def _is_apart(scene: Scene, trigger: Trigger, thing: Mention | None) -> bool:
    """ "adopted a work plan under the convention": what is adopted is another paper, of which a preposition tells the treaty."""
    if thing is None or thing.end <= thing.start or trigger.form is Form.NOUN:
        return False
    between = scene.row.lower[trigger.core : scene.row.at(thing.start)]
    leading = {scene.words.crowds.of, *scene.words.object_openers}
    return any(word in scene.prepositions and word not in leading for word in between)


def _are_talks_on_it(scene: Scene, trigger: Trigger, words: NominalWords) -> bool:
    """ "Talks on the pact were opened in May", "the two opened negotiations": talks that nobody says to be on another matter."""
    lower = scene.row.lower
    left = [at for at in range(trigger.first - 1, -1, -1) if scene.at[at] < 0][: _TALKS - 1]
    near = [*left, *range(trigger.core, trigger.core + _ROUND)]
    noun = next((at for at in near if at < len(lower) and lower[at] in words.talks), None)
    if noun is None or lower[noun - 1] in words.other_talks or _is_with_others(scene, noun):
        return False
    if noun > 1 and lower[noun - 1] == scene.words.crowds.of and lower[noun - 2] not in words.talks_rounds:
        return False
    between = range(noun + 1, _clause_end(scene, trigger)) if noun < trigger.first else range(trigger.core, noun)
    is_joined = trigger.first > 0 and lower[trigger.first - 1] in scene.conjunctions
    if noun < trigger.first and lower[noun + 1] == "," and lower[noun + 2] in scene.relatives:
        between = range(noun + 3, trigger.first)  # "the talks, which opened in May"
    if noun < trigger.first and lower[noun + 1] in words.talks_on:
        between = _after_aside(scene, between)
    if any(
        (at in scene.verbs and not is_joined) or lower[at] in scene.subordinators or not lower[at][0].isalnum()
        for at in between
    ):
        return False
    if lower[noun + 1 : noun + 2] == [] or lower[noun + 1] not in words.talks_on:
        return True
    last = trigger.first if noun < trigger.first else len(lower)
    matter = range(noun + 2, min(noun + 7, last))
    return any(
        lower[at] in words.talks_of or (scene.at[at] >= 0 and scene.mentions[scene.at[at]].kind is MentionKind.TREATY)
        for at in matter
    )


def _after_aside(scene: Scene, between: range) -> range:
    """ "Talks on the pact, begun in 1999, had been [concluded]": what follows the aside."""
    commas = [at for at in between if scene.row.lower[at] == ","]
    return range(commas[-1] + 1, between.stop) if len(commas) == _PAIR else between


def is_of_other_parties(scene: Scene, trigger: Trigger, parties: tuple[str, ...]) -> bool:
    """ "Talks with Peru opened in May", "With Peru, the deal shall be signed", in a report on the deal of Chile and Norway."""
    lower = scene.row.lower
    if len(parties) != _PAIR:
        return False
    if lower[0] == scene.words.accompanied:
        index = scene.actor_at(1)
        end = scene.spans[index][1] if index is not None else 0
        return lower[end : end + 1] == [","] and _is_of_others(scene, index, parties)
    opener = next((at for at in range(1, len(lower)) if lower[at] == scene.words.accompanied), 0)
    are_talks = trigger.class_ == "talks" and opener and lower[opener - 1] in trigger.words.only_of
    return bool(are_talks) and _is_of_others(scene, scene.actor_at(opener + 1), parties)


def _is_of_others(scene: Scene, index: int | None, parties: tuple[str, ...]) -> bool:
    states = scene.mentions[index].states if index is not None else ()
    return bool(states) and not set(states) & set(parties)


def _clause_end(scene: Scene, trigger: Trigger) -> int:
    """Where a clause begins that tells of the talks themselves: "talks that began", "on it that were opened", "on it, begun in May"."""
    lower, first = scene.row.lower, trigger.first
    if trigger.form is Form.PARTICIPLE and lower[first - 1] == ",":
        return first - 1
    at = first - 2 if lower[first - 1] in scene.words.auxiliaries.be else first - 1
    return at if at > 0 and lower[at] in scene.words.clauses.object_relatives else first


def _is_with_others(scene: Scene, noun: int) -> bool:
    """ "talks between the firm and its union", "talks with business leaders": those who talk are no states."""
    lower = scene.row.lower
    opener = lower[noun + 1 : noun + 2]
    if not opener or opener[0] not in (*scene.words.crowds.between, scene.words.accompanied):
        return False
    after = range(noun + 2, min(noun + 2 + _PARTNER, len(lower)))
    named = any(scene.at[at] >= 0 and scene.mentions[scene.at[at]].kind in ACTORS for at in after)
    return not named and not any(lower[at] in scene.words.talkers for at in after)


_PARTNER = 6
_PAIR = 2
_ROUND = 8
_TALKS = 14


def _is_of_talks(scene: Scene, thing: Mention, words: NominalWords) -> bool:
    """ "concluded trade agreement talks": the talks were concluded, not the agreement."""
    after = scene.row.at(thing.end)
    return after < len(scene.row) and scene.row.lower[after] in words.talks


def _is_about_it(scene: Scene, trigger: Trigger, thing: Mention, actors: Found, words: NominalWords) -> bool:
    """ "The talks on the treaty were extended", "the dispute over the pact ended": another noun is what the verb tells of."""
    first = scene.row.at(thing.start)
    is_adopted = trigger.class_ == "pass" and not actors.mentions
    if not (is_adopted or trigger.class_ in CHANGING) or thing.end <= thing.start or not 1 < first < trigger.first:
        return False
    if "," in scene.row.lower[scene.row.at(thing.end) : trigger.first]:
        return False
    at = first - 1
    while at > 0 and scene.row.lower[at] in scene.articles:
        at -= 1
    return scene.row.lower[at] in words.talks_on and scene.row.lower[at - 1].isalpha() and scene.at[at - 1] < 0


def only_asks(scene: Scene, trigger: Trigger, thing: Mention | None, words: NominalWords) -> bool:
    """ "a resolution urging the president to keep the pact": what the chamber passes is no decision on the treaty."""
    if trigger.class_ not in ("pass", "approve", "vote", "support") or trigger.form is Form.NOUN:
        return False
    end = scene.row.at(thing.end) + 1 if thing is not None and thing.text else trigger.core + 8
    is_measure = thing is not None and thing.kind is MentionKind.MEASURE
    passed = scene.row.lower[trigger.core : end + (_MOTION if is_measure else 0)]
    if thing is not None and is_measure and scene.row.at(thing.end) <= trigger.first:
        passed = scene.row.lower[scene.row.at(thing.end) : trigger.first]  # "A motion to delay the vote was carried"
    asked = next(
        (at for at in range(trigger.core, min(end, len(scene.row))) if scene.row.lower[at] in words.asking), -1
    )
    is_asked = asked >= 0 and not any(word in words.asked for word in scene.row.lower[asked : asked + 4])
    return is_asked or _is_procedural(passed, words)


def _is_procedural(passed: list[str], words: NominalWords) -> bool:
    """ "voted to close the debate", "a motion to delay the vote": how to go on, not whether."""
    debates = set(words.debates)
    return any(word in words.procedural and debates & set(passed[at + 1 : at + 5]) for at, word in enumerate(passed))


def is_minority(scene: Scene, trigger: Trigger, group: VerbGroup, words: NominalWords) -> bool:
    """ "91 members backed it and two rejected it": a bare number tells who lost the vote."""
    if trigger.class_ not in ("reject", "vote-against", "oppose") or trigger.form is Form.NOUN or not group.first:
        return False
    before = scene.row.lower[group.first - 1]
    return before.isdigit() or before in words.few


def is_by_somebody(scene: Scene, trigger: Trigger, passive: bool, actors: Found) -> bool:
    """ "a motion tabled by another group": the words name who laid it before the house, and it is no executive."""
    if trigger.class_ != "submit" or not passive or actors.mentions:
        return False
    return scene.row.lower[trigger.core : trigger.core + 1] in [[word] for word in scene.words.crowds.by]


_MOTION = 6
_DECIDED = frozenset({"ratify", "approve", "pass", "reject", "vote"})
_EXECUTIVE = frozenset({"head", "head-of-government", "cabinet", "minister", "person"})
_PASSED = frozenset({Kind.CHAMBER_APPROVE, Kind.COMMITTEE_RECOMMEND})


def is_by_treaty(scene: Scene, trigger: Trigger) -> bool:
    """ "the mark has been passed by the agreement": a treaty that does something is no act of anybody's."""
    following = scene.row.lower[trigger.core : trigger.core + 1]
    if not following or following[0] not in scene.words.crowds.by or trigger.class_ in BY_A_TREATY:
        return False
    index = next((index for index in scene.at[trigger.core : trigger.core + 6] if index >= 0), -1)
    return index >= 0 and scene.mentions[index].kind is MentionKind.TREATY


def is_provided(scene: Scene, trigger: Trigger, group: VerbGroup, cast_known: bool, words: UnrealWords) -> bool:
    """ "may be terminated", "shall be deposited", "subject to ratification by the signatories": what a treaty provides."""
    lower = scene.row.lower
    if trigger.form is Form.NOUN:
        return not cast_known and lower[max(0, trigger.first - 2) : trigger.first] == list(words.subject_to)
    is_modal = any(word in words.legal for word in lower[group.first : trigger.first])
    is_open = group.voice == "passive" or lower[group.first - 1] in words.contractors
    return is_modal and is_open and not cast_known and trigger.class_ in PROVIDED


def is_of_other_work(scene: Scene, content: Trigger, words: NominalWords) -> bool:
    """ "informed the board of the completion of the dam": no procedure was completed."""
    after = scene.row.lower[content.core : content.core + _WORK]
    return content.class_ == "complete" and content.form is Form.NOUN and not any(word in words.work for word in after)


_WORK = 7


def is_habit(
    trigger: Trigger, group: VerbGroup, thing: Mention | None, analysis: Analysis, words: NominalWords
) -> bool:
    """ "The Senate, which ratifies treaties made by the president": a present that tells what is always so.

    Not "Mali must still ratify": that waits for one thing.
    """
    if "required" in group.says and set(group.adverbs) & set(words.outstanding):
        return False
    is_bare = (
        trigger.form in (Form.BASE, Form.THIRD) and group.tense == "present" and not set(group.says) - {"required"}
    )
    is_any = thing is None or (thing.kind is MentionKind.MEASURE and thing.text.lower() in words.general)
    return is_bare and is_any and trigger.class_ in _DECIDED and not analysis.sentence.headline


def is_aside(
    thing: Mention | None, actors: Found, verdict: Verdict, contents: list[Trigger], memory: Memory, is_vote_against: bool
) -> bool:  # fmt: skip
    """A resolution that only asked something, spoken of again; deputies who did not vote, nobody says on what; the minority.

    Once a chamber is told to have approved, "deputies voted against it" tells of those who lost.
    """
    first = actors.mentions[0] if actors.mentions else None
    if is_vote_against and first and first.role == "generic" and class_of(first) == "chamber":
        whose = first.states
        if any(act.kind is Kind.CHAMBER_APPROVE and act.states == whose for act in memory.acts):
            return True
    if thing is None and not contents:
        return verdict.factuality is Factuality.DENIED and any(class_of(one) == "chamber" for one in actors.mentions)
    return memory.is_aside and thing is not None and thing.kind is MentionKind.MEASURE


def is_of_two(kind: str, class_: str, actor: str, treaty: TreatyMention) -> bool:
    """A treaty of two is signed; nobody in particular adopts it."""
    return kind == Kind.ADOPT.value and actor == "nobody" and len(treaty.parties) == 2 and class_ not in _OF_A_TEXT


def is_of_a_third(trigger: Trigger, actors: tuple[Mention, ...], treaty: TreatyMention) -> bool:
    """ "Washington endorsed the pact between Fiji and Samoa": who is no party to a treaty of two only praises it."""
    acting = {state for one in actors if class_of(one) in _PRAISERS for state in one.states}
    is_between_two = len(treaty.parties) == 2 and all(len(one) == _ALPHA_3 for one in treaty.parties)
    return trigger.class_ in _PRAISING and is_between_two and bool(acting) and acting.isdisjoint(treaty.parties)


_PRAISING = frozenset({"approve", "support", "say-yes"})
_PRAISERS = frozenset({"state", "organisation", "head", "head-of-government", "person"})
"""Whose chamber or cabinet decides may have a treaty of its own: "its Storting okayed that country's agreement"."""


def of_text(
    kind: Kind, scene: Scene, trigger: Trigger, actor: str, actors: tuple[Mention, ...], treaty: TreatyMention, parties: tuple[str, ...]
) -> Kind:  # fmt: skip
    """What is settled or concluded: the text of a treaty of two is negotiated, that of a treaty of many adopted."""
    told = {state for one in actors for state in one.states}
    told |= set(with_them(scene, trigger)) if len(told) == 1 and trigger.class_ in _OF_A_TEXT else set()
    of_two = len(treaty.parties) == 2 or (not treaty.parties and 2 in (len(parties), len(told)))
    by = scene.row.lower[trigger.core : trigger.core + _DRAFTERS]
    if (
        kind is Kind.RATIFY
        and actor == "crowd"
        and by[:1] == [*scene.words.crowds.by]
        and set(by) & set(scene.words.crowds.drafters)
    ):
        return Kind.ADOPT
    if (
        kind in _BY_ORGANS
        and trigger.class_ == "pass"
        and told
        and not any(len(one) == _ALPHA_3 or one in UNIONS for one in told)
    ):
        return Kind.ADOPT
    if trigger.class_ in _OF_A_TEXT:
        return Kind.NEGOTIATE if of_two else kind
    is_draft = trigger.words.drafts and actor == "nobody" and trigger.form is not Form.NOUN and kind is Kind.SIGN
    return Kind.ADOPT if is_draft and not treaty.parties and not of_two else kind


def takes_place(scene: Scene, trigger: Trigger, words: NominalWords) -> bool:
    """ "The signing took place on Monday", "is planned for May": told without those who sign."""
    after = scene.row.lower[trigger.core : trigger.core + _EVENT]
    return trigger.class_ in EVENTS and any(word in words.events for word in after)


def is_scheduled(scene: Scene, trigger: Trigger, words: NominalWords) -> bool:
    """ "The signing is planned for May": on the calendar, not yet done."""
    after = scene.row.lower[trigger.core : trigger.core + _EVENT]
    return takes_place(scene, trigger, words) and any(word in words.planned for word in after)


_EVENT = 16
_DRAFTERS = 5
_ALPHA_3 = 3
_BY_ORGANS = frozenset({Kind.CHAMBER_APPROVE, Kind.GOVERNMENT_APPROVE})
_OF_A_TEXT = ("settle-text", "finalize-text")


def goes_on(scene: Scene, trigger: Trigger, actors: Found, destination: Mention | None, memory: Memory) -> bool:
    """One house passes a bill on to the other, or both to the head of state: not the executive's submission."""
    if trigger.class_ not in ("submit", "submit-moved"):
        return False
    if any(class_of(one) in _EXECUTIVE for one in actors.mentions):
        return False
    if any(_is_sent_to(scene, trigger, index) for index in range(len(scene.mentions))):
        return True
    if (
        trigger.class_ == "submit-moved"
        and destination is not None
        and scene.row.at(destination.start) > trigger.last + 2
    ):
        return True
    told = [act for act in memory.acts if act.kind in _PASSED and act.actors and act.factuality is Factuality.HAPPENED]
    if destination is None or destination.agent is None or not told:
        return False
    last = told[-1]
    is_house = destination.agent.kind in (BodyKind.LOWER_HOUSE, BodyKind.UPPER_HOUSE)
    earlier = last.actors[0].agent
    is_other = earlier is not None and earlier.kind is not destination.agent.kind
    is_moved_up = last.kind is Kind.COMMITTEE_RECOMMEND and trigger.class_ == "submit-moved"
    return last.states == destination.states and is_other and (is_house or is_moved_up)


def _is_sent_to(scene: Scene, trigger: Trigger, index: int) -> bool:
    """Whether a head of state stands right after the verb's "to": "sent to the president"."""
    first = scene.spans[index][0]
    is_head = class_of(scene.mentions[index]) == "head" and scene.mentions[index].kind in ACTORS
    return is_head and trigger.core <= first <= trigger.core + 6 and scene.governed(index)


def is_loose(trigger: Trigger, group: VerbGroup, actors: Found, scene: Scene) -> bool:
    """A bare base form far from its subject is no finite verb: "what we look forward to"."""
    if (
        trigger.form not in (Form.BASE, Form.THIRD)
        or group.says
        or group.first < trigger.first
        or trigger.class_ in ("force", "terminate", "supersede", "provisional")
        or not actors.mentions
        or actors.rule != "the name before the verb"
    ):
        return False
    between = range(scene.row.at(actors.mentions[-1].end), group.first)
    return any(scene.at[at] < 0 and at not in scene.timed and scene.row.lower[at].isalpha() for at in between)


def accompanies(scene: Scene, actors: Found) -> bool:
    """Whether "with" opens the subject: "with the cabinet giving its nod"."""
    return scene.words.accompanied in scene.row.lower[max(0, actors.first - 2) : actors.first]
