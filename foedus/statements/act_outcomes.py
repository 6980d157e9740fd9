"""What an act comes to once its kind is known: a signature that is a law's, a future that is a plan, one act an organ."""

from __future__ import annotations

import re

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day
from foedus.statements.act_frames import class_of, thing_class
from foedus.statements.factuality import A_NOUN, NominalWords, Verdict
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Mention, MentionKind
from foedus.statements.objects import Objects
from foedus.statements.participants import BOUND, Found, Scene, possessor_of
from foedus.statements.parties import UNIONS
from foedus.statements.statement import TreatyMention
from foedus.statements.trigger_groups import BALLOTS, BECOMING, DECIDERS, REACHING, UNDERSTOOD
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind
from foedus.terms.dates import SINCE, Anchor, Direction, Timex
from foedus.terms.evidence import Factuality

_PASSED = frozenset({Kind.CHAMBER_APPROVE, Kind.COMMITTEE_RECOMMEND})
BY_NOW = "in force by now"
STANDING = "standing"
LOOKS_AHEAD = "a present that looks ahead"
TO_COME = "a present with a time to come"
TOLD_OFF = "told the depositary that it means to be no party"
FELL_SHORT = "a majority that fell short"
_SENTENCE = 24
_PAIR = 2
FORESEEN = frozenset({Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXPIRE, Kind.PROVISIONAL_APPLICATION})
CONDITIONS = frozenset({Kind.NOTIFY_COMPLETION, Kind.RATIFY, Kind.ACCEDE})
"""What others wait for: "once two-thirds of them have ratified it" tells of nobody's act."""
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
        is_present = group.is_present and verdict.rule == "told as done"
        if is_present and is_by_now:
            return Verdict(Factuality.HAPPENED, BY_NOW)
        return Verdict(Factuality.EXPECTED, LOOKS_AHEAD) if is_present and not analysis.sentence.headline else verdict
    is_general = group.voice == "passive" and group.is_present
    if kind in (Kind.EXCHANGE, Kind.EXTEND, Kind.AMEND) and is_general and verdict.rule == "told as done":
        return Verdict(Factuality.EXPECTED, LOOKS_AHEAD)
    is_referred = kind is Kind.REFER and any(class_of(one) == "chamber" for one in actors.mentions)
    if "decided" in group.says and (kind in _PASSED or is_referred) and verdict.rule == "planned":
        return Verdict(Factuality.HAPPENED, "the chamber decided")
    if (kind in _UNDER_WAY or group.voice == "passive") and group.is_going_on and verdict.rule == "told as done":
        return Verdict(Factuality.PLANNED, "under way")
    if kind is Kind.SUBMIT and verdict.rule == "future":
        return Verdict(Factuality.PLANNED, "an executive's own will")
    is_next = group.is_present and verdict.rule == "told as done"
    if kind is Kind.SUBMIT and is_next and not actors.mentions and not analysis.sentence.headline:
        return Verdict(Factuality.EXPECTED, LOOKS_AHEAD)
    if verdict.rule == "future in the past" and kind in _WILLED:
        return Verdict(Factuality.PLANNED, "announced")
    if verdict.rule == "future" and analysis.times:
        return Verdict(Factuality.PLANNED, "a dated future")
    if kind is Kind.EXTEND and "decided" in group.says and verdict.rule == "planned" and len(actors.mentions) > 1:
        return Verdict(Factuality.HAPPENED, "parties agreed to extend")
    return verdict


def told_ahead(act: Act, timex: Timex | None, document: Document, analysis: Analysis) -> Act:
    """ "The president signs it tomorrow", "Britain leaves on 31 January": a present with a time to come is a plan.

    So is a noun with a day that is later than the report. A headline's bare weekday may be either ("Senate approves pact on Friday"),
    so there only a time that is surely ahead counts.
    """
    if timex is None or (act.verdict.rule == BY_NOW and timex.bound == SINCE):
        return act
    if act.trigger.form is Form.NOUN:
        is_open = act.verdict.rule == A_NOUN and _is_later(timex, document, "past")
    else:
        is_told = act.verdict.rule in ("told as done", BY_NOW) and act.trigger.class_ != "become-nth"
        is_open = is_told and act.group.is_present and _is_ahead(timex, document, analysis.sentence.headline)
    if not is_open:
        return act
    is_leaving = act.kind is Kind.WITHDRAW_NOTICE
    is_foreseen = is_leaving or act.kind in _LOOKED_FOR
    verdict = Verdict(Factuality.EXPECTED if is_foreseen else Factuality.PLANNED, TO_COME)
    kind = Kind.WITHDRAW_EFFECTIVE if is_leaving else act.kind
    return msgspec.structs.replace(act, kind=kind, verdict=verdict, rules=(*act.rules[:-1], TO_COME))


def with_its_event(act: Act, timex: Timex | None) -> Act:
    """ "It ceases to apply on the day of the exchange": as done as that event, if that has happened; else the act itself."""
    is_open = act.verdict.rule == LOOKS_AHEAD and timex is not None and timex.anchor is Anchor.EVENT
    done = Verdict(Factuality.HAPPENED, "on the day of what has happened")
    return msgspec.structs.replace(act, verdict=done, rules=(*act.rules[:-1], done.rule)) if is_open else act


def _is_ahead(timex: Timex, document: Document, headline: bool) -> bool:
    if timex.anchor not in (Anchor.DOCUMENT, Anchor.NONE) or timex.direction is Direction.PAST:
        return False
    if timex.direction is Direction.FUTURE or (_COMES_ROUND.match(timex.value) and not headline):
        return timex.direction is not Direction.WITHIN
    return _is_later(timex, document, "present")


def _is_later(timex: Timex, document: Document, tense: str) -> bool:
    days = alone(timex, document, None, tense)
    return bool(days and document.stated and days.earliest > document.stated.on.latest)


_HOUSES = ("pass", "approve", "due-before", "come-before")


def passed_through(scene: Scene, trigger: Trigger, group: VerbGroup) -> Mention | None:
    """ "The bill passed the House on Monday", "the pact cleared the Senate": the chamber stands as the object."""
    if trigger.class_ not in _HOUSES or trigger.form is Form.NOUN or group.voice == "passive":
        return None
    start = trigger.last if trigger.words.house else trigger.core
    after = next((index for index in scene.at[start : start + 4] if index >= 0), -1)
    if (
        after < 0
        or class_of(scene.mentions[after]) not in ("chamber", "committee")
        or scene.mentions[after].kind is not MentionKind.BODY
    ):
        return None
    between = scene.row.lower[start : scene.spans[after][0]]
    before = [one for at, one in enumerate(scene.mentions) if scene.spans[at][1] <= group.first]
    is_it = group.first > 0 and scene.row.lower[group.first - 1] in scene.words.pronouns.thing
    near = before if trigger.words.house else before[-1:]
    is_subject = is_it or any(one.kind in (MentionKind.TREATY, MentionKind.MEASURE) for one in near)
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


def _says_it_again(one: Act, other: Act) -> bool:
    """ "reported back on Tuesday, recommending it": a gerund that only repeats the verb before it."""
    is_tag = one.trigger.form is Form.GERUND and one.group.tense is None and not one.group.says
    same = one.kind is other.kind and one.states == other.states and one.factuality is other.factuality
    return is_tag and same and one.trigger.class_ == other.trigger.class_


def _is_becoming(act: Act) -> bool:
    """ "became the 60th party", "became the 60th state to join it"."""
    return act.trigger.class_ in BECOMING or (act.trigger.class_ == "join" and "realised" in act.group.says)


def by_consent_told(acts: list[Act]) -> list[Act]:
    """ "became the 60th party, ratifying it": becoming a party is no act beside the consent that the sentence tells too."""
    acts = [one for at, one in enumerate(acts) if not any(_says_it_again(one, other) for other in acts[:at])]
    consents = [one for one in acts if one.kind in (Kind.RATIFY, Kind.ACCEDE) and not _is_becoming(one)]
    return [
        one
        for one in acts
        if not _is_becoming(one)
        or (one.thing is not None and thing_class(one.thing) != "treaty")
        or not any(other.states == one.states and other.factuality is one.factuality for other in consents)
    ]


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


def by_its_council(
    kind: Kind, trigger: Trigger, actors: tuple[Mention, ...], is_crowd: bool, scene: Scene, group: VerbGroup
) -> tuple[Kind, tuple[str, ...]]:
    """ "EU countries gave the go-ahead", "EU ministers approved it": a union's members together decide as its council."""
    if trigger.class_ != "approve" or kind not in (Kind.RATIFY, Kind.GOVERNMENT_APPROVE, Kind.ADOPT):
        return kind, ()
    if not is_crowd:
        union = actors[0] if actors and actors[0].states and set(actors[0].states) <= UNIONS else None
        after = scene.row.lower[scene.row.at(union.end) : group.first][:1] if union else []
        crowds = scene.words.crowds
        is_council = bool(after) and after[0] in (*crowds.members, *crowds.signers)
        return (Kind.GOVERNMENT_APPROVE if is_council else kind), ()
    unions = [
        scene.mentions[index].states
        for index in sorted(scene.owning)
        if scene.spans[index][1] <= group.first and set(scene.mentions[index].states) <= UNIONS
    ]
    return (Kind.GOVERNMENT_APPROVE, unions[-1]) if unions else (kind, ())


def is_understood(
    scene: Scene, trigger: Trigger, actors: tuple[Mention, ...], thing: Mention | None, contents: list[Trigger], objects: Objects
) -> bool:  # fmt: skip
    """Whether the words say a treaty act though no treaty stands in the sentence."""
    if trigger.class_ in UNDERSTOOD or any(one.class_ in REACHING for one in contents):
        return True
    is_chamber = any(class_of(actor) == "chamber" for actor in actors)
    is_organ = is_chamber or any(class_of(actor) in DECIDERS for actor in actors)
    if trigger.class_ == "assent" and objects.ends_at(scene, trigger.core):  # "the Governor-General assented on Monday"
        return any(class_of(actor) == "head" for actor in actors)
    is_taken = not set(scene.row.lower[trigger.core : trigger.last]).isdisjoint(scene.words.pronouns.country)
    if trigger.class_ == "withdraw" and is_taken and objects.ends_at(scene, trigger.last):  # "pull the country out."
        return True
    is_last = trigger.turned_at >= 0 or objects.ends_at(scene, trigger.last)
    if trigger.class_ == "recommend" and is_organ and any(one.class_ == "approve" for one in contents[:1]):
        return objects.ends_at(scene, contents[0].core)  # "recommended approval on Tuesday"
    if trigger.class_ in ("approve", "recommend") and trigger.words.light and is_organ and is_last:
        return True
    return thing is not None or (
        is_chamber and trigger.class_ in ("approve", "vote", "pass", "reject", "vote-against", *BALLOTS)
    )


def sends_for_signature(trigger: Trigger, contents: list[Trigger]) -> bool:
    """ "was sent to the president for signature", "goes to him for his assent"."""
    is_sent = trigger.class_ in ("submit", "submit-moved")
    return is_sent and any(one.class_ in ("sign", "promulgate") for one in contents)


def in_the_chamber(scene: Scene, trigger: Trigger, thing: Mention | None, memory: Memory) -> bool:
    """ "The bill was approved on a second reading": by the chamber that the report has spoken of."""
    is_sitting = any(word in scene.words.sittings for word in scene.row.lower[: trigger.first])
    is_voted = any(word in scene.words.balloting for word in scene.row.lower)
    classes = ("approve", "pass", "ratify") if is_sitting or is_voted else ("approve", "pass")
    if trigger.form is Form.NOUN or thing is None or not memory.chamber:
        return False
    if trigger.class_ == "reject":
        return thing.kind is MentionKind.MEASURE
    return trigger.class_ in classes and (
        is_voted or thing.kind is MentionKind.MEASURE or bool(thing.treaty and len(thing.treaty.parties) == 2)
    )


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
    if any(one.role == "shared" for one in listed):
        return [act]
    return [msgspec.structs.replace(act, actors=(one,), states=one.states[:1] or act.states) for one in listed]


def by_another(act: Act, trigger: Trigger, group: VerbGroup, subject: Found, verdict: Verdict, rule: str) -> Act:
    states = tuple(sorted({mention.states[0] for mention in subject.mentions if len(mention.states) == 1}))
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
    is_going = kind is Kind.WITHDRAW_NOTICE and trigger.words.near and verdict.rule in ("future", "planned")
    if is_going and any(names_a_day(one) and _stands_behind(one, scene, trigger) for one in analysis.times):
        kind, verdict = Kind.WITHDRAW_EFFECTIVE, Verdict(Factuality.EXPECTED, "leaves on a day named")
    if kind is Kind.DEPOSIT and _is_of_withdrawal(scene, nominal):
        kind = Kind.WITHDRAW_NOTICE
    is_standing = trigger.words.stands == STANDING or trigger.class_ == "provisional"
    since = (one.words.lower().startswith(nominal.since) for one in analysis.times if _is_beside(one, scene, trigger))
    by_now = (
        is_standing
        or (trigger.words.stands == "now" and all(since))
        or any(word in nominal.by_now for word in scene.row.lower[trigger.core : trigger.last])
    )
    verdict = settled(kind, verdict, group, analysis, actors, by_now)
    kind, verdict = unsigned(kind, verdict, scene, trigger, group, nominal)
    verdict = notified(kind, verdict, scene, group, nominal)
    return fell_short(kind, scene, trigger, verdict, nominal)


def _is_beside(time: Timex, scene: Scene, trigger: Trigger) -> bool:
    """Whether a time stands before its verb, or behind it in the same clause."""
    return scene.row.at(time.start) < trigger.last or _stands_behind(time, scene, trigger)


def _stands_behind(time: Timex, scene: Scene, trigger: Trigger) -> bool:
    """Whether a time stands behind its verb in the same clause: "is to leave the pact on 29 March"."""
    at = scene.row.at(time.start)
    between = scene.row.lower[trigger.last : at]
    return at >= trigger.last and not any(word in (",", *scene.stops, *scene.subordinators) for word in between)


def _is_of_withdrawal(scene: Scene, words: NominalWords) -> bool:
    """ "deposited, as its envoy said, an instrument of withdrawal": what is handed in is the notice."""
    papers = (one for one in scene.mentions if one.kind is MentionKind.MEASURE and one.role == "instrument")
    return any(set(one.text.lower().split()) & set(words.leaving) for one in papers)


def for_one(kind: Kind, actors: Found, treaty: TreatyMention) -> Kind:
    """ "For Mali the convention ceases to be in force": a treaty of many goes on without one of them."""
    is_of_one = actors.rule == BOUND and len(actors.mentions) == 1 and len(treaty.parties) != _PAIR
    return Kind.WITHDRAW_EFFECTIVE if kind is Kind.TERMINATE and is_of_one else kind


def at_the_polls(scene: Scene, words: NominalWords) -> bool:
    """ "The Danes approved it in a referendum": what a state's people decide is no ratification."""
    lower = scene.row.lower
    return any(
        word in words.polls and bool(set(lower[max(0, at - _IN_A) : at]) & set(words.in_polls))
        for at, word in enumerate(lower)
    )


_IN_A = 3


def unsigned(
    kind: Kind, verdict: Verdict, scene: Scene, trigger: Trigger, group: VerbGroup, words: NominalWords
) -> tuple[Kind, Verdict]:
    """ "informed the depositary that it does not intend to ratify": a signature taken back in the law's own words."""
    if kind not in (Kind.RATIFY, Kind.ACCEDE) or verdict.factuality is not Factuality.DENIED:
        return kind, verdict
    lower = scene.row.lower
    is_meant = any(word in words.intending for word in lower[group.first : trigger.first])
    is_told = any(word in words.depositaries for word in lower[: group.first])
    return (Kind.UNSIGN, Verdict(Factuality.HAPPENED, TOLD_OFF)) if is_meant and is_told else (kind, verdict)


def notified(kind: Kind, verdict: Verdict, scene: Scene, group: VerbGroup, words: NominalWords) -> Verdict:
    """ "told the United Nations that it will leave": telling the depositary so is the notice."""
    lower = scene.row.lower
    is_open = verdict.factuality in (Factuality.PLANNED, Factuality.EXPECTED)
    if kind is not Kind.WITHDRAW_NOTICE or not is_open:
        return verdict
    telling = next((at for at in range(group.first) if lower[at] in words.telling), None)
    if telling is None or not any(word in words.depositaries for word in lower[telling : group.first]):
        return verdict
    ahead = (*scene.words.auxiliaries.future, *scene.words.auxiliaries.would, *scene.words.auxiliaries.possible)
    unsaid = (*ahead, *scene.words.auxiliaries.negative, scene.words.auxiliaries.infinitive)
    is_told = not any(word in unsaid for word in lower[max(0, telling - _IN_A) : telling])
    return Verdict(Factuality.HAPPENED, "told to the depositary") if is_told else verdict


def whose_law(scene: Scene, contents: list[Trigger], memory: Memory, thing: Mention | None) -> tuple[str, ...]:
    """ "signed the law on the accession of Uzbekistan", "Chad's bill": whose act or law it is, else who is spoken of."""
    owners = possessor_of(scene, contents[0]).mentions if contents else ()
    before = scene.actor_at(scene.row.at(thing.start) - 1) if thing and scene.row.at(thing.start) else None
    if not owners and before is not None and scene.is_possessor(before):
        owners = (scene.mentions[before],)
    return owners[0].states if len(owners) == 1 and len(owners[0].states) == 1 else implied_states(memory)
