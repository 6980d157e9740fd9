"""Other business of the same bodies: a budget that the chamber approved, a law on property that the president sent back.

Parliaments pass, courts uphold and presidents sign a thousand things. Where the verb has an object of its own that is no
treaty and stands for none, or the bill says that it is on something else, nothing is told of the report's treaty.
"""

from __future__ import annotations

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Scene
from foedus.statements.statement import TreatyMention
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup

_REACH = 8
_LED = 6  # words between a noun that leads on and what it leads to
_SHORT = 4  # letters under which a word tells no matter
_DECIDED = frozenset({"approve", "pass", "reject", "vote", "vote-against", "counted", "support"})
_OF_ANYTHING = frozenset({"extend", "amend", "terminate", "suspend"})
_PAPERS = ("instrument", "notes")
_SOMEBODY = frozenset({MentionKind.BODY, MentionKind.PERSON})
_ON_SOMETHING = frozenset({MentionKind.TREATY, MentionKind.STATE, MentionKind.ORGANISATION})


class MatterWords(msgspec.Struct, frozen=True):
    """`[matters]` of `act_frames.toml`.

    fields    before a bill or law: what else it is about ("the finance bill")
    on        between a bill and what it is about
    infinitive  among these, what opens a verb or tells whither: "a bill to fund roads", "sent the bill to parliament"
    doing     how a word ends by which a law says what it does: "a decree dissolving"
    idle      words of that ending that say nothing of it: "a motion standing in the name of"
    leading   nouns that lead on to what was fended off: "an attempt to block ratification"
    asking    bills that only ask: a state in them does not make them a treaty's
    refusable  what one rejects that is no text: "rejected calls to leave the pact"
    stand_in  nouns that stand for the treaty or the measure: "approved the move"
    pronouns  in their place
    articles  what opens such a noun phrase
    """

    fields: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    infinitive: str = ""
    doing: str = ""
    idle: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    refusable: tuple[str, ...] = ()
    stand_in: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class OtherMatters:
    """The words of one language."""

    def __init__(
        self, words: MatterWords, texts: tuple[str, ...], finite: tuple[str, ...], opposing: tuple[str, ...]
    ) -> None:
        """`texts`: nouns for a treaty; `finite`: auxiliaries, before which a noun phrase ends; `opposing`: words against one."""
        self._opposing = frozenset(opposing)
        self._words = words
        self._fields = frozenset(words.fields)
        self._on = frozenset(words.on)
        self._asking = frozenset(words.asking)
        self._standing = frozenset((*words.stand_in, *words.pronouns, *texts))
        self._texts = frozenset(texts)
        self._refusable = frozenset(words.refusable)
        self._finite = frozenset(finite)
        self._articles = frozenset(words.articles)

    def is_one(
        self, scene: Scene, trigger: Trigger, group: VerbGroup, passive: bool, thing: Mention | None, treaty: TreatyMention | None
    ) -> bool:  # fmt: skip
        """Whether what is decided, signed or sent is something else than the treaty and the bills on it."""
        if trigger.class_ == "reject" and not passive and trigger.form is not Form.NOUN:
            after = range(trigger.last, min(trigger.last + 3, len(scene.row)))
            at = next((at for at in after if scene.row.lower[at] not in self._articles), -1)
            if at >= 0 and (scene.row.lower[at] in self._refusable or self._is_somebody(scene, at)):
                return True
        if thing is not None and thing.kind is MentionKind.MEASURE and thing.end > thing.start:
            return self._is_of_another_field(scene, thing, treaty)
        if trigger.class_ not in _DECIDED or trigger.form is Form.NOUN:
            return False
        if thing is not None:
            return False
        return self._is_another_subject(scene, group) if passive else self._is_another_object(scene, trigger)

    def is_infinitive(self, scene: Scene, trigger: Trigger, thing: Mention | None, contents: list[Trigger]) -> bool:
        """ "voted to recess", "voted to extend the state of emergency": what the chamber voted to do is no matter of the treaty."""
        if thing is not None or trigger.form is Form.NOUN:
            return False
        if trigger.class_ in _DECIDED and contents and contents[0].class_ == "amend" and contents[0].form is Form.NOUN:
            return any(word in self._on for word in scene.row.lower[contents[0].core : contents[0].core + 1])
        is_to = scene.row.lower[trigger.last - 1] == self._words.infinitive
        is_to = is_to or bool(contents and contents[0].form is Form.BASE)
        if trigger.class_ != "vote" or not is_to:
            return False
        if contents and contents[0].class_ not in _OF_ANYTHING:
            return False
        if contents:
            return self._is_another_object(scene, contents[0])
        end = trigger.last + _REACH
        return not any(
            lower in self._standing or lower in self._texts or (at >= 0 and scene.mentions[at].kind in _ON_SOMETHING)
            for lower, at in zip(scene.row.lower[trigger.last : end], scene.at[trigger.last : end], strict=False)
        )

    def _is_of_another_field(self, scene: Scene, bill: Mention, treaty: TreatyMention | None) -> bool:
        """ "the finance bill", "a law on the state budget", "a decree dissolving parliament"."""
        if bill.role in _PAPERS:
            return False
        first, last = scene.row.at(bill.start), scene.row.at(bill.end)
        lower = scene.row.lower
        before = lower[first - 1] if first else ""
        if before in self._fields and not self._is_of_treaty(scene, first - 1, first, bill, treaty):
            return True
        opener = lower[last] if last < len(lower) else ""
        if opener == scene.words.crowds.of and not self._fields.isdisjoint(lower[last + 1 : last + 3]):
            return True
        is_doing = bool(self._words.doing) and opener.endswith(self._words.doing) and opener not in self._words.idle
        is_doing = is_doing and last not in scene.triggered
        if opener not in self._on and not is_doing:
            return False
        end = self._end(scene, last + 1)
        is_sent = opener == self._words.infinitive and (scene.at[last + 1] >= 0 or lower[last + 1] in self._articles)
        return last + 1 < end and not is_sent and not self._is_of_treaty(scene, last, end, bill, treaty)

    def _is_of_treaty(
        self, scene: Scene, start: int, end: int, bill: Mention, treaty: TreatyMention | None
    ) -> bool:  # fmt: skip
        """Whether these words name a treaty, an act, a state, or what the report's treaty is about."""
        kinds = _ON_SOMETHING if bill.text.lower() not in self._asking else frozenset({MentionKind.TREATY})
        told = {word.lower() for word in (treaty.mention if treaty else "").split() if len(word) >= _SHORT}
        return any(
            word in scene.triggered
            or scene.row.lower[word] in self._texts
            or scene.row.lower[word] in self._words.pronouns
            or scene.row.lower[word] in told
            or (scene.at[word] >= 0 and scene.mentions[scene.at[word]].kind in kinds)
            for word in range(start, end)
        )

    def _is_somebody(self, scene: Scene, word: int) -> bool:
        """ "defeated the government on an amendment": whom a chamber defeats is no treaty."""
        index = scene.at[word]
        if index < 0 or scene.mentions[index].kind not in _SOMEBODY:
            return False
        following = scene.row.lower[scene.spans[index][1] :][:1]
        return not scene.is_possessor(index) and all(one in scene.prepositions for one in following)

    def _is_another_object(self, scene: Scene, trigger: Trigger) -> bool:
        """ "approved the budget", "threw out the government", "voted 231 to 196 for the spending package"."""
        start = trigger.last
        if scene.row.lower[start - 1] == self._words.infinitive:
            return False
        end = self._end(scene, start)
        head = end - 1
        lower = scene.row.lower
        if end == start or start in scene.timed or lower[head] in self._articles:
            return False
        led = range(end, min(end + _LED, len(lower))) if lower[head] in self._words.leading else ()
        if any(at in scene.triggered or lower[at] in self._opposing for at in led):
            return False
        named = scene.mentions[scene.at[head]].kind if scene.at[head] >= 0 else None
        if named is not None:
            return named in _SOMEBODY
        if any(lower[at] in self._standing or at in scene.triggered for at in range(start, end)):
            return any(lower[at] in self._fields for at in range(start, head)) and lower[head] in self._standing
        return lower[head].isalpha() and not scene.row.is_capital(head) and lower[start] in self._articles

    def _is_another_subject(self, scene: Scene, group: VerbGroup) -> bool:
        """ "the budget was approved": a plain noun with its article right before the verb."""
        head = group.first - 1
        lower = scene.row.lower
        if head < 1 or scene.at[head] >= 0 or head in scene.triggered or head in scene.timed:
            return False
        start = head
        while start > 0 and head - start < _REACH and lower[start] not in self._articles:
            if not lower[start].isalpha() or lower[start] in scene.prepositions or scene.at[start] >= 0:
                return False
            start -= 1
        if lower[start] not in self._articles or start == head:
            return False
        return not any(word in self._standing for word in lower[start : head + 1])

    def _end(self, scene: Scene, start: int) -> int:
        """Where the noun phrase that begins here ends."""
        lower = scene.row.lower
        at = start
        while at < len(lower) and at - start < _REACH:
            word = lower[at]
            is_link = word in scene.conjunctions or word in scene.subordinators or word in scene.barriers
            is_verb = (at in scene.verbs and at > start) or word in self._finite
            is_governed = word in scene.prepositions and at > start
            if at in scene.timed or is_verb or is_link or is_governed or not word[0].isalnum():
                break
            at += 1
        return at
