"""The words of `verb_groups.toml`: auxiliaries, clauses, pronouns, crowds, and what stands in for a verb that is left out."""

from __future__ import annotations

import msgspec


class Auxiliaries(msgspec.Struct, frozen=True):
    be: tuple[str, ...]
    have: tuple[str, ...]
    do: tuple[str, ...]
    future: tuple[str, ...]
    would: tuple[str, ...]
    possible: tuple[str, ...]
    required: tuple[str, ...]
    past: tuple[str, ...]
    bare: str
    absolute: str
    infinitive: str
    neither: str
    negative: tuple[str, ...]
    negative_phrases: tuple[str, ...]
    have_not: tuple[str, ...]
    be_not: tuple[str, ...]
    do_not: tuple[str, ...]


class Adverbs(msgspec.Struct, frozen=True):
    endings: tuple[str, ...]
    words: tuple[str, ...]
    not_adverbs: tuple[str, ...]
    days: tuple[str, ...] = ()


class Clauses(msgspec.Struct, frozen=True):
    conditional: tuple[str, ...]
    temporal: tuple[str, ...]
    waiting: tuple[str, ...]
    relatives: tuple[str, ...]
    object_relatives: tuple[str, ...]
    person_relatives: tuple[str, ...]
    conjunction_or_relative: str
    barriers: tuple[str, ...]
    not_before: tuple[str, ...]
    subordinators: tuple[str, ...]
    stops: tuple[str, ...]
    quotes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    prepositions: tuple[str, ...]
    articles: tuple[str, ...]
    list_links: tuple[str, ...]
    plain_links: tuple[str, ...]
    general: tuple[str, ...]
    general_verbs: tuple[str, ...]
    anticipation: tuple[str, ...]
    stretches: tuple[str, ...] = ()
    no_clause: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()


class Pronouns(msgspec.Struct, frozen=True):
    object: tuple[str, ...]
    person: tuple[str, ...]
    thing: tuple[str, ...]
    many: tuple[str, ...]
    country: tuple[str, ...]
    owners: tuple[str, ...]
    pointing: tuple[str, ...] = ()
    own: str = ""


class Crowds(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    heads: tuple[str, ...]
    of: str
    nouns: tuple[str, ...]
    voters: tuple[str, ...]
    counting: tuple[str, ...]
    copulas: tuple[str, ...]
    by: tuple[str, ...]
    from_: tuple[str, ...]
    places: tuple[str, ...]
    signed_for: tuple[str, ...]
    visits: tuple[str, ...]
    occasions: tuple[str, ...]
    sides: tuple[str, ...]
    members: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bound_for: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    unions: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    belonging: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    list_openers: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    drafters: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    excepting: tuple[str, ...] = ()
    all_but: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()


class ProVerbWords(msgspec.Struct, frozen=True):
    """`[pro_verbs]`: what tells an act whose verb is left out.

    denying   open an inverted clause that denies: "nor has Norway"
    agreeing  open one that agrees: "so did Chile"
    after     open the list of those who acted before: "the third, after A and B"
    adverbs   may end a clause whose verb is left out: "has not yet"
    examples  before an "as" that agrees with nobody: "such as"
    done      a pro-verb's participle: "as Chad had done"
    second    may stand between a name and its time: "with Oman next in May"
    listed    stand for those just counted: "the last of them Oman in May"
    respectively  deals out times to names in their order
    tally_links   between the numbers of a tally: "148 votes to 17"
    """

    denying: tuple[str, ...]
    agreeing: tuple[str, ...]
    after: tuple[str, ...]
    adverbs: tuple[str, ...]
    done: tuple[str, ...]
    examples: tuple[str, ...]
    second: tuple[str, ...]
    listed: tuple[str, ...]
    respectively: tuple[str, ...] = ()
    reading: str = ""
    readings: tuple[str, ...] = ()
    tally_links: tuple[str, ...] = ()


class Ordinals(msgspec.Struct, frozen=True):
    """How a place in a row is written: "30th", "thirtieth"."""

    endings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def has(self, word: str) -> bool:
        return word in self.words or (word[:1].isdigit() and word.endswith(self.endings))


class VerbWords(msgspec.Struct, frozen=True):
    """`verb_groups.toml`."""

    auxiliaries: Auxiliaries
    adverbs: Adverbs
    catenatives: dict[str, tuple[str, ...]]
    gerunds: dict[str, tuple[str, ...]]
    clauses: Clauses
    pronouns: Pronouns
    crowds: Crowds
    pro_verbs: ProVerbWords
    bearing: tuple[str, ...]
    absolutes: tuple[str, ...]
    accompanied: str
    being: str
    plans: tuple[str, ...]
    label: str
    texts: tuple[str, ...]
    sittings: tuple[str, ...]
    announced: tuple[str, ...]
    object_openers: tuple[str, ...]
    carriers: tuple[str, ...]
    instruments: tuple[str, ...]
    nouns: NounMarkers
    becoming: tuple[str, ...] = ()
    expecting: tuple[str, ...] = ()
    left_to: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    exchanging: tuple[str, ...] = ()
    exchanged: tuple[str, ...] = ()
    balloting: tuple[str, ...] = ()
    talkers: tuple[str, ...] = ()
    ordinals: Ordinals = Ordinals()
    past_endings: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    dropping: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class NounMarkers(msgspec.Struct, frozen=True):
    markers: tuple[str, ...]
