"""Motions against a treaty: what a chamber decides by carrying one, and by letting one fall.

"A motion that the pact ought not to be ratified fell by 158 to 131", "threw out an attempt to block it": the chamber was
asked to reject the treaty. Who carries such a motion rejects the treaty; where it falls, the rejection is refused.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from foedus.statements.factuality import Verdict
from foedus.statements.memory import Memory
from foedus.statements.participants import Scene
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality

FELL = "a motion against it that fell"
CARRIED = "a motion against it that was carried"
_SUBJECT = 34  # words between a motion and the verb that tells what became of it
_OBJECT = 12  # words between such a verb and its motion
_CONTENT = 16  # words in which a motion says what it asks
_OPENS = 10  # words after which nothing opens it any more


class MotionWords(msgspec.Struct, frozen=True):
    """`[motions]` of `act_frames.toml`.

    nouns     what a chamber votes on or fends off: "a motion", "an attempt"
    opposing  words by which such a motion is against the treaty
    opening   words right after it that open what it asks
    clausal   words that do so further on: "a motion from the left that"
    """

    nouns: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    clausal: tuple[str, ...] = ()
    infinitive: str = ""
    favouring: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class Motions:
    """The words of one language."""

    def __init__(self, words: MotionWords) -> None:
        self._nouns = frozenset(words.nouns)
        self._opposing = frozenset(words.opposing)
        self._favouring = frozenset(words.favouring)
        self._elsewhere = frozenset(words.elsewhere)
        self._opening = frozenset((*words.opening, *words.clausal))
        self._clausal = frozenset((*words.clausal, *(f"{words.infinitive} {word}" for word in words.opposing)))

    def hear(self, row: WordRow, memory: Memory) -> None:
        """Keeps whether the motion spoken of is against the treaty, for a sentence that says no more than "the motion"."""
        if self._nouns.isdisjoint(row.lower):
            return
        for word, lower in enumerate(row.lower):
            content = row.lower[word + 1 : word + 1 + _CONTENT] if lower in self._nouns else []
            content = content[: next((at for at, one in enumerate(content) if one[0].isdigit()), None)]
            if self._asks(content):
                is_on_it = not self._favouring.isdisjoint(content)
                memory.is_opposed = not self._opposing.isdisjoint(content) or (False if is_on_it else None)

    def decided(
        self, kind: Kind, verdict: Verdict, scene: Scene, trigger: Trigger, group: VerbGroup, contents: list[Trigger], memory: Memory
    ) -> tuple[Kind, Verdict]:  # fmt: skip
        """What the chamber did with the treaty, where what it voted on was against it."""
        if kind not in _VOTED or verdict.factuality not in (Factuality.HAPPENED, Factuality.DENIED):
            return kind, verdict
        if self._is_against(scene, trigger, group, memory):
            is_refused = kind is Kind.CHAMBER_REJECT or verdict.factuality is Factuality.DENIED
            refused, carried = Verdict(Factuality.DENIED, FELL), Verdict(Factuality.HAPPENED, CARRIED)
            return Kind.CHAMBER_REJECT, refused if is_refused else carried
        negative = scene.words.auxiliaries.negative
        words = [word for one in contents[:1] for word in scene.row.lower[max(trigger.core, one.first - 3) : one.first]]
        is_not_to = kind is Kind.CHAMBER_APPROVE and any(word in negative for word in words)
        return Kind.CHAMBER_REJECT if is_not_to else kind, verdict

    def is_of_another_matter(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> bool:
        """ "A further motion fell": what became of a motion that nobody says to be on the treaty."""
        if trigger.class_ != "reject":
            return False
        asked = self._asked(scene, trigger, group)
        if asked is None:
            return False
        if not self._elsewhere.isdisjoint(asked[:_OPENS]):
            return True  # "a motion to refer it back"
        return bool(trigger.words.only_of) and not self._asks(asked) and memory.is_opposed is None

    def _is_against(self, scene: Scene, trigger: Trigger, group: VerbGroup, memory: Memory) -> bool:
        asked = self._asked(scene, trigger, group)
        if asked is None:
            return False
        return not self._opposing.isdisjoint(asked) if self._asks(asked) else bool(memory.is_opposed)

    def _asked(self, scene: Scene, trigger: Trigger, group: VerbGroup) -> list[str] | None:
        """The words after the motion that a verb decides; None where it decides none, or one that is named to be for it."""
        if trigger.form is Form.NOUN or self._nouns.isdisjoint(scene.row.lower):
            return None
        is_subject = trigger.words.receives or group.voice == "passive"
        found = range(max(0, group.first - _SUBJECT), group.first) if is_subject else self._after(scene, trigger)
        motion = next((word for word in found if scene.row.lower[word] in self._nouns), None)
        if motion is None or (motion and scene.row.lower[motion - 1] in self._favouring):
            return None
        content = scene.row.lower[motion + 1 : group.first if is_subject else motion + 1 + _CONTENT]
        ends = (*scene.stops, ".") if is_subject else (*scene.stops, ".", ",")
        stop = (at for at, word in enumerate(content) if word in ends or word[0].isdigit())
        return content[: next(stop, len(content))]

    def _after(self, scene: Scene, trigger: Trigger) -> range:
        return range(trigger.core, min(len(scene.row), trigger.core + _OBJECT))

    def _asks(self, content: list[str]) -> bool:
        """Whether the words after a motion tell what it asks."""
        near = content[:_OPENS]
        pairs = {" ".join(pair) for pair in pairwise(near)}
        return near[:1] != [] and (near[0] in self._opening or not self._clausal.isdisjoint({*near, *pairs}))


_VOTED = frozenset({Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT})
