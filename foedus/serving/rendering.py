"""Templates, styles and scripts of the package, and pages that carry them inside: nothing is ever fetched from elsewhere.

A self-contained page allows exactly its own style and its own script, by their hashes (CSP Level 3); whatever a hostile
report smuggles in as text stays text (autoescape), and as script stays dead.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def templates() -> Environment:
    """The environment of all templates: escaping always, an unknown name is an error, the words of `wording.py` at hand."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from foedus.serving import wording
    from foedus.serving.proof_view import translation_mark, why_html
    from foedus.serving.spelling import spelled

    environment = Environment(
        loader=PackageLoader("foedus.serving"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(wording=wording, why_html=why_html, translation_mark=translation_mark)
    environment.filters.update(
        day=wording.day, days=wording.days, titled=wording.titled, listed=wording.listed, spelled=spelled
    )
    environment.filters["web_address"] = web_address
    environment.filters["lit"] = lit
    environment.filters["translation_in"] = lambda statement, translated: translated.get(statement)
    return environment


@cache
def static_text(name: str) -> str:
    """A style sheet or script of the package."""
    return files("foedus.serving").joinpath("static", name).read_text(encoding="utf-8")


def self_contained(template: str, **values: Any) -> str:
    """The page with its style and script inside, and a policy that allows nothing else."""
    style, script = static_text("dossier.css"), static_text("dossier.js")
    policy = (
        f"default-src 'none'; style-src '{_source_hash(style)}'; script-src '{_source_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return templates().get_template(template).render(style=style, script=script, policy=policy, **values)


def web_address(url: str | None) -> str | None:
    """The address if it is one that a link may lead to, else None.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address(None)
    ('https://example.org/a', None, None)
    """
    is_plain = url is not None and url.lower().startswith(("https://", "http://")) and url.isprintable()
    return url if is_plain else None


def lit(text: str, words: str) -> Markup:
    """The text with the words of a search marked; everything in it is escaped.

    >>> lit("The Duma <voted> on the treaty.", 'duma treat*')
    Markup('The <mark class="lit">Duma</mark> &lt;voted&gt; on the <mark class="lit">treaty</mark>.')
    """
    from markupsafe import Markup, escape

    sought = sorted({word.lower() for word in re.findall(r"\w+", words)}, key=len, reverse=True)
    if not sought:
        return escape(text)
    parts = re.split(rf"\b((?:{'|'.join(map(re.escape, sought))})\w*)", text, flags=re.IGNORECASE)
    marked = (
        Markup('<mark class="lit">{}</mark>').format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
    return Markup("").join(marked)


def _source_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
