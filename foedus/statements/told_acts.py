"""Whether words tell an act at all, and whose act it is: what stands around a trigger before a frame is looked up."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from foedus.statements.act_frames import BOTH_PARTIES, states_of
from foedus.statements.clause_subjects import is_drafted, of_both, partners_of
from foedus.statements.factuality import FactualityRules, NominalWords
from foedus.statements.look_alikes import accompanies, takes_place
from foedus.statements.memory import Memory
from foedus.statements.names import Mention, MentionKind
from foedus.statements.participants import Found, Scene
from foedus.statements.partners import between_them, by_exchange, with_them
from foedus.statements.statement import TreatyMention
from foedus.statements.subjects import MAIN_SUBJECT
from foedus.statements.trigger_groups import LEAVING, NEEDS_ACTOR, NOUNS_ALONE, TELLING, UNDOING, VOTING, holds_a_bond
from foedus.statements.triggers import Form, Trigger
from foedus.statements.verb_groups import VerbGroup
from foedus.terms.acts import Kind


class Cast(NamedTuple):
    """Who acts, and which way the verb points.

    known   somebody is named, or a crowd, or both parties
    """

    passive: bool
    actors: Found
    is_crowd: bool
    known: bool


def is_no_leaving(contents: list[Trigger], memory: Memory) -> bool:
    """ "Its notification was delivered": of a withdrawal only where somebody's was told."""
    is_bare = bool(contents) and all(one.class_ == "leave-notice" and one.last - one.first == 1 for one in contents)
    return is_bare and not memory.tells_of_leaving()


def is_told(
    scene: Scene,
    trigger: Trigger,
    group: VerbGroup,
    passive: bool,
    known: bool,
    actors: Found,
    words: NominalWords,
    facts: FactualityRules,
) -> bool:
    """An active verb tells an act if it has a subject, a noun if it has an owner, a gerund if it has a place in the story."""
    row = scene.row
    if trigger.class_ == "counted":
        return any(word[0].isdigit() for word in row.lower[max(0, group.first - 5) : group.first])
    is_adjective = trigger.form is Form.BASE and not trigger.is_past_too
    if is_adjective and row.lower[max(0, trigger.first - 1)] in scene.words.auxiliaries.be:
        return False  # "is open for signature"
    if trigger.form is Form.NOUN:
        return _is_told_by_noun(scene, trigger, known, words, facts)
    if trigger.form is Form.GERUND and group.tense is None and not group.says:
        is_count = trigger.class_ in VOTING and any(one.role == "generic" for one in actors.mentions)
        is_named = known and actors.rule == "the name before the verb" and not is_count
        is_own = is_named and accompanies(scene, actors)
        is_led = actors.rule == MAIN_SUBJECT or row.lower[trigger.first - 1 : trigger.first] == [","]
        return (is_led or is_own) and known
    if trigger.class_ == "submit" and row.lower[max(0, group.first - 1)] in scene.words.crowds.officers:
        return True
    return passive or known or trigger.class_ not in NEEDS_ACTOR or is_drafted(scene, trigger, group)


def _is_told_by_noun(scene: Scene, trigger: Trigger, known: bool, words: NominalWords, facts: FactualityRules) -> bool:
    row = scene.row
    if trigger.core < len(row) and row.lower[trigger.core] in words.compounds:
        return False
    if trigger.class_ in LEAVING:
        before = row.lower[max(0, trigger.first - 5) : trigger.first]
        return any(word in words.announced or word in words.lacking for word in before)
    if trigger.class_ == "sign" and _is_dated_signing(scene, trigger):
        return True
    is_off = trigger.class_ == "sign" and facts.is_called_off(row, trigger)
    return known or trigger.class_ in NOUNS_ALONE or is_off or takes_place(scene, trigger, words)


def _is_dated_signing(scene: Scene, trigger: Trigger) -> bool:
    """ "welcomed the signing of the pact on 6 March": its treaty and its day stand right after it."""
    lower = scene.row.lower
    is_led = lower[trigger.core : trigger.core + 1] == [scene.words.crowds.of]
    thing = next(
        (at for at in range(trigger.core, min(len(lower), trigger.core + _NEAR)) if _is_treaty(scene, at)), None
    )
    if not is_led or thing is None:
        return False
    last = scene.spans[scene.at[thing]][1]
    return any(at in scene.timed for at in range(last, min(len(lower), last + _NEAR)))


def _is_treaty(scene: Scene, at: int) -> bool:
    index = scene.at[at]
    return index >= 0 and scene.mentions[index].kind is MentionKind.TREATY


_NEAR = 5
_PAIR = 2


def whose(
    scene: Scene,
    trigger: Trigger,
    kind: Kind,
    cast: Cast,
    thing: Mention | None,
    treaty: TreatyMention,
    destination: Mention | None,
    memory: Memory,
) -> tuple[str, ...]:
    """Whose act it is, with those who sign after "with" and both parties of "both parliaments".

    A treaty of another name that nobody gives parties is not one of the report's two sides.
    """
    if kind is Kind.SIGN and trigger.form is Form.NOUN and len(treaty.parties) == _PAIR:
        return treaty.parties
    is_named = thing is not None and thing.role == "name"
    both = () if is_named and treaty is not memory.main and kind is not Kind.TERMINATE else memory.parties
    mentions = cast.actors.mentions
    exchanged = by_exchange(scene, trigger) if kind is Kind.EXCHANGE and not mentions else ()
    if exchanged:
        return exchanged
    states = states_of(kind, mentions, destination, cast.is_crowd, treaty, both)
    partners = partners_of(scene, thing, trigger) if kind is Kind.SIGN else ()
    if partners and not set(partners) <= set(states):
        own = {state for one in mentions for state in one.states} if treaty.parties else states
        return tuple(sorted({*own, *partners}))
    named = thing.text.lower().split() if thing is not None else []
    is_with = scene.words.accompanied in named and (len(treaty.parties) == 1 or bool(scene.conjunctions & set(named)))
    if kind is Kind.SIGN and is_with and states and not set(states) & set(treaty.parties):
        return tuple(sorted({*states, *treaty.parties}))
    if kind is Kind.NEGOTIATE and cast.actors.mentions:
        states = tuple(sorted({*states, *with_them(scene, trigger)}))
    if states or kind not in BOTH_PARTIES:
        return states or of_both(scene, cast.actors, memory.parties)
    return between_them(scene, trigger)


def of_what_is_held(
    scene: Scene, trigger: Trigger, cast: Cast, contents: list[Trigger], owner_of: Callable[[Scene, Trigger], Found]
) -> Cast:
    """ "Ireland's reservation was withdrawn", "was told that Ireland's procedures are complete": who owns it acts."""
    is_undone = trigger.class_ in UNDOING and holds_a_bond(contents)
    is_told = trigger.class_ in TELLING and any(one.class_ == "procedures" for one in contents[:1])
    if cast.actors.mentions or not cast.passive or not (is_undone or is_told):
        return cast
    owner = owner_of(scene, contents[0])
    return cast._replace(actors=owner, known=True) if owner.mentions else cast
