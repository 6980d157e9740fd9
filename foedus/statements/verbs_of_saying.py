"""Verbs of saying: before the words, after them or within them, before their speaker, as participles, in the passive, and
verbs that pass on what another says.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.statements.attribution_words import VerbForm
from foedus.statements.said_words import SaidWords, Saying
from foedus.statements.speaker_names import Speaker
from foedus.terms.evidence import Stance

_BY_WITHIN = 14
"""Words between a passive and its "by"."""
_CLAUSE = 3
"""Words that a clause has at least."""
_AS_WITHIN = 80
"""Characters between "quoted" and "as saying"."""
_TALK = 3
"""Words within which the object is only talk."""
_OBJECT = 6
"""Words within which an object has its noun."""
_LITTLE = 8
"""Words after the verb that are no content."""


def verbs_of_saying(words: SaidWords) -> Iterator[Saying]:
    """The sayings of a sentence that verbs tell, in order; words inside quotation marks tell none."""
    last: Saying | None = None
    verbs, minds = words.words.verbs, words.words.minds
    telling = [at for at, word in enumerate(words.lower) if word in verbs or word in minds]
    for at in telling:
        if words.quoted[at] or words.finder.in_name[at]:
            continue
        if words.lower[at] in minds:
            yield from _of_mind(words, at)
        elif not _is_title(words, at) and not _is_something_else(words, at):
            found = (_saying(words, at, form, last) for form in verbs[words.lower[at]])
            saying = next((one for one in found if one), None)
            if saying:
                last = last if last and _is_aside(saying) else saying
                yield saying


def _is_title(words: SaidWords, at: int) -> bool:
    """Whether the verb is part of a name: "By the Harbour Explained team"; headlines write verbs so as well."""
    if not at or not words.tokens[at].text[0].isupper():
        return False
    capitals = sum(token.text[0].isupper() for token in words.tokens)
    letters = sum(token.text[0].isalpha() for token in words.tokens)
    return not words.sentence.headline or 2 * capitals < letters


def _is_something_else(words: SaidWords, at: int) -> bool:
    """Whether the verb does something else with its object: "called a referendum"."""
    sentence = words.sentence
    return words.words.no_sayings.begins(words.text, words.tokens[at].start, sentence.start, sentence.end)


def _of_mind(words: SaidWords, at: int) -> Iterator[Saying]:
    """ "The minister is confident that the pact will pass"."""
    if words.word(at + 1) != words.words.small.that or not _is_passive(words, at):
        return
    speaker = words.finder.before(_auxiliary(words, at))
    if speaker and not _is_condition(words, speaker):
        stance = words.words.minds[words.lower[at]]
        if set(words.lower[_auxiliary(words, at) : at]) & words.words.small.negation:
            stance = Stance.ASSERT if stance is Stance.DOUBT else Stance.DOUBT  # "is not convinced that"
        yield words.saying(speaker, words.following(at + 1), at, at + 1, stance, "state of mind")


def _is_aside(saying: Saying) -> bool:
    """Whether the verb is a passive, whose agent is not the subject of the verbs that follow: ", as was reported by X,"."""
    return saying.rule == "passive with an agent"


def _saying(words: SaidWords, at: int, form: VerbForm, last: Saying | None) -> Saying | None:
    after = at + 1 + len(form.more)
    if tuple(words.lower[at + 1 : after]) != form.more:
        return None
    if form.is_base and words.word(at - 1) in words.words.small.prepositions - {words.words.small.infinitive}:
        return None  # "could not be reached for comment"
    if form.is_participle and _is_passive(words, at):
        return _going_on(words, at, after, form)
    if _is_passive(words, at):
        return _passive_relay(words, at, after) if form.relay else _passive(words, at, after, form, last)
    if form.relay:
        return _relayed(words, at, after)
    if form.is_participle:
        return _participle(words, at, after, form, last)
    if _is_only_meant(words, at, form):
        return None
    left = words.finder.before(at)
    if left and (_is_noun(words, left, at, after, form) or _is_condition(words, left)):
        return None
    if right := _said_by(words, left, at, after, form):
        return _inverted(words, right, at, after, form)
    if left:
        return _active(words, left, at, after, form, shared=False) if _fits(words, left, at, form) else None
    if _over(words, at - 1) in words.words.small.coordinators:
        speaker = last.speaker if last else _subject(words, at)
        return _active(words, speaker, at, after, form, shared=True) if speaker else None
    opens = at == 0 or (words.is_mark(at - 1) and words.lower[at - 1][0] not in "'’(")
    opens = opens and words.word(after) not in words.words.small.finite  # "; states must share their data"
    right = words.finder.after(after) if opens and not form.nominal else None
    if form.is_base and not (right and right.plural):
        return None
    return _inverted(words, right, at, after, form) if right and _fits(words, right, at, form) else None


def _going_on(words: SaidWords, at: int, after: int, form: VerbForm) -> Saying | None:
    """ "The unions are demanding that": what somebody is saying."""
    speaker = words.finder.before(_auxiliary(words, at))
    return _active(words, speaker, at, after, form, shared=False) if speaker else None


def _is_condition(words: SaidWords, speaker: Speaker) -> bool:
    """Whether the clause is only a condition: "until parliament says that"."""
    first = speaker.first if speaker.pronoun else words.finder.phrase_start(speaker)
    return words.word(first - 1) in words.words.small.conditions


def _is_only_meant(words: SaidWords, at: int, form: VerbForm) -> bool:
    """Whether the verb says only what somebody means to do, or did not do: "attempts to put it", "could not confirm"."""
    small = words.words.small
    if words.word(at - 1) == small.infinitive:
        return not (set(words.lower[max(0, at - 4) : at]) & small.passive) and words.word(at - 2) not in small.moves
    negated = set(words.lower[_auxiliary(words, at) : at]) & small.negation
    return bool(negated) and form.is_base and form.stance is Stance.ASSERT and not form.nominal


def _subject(words: SaidWords, at: int) -> Speaker | None:
    """The sentence's first name, for a verb after "and"; none where a relative clause stands between, whose verb it may be."""
    speaker = words.finder.first_free(at)
    clause = words.lower[speaker.last : at] if speaker else []
    return None if set(clause) & (words.words.small.relatives - {words.words.small.that}) else speaker


def _is_noun(words: SaidWords, left: Speaker, at: int, after: int, form: VerbForm) -> bool:
    """Whether the form is rather a noun: "Strict demands are made", "After Ruiz won the vote, hopes arose that ..."."""
    opener = left.guessed and left.first == 0 and words.lower[0] not in words.finder.proper
    if form.form not in words.words.small.also_nouns:
        thing = words.word(after) in words.words.small.determiners and not form.is_present
        return opener and left.last == 1 and (form.is_present or form.nominal) and not thing
    if words.word(at + 1) in words.words.small.definite:
        return False  # "Lindqvist sees the treaty as"
    apart = left.last < at and words.is_mark(at - 1)
    if words.word(after) in words.words.small.finite or words.word(at - 1) in words.words.small.quantifiers:
        return True  # "lawyers of both sides were busy"
    return (opener or apart) and not (words.says_at(after) or words.opens_quotation(after))


def _said_by(words: SaidWords, left: Speaker | None, at: int, after: int, form: VerbForm) -> Speaker | None:
    """Who says it in ", said X" where another name stands before: only a name that ends the clause."""
    if not left or left.pronoun or not words.is_mark(at - 1) or words.word(after) in words.words.small.complementizers:
        return None
    if form.is_base or form.nominal or form.clause_only:
        return None
    right = words.finder.after(after)
    if not right or right.pronoun or words.finder.phrase_start(right) > after + 1:
        return None
    ends = right.last >= len(words.lower) or words.lower[right.last] in (".", ",", "(")
    return right if ends and words.count(*words.preceding(at)) > _CLAUSE else None


def _over(words: SaidWords, at: int) -> str:
    """The word at `at`, or before the auxiliaries and adverbs there."""
    while at > 0 and (words.lower[at] in words.words.small.light or words.finder.skipped[at]):
        at -= 1
    return words.word(at)


def _is_passive(words: SaidWords, at: int) -> bool:
    for word in reversed(words.lower[max(0, at - 3) : at]):
        if word in words.words.small.passive:
            return True
        if (
            word not in words.words.small.light
            and word not in words.words.small.negation
            and not word.endswith(words.words.small.adverb_ending)
        ):
            return False
    return False


def _fits(words: SaidWords, speaker: Speaker, at: int, form: VerbForm) -> bool:
    """Papers show and read; a base form has a speaker in the plural, or an auxiliary before it."""
    if form.document and not speaker.document:
        return False
    last = words.word(speaker.last - 1)
    small = words.words.small
    is_one_word = speaker.guessed and speaker.last - speaker.first == 1 and last not in small.silent
    are_many = is_one_word and last.endswith(small.plural_ending or "?")  # "the Tories say"
    plural = speaker.plural or last in words.words.nouns.plurals or are_many
    moves = words.word(at - 1) == small.infinitive and words.word(at - 2) in small.moves  # "was quick to say"
    return not form.is_base or plural or moves or words.word(at - 1) in small.light


def _passive(words: SaidWords, at: int, after: int, form: VerbForm, last: Saying | None) -> Saying | None:
    """ "had been announced in May by Ana Ruiz"."""
    agent = _by(words, after)
    auxiliary = _auxiliary(words, at)
    paper = _paper(words, after) if not agent else None
    if paper:
        return words.saying(paper, words.following(paper.last), at, after, form.stance, "noted in a paper")
    negated = set(words.lower[max(0, auxiliary - 1) : at]) & words.words.small.negation
    if not agent or not form.by or negated:
        return None
    if words.word(auxiliary - 1) in words.words.small.relatives:
        start, end = words.preceding(auxiliary - 1)
        said = last.cue[1] + 1 if last else start
        start = min(max(start, said, _segment(words, auxiliary - 2)), end)
        return words.saying(agent, (start, end), at, after, form.stance, "passive with an agent")
    if form.nominal and form.stance is Stance.ASSERT:
        return words.saying(agent, (words.start, words.stop), at, after, form.stance, "passive with an agent")
    return words.saying(agent, words.preceding(auxiliary), at, after, form.stance, "passive with an agent")


def _by(words: SaidWords, after: int) -> Speaker | None:
    """Who does it, after a passive."""
    for at in range(after, min(len(words.lower), after + _BY_WITHIN)):
        if words.quoted[at] or words.lower[at] == ";":
            return None
        if words.lower[at] == words.words.small.by:
            return words.finder.after(at + 1, reach=4)
    return None


def _paper(words: SaidWords, after: int) -> Speaker | None:
    """The paper in which it is noted that something is so: "it is stated in the memorandum that"."""
    if words.word(after) not in words.words.small.links:
        return None
    paper = words.finder.after(after + 1)
    return paper if paper and paper.document and words.word(paper.last) == words.words.small.that else None


def _auxiliary(words: SaidWords, at: int) -> int:
    """The first token of the verb group that ends at `at`."""
    small = words.words.small
    while at > 0 and (words.lower[at - 1] in small.light or words.lower[at - 1] in small.passive | small.negation):
        at -= 1
    return at


def _segment(words: SaidWords, at: int) -> int:
    """Where the words between two marks begin that end at the token `at`."""
    at = max(at, 0)
    at -= words.lower[at] == ","
    while at > 0 and not words.is_mark(at - 1):
        at -= 1
    return words.tokens[at].start


def _passive_relay(words: SaidWords, at: int, after: int) -> Saying | None:
    """ "was quoted by TASS as saying"."""
    speaker = words.finder.before(_auxiliary(words, at))
    span = _as_saying(words, at)
    medium = _by(words, after)
    if not speaker or not span:
        return None
    return words.saying(
        speaker, span, at, after, Stance.ASSERT, "quoted as saying", through=(medium,) if medium else ()
    )


def _relayed(words: SaidWords, at: int, after: int) -> Saying | None:
    """ "The media quoted Rudenko as saying:"."""
    medium, speaker = words.finder.before(at), words.finder.after(after)
    span = _as_saying(words, speaker.last - 1) if speaker else None
    if not speaker or not span:
        return None
    return words.saying(
        speaker, span, at, after, Stance.ASSERT, "quoted as saying", through=(medium,) if medium else ()
    )


def _as_saying(words: SaidWords, at: int) -> tuple[int, int] | None:
    """The words after "as saying"."""
    start = words.tokens[at].end
    match = words.words.relay_as.find(words.text, start, min(words.sentence.end, start + _AS_WITHIN))
    return words.following(words.finder.index(match.end())) if match else None


def _participle(words: SaidWords, at: int, after: int, form: VerbForm, last: Saying | None) -> Saying | None:
    """ ", explaining that ..." shares the speaker of the clause; what a denial goes on to state is the denial's content."""
    before = at - 1
    while before > 0 and words.lower[before].endswith(words.words.small.adverb_ending):
        before -= 1
    joined = before >= 0 and (
        words.is_mark(before) or words.quoted[before] or words.lower[before] in words.words.small.coordinators
    )
    speaker = last.speaker if last else words.finder.first_free(at)
    if not joined or not speaker or (form.clause_only and not words.has_clause(after)):
        return None
    denies = last is not None and last.stance is Stance.DENY and last.nominal
    stance = Stance.DENY if denies else form.stance
    return words.saying(
        speaker, words.following(after), at, after, stance, "participle of saying", shared=True, nominal=form.nominal
    )


def _active(words: SaidWords, speaker: Speaker, at: int, after: int, form: VerbForm, shared: bool) -> Saying | None:
    tail = words.tail(after)
    if form.of_treaty and not _has_treaty(words, tail):
        return None
    first = min(words.finder.phrase_start(speaker), at) if speaker.first < at and not shared else at
    span = words.preceding(first)
    parted = first > 0 and (words.is_mark(first - 1) or words.quoted[first - 1])
    goes_on = words.word(tail) == "," and len(words.lower) - tail - 1 > _CLAUSE
    enough = words.count(*span) >= (1 if goes_on else _CLAUSE)
    if parted and not shared and enough and _ends(words, first, tail, form):
        if goes_on and not words.quotes_before(first):
            whole = (words.start, words.stop)
            return words.saying(speaker, whole, at, after, form.stance, "verb of saying within the words")
        return words.saying(speaker, span, at, after, form.stance, "verb of saying after the words")
    if not shared and (before := _charge(words, first, tail)) is not None:
        return words.saying(speaker, words.preceding(before), at, after, form.stance, "verb of saying after the words")
    if form.base in words.words.small.act_verbs and _is_act(words, tail):
        return None
    near = (
        words.lower[tail : tail + _OBJECT] if words.word(tail) != words.words.small.infinitive else words.lower[tail:]
    )
    meant = form.stance is Stance.EXPECT and words.words.small.infinitive in near
    if form.clause_only and not meant and not words.has_clause(after) and not _quoted_first(words, first, tail):
        return None
    if not shared and _quoted_first(words, first, tail):
        return words.saying(speaker, words.preceding(first), at, after, form.stance, "verb of saying after the words")
    rule = "verb of saying before the words"
    return words.saying(
        speaker, words.following(after), at, after, form.stance, rule, shared=shared, nominal=form.nominal
    )


def _has_treaty(words: SaidWords, tail: int) -> bool:
    """Whether the object, before any preposition, is a treaty or a bill."""
    objects = words.lower[tail : tail + _OBJECT]
    end = next((n for n, word in enumerate(objects) if word in words.words.small.prepositions), len(objects))
    return not words.words.small.act_objects.isdisjoint(objects[:end])


def _charge(words: SaidWords, first: int, tail: int) -> int | None:
    """The comma of a relative clause about the words before it: ", which Lima denies", ", a charge Lima rejects"."""
    if tail < len(words.lower) and words.lower[tail] not in (",", ".", ";"):
        return None
    small = words.words.small
    at = first - 1
    while at > 0 and words.lower[at] in small.relatives | words.words.charges | small.determiners:
        at -= 1
    return at if at > 0 and at < first - 1 and words.lower[at] == "," else None


def _is_act(words: SaidWords, tail: int) -> bool:
    """Whether a treaty or a bill is rejected or denounced, which is an act: the object is no statement about it."""
    objects = words.lower[tail : tail + _OBJECT]
    clause = next((n for n, word in enumerate(objects) if word == words.words.small.that), len(objects))
    objects = objects[:clause]  # "rejected claims that the treaty was dead"
    small = words.words.small
    is_talk = any(word in small.talk for word in objects[:_TALK])  # "dismissed talk of a secret protocol"
    judges = is_talk or words.opens_quotation(tail) or bool(set(objects) & small.judged)
    return not judges and bool(set(objects) & small.act_objects)


def _quoted_first(words: SaidWords, first: int, tail: int) -> bool:
    """ ""...," was how X put it to the press": the sentence opens with a quotation, and little follows the verb."""
    quotes = words.sentence.quotations
    opens = (
        bool(quotes)
        and quotes[0].start <= words.sentence.start + 2
        and words.quotes_before(min(first, len(words.tokens) - 1))
    )
    follows = tail < len(words.tokens) and (
        words.opens_quotation(tail) or words.lower[tail] in words.words.small.complementizers
    )
    return opens and not follows and len(words.lower) - tail < _LITTLE


def _ends(words: SaidWords, first: int, tail: int, form: VerbForm) -> bool:
    """Whether no words said follow the verb, so that they must stand before it."""
    if tail >= len(words.lower):
        return True
    if words.opens_quotation(tail):
        return False
    if words.is_mark(tail):
        return words.lower[tail] != ":"
    quoted_right_before = words.quotes_before(first) and not form.nominal
    if words.lower[tail] in words.words.small.complementizers:
        return False
    cites = words.words.citing.find(words.text, words.tokens[tail].start, words.sentence.end)
    if cites and cites.start() == words.tokens[tail].start:
        return True
    return quoted_right_before or (
        words.lower[tail] in words.words.small.prepositions and not form.nominal and not form.clause_only
    )


def _inverted(words: SaidWords, speaker: Speaker, at: int, after: int, form: VerbForm) -> Saying | None:
    """ "..., said X"."""
    span = words.preceding(at)
    if words.count(*span) < 1 or words.word(after) in words.words.small.complementizers:
        return None
    return words.saying(speaker, span, at, after, form.stance, "verb of saying before its speaker")
