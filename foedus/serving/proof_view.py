"""A Proof for people: as indented text, and as HTML that unfolds; leaves quote the report's very words.

Both say the same in the same order: how sure, what, by which rule, then the words it rests on, then its reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup, escape

from foedus.serving.spelling import spelled
from foedus.serving.translated import Translated, Translation
from foedus.serving.wording import printable
from foedus.terms.evidence import Quote
from foedus.terms.proof import Proof, Truth

OVERRULED = "overruled"
"""How the register begins what a constraint says that lost."""

Link = Callable[[Quote], str | None]
"""Where a quote can be seen in its text, as an address; None where nowhere."""


def proof_text(proof: Proof, names: Mapping[str, str]) -> str:
    """The proof as indented lines.

    names   document id -> name; the id itself where it has none

    >>> quote = Quote("d_1", 4, 10, "signed")
    >>> reason = Proof(says="Russia signed it", truth=Truth.TRUE, by="report", quotes=(quote,))
    >>> print(proof_text(Proof(says="Russia is a signatory", truth=Truth.TRUE, by="VCLT 14(1)", because=(reason,)), {"d_1": "004"}))
    TRUE     Russia is a signatory [VCLT 14(1)]
      TRUE     Russia signed it [report]
                 004, chars 4-10: “signed”
    """
    return "\n".join(_lines(proof, names, 0))


def why_html(
    proof: Proof,
    names: Mapping[str, str],
    link: Link,
    ask: str = "Why?",
    about: str = "",
    translation: Translation = lambda quote: None,
) -> Markup:
    """The proof as nested <details>, behind a question that opens it; everything in it is escaped.

    link    where each quote's document name leads
    about   what is asked about, for those who hear the page
    translation   whether the words of a quote are likely a translation, which is said beside them
    """
    unseen = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    return Markup(
        f'<details class="why"><summary>{escape(ask)}{unseen}</summary><div class="proof-tree">'
        f'<p class="leaf">{_line(proof)}</p>{_reasons(proof, names, link, translation)}</div></details>'
    )


def translation_mark(translated: Translated | None, link: Link | None = None) -> Markup:
    """The mark beside words that are a translation, or likely one; "" beside others.

    link   where a quote's words stand; the mark leads to those by which the report says it
    """
    if translated is None:
        return Markup("")
    why = escape(translated.why)
    address = link(translated.said_in) if link and translated.said_in else None
    inner = f'{translated.mark}<span class="unseen">: {why}</span>'
    if address:
        return Markup(f' <a class="badge translated" href="{escape(address)}" title="{why}">{inner}</a>')
    return Markup(f' <span class="badge translated" title="{why}">{inner}</span>')


def quoted_words(quote: Quote) -> str:
    """The words of a quote on one line."""
    return " ".join(quote.exact.split())


def overruled(proof: Proof) -> tuple[Proof, ...]:
    """The topmost reasons that lost: constraints that were overruled, or conclusions that are false."""
    found: list[Proof] = []
    for reason in proof.because:
        has_lost = reason.truth is Truth.FALSE or reason.says.startswith(OVERRULED)
        found.extend((reason,) if has_lost else overruled(reason))
    return tuple(found)


def _lines(proof: Proof, names: Mapping[str, str], depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield printable(f"{indent}{proof.truth!r:<8} {proof.says} [{proof.by}]")
    for quote in proof.quotes:
        name = names.get(quote.document, quote.document)
        yield printable(f"{indent}           {name}, {quote.place}: “{quoted_words(quote)}”")
    for reason in proof.because:
        yield from _lines(reason, names, depth + 1)


def _node(proof: Proof, names: Mapping[str, str], link: Link, translation: Translation) -> str:
    if not (proof.because or proof.quotes):
        return f'<p class="leaf">{_line(proof)}</p>'
    return (
        f'<details class="proof"><summary>{_line(proof)}</summary>{_reasons(proof, names, link, translation)}</details>'
    )


def _line(proof: Proof) -> str:
    """How sure, what, by which rule."""
    is_lost = proof.says.startswith(OVERRULED)
    sure, says = OVERRULED if is_lost else proof.truth.value, proof.says.removeprefix(f"{OVERRULED}: ")
    return (
        f'<span class="truth {sure}">{sure}</span> <span class="says"><bdi>{escape(spelled(says))}</bdi></span> '
        f'<span class="by"><bdi>{escape(spelled(proof.by))}</bdi></span>'
    )


def _reasons(proof: Proof, names: Mapping[str, str], link: Link, translation: Translation) -> str:
    """The words that it rests on, then its reasons."""
    words = "".join(_words(quote, names, link, translation) for quote in proof.quotes)
    if not proof.because:
        return words
    reasons = "".join(f"<li>{_node(reason, names, link, translation)}</li>" for reason in proof.because)
    return f'{words}<ul class="reasons">{reasons}</ul>'


def _words(quote: Quote, names: Mapping[str, str], link: Link, translation: Translation) -> str:
    name, address = f"<bdi>{escape(names.get(quote.document, quote.document))}</bdi>", link(quote)
    cited = f'<a href="{escape(address)}">{name}</a>' if address else name
    mark = translation_mark(translation(quote), link)
    return (
        f'<blockquote class="words"><q><bdi>{escape(quote.exact)}</bdi></q> <cite>{cited}, '
        f"{f'page {quote.page}, ' if quote.page else ''}chars {quote.start}–{quote.end}</cite>{mark}</blockquote>"
    )
