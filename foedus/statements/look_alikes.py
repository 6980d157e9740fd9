"""Look-alikes: words that have all that an act needs, and tell none.

What is always so, what a resolution only asks, what talks came to, a bill that one house hands to the other: each is refused
here, by its own words, before a frame is looked up.
"""

from __future__ import annotations

from foedus.statements.act_frames import class_of
from foedus.statements.factuality import NominalWords, Verdict
from foedus.statements.memory import Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.participants import ACTORS, Found, Scene
from foedus.statements.statement import TreatyMention
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind
from foedus.terms.agents import BodyKind
from foedus.terms.evidence import Factuality


def tells_nothing(
    scene: Scene, trigger: Trigger, passive: bool, thing: Mention | None, actors: Found, words: NominalWords
) -> bool:
    """Whether the object rules an act out: nothing replaced, members who merely oppose, talks that were concluded."""
    if trigger.class_ == "supersede":
        return not passive and thing is not None and 0 < scene.row.at(thing.end) <= trigger.first
    if trigger.class_ == "oppose":
        return any(one.role != "name" for one in actors.mentions)
    return trigger.class_ == "sign" and thing is not None and _is_of_talks(scene, thing, words)


def _is_of_talks(scene: Scene, thing: Mention, words: NominalWords) -> bool:
    """ "concluded trade agreement talks": the talks were concluded, not the agreement."""
    after = scene.row.at(thing.end)
    return after < len(scene.row) and scene.row.lower[after] in words.talks


def only_asks(scene: Scene, trigger: Trigger, thing: Mention | None, words: NominalWords) -> bool:
    """ "a resolution urging the president to keep the pact": what the chamber passes is no decision on the treaty."""
    if trigger.class_ not in ("pass", "approve", "vote", "support") or trigger.form is Form.NOUN:
        return False
    end = scene.row.at(thing.end) + 1 if thing is not None and thing.text else trigger.core + 8
    is_measure = thing is not None and thing.kind is MentionKind.MEASURE
    passed = scene.row.lower[trigger.core : end + (_MOTION if is_measure else 0)]
    asked = next(
        (at for at in range(trigger.core, min(end, len(scene.row))) if scene.row.lower[at] in words.asking), -1
    )
    is_asked = asked >= 0 and not any(word in words.asked for word in scene.row.lower[asked : asked + 4])
    return is_asked or _is_procedural(passed, words)


def _is_procedural(passed: list[str], words: NominalWords) -> bool:
    """ "voted to close the debate", "a motion to delay the vote": how to go on, not whether."""
    debates = set(words.debates)
    return any(word in words.procedural and debates & set(passed[at + 1 : at + 5]) for at, word in enumerate(passed))


_MOTION = 6
_DECIDED = frozenset({"ratify", "approve", "pass", "reject", "vote"})
_EXECUTIVE = frozenset({"head", "head-of-government", "cabinet", "minister", "person"})
_PASSED = frozenset({Kind.CHAMBER_APPROVE, Kind.COMMITTEE_RECOMMEND})


def is_by_treaty(scene: Scene, trigger: Trigger) -> bool:
    """ "the mark has been passed by the agreement": a treaty that does something is no act of anybody's."""
    following = scene.row.lower[trigger.core : trigger.core + 1]
    if not following or following[0] not in scene.words.crowds.by:
        return False
    index = next((index for index in scene.at[trigger.core : trigger.core + 6] if index >= 0), -1)
    return index >= 0 and scene.mentions[index].kind is MentionKind.TREATY


def is_habit(
    trigger: Trigger, group: VerbGroup, thing: Mention | None, analysis: Analysis, general: tuple[str, ...]
) -> bool:
    """ "The Senate, which ratifies treaties made by the president": a present that tells what is always so."""
    is_bare = (
        trigger.form in (Form.BASE, Form.THIRD) and group.tense == "present" and not set(group.says) - {"required"}
    )
    is_any = thing is None or (thing.kind is MentionKind.MEASURE and thing.text.lower() in general)
    return is_bare and is_any and trigger.class_ in _DECIDED and not analysis.sentence.headline


def is_aside(
    thing: Mention | None, actors: Found, verdict: Verdict, contents: list[Trigger], memory: Memory, is_vote_against: bool
) -> bool:  # fmt: skip
    """A resolution that only asked something, spoken of again; deputies who did not vote, nobody says on what; the minority.

    Once a chamber is told to have approved, "deputies voted against it" tells of those who lost.
    """
    if actors.mentions and class_of(actors.mentions[0]) == "chamber":
        whose = actors.mentions[0].states
        is_told = any(act.kind is Kind.CHAMBER_APPROVE and act.states == whose for act in memory.acts)
        if is_vote_against and is_told and actors.mentions[0].role == "generic":
            return True
    if thing is None and not contents:
        return verdict.factuality is Factuality.DENIED and any(class_of(one) == "chamber" for one in actors.mentions)
    return memory.is_aside and thing is not None and thing.kind is MentionKind.MEASURE


def is_of_two(kind: str, actor: str, treaty: TreatyMention) -> bool:
    """A treaty of two is signed; nobody in particular adopts it."""
    return kind == Kind.ADOPT.value and actor == "nobody" and len(treaty.parties) == 2


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
