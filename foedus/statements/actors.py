"""Who acts, with pronouns, crowds and chambers that only discourse names: "he", "the two", "56 governments", "the country"."""

from __future__ import annotations

import msgspec

from foedus.statements.crowds import CrowdNouns
from foedus.statements.memory import Memory
from foedus.statements.names import MentionKind
from foedus.statements.objects import INTRANSITIVE
from foedus.statements.participants import ACTORS, BOUND, Found, Scene, agent_after_by, place_of, possessor_of
from foedus.statements.partners import TRANSITIVE_TOO, doer, of_owner
from foedus.statements.pronouns import BOTH_SIDES, Pronouns, is_person
from foedus.statements.stand_ins import (
    bound_no_more,
    house_before,
    in_a_state,
    is_cabinet,
    joiner,
    may_decide_elsewhere,
    of_state,
    signatory,
    signed_before,
    signer_of_law,
    signing_for,
    state_of,
    taken_out,
)
from foedus.statements.subjects import opening_label, subject_of
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.terms.acts import Kind
from foedus.terms.agents import CHAMBERS, BodyKind

CHAMBER_KINDS: frozenset[object] = frozenset(CHAMBERS)
_CABINETS: frozenset[object] = frozenset({BodyKind.CABINET})
_ALPHA_3 = 3
_SEVERAL = 2
_NEAR_NOUN, _FAR_BALLOT = 8, 14
_LEFT = frozenset({Kind.WITHDRAW_NOTICE, Kind.CHAMBER_APPROVE, Kind.WITHDRAW_EFFECTIVE})
_OWNED = frozenset({"withdraw", "suspend"})
_OF_ONE_STATE = frozenset({"ratify", "approve", "vote", "reject"})
"""What a state does in its own capital; a text of many may be adopted in anybody's."""
_BINDING = frozenset({"force", "terminate"})
_SIGNED = frozenset({"sign", "initial"})
VOTING = frozenset(
    {"ratify", "approve", "pass", "vote", "vote-against", "reject", "ballot", "consider", "revoke", "suspend", "extend"}
)


class Actors:
    """The pronouns and crowds of one language."""

    def __init__(self, verbs: VerbWords) -> None:
        pronouns, crowds = verbs.pronouns, verbs.crowds
        self.crowds = CrowdNouns(verbs)
        self._pronouns = Pronouns(verbs, self.crowds)
        self._person = frozenset(pronouns.person)
        self._thing = frozenset(pronouns.thing)
        self._many = frozenset(pronouns.many)
        self._owners = frozenset(pronouns.owners)
        self._own = pronouns.own
        self._owning = frozenset((*pronouns.person, *pronouns.thing, *(one for one in pronouns.many if " " not in one)))
        self._voters = frozenset(crowds.voters)
        self._from = tuple(crowds.from_)
        self._by = tuple(crowds.by)
        self._places = frozenset(crowds.places)
        self._sittings = frozenset(verbs.sittings)
        self._sides = frozenset(crowds.sides)
        self._visits = frozenset(crowds.visits)
        self._telling = frozenset(verbs.announced)
        self._signed_for = frozenset(crowds.signed_for)
        self._bound_for = frozenset(crowds.bound_for)
        self._bound = frozenset((*pronouns.country, *crowds.unions))
        self._out = frozenset(crowds.out)
        self._signers = frozenset(crowds.signers)

    def of(self, scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, memory: Memory) -> tuple[Found, bool]:
        """Who acts, and whether it is a crowd that nobody names."""
        if trigger.class_ in INTRANSITIVE and trigger.class_ != "become-law":
            found = self._bound_by(scene, trigger, memory) if trigger.class_ in _BINDING else Found()
            found = bound_no_more(scene, trigger) if trigger.class_ == "unbound" else found
            if trigger.class_ in TRANSITIVE_TOO and not found.mentions:
                found = doer(scene, trigger, group, passive, self._by)
            return found, not found.mentions and self.crowds.stands_before(scene, group, trigger)
        if passive or trigger.form is Form.NOUN:
            return self._of_passive(scene, trigger, memory)
        if group.first and scene.row.lower[group.first - 1] in trigger.words.only_of:
            return Found(), False
        pronoun = self._pronouns.before(scene, group)
        is_organ = trigger.class_ in _OF_A_CABINET and is_cabinet(scene, group.first - 1)
        if pronoun and not is_organ:
            return self._pronouns.antecedent(scene, pronoun, memory, group)
        predicated = self.crowds.predicated(scene, trigger, group)
        if predicated and predicated.mentions:
            return predicated, False
        if self.crowds.stands_before(scene, group, trigger):
            found = self._members_there(scene, trigger, group) or self.crowds.named(scene, trigger, group, memory)
            return found, not found.mentions
        taken = taken_out(scene, trigger, self._out) if trigger.class_ == "withdraw" else Found()
        if taken.mentions:
            return taken, False
        found = subject_of(scene, trigger, group)
        if trigger.class_ in _SIGNED:
            found = signing_for(scene, trigger, found, self._signed_for)
        if not found.mentions and self.crowds.heads(scene, group):
            found = self.crowds.named(scene, trigger, group, memory)
            return found, not found.mentions
        if not found.mentions or found.mentions[0].kind not in ACTORS:
            if trigger.class_ in _SIGNED and scene.row.lower[group.first - 1] in self._signers:
                return self._both(memory, group)
            listed = self.crowds.listed_at_the_end(scene, trigger) if not found.mentions else Found()
            return listed if listed.mentions else signer_of_law(scene, trigger), False
        house = house_before(scene, found) if trigger.class_ in VOTING else None
        if house is not None:
            return msgspec.structs.replace(found, mentions=(house,)), False
        if may_decide_elsewhere(found.mentions[0]) and trigger.class_ in VOTING:
            organ = place_of(scene, trigger, CHAMBER_KINDS, self._places)
            if organ.mentions and set(organ.mentions[0].states) <= set(found.mentions[0].states):
                return msgspec.structs.replace(organ, first=found.first), False
        return found, False

    def _both(self, memory: Memory, group: VerbGroup) -> tuple[Found, bool]:
        """ "Ministers signed it in May": those of the two parties; of a treaty of many, nobody can tell."""
        parties = tuple(of_state(state) for state in memory.parties)
        return (Found(parties, BOTH_SIDES, group.first), False) if len(parties) == _SEVERAL else (Found(), False)

    def _members_there(self, scene: Scene, trigger: Trigger, group: VerbGroup) -> Found | None:
        """ "was sent to the Senate, where 40 members backed it": members of the chamber that the sentence has named."""
        before = scene.row.lower[group.first - 1]
        is_count = before.isdigit() and trigger.class_ in _COUNTED
        if trigger.class_ not in VOTING | {"support"} or not (before in self._voters or is_count):
            return None
        houses = [
            one
            for index, one in enumerate(scene.mentions)
            if scene.spans[index][1] < group.first and one.agent is not None and one.agent.kind in CHAMBERS
        ]
        return Found((houses[-1],), "members of the chamber named before", group.first - 1) if houses else None

    def of_content(self, scene: Scene, noun: Trigger, memory: Memory) -> Found:
        """Whose withdrawal takes effect: its owner, else whoever acted last."""
        found = agent_after_by(scene, noun, self._by)
        found = found if found.mentions else possessor_of(scene, noun)
        found = found if found.mentions else self._owner_after(scene, noun)
        last = next((act for act in reversed(memory.acts) if act.kind in _LEFT and act.actors), None)
        return found if found.mentions or last is None else Found(last.actors, "who leaves", noun.first)

    def owner_of(self, scene: Scene, noun: Trigger) -> Found:
        """Whose ratification, signature or notice it is: "Ghana's", "the signature of Yemen"."""
        found = possessor_of(scene, noun)
        return found if found.mentions else self._owner_after(scene, noun)

    def _owner_after(self, scene: Scene, noun: Trigger) -> Found:
        """ "the withdrawal of Estonia from": the state right after the noun."""
        for word in range(noun.core, min(noun.core + 4, len(scene.row))):
            index = scene.at[word]
            if index >= 0:
                is_owner = scene.mentions[index].kind is MentionKind.STATE and scene.row.lower[noun.core] in self._from
                return Found(*scene.gathered(index)[:1], "who leaves", word) if is_owner else Found()
        return Found()

    def _of_passive(self, scene: Scene, trigger: Trigger, memory: Memory) -> tuple[Found, bool]:
        found = agent_after_by(scene, trigger, self._by)
        if trigger.words.receives or trigger.class_ == "enact":
            inside = [
                index
                for index in range(len(scene.mentions))
                if trigger.core <= scene.spans[index][0] < trigger.last and scene.mentions[index].kind in ACTORS
            ]
            found = Found((scene.mentions[inside[0]],), "whose approval it got", trigger.first) if inside else found
            found = found if found.mentions else agent_after_by(scene, trigger, self._from)
        if not found.mentions and trigger.class_ in ("suspend", "withdraw") and trigger.form is not Form.NOUN:
            found = self._announcer(scene, trigger)
        if not found.mentions and trigger.turned_at >= 0:
            noun = msgspec.structs.replace(trigger, first=trigger.turned_at, core=trigger.turned_at + 1)
            found = self.owner_of(scene, noun)
        if not found.mentions and trigger.form is Form.NOUN:
            found = possessor_of(scene, trigger)
            if not found.mentions and trigger.class_ == "accede":
                found = joiner(scene, trigger)
        if not found.mentions and trigger.form is Form.NOUN and trigger.class_ in ("suspend", "withdraw", "terminate"):
            found = self._who_announced(scene, trigger)
            if not found.mentions and trigger.class_ in _OWNED:
                found = self._owner_pronoun(scene, trigger)
        if not found.mentions and trigger.form is Form.NOUN and trigger.class_ == "ratify":
            is_own = scene.row.lower[trigger.first - 1 : trigger.first] == [self._own]
            found = self._owner_pronoun(scene, trigger) if is_own else found
        if not found.mentions and trigger.class_ in VOTING:
            found = place_of(scene, trigger, CHAMBER_KINDS, self._places)
            found = found if found.mentions else self._in_a_meeting(scene, trigger)
            reach = _FAR_BALLOT if trigger.class_ == "ballot" else _NEAR_NOUN
            if trigger.form is Form.NOUN and not 0 <= found.first - trigger.core <= reach:
                found = Found()
        if not found.mentions and trigger.class_ == "sign":
            found = signatory(scene, trigger, self._signed_for)
            if not found.mentions and trigger.form is not Form.NOUN:
                found = self._visitor(scene, trigger)
        if not found.mentions and trigger.class_ in ("deposit", "receive"):
            found = of_owner(scene, trigger)
            if not found.mentions and trigger.form is Form.NOUN:
                found = self._its_own(scene, trigger)
            if not found.mentions and trigger.class_ == "deposit" and trigger.form is not Form.NOUN:
                found = self._depositor(scene, trigger, memory)
        if not found.mentions and trigger.class_ in _HEADED and trigger.form is not Form.NOUN:
            found = opening_label(scene, trigger)
        if not found.mentions and trigger.class_ in ("held", "hold-referendum"):
            found = in_a_state(scene, trigger, self._places)
        if found.mentions:
            return found, False
        if trigger.class_ in VOTING and trigger.form is not Form.NOUN:
            found = self._in_its_country(scene, trigger)
            if found.mentions:
                return found, False
        after = self.crowds.counted_after_by(scene, trigger)
        listed = self.crowds.counted_last(scene, trigger) if after else Found()
        if not listed.mentions:
            listed = (self.crowds.listed_after if after else self.crowds.listed_at_the_end)(scene, trigger)
        if listed.mentions:
            return listed, False
        if after in self._voters and memory.chamber:
            return Found((memory.chamber,), "members of the chamber last named"), False
        if after in self._person or after in self._thing or after in self._many:
            return self._pronouns.antecedent(scene, after, memory, VerbGroup(trigger.first, "noun", None, ()))
        if trigger.class_ == "ratify" and not after and trigger.form is not Form.NOUN:
            return signed_before(memory), False
        return Found(), bool(after)

    def _in_a_meeting(self, scene: Scene, trigger: Trigger) -> Found:
        """ "was endorsed at a cabinet meeting", "at the meeting of the government": the cabinet as the place of a passive."""
        found = place_of(scene, trigger, _CABINETS, self._places)
        if not found.mentions:
            return found
        last = scene.row.at(found.mentions[-1].end)
        around = scene.row.lower[max(0, found.first - 4) : found.first] + scene.row.lower[last : last + 2]
        return found if self._sittings & set(around) else Found()

    def _owner_pronoun(self, scene: Scene, trigger: Trigger) -> Found:
        """ "announced their immediate withdrawal": whoever the pronoun before the noun stands for, in the same clause."""
        for word in range(trigger.first - 1, max(0, trigger.first - 4), -1):
            lower = scene.row.lower[word]
            if lower in self._owning:
                return subject_of(scene, trigger, VerbGroup(word, "noun", None, ()))
            if lower in scene.prepositions or lower == ",":
                break
        return Found()

    def _bound_by(self, scene: Scene, trigger: Trigger, memory: Memory) -> Found:
        """ "enters into force for Armenia", "For Asmara the treaty takes effect": the one state that it comes to bind."""
        if trigger.form is Form.NOUN and scene.row.lower[trigger.last - 1] not in self._bound_for:
            return Found()
        is_led = trigger.form is not Form.NOUN and scene.row.lower[trigger.last - 1] in self._bound_for
        start = trigger.last - is_led  # "binding on the country"
        following = scene.row.lower[start : start + 2]
        owner = next((one for one in memory.actors if len(memory.actors) == 1 and len(one.states) == 1), None)
        if len(following) > 1 and following[0] in self._bound_for and owner is not None:
            third = scene.row.lower[start + 2 : start + 3]
            if following[1] in self._thing or (following[1] in self._owners and third and third[0] in self._bound):
                return Found((state_of(owner),), BOUND, trigger.last)
        for index, mention in enumerate(scene.mentions):
            first = scene.spans[index][0]
            opener = scene.row.lower[first - 1] if first else ""
            at = first - 2 if first > 1 and opener in scene.articles and opener not in scene.prepositions else first - 1
            opener = scene.row.lower[max(0, at)]
            opener = pair if (pair := " ".join(scene.row.lower[max(0, at - 1) : at + 1])) in self._bound_for else opener
            is_near = trigger.last < first <= trigger.last + 4 or first <= 2 < trigger.first
            is_near = is_near or _opens_with_treaty(scene, scene.spans[index][1], trigger)
            is_near = is_near or (trigger.form is Form.NOUN and first == trigger.last)
            is_inside = trigger.core < first <= trigger.last and opener in scene.prepositions
            is_owner = mention.kind in (MentionKind.STATE, MentionKind.ORGANISATION)
            if is_owner and ((opener in self._bound_for and is_near) or is_inside):
                mentions, begins = scene.gathered(index)
                return Found(mentions, BOUND, begins)
        return Found()

    def _depositor(self, scene: Scene, trigger: Trigger, memory: Memory) -> Found:
        """ "The instrument has not been deposited yet": that of the one state that acted last."""
        if len(memory.actors) != 1 or self.crowds.counted_after_by(scene, trigger):
            return Found()
        for index, mention in enumerate(scene.mentions):
            first, last = scene.spans[index]
            is_its = first > 0 and scene.row.lower[first - 1] in self._owners and last <= trigger.first
            if mention.kind is MentionKind.MEASURE and mention.role == "instrument" and is_its:
                return Found(memory.actors, "who acted last", first)
        return Found()

    def _its_own(self, scene: Scene, noun: Trigger) -> Found:
        """ "Chad followed with the deposit of its instrument": whoever "its" stands for in the sentence."""
        following = scene.row.lower[noun.core : noun.core + 3]
        if not any(word in self._thing or word in self._owners for word in following):
            return Found()
        return subject_of(scene, noun, VerbGroup(noun.first, "noun", None, ()))

    def _announcer(self, scene: Scene, trigger: Trigger) -> Found:
        """ "Putin said that participation was being suspended": whoever announces it acts for the state."""
        before = [
            one for index, one in enumerate(scene.mentions) if scene.spans[index][1] <= trigger.first and is_person(one)
        ]
        return Found((before[-1],), "who announces it", trigger.first) if before else Found()

    def _who_announced(self, scene: Scene, trigger: Trigger) -> Found:
        """ "China on Tuesday announced the suspension of its treaty": the subject of the verb before the noun."""
        verb = next(
            (
                at
                for at in range(trigger.first - 1, max(-1, trigger.first - 4), -1)
                if scene.row.lower[at] in self._telling
            ),
            -1,
        )
        for word in range(verb - 1, -1, -1):
            index = scene.actor_at(word)
            if index is not None and not scene.governed(index):
                return Found((scene.mentions[index],), "who announces it", scene.spans[index][0])
        return Found()

    def _in_its_country(self, scene: Scene, trigger: Trigger) -> Found:
        """ "On the North Korean side, the treaty was ratified", "was ratified in Pyongyang": the state it was done in."""
        row = scene.row
        for index, mention in enumerate(scene.mentions):
            if mention.kind is not MentionKind.STATE or len(mention.states) != 1:
                continue
            first, last = scene.spans[index]
            is_side = last < len(row) and row.lower[last] in self._sides
            is_side = is_side or (first <= 2 and row.lower[0] in self._bound_for and trigger.first > last)
            is_there = (
                trigger.class_ in _OF_ONE_STATE
                and mention.role == "capital"
                and first > 0
                and row.lower[first - 1] in self._places
                and 0 <= first - trigger.core <= 4
            )
            if is_side or is_there:
                return Found((state_of(mention),), "the country it was done in", first)
        return Found()

    def _visitor(self, scene: Scene, trigger: Trigger) -> Found:
        """ "signed on June 19 when President Putin visited Pyongyang": the visitor signed."""
        for word in range(trigger.core, min(len(scene.row), trigger.core + 8)):
            index = scene.actor_at(word)
            if index is not None:
                opener = scene.row.lower[scene.spans[index][0] - 1]
                is_visitor = opener in self._visits and is_person(scene.mentions[index])
                return (
                    Found((scene.mentions[index],), "who came when it was signed", scene.spans[index][0])
                    if is_visitor
                    else Found()
                )
        return Found()


def _opens_with_treaty(scene: Scene, word: int, trigger: Trigger) -> bool:
    """ "for Armenia the convention entered into force": the treaty stands right after the name, before its verb."""
    while word < trigger.first and scene.row.lower[word] in (*scene.articles, ","):
        word += 1
    index = scene.at[word] if word < trigger.first else -1
    return index >= 0 and scene.mentions[index].kind is MentionKind.TREATY


_COUNTED = frozenset({"vote", "vote-against", "support"})
"""What a bare number of members does; whoever ratifies is counted in states."""
_HEADED = frozenset({"sign", "initial", "exchange"})
_OF_A_CABINET = frozenset({"approve", "pass", "submit", "submit-moved"})
