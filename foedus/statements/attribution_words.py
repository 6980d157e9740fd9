"""The words of attribution of one language, compiled: verbs of saying, speakers without a name, phrases."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.phrases import Phrases, compile_phrases
from foedus.terms.evidence import Stance


class VerbRows(msgspec.Struct, frozen=True, kw_only=True):
    assert_: tuple[str, ...] = msgspec.field(name="assert")
    expect: tuple[str, ...]
    deny: tuple[str, ...]
    doubt: tuple[str, ...]
    nominal: tuple[str, ...]
    of_treaty: tuple[str, ...] = ()
    document: tuple[str, ...]
    relay: tuple[str, ...]
    relay_as: tuple[str, ...]
    by: tuple[str, ...]
    clause_only: tuple[str, ...]


class SmallWords(msgspec.Struct, frozen=True, kw_only=True):
    by: str
    that: str
    infinitive: str
    vague: frozenset[str]
    then: frozenset[str]
    medium_again: frozenset[str]
    light: frozenset[str]
    passive: frozenset[str]
    negation: frozenset[str]
    prepositions: frozenset[str]
    links: frozenset[str]
    conjunctive: frozenset[str]
    of_links: frozenset[str]
    postmodifiers: frozenset[str]
    determiners: frozenset[str]
    coordinators: frozenset[str]
    conjunctions: tuple[str, ...]
    relatives: frozenset[str]
    complementizers: frozenset[str]
    told: tuple[str, ...]
    anaphora: frozenset[str]
    singular_he: frozenset[str]
    object_he: frozenset[str]
    possessive_he: frozenset[str]
    possessives: frozenset[str]
    adverb_ending: str
    plural_they: frozenset[str]
    thing_it: frozenset[str]
    interrogative: frozenset[str]
    openers: frozenset[str]
    quantifiers: frozenset[str] = frozenset()
    plural_ending: str = ""
    people_endings: tuple[str, ...] = ()
    honorifics: frozenset[str] = frozenset()
    also_nouns: frozenset[str] = frozenset()
    tellers: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    act_objects: frozenset[str] = frozenset()
    act_verbs: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    distributive: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    no_sayings: tuple[str, ...] = ()
    conditions: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    talk: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    viewpoints: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()
    judging: frozenset[str] = frozenset()
    seen_as: frozenset[str] = frozenset()


class MindWords(msgspec.Struct, frozen=True, kw_only=True):
    """Adjectives of who is of a mind: what their "that" clause is to the speaker."""

    assert_: frozenset[str] = msgspec.field(name="assert", default=frozenset())
    expect: frozenset[str] = frozenset()
    doubt: frozenset[str] = frozenset()


class SpeakerNouns(msgspec.Struct, frozen=True, kw_only=True):
    persons: frozenset[str]
    plurals: frozenset[str]
    bodies: frozenset[str]
    documents: frozenset[str]
    inside: frozenset[str]
    purposes: frozenset[str] = frozenset()


class SayingPhrases(msgspec.Struct, frozen=True, kw_only=True):
    triggers: frozenset[str]
    according: tuple[str, ...]
    possessive_before: tuple[str, ...]
    possessive_after: tuple[str, ...]
    nouns_of_saying: tuple[str, ...]
    nouns_of_x: tuple[str, ...]
    seen_so: tuple[str, ...] = ()
    nouns_then_words: tuple[str, ...] = ()
    guessing: tuple[str, ...] = ()
    settings: tuple[str, ...]
    places: tuple[str, ...]
    through: tuple[str, ...]
    through_nouns: tuple[str, ...]
    including: tuple[str, ...]
    citing: tuple[str, ...]
    charges: frozenset[str] = frozenset()


class OutletPhrases(msgspec.Struct, frozen=True, kw_only=True):
    interpreted: tuple[str, ...]
    interpret: tuple[str, ...]
    doubt: tuple[str, ...]
    doubting: tuple[str, ...]
    denying: tuple[str, ...]
    denied: tuple[str, ...] = ()
    untrue: tuple[str, ...] = ()
    coming: tuple[str, ...]
    breaks: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    conjoined: tuple[str, ...] = ()
    arguing: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()
    will: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()


class AttributionTable(msgspec.Struct, frozen=True, kw_only=True):
    """The file `attribution.toml` of a language."""

    verbs: VerbRows
    words: SmallWords
    speakers: SpeakerNouns
    phrases: SayingPhrases
    outlet: OutletPhrases
    minds: MindWords = MindWords()


class VerbForm(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a verb of saying.

    base         the verb's first form, which needs a speaker in the plural
    more         the words that must follow ("pointed" "out")
    stance       what its subject does with the words said
    nominal      it judges or demands a thing, and needs no clause
    of_treaty    it judges only where its object is a treaty or a bill
    clause_only  without a clause or a quotation it says nothing
    document     papers and sites do it
    by           after its passive, "by X" names the speaker
    relay        its object speaks, its subject passes the words on
    """

    base: str
    form: str
    more: tuple[str, ...]
    stance: Stance
    is_base: bool
    is_participle: bool
    is_present: bool = False
    nominal: bool = False
    of_treaty: bool = False
    clause_only: bool = False
    document: bool = False
    by: bool = True
    relay: bool = False


class AttributionWords(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Everything compiled.

    verbs   first word of a form -> its readings, longest first
    minds   adjective -> the stance of who "is confident that"
    cues    words of which a sentence has one in which somebody says something
    """

    verbs: dict[str, tuple[VerbForm, ...]]
    minds: dict[str, Stance]
    cues: frozenset[str]
    small: SmallWords
    nouns: SpeakerNouns
    no_sayings: Phrases
    charges: frozenset[str]
    heads: frozenset[str]
    relay_as: Phrases
    told: Phrases
    according: Phrases
    possessive_after: Phrases
    nouns_of_saying: Phrases
    nouns_of_x: Phrases
    seen_so: Phrases
    nouns_then_words: Phrases
    guessing: Phrases
    will: Phrases
    untrue: Phrases
    settings: Phrases
    places: Phrases
    through: Phrases
    through_nouns: Phrases
    including: Phrases
    citing: Phrases
    interpret: Phrases
    doubt: Phrases
    doubting: Phrases
    denying: Phrases
    denied: Phrases
    coming: Phrases
    breaks: Phrases
    negated: Phrases
    conjoined: Phrases
    arguing: Phrases
    wished: Phrases
    future: Phrases
    steady: Phrases
    possessive_before: frozenset[str]
    interpreted: Phrases
    pronouns: frozenset[str]
    all_small: frozenset[str]

    def is_small(self, word: str) -> bool:
        """Whether a word, in lower case, is no part of a name: a function word, a verb of saying, an adverb."""
        return word in self.all_small or word in self.verbs


@lru_cache(maxsize=16)
def attribution_words(reference: Reference, language: str) -> AttributionWords:
    """The words of attribution of a language."""
    table = reference.lexicon(language).section("attribution", AttributionTable)
    small, nouns = table.words, table.speakers
    verbs, minds = _forms(table.verbs), _minds(table.minds)
    return AttributionWords(
        verbs=verbs,
        minds=minds,
        cues=frozenset(verbs) | frozenset(minds) | table.phrases.triggers,
        small=small,
        nouns=nouns,
        no_sayings=compile_phrases(small.no_sayings),
        charges=table.phrases.charges,
        heads=nouns.persons | nouns.plurals | nouns.bodies | nouns.documents,
        possessive_before=frozenset(table.phrases.possessive_before),
        pronouns=small.singular_he | small.plural_they | small.thing_it,
        all_small=_no_names(small),
        relay_as=compile_phrases(table.verbs.relay_as),
        told=compile_phrases(small.told),
        **_compiled(
            table.phrases,
            "according possessive_after nouns_of_saying nouns_of_x seen_so nouns_then_words guessing settings places",
        ),
        **_compiled(table.phrases, "through through_nouns including citing"),
        **_compiled(table.outlet, "interpreted interpret doubt doubting denying denied coming untrue"),
        **_compiled(table.outlet, "breaks negated conjoined arguing wished will future steady"),
    )


def _minds(words: MindWords) -> dict[str, Stance]:
    rows = ((words.assert_, Stance.ASSERT), (words.expect, Stance.EXPECT), (words.doubt, Stance.DOUBT))
    return {word: stance for listed, stance in rows for word in listed}


def _compiled(table: SayingPhrases | OutletPhrases, names: str) -> dict[str, Phrases]:
    """The phrases of the fields with these names."""
    return {name: compile_phrases(getattr(table, name)) for name in names.split()}


def _no_names(small: SmallWords) -> frozenset[str]:
    """The words of a sentence that are no part of a name."""
    return frozenset().union(
        small.light, small.passive, small.negation, small.prepositions, small.determiners, small.coordinators,
        small.conjunctions, small.relatives, small.complementizers, small.anaphora, small.singular_he, small.object_he,
        small.possessive_he, small.plural_they, small.thing_it, small.interrogative, small.openers, small.quantifiers,
    )  # fmt: skip


def _forms(rows: VerbRows) -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = {}
    kinds: tuple[tuple[tuple[str, ...], Stance, dict[str, bool]], ...] = (
        (rows.assert_, Stance.ASSERT, {}),
        (rows.expect, Stance.EXPECT, {}),
        (rows.deny, Stance.DENY, {"nominal": True}),
        (rows.doubt, Stance.DOUBT, {"nominal": True}),
        (rows.nominal, Stance.ASSERT, {"nominal": True}),
        (rows.of_treaty, Stance.ASSERT, {"nominal": True, "of_treaty": True}),
        (rows.document, Stance.ASSERT, {"document": True}),
        (rows.relay, Stance.ASSERT, {"relay": True}),
    )
    for listed, stance, traits in kinds:
        for row in listed:
            base, finite, past, participle, *more = row.split()
            for form in dict.fromkeys((base, finite, past, participle)):
                verb = VerbForm(
                    base=base, form=form, more=tuple(more), stance=stance, is_base=form == base and form != past,
                    is_participle=form == participle, is_present=form == finite, clause_only=" ".join((base, *more)) in rows.clause_only,
                    by=base in rows.by or base not in rows.clause_only, **traits,
                )  # fmt: skip
                found.setdefault(form, []).append(verb)
    return {form: tuple(sorted(verbs, key=lambda verb: -len(verb.more))) for form, verbs in found.items()}
