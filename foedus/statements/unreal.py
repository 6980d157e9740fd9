"""What a verb told as done does not tell as done: wishes, reduced clauses that wait, what would have been, law in general.

"expects to see it ratified", "until terminated by either party", "Had parliament approved it, ...", "Treaties are ratified
by the Assembly", "a withdrawal takes effect after six months".
"""

from __future__ import annotations

import re

import msgspec

from foedus.statements.names import MentionKind
from foedus.statements.participants import Scene
from foedus.statements.trigger_groups import SUBMITTING
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.word_rows import WordRow

_PARTICIPLES = (Form.PAST, Form.PARTICIPLE)
_WISH = 11
_INVERSION = 14
_CLAUSE = 12


class UnrealWords(msgspec.Struct, frozen=True):
    """`[unreal]` of `act_frames.toml`.

    causatives   "to see it ratified", after "to"
    obliging     auxiliaries before one of `causing`: "must have it ratified"
    wishes       verbs that take the participle itself: "wants it ratified", or "to" and a causative
    inverted     openers of an inverted clause: "Had parliament approved"
    conditions   words that make "would have" unreal
    treaties     nouns of texts; bare or after one of `any` they mean no one text
    nouns        nouns of action; after one of `any` they mean no one act
    any          articles of what is any one
    counted      numbers of texts that nobody names: "few treaties"
    each_case    what opens a rule for any such: "for a state that"
    asking       openers of a heading that only asks
    question     marks that end a question
    before_plural  adjectives that stand before such bare nouns
    texts        nouns that stand for the treaty: "no text was adopted"
    none, none_but  "signed no treaty"; but not "ratified no fewer than two"
    agents       what opens the agent of a passive: "ratified by nobody"
    disowning, rumours, false  what denies a whole clause: "denied that", "reports that ... are false"
    called_off   what becomes of a planned act: "put off the signing"
    under, rules  what opens a sentence on law: "Under the Act"; but what stands at hand is told ("must now be approved")
    at_hand      words that say so
    clauses, contingent  "By Article 9 it enters into force a month after": the parts of a text, and what its rule waits for
    only         "can be ratified only if"
    legal        verbs of what a text provides, before a passive: "may be terminated"
    contractors  the parties, as a treaty's own text calls them
    subject_to   what opens a requirement: "subject to ratification"
    ways_off     how far an act still is: "ratification is a long way off"
    """

    causatives: tuple[str, ...] = ()
    obliging: tuple[str, ...] = ()
    causing: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    contingent: tuple[str, ...] = ()
    at_hand: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    contractors: tuple[str, ...] = ()
    subject_to: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    inverted: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    treaties: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    each_case: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    before_plural: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    none_but: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    disowning: tuple[str, ...] = ()
    rumours: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    called_off: tuple[str, ...] = ()
    ways_off: tuple[str, ...] = ()


def is_asked(row: WordRow, headline: bool, words: UnrealWords) -> bool:
    """ "Is it in force?", a heading "How a bill becomes law": asked, not told."""
    if not row.lower:
        return False
    if row.lower[-1] in words.question or row.text[row.ends[-1] : row.ends[-1] + 1] in words.question:
        return True
    first = next((word for word in row.lower[:3] if word[0].isalpha()), "")
    return headline and first in words.asking


def is_wished(row: WordRow, trigger: Trigger, group: VerbGroup, words: UnrealWords, infinitive: str) -> bool:
    """ "expects to see it ratified", "wants the pact ratified": a participle that a wish governs."""
    if trigger.form not in _PARTICIPLES or group.first != trigger.first:
        return False
    for at in range(group.first - 1, max(-1, group.first - _WISH), -1):
        word = row.lower[at]
        if word in (",", ".", ";"):
            return False
        if word in words.causatives and row.lower[at - 1 : at] == [infinitive]:
            return any(one in words.wishes for one in row.lower[max(0, at - 3) : at - 1])
        if word in words.causing and set(row.lower[max(0, at - 3) : at]) & set(words.obliging):
            return True  # "must now have the instrument deposited"
        if word in words.wishes:
            return True
    return False


def is_inverted(row: WordRow, trigger: Trigger, group: VerbGroup, words: UnrealWords) -> bool:
    """ "Had the chamber approved it, ...": no question mark, and the auxiliary opens the clause."""
    if trigger.form not in _PARTICIPLES:
        return False
    for at in range(group.first - 1, max(-1, group.first - _INVERSION), -1):
        if row.lower[at] in (",", ";"):
            return False
        if row.lower[at] in words.inverted:
            return at == 0 or row.lower[at - 1] in (",", ";")
    return False


def is_of_none(row: WordRow, trigger: Trigger, group: VerbGroup, subject_first: int, words: UnrealWords) -> bool:
    """ "signed no such treaty", "No pact between the two has been signed", "ratified by nobody"."""
    after = row.lower[trigger.last : trigger.last + 2]
    if trigger.last > 1 and row.lower[trigger.last - 2][0].isdigit():
        return False  # "voted 107 to none"
    if after[:1] and after[0] in words.none and not (len(after) > 1 and after[1] in words.none_but):
        return trigger.form is not Form.NOUN
    if len(after) > 1 and after[0] in words.agents and after[1] in words.none:
        return True
    talks = range(1, group.first) if trigger.words.only_of else ()
    if any(row.lower[at] in trigger.words.only_of and row.lower[at - 1] in words.none for at in talks):
        return True
    if group.voice == "passive" and group.first > 1 and row.lower[group.first - 2] in words.none:
        return row.lower[group.first - 1] in words.texts
    opener = row.lower[max(0, subject_first - 1) : subject_first + 1]
    is_led = group.voice != "active" or subject_first < group.first
    return is_led and any(word in words.none for word in opener[: 1 if subject_first else None])


def is_disowned(row: WordRow, first: int, that: str, words: UnrealWords) -> bool:
    """ "denied that parliament had approved it", "Reports that it was signed are false"; `first` is where the subject begins."""
    at = next((one for one in range(first - 1, max(-1, first - 5), -1) if row.lower[one] == that), 0)
    if not at:
        return False
    before = row.lower[max(0, at - 2) : at]
    is_rumour = before[-1] in words.rumours
    is_false = is_rumour and any(word in words.false for word in row.lower[first:])
    return before[-1] in words.disowning or is_false or (is_rumour and before[0] in words.disowning)


def is_called_off(row: WordRow, trigger: Trigger, copulas: frozenset[str], words: UnrealWords) -> bool:
    """ "put off the signing", "The signing of the pact was postponed"."""
    if any(word in words.called_off for word in row.lower[max(0, trigger.first - 3) : trigger.first]):
        return True
    after = row.lower[trigger.last : trigger.last + 12]
    copula = next((at for at, word in enumerate(after) if word in copulas), None)
    return copula is not None and any(word in words.called_off for word in after[copula + 1 : copula + 3])


def is_ways_off(row: WordRow, trigger: Trigger, copulas: frozenset[str], words: UnrealWords) -> bool:
    """ "Its ratification is a long way off": no act, but how far one is."""
    after = row.lower[trigger.last : trigger.last + 10]
    copula = next((at for at, word in enumerate(after) if word in copulas), None)
    return copula is not None and any(word in words.ways_off for word in after[copula + 1 : copula + 5])


def was_to_have(row: WordRow, trigger: Trigger, group: VerbGroup, infinitive: str, have: frozenset[str]) -> bool:
    """ "was to have been signed": planned once, and not done."""
    own = row.lower[group.first : trigger.first]
    at = own.index(infinitive) if infinitive in own else -1
    return "planned" in group.says and 0 <= at < len(own) - 1 and own[at + 1] in have


def would_have_been(row: WordRow, group: VerbGroup, words: UnrealWords) -> bool:
    """ "would have approved it if it had been asked"."""
    return (
        "would" in group.says
        and "perfect" in group.says
        and (any(word in words.conditions for word in row.lower) or row.lower[:1] == list(words.inverted[:1]))
    )


def is_of_any(scene: Scene, trigger: Trigger, group: VerbGroup, contents: list[Trigger], words: UnrealWords) -> bool:
    """Law in general: a present, or what must or may be, of treaties as such or of any treaty, party or withdrawal."""
    says = set(group.says) - {"required", "possible", "negative", "planned", "perfect"}
    if not says and group.tense != "past" and _is_for_any(scene, group, words):
        return True
    if trigger.class_ in SUBMITTING and "planned" in group.says:
        return False  # "a bill is to be introduced": one bill
    if _is_on_law(scene.row, words):
        is_open = not says and group.tense != "past" and "negative" not in group.says
        return is_open or any(word in words.none for word in scene.row.lower[max(0, group.first - 2) : group.first])
    near = scene.row.lower[group.first : trigger.last + 2]
    if "possible" in group.says and group.voice == "passive" and any(word in words.only for word in near):
        return True
    is_now = "perfect" in group.says and scene.row.lower[group.first] not in scene.words.auxiliaries.past
    is_present = is_now or group.tense == "present" or "required" in group.says or "possible" in group.says
    if says or not is_present or trigger.form in (Form.NOUN, Form.GERUND):
        return False
    lower = scene.row.lower
    noun = contents[0].first if contents and contents[0].form is Form.NOUN else 0
    if 0 < noun < group.first and lower[noun - 1] in words.any:
        return True
    for at in range(max(0, group.first - _CLAUSE), min(len(lower), trigger.core + 3)):
        if at >= trigger.first and at < trigger.core:
            continue
        before = lower[at - 1] if at else ""
        if lower[at] in words.treaties and _is_bare(scene, at, before, words):
            return True
        is_plural = lower[at] in words.treaties and before in words.before_plural
        if is_plural and at - 1 == trigger.core and not is_now:
            return True
        is_any = lower[at] in words.nouns and before in words.any and at < group.first and not is_now
        if is_any and not scene.subordinators & set(lower[at + 1 : group.first]):
            return True
    return False


def _is_for_any(scene: Scene, group: VerbGroup, words: UnrealWords) -> bool:
    """ "For a State that ratifies it later the Statute becomes operative ...": what holds for any such state."""
    lower = scene.row.lower
    return any(
        lower[at] in words.contractors and lower[at - 1] in words.any and lower[at - 2] in words.each_case
        for at in range(2, group.first)
        if lower[at + 1] in scene.relatives
    )


def _is_on_law(row: WordRow, words: UnrealWords) -> bool:
    """ "Under the Act a treaty may be ratified once ...": what the law lets anybody do, unless it is at hand.

    So is what a treaty's own article makes depend on something: "By Article 9 it enters into force a month after".
    """
    opener = next(
        (phrase.split() for phrase in words.under if row.lower[: phrase.count(" ") + 1] == phrase.split()), None
    )
    if opener is None:
        return False
    rest = row.lower[len(opener) :]
    is_dated = any(_YEAR.fullmatch(word) for word in rest)
    is_of_text = (
        not is_dated and bool(set(rest[:1]) & set(words.clauses)) and any(word in words.contingent for word in rest)
    )
    is_of_law = any(word in words.rules for word in rest[: _RULE - 1])
    return is_of_text or (is_of_law and not any(word in words.at_hand for word in row.lower))


_RULE = 6
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def _is_bare(scene: Scene, at: int, before: str, words: UnrealWords) -> bool:
    """ "treaties", "international agreements", "all treaties which": no article, owner or number says which."""
    if scene.at[at] >= 0 and scene.mentions[scene.at[at]].kind is MentionKind.TREATY:
        mention = scene.mentions[scene.at[at]]
        if mention.treaty is not None and mention.treaty.parties:
            return False
    if before in words.before_plural:
        before = scene.row.lower[at - 2] if at > 1 else ""
    return (
        before in ("", ",", *words.any, *words.counted) or before in scene.subordinators or before in scene.prepositions
    )


def awaits(row: WordRow, trigger: Trigger, group: VerbGroup, openers: frozenset[str]) -> bool:
    """ "until terminated", "once approved": the opener stands right before a participle without a subject."""
    return (
        trigger.form in _PARTICIPLES
        and not set(group.says)
        and group.voice != "active"
        and any(word in openers for word in row.lower[max(0, group.first - 1) : trigger.first])
    )
