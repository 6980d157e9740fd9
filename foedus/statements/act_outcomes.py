"""What an act comes to once its kind is known: a signature that is a law's, a future that is a plan, one act an organ."""

from __future__ import annotations

import re

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone
from foedus.statements.act_frames import class_of
from foedus.statements.factuality import NominalWords, Verdict
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.participants import Found, Scene, possessor_of
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind
from foedus.terms.dates import Anchor, Direction, Timex
from foedus.terms.evidence import Factuality

_PASSED = frozenset({Kind.CHAMBER_APPROVE, Kind.COMMITTEE_RECOMMEND})
LOOKS_AHEAD = "a present that looks ahead"
TO_COME = "a present with a time to come"
FELL_SHORT = "a majority that fell short"
_SENTENCE = 24
FORESEEN = frozenset({Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXPIRE, Kind.PROVISIONAL_APPLICATION})
_LOOKED_FOR = FORESEEN | {Kind.WITHDRAW_EFFECTIVE}
_WILLED = frozenset(
    {
        Kind.SUSPEND,
        Kind.WITHDRAW_NOTICE,
        Kind.SIGN,
        Kind.SUBMIT,
        Kind.DEPOSIT,
        Kind.EXTEND,
        Kind.ACCEDE,
        Kind.UNSIGN,
        Kind.REVOKE_NOTICE,
    }
)
_UNDER_WAY = _WILLED | {Kind.RATIFY, Kind.EXCHANGE}
_COMES_ROUND = re.compile(r"XXXX-(?:WXX-\d|\d\d|SP|SU|FA|WI)(?:T\w+)?$")


def resigned(
    kind: Kind, actors: tuple[Mention, ...], verdict: Verdict, memory: Memory, decided_here: bool, scene: Scene
) -> tuple[Kind, str]:
    """A head of state alone who signs what the chambers pass signs the law, not the treaty."""
    if kind is not Kind.SIGN or len(actors) != 1 or class_of(actors[0]) != "head":
        return kind, ""
    states = actors[0].states
    if verdict.factuality in (Factuality.EXPECTED, Factuality.POSSIBLE, Factuality.PLANNED) and memory.decided(states):
        return Kind.PROMULGATE, "the signature that a ratification still needs"
    abroad = {
        state for mention in scene.mentions for state in mention.states if mention.kind is not MentionKind.TREATY
    } - set(states)
    if abroad & set(memory.parties):
        return kind, ""
    if decided_here or (memory.has_signature() and memory.decided(states)):
        return Kind.PROMULGATE, "signed after the chambers had decided"
    return kind, ""


def settled(
    kind: Kind, verdict: Verdict, group: VerbGroup, analysis: Analysis, actors: Found, is_by_now: bool = False
) -> Verdict:
    """What a future means depends on the act: force is foreseen, a signature is planned, a dated vote is on the calendar."""
    if kind in _LOOKED_FOR:
        if verdict.factuality is Factuality.PLANNED:
            return Verdict(Factuality.EXPECTED, "force is foreseen, not decided")
        is_present = group.tense == "present" and "perfect" not in group.says and verdict.rule == "told as done"
        if is_present and is_by_now:
            return Verdict(Factuality.HAPPENED, "in force by now")
        return Verdict(Factuality.EXPECTED, LOOKS_AHEAD) if is_present and not analysis.sentence.headline else verdict
    is_general = group.voice == "passive" and group.tense == "present" and "perfect" not in group.says
    if kind is Kind.EXCHANGE and is_general and verdict.rule == "told as done":
        return Verdict(Factuality.EXPECTED, LOOKS_AHEAD)
    if "decided" in group.says and kind in _PASSED and verdict.rule == "planned":
        return Verdict(Factuality.HAPPENED, "the chamber decided")
    if kind in _UNDER_WAY and group.is_going_on and verdict.rule == "told as done":
        return Verdict(Factuality.PLANNED, "under way")
    if verdict.rule == "future in the past" and kind in _WILLED:
        return Verdict(Factuality.PLANNED, "announced")
    if verdict.rule == "future" and analysis.times:
        return Verdict(Factuality.PLANNED, "a dated future")
    if kind is Kind.EXTEND and verdict.rule == "planned" and len(actors.mentions) > 1:
        return Verdict(Factuality.HAPPENED, "parties agreed to extend")
    return verdict


def told_ahead(act: Act, timex: Timex | None, document: Document, analysis: Analysis) -> Act:
    """ "The president signs it tomorrow", "Britain leaves on 31 January": a present with a time to come is a plan.

    A headline's bare weekday may be either ("Senate approves pact on Friday"), so there only a time that is surely ahead counts.
    """
    is_present = act.group.tense == "present" and "perfect" not in act.group.says and act.trigger.form is not Form.NOUN
    is_reached = "realised" in act.group.says or act.trigger.class_ == "become-nth"
    if not is_present or is_reached or act.verdict.rule != "told as done" or timex is None:
        return act
    if not _is_ahead(timex, document, analysis.sentence.headline):
        return act
    is_leaving = act.kind is Kind.WITHDRAW_NOTICE
    verdict = Verdict(Factuality.EXPECTED if is_leaving else Factuality.PLANNED, TO_COME)
    kind = Kind.WITHDRAW_EFFECTIVE if is_leaving else act.kind
    return msgspec.structs.replace(act, kind=kind, verdict=verdict, rules=(*act.rules[:-1], TO_COME))


def _is_ahead(timex: Timex, document: Document, headline: bool) -> bool:
    if timex.anchor not in (Anchor.DOCUMENT, Anchor.NONE) or timex.direction is Direction.PAST:
        return False
    if timex.direction is Direction.FUTURE or (_COMES_ROUND.match(timex.value) and not headline):
        return timex.direction is not Direction.WITHIN
    days = alone(timex, document, None, "present")
    return bool(days and document.stated and days.earliest > document.stated.on.latest)


def passed_through(scene: Scene, trigger: Trigger, group: VerbGroup) -> Mention | None:
    """ "The bill passed the House on Monday", "the pact cleared the Senate": the chamber stands as the object."""
    if trigger.class_ not in ("pass", "approve") or trigger.form is Form.NOUN or group.voice == "passive":
        return None
    after = next((index for index in scene.at[trigger.core : trigger.core + 4] if index >= 0), -1)
    if after < 0 or class_of(scene.mentions[after]) != "chamber" or scene.mentions[after].kind is not MentionKind.BODY:
        return None
    between = scene.row.lower[trigger.core : scene.spans[after][0]]
    before = [one for at, one in enumerate(scene.mentions) if scene.spans[at][1] <= group.first]
    is_it = group.first > 0 and scene.row.lower[group.first - 1] in scene.words.pronouns.thing
    is_subject = is_it or (bool(before) and before[-1].kind in (MentionKind.TREATY, MentionKind.MEASURE))
    is_near = all(word in scene.articles or word in scene.words.crowds.places for word in between)
    return scene.mentions[after] if is_subject and is_near else None


def awaited(act: Act, told: list[Act], words: list[str], temporal: tuple[str, ...], past: frozenset[str]) -> Act:
    """ "It would come into force once both have approved it": what a foreseen force waits for has not happened."""
    is_open = act.group.tense == "present" or "perfect" in act.group.says
    if act.verdict.rule != "told as done" or not is_open or set(words[act.group.first : act.trigger.first]) & past:
        return act
    for earlier in told:
        between = words[earlier.trigger.last : act.group.first]
        is_foreseen = earlier.kind in FORESEEN and earlier.factuality is Factuality.EXPECTED
        if is_foreseen and any(word in temporal for word in between):
            verdict = Verdict(Factuality.EXPECTED, "awaited by the main clause")
            return msgspec.structs.replace(act, verdict=verdict, rules=(*act.rules[:-1], verdict.rule))
    return act


def decided(kind: Kind, scene: Scene, trigger: Trigger, contents: list[Trigger]) -> Kind:
    """A chamber that "backed a motion not to ratify the pact" rejects it."""
    words, negative = scene.row.lower, scene.words.auxiliaries.negative
    before = [word for one in contents[:1] for word in words[max(trigger.core, one.first - 3) : one.first]]
    is_against = kind is Kind.CHAMBER_APPROVE and any(word in negative for word in before)
    return Kind.CHAMBER_REJECT if is_against else kind


def fell_short(
    kind: Kind, scene: Scene, trigger: Trigger, verdict: Verdict, words: NominalWords
) -> tuple[Kind, Verdict]:
    """ "voted 61 to 38 for it, five votes short of what it needed": most were for it, and it failed all the same."""
    after = scene.row.lower[trigger.core : trigger.core + _SENTENCE]
    short = next((at for at, word in enumerate(after) if word == words.short), None)
    is_short = short is not None and any(word in words.thresholds for word in after[short + 1 : short + 6])
    if kind is not Kind.CHAMBER_APPROVE or not is_short or verdict.factuality is not Factuality.HAPPENED:
        return kind, verdict
    return Kind.CHAMBER_REJECT, Verdict(Factuality.HAPPENED, FELL_SHORT)


def in_the_chamber(scene: Scene, trigger: Trigger, thing: Mention | None, memory: Memory) -> bool:
    """ "The bill was approved on a second reading": by the chamber that the report has spoken of."""
    is_sitting = any(word in scene.words.sittings for word in scene.row.lower[: trigger.first])
    classes = ("approve", "pass", "ratify") if is_sitting else ("approve", "pass")
    if trigger.class_ not in classes or trigger.form is Form.NOUN or thing is None or not memory.chamber:
        return False
    return thing.kind is MentionKind.MEASURE or bool(thing.treaty and len(thing.treaty.parties) == 2)


def implied_states(memory: Memory) -> tuple[str, ...]:
    """Whose law it is where nobody is named: the chamber's last spoken of, else of whoever acted last alone."""
    states = memory.chamber.states if memory.chamber else memory.act.states if memory.act else ()
    return states if len(states) == 1 else ()


def by_organ(act: Act) -> list[Act]:
    """One act for each organ of a list: "approved by both the Duma and the Federation Council" is two decisions."""
    if act.kind.level != "D" or len(act.actors) < 2 or any(one.kind is not MentionKind.BODY for one in act.actors):
        return [act]
    organs = {one.agent: one for one in reversed(act.actors)}
    listed = [one for one in act.actors if organs[one.agent] is one]
    return [msgspec.structs.replace(act, actors=(one,), states=one.states[:1] or act.states) for one in listed]


def by_another(act: Act, trigger: Trigger, group: VerbGroup, subject: Found, verdict: Verdict, rule: str) -> Act:
    states = tuple(sorted({state for mention in subject.mentions for state in mention.states}))
    return msgspec.structs.replace(
        act,
        trigger=trigger,
        group=group,
        actors=subject.mentions,
        states=states or act.states,
        verdict=verdict,
        rules=(rule, *act.rules[:1]),
        reaches=(),
    )


def outcome_of(
    kind: Kind,
    verdict: Verdict,
    scene: Scene,
    analysis: Analysis,
    trigger: Trigger,
    group: VerbGroup,
    actors: Found,
    contents: list[Trigger],
    memory: Memory,
    nominal: NominalWords,
) -> tuple[Kind, Verdict]:
    """Kind and sureness once the day, the notice before and the outcome of the vote are looked at."""
    if kind is Kind.WITHDRAW_NOTICE and verdict.rule == "future" and analysis.times and memory.has_notice():
        kind = Kind.WITHDRAW_EFFECTIVE
    by_now = any(word in nominal.by_now for word in scene.row.lower[trigger.core : trigger.last])
    verdict = settled(kind, verdict, group, analysis, actors, by_now)
    return fell_short(decided(kind, scene, trigger, contents), scene, trigger, verdict, nominal)


def whose_law(scene: Scene, contents: list[Trigger], memory: Memory) -> tuple[str, ...]:
    """ "signed the law on the accession of Uzbekistan": whose act the law is about, else who is spoken of."""
    owners = possessor_of(scene, contents[0]).mentions if contents else ()
    return owners[0].states if len(owners) == 1 and len(owners[0].states) == 1 else implied_states(memory)
