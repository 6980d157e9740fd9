"""Provisions: what a report says that a treaty provides, one statement a provision.

A document that words one provision several times gives one statement: the fullest wording carries it, the others are its
evidence. Duties and the like are read where the sentence, or one of the few before it, speaks of a treaty.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.attribution import sources_of
from foedus.statements.clause_reading import clause_reader
from foedus.statements.names import Analysis, Discourse, MentionKind
from foedus.statements.norm_reading import read_limits, read_norms
from foedus.statements.phrases import has_any
from foedus.statements.provided_content import content, treaties_named
from foedus.statements.provision_rules import ProvisionFound, provision_rules
from foedus.statements.statement import ProvisionMention, Statement, TreatyMention, statement_id
from foedus.terms.norms import Condition, Norm

_BESIDE = 12
"""Characters between a verb and what it replaces."""
_NEAR = 4
"""Sentences before a provision in which its treaty may be named."""
_ONE_A_DOCUMENT = frozenset(
    {"duration", "entry-into-force-clause", "withdrawal-clause", "mutual-assistance", "consultation", "neutrality",
     "nonaggression", "secret-clauses", "nuclear", "third-party"}
)  # fmt: skip
"""Kinds of which a treaty has one, so that differing wordings are of the same provision."""


def provisions(discourse: Discourse, reference: Reference) -> tuple[Statement, ...]:
    """The provisions that a document reports, in reading order; none where it names no treaty."""
    if not discourse.is_about_a_treaty:
        return ()
    best: dict[tuple[str, str, str], Statement] = {}
    weights: dict[tuple[str, str, str], int] = {}
    named = [_names_a_treaty(discourse, analysis, reference) for analysis in discourse.analyses]
    for number, analysis in enumerate(discourse.analyses):
        near = any(named[max(0, number - _NEAR) : number + 1])
        for found, article in _found_in(discourse, number, near, reference):
            new = _statement(discourse, analysis, found, article, reference)
            key = (_treaty_key(new.treaty), found.kind, "" if found.kind in _ONE_A_DOCUMENT else found.value)
            weight = found.weight + 2 * (article is not None) + any(treaties_named(analysis))
            old = best.get(key)
            keep_old = old is not None and weights[key] >= weight
            best[key] = _folded(old, new) if old and keep_old else _folded(new, old) if old else new
            weights[key] = max(weight, weights.get(key, 0))
    return tuple(sorted(best.values(), key=lambda statement: statement.quote.start))


def _found_in(
    discourse: Discourse, number: int, near: bool, reference: Reference
) -> Iterator[tuple[ProvisionFound, str | None]]:
    """What the sentence says, each with the article it stands in.

    near  the sentence, or one of the few before it, names a treaty; without that only clauses are read, which name what they are
    """
    analysis, language = discourse.analyses[number], discourse.document.language
    text, start, end = discourse.document.text, analysis.sentence.start, analysis.sentence.end
    rules = provision_rules(reference, language)
    article = rules.article_in(text, start, end)
    carried = article or _article_before(discourse, number, reference)
    any_found = False
    for found in _duties(discourse, number, reference) if near else ():
        any_found = True
        yield found, carried
    clauses = clause_reader(reference, language)
    before = _sentence_before(discourse, number)
    for clause in (clauses.entry(text, start, end, article, before), clauses.withdrawal(text, start, end)):
        if clause:
            any_found = True
            yield clause, article
    if not near:
        return
    answer = rules.answered(text, before, start, end) if before else None
    if answer:
        yield answer, article
    for found in (*rules.read(text, start, end, analysis.times), *_replaced(discourse, analysis, reference)):
        any_found = any_found or found.kind != "articles"
        yield found, article
    if not any_found and (other := content(analysis, _in_paragraph(discourse, number), text, rules)):
        yield other, article


def _in_paragraph(discourse: Discourse, number: int) -> Analysis | None:
    """The sentence before, where it is of the same paragraph and no headline."""
    here, before = discourse.analyses[number], discourse.analyses[number - 1] if number else None
    if before is None or before.sentence.headline or before.sentence.paragraph != here.sentence.paragraph:
        return None
    return before


def _sentence_before(discourse: Discourse, number: int) -> tuple[int, int] | None:
    """Where the sentence before stands; a headline or none at all is none."""
    before = discourse.analyses[number - 1].sentence if number else None
    return (before.start, before.end) if before and not before.headline else None


def _duties(discourse: Discourse, number: int, reference: Reference) -> Iterator[ProvisionFound]:
    """The duties that the sentence words; limits that the next sentence adds are theirs."""
    document, sentence = discourse.document, discourse.analyses[number].sentence
    for found in read_norms(document.text, sentence.start, sentence.end, reference, document.language):
        norm = found.norm
        if norm and not norm.limits and number + 1 < len(discourse.analyses):
            after = discourse.analyses[number + 1].sentence
            norms_there = read_norms(document.text, after.start, after.end, reference, document.language)
            if after.paragraph == sentence.paragraph and not norms_there:
                limits = read_limits(document.text, after.start, after.end, reference, document.language)
                norm = msgspec.structs.replace(norm, limits=tuple(x for x in limits if x.kind in _CARRIED))
        yield ProvisionFound(
            kind=found.kind, norm=norm, absent=found.absent, start=found.start, end=found.end,
            weight=_weight(norm), rule=found.rule,
        )  # fmt: skip


_CARRIED = frozenset({"charter-51", "domestic-law", "constitutional-process"})
"""Limits that may stand in the sentence after the duty."""


def _weight(norm: Norm | None) -> int:
    if norm is None:
        return 0
    return _atoms(norm.conditions) + len(norm.limits) + len(norm.manner)


def _atoms(condition: Condition | None) -> int:
    if condition is None:
        return 0
    return sum(map(_atoms, condition.parts)) if condition.parts else 1


def _replaced(discourse: Discourse, analysis: Analysis, reference: Reference) -> Iterator[ProvisionFound]:
    """Another treaty that the main one replaces: one that the sentence names, by its year."""
    rules = provision_rules(reference, discourse.document.language)
    text, sentence = discourse.document.text, analysis.sentence
    said, against = rules.supersedes
    match = said.find(text, sentence.start, sentence.end)
    if not match or not has_any(text[sentence.start : sentence.end].lower(), rules.words.supersedes.needs):
        return
    if against.find(text, sentence.start, sentence.end):
        return
    treaty_there = rules.context.find(text, sentence.start, sentence.end) is not None
    years = _years_beside(analysis, match.end()) or (_years_of_another(discourse, analysis) if treaty_there else [])
    value = str(years[0]) if years else _name_beside(analysis, match.end())
    if value:
        yield ProvisionFound(
            kind="supersedes",
            value=value,
            start=match.start(),
            end=match.end(),
            rule="an earlier treaty replaced",
        )


def _years_beside(analysis: Analysis, end: int) -> list[int]:
    """The year right behind the verb: "replaces the 1992 friendship treaty", "replaces the one of 1992"."""
    near = (
        t.value[:4] for t in analysis.times if 0 < t.start - end <= _BESIDE and (t.modifier or t.start - end >= _ONE_OF)
    )
    return [int(year) for year in near if year.isdigit()]


_ONE_OF = 8
"""Characters of "the one of" before a year, at least."""


def _name_beside(analysis: Analysis, end: int) -> str:
    """The treaty named right behind the verb, where no year tells it: "replaces NAFTA"."""
    names = (m.text for m in analysis.mentions if m.kind is MentionKind.TREATY and 0 < m.start - end <= _BESIDE)
    return next((name for name in names if name[0].isupper()), "")


def _years_of_another(discourse: Discourse, analysis: Analysis) -> list[int]:
    """Years of a treaty in the sentence that is not the main one: of its name, else those told with it that are earlier."""
    main = discourse.main
    named = [m.treaty for m in treaties_named(analysis) if m.treaty]
    others = [t for t in named if t.years and _treaty_key(t) != _treaty_key(main)]
    if others:
        return sorted(others[0].years)
    told = sorted(int(time.value[:4]) for time in analysis.times if time.value[:4].isdigit())
    latest = max(main.years) if main and main.years else None
    return [year for year in told if latest is None or year < latest]


def _names_a_treaty(discourse: Discourse, analysis: Analysis, reference: Reference) -> bool:
    """Whether the sentence names a treaty or speaks of its articles."""
    if any(treaties_named(analysis)):
        return True
    rules, sentence = provision_rules(reference, discourse.document.language), analysis.sentence
    return rules.context.find(discourse.document.text, sentence.start, sentence.end) is not None


def _article_before(discourse: Discourse, number: int, reference: Reference) -> str | None:
    """The article that the sentence before names, where this one begins by referring back to it."""
    if number == 0:
        return None
    here, before = discourse.analyses[number].sentence, discourse.analyses[number - 1].sentence
    rules = provision_rules(reference, discourse.document.language)
    if here.paragraph != before.paragraph or not here.tokens or here.tokens[0].lower not in rules.words.article.back:
        return None
    return rules.article_in(discourse.document.text, before.start, before.end)


def _treaty_of(
    discourse: Discourse, analysis: Analysis, found: ProvisionFound, reference: Reference
) -> TreatyMention | None:
    """The treaty named last before the end of the words in this sentence, else the first one after, else the main one."""
    beside = provision_rules(reference, discourse.document.language).beside
    named = [m for m in treaties_named(analysis) if m.treaty and not beside.find(m.text)]
    before = [m for m in named if m.start < found.end]
    treaty = before[-1].treaty if before else named[0].treaty if named else discourse.main
    return discourse.main if _is_main(treaty, discourse.main) else treaty


def _is_main(treaty: TreatyMention | None, main: TreatyMention | None) -> bool:
    """Whether a treaty that is only described ("a treaty with North Korea") is the report's main one."""
    if treaty is None or main is None:
        return treaty is main
    years = not treaty.years or not main.years or bool(set(treaty.years) & set(main.years))
    return treaty.id in (None, main.id) and bool(treaty.parties) and set(treaty.parties) <= set(main.parties) and years


def _treaty_key(treaty: TreatyMention | None) -> str:
    """One key for the names of one treaty in a document: its id, else its two parties, else its name."""
    if treaty is None:
        return ""
    return treaty.id or ("-".join(treaty.parties) if len(treaty.parties) == _TWO else treaty.mention)


_TWO = 2


def _statement(
    discourse: Discourse, analysis: Analysis, found: ProvisionFound, article: str | None, reference: Reference
) -> Statement:
    document, sentence = discourse.document, analysis.sentence
    treaty = _treaty_of(discourse, analysis, found, reference)
    if found.kind == "supersedes":
        treaty = discourse.main
    norm = found.norm
    if norm:
        norm = msgspec.structs.replace(norm, article=article, treaty=(treaty.id or "") if treaty else "")
    return Statement(
        id=statement_id(document.id, found.start, found.end, f"provision {found.kind}"),
        document=document.id,
        treaty=treaty,
        content=ProvisionMention(kind=found.kind, article=article, value=found.value, norm=norm, absent=found.absent),
        factuality=found.factuality,
        sources=sources_of(discourse, analysis, found.start, found.end, reference),
        quote=document.quote(sentence.start, sentence.end),
        rules=(found.rule,),
    )


def _folded(kept: Statement, other: Statement) -> Statement:
    """The kept statement with the quote of another wording as evidence."""
    more = tuple(q for q in (other.quote, *other.evidence) if q != kept.quote and q not in kept.evidence)
    return msgspec.structs.replace(kept, evidence=tuple(sorted((*kept.evidence, *more))))
