"""What editors see and send: the acts of a treaty and the statements of a report with forms to rule on them, a form for a
statement by hand, and all rulings with their authors, each of which can be undone. Plain forms; nothing needs a script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from foedus.documents.document import DocumentClass
from foedus.errors import FoedusError, JournalError, NoSuchTreaty
from foedus.register.entries import Ruling
from foedus.register.rulings import BETWEEN, SETTABLE
from foedus.serving.accounts import Session
from foedus.serving.dossier import state_names
from foedus.serving.dossier_page import statement_words
from foedus.serving.editing import rule
from foedus.serving.entering import PROVISIONS, Stated, enter, source_of
from foedus.serving.library import Edition
from foedus.serving.sign_in import FRESH, Form, asks_to_sign_in, check_csrf, editor_in, form_in
from foedus.serving.site_parts import Site, day_from, title_of
from foedus.statements.statement import ActMention
from foedus.terms.acts import Kind, Measure
from foedus.terms.evidence import Factuality, Stance

DEEDS = 100
"""Deeds of the audit that the page of rulings shows."""
SPLIT = "split"
"""Parts chosen statements of an act from its others; recorded as "different"."""

View = Callable[[Request, Session, str], str]
"""Makes a page for an editor; the words say what was wrong with the form that was sent, or are empty."""


def routes(site: Site) -> list[BaseRoute]:
    """The pages of editors and the forms that they send."""
    pages = EditorPages(site)
    return [
        Route("/editor", pages.shown(pages.overview), methods=["GET"]),
        Route("/editor/treaties/{treaty}", pages.shown(pages.treaty), methods=["GET"]),
        Route("/editor/reports/{document}", pages.shown(pages.report), methods=["GET"]),
        Route("/editor/state", pages.shown(pages.statement), methods=["GET"]),
        Route("/editor", pages.sent(pages.undo, pages.overview), methods=["POST"]),
        Route("/editor/treaties/{treaty}", pages.sent(pages.rule, pages.treaty), methods=["POST"]),
        Route("/editor/reports/{document}", pages.sent(pages.rule, pages.report), methods=["POST"]),
        Route("/editor/state", pages.sent(pages.state, pages.statement), methods=["POST"]),
        Route("/rulings", pages.public, methods=["GET"]),
    ]


class EditorPages:
    """The pages, over one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def shown(self, view: View) -> Any:
        """A page that only editors see, made for whoever asks."""

        async def endpoint(request: Request) -> Response:
            if (elsewhere := asks_to_sign_in(request)) is not None:
                return elsewhere
            text = await run_in_threadpool(view, request, editor_in(request), "")
            return Response(text, 200, FRESH, "text/html")

        return endpoint

    def sent(self, do: Callable[[Request, Session, Form], str], view: View) -> Any:
        """A form of such a page: done, noted and shown; where something does not fit, the page says what."""

        async def endpoint(request: Request) -> Response:
            session = editor_in(request)
            form = await form_in(request)
            check_csrf(session, form)
            request.state.sent = form
            try:
                address = await run_in_threadpool(do, request, session, form)
            except FoedusError as error:
                text = await run_in_threadpool(view, request, session, str(error))
                return Response(text, 422, FRESH, "text/html")
            return RedirectResponse(address, 303, FRESH)

        return endpoint

    # What editors do

    def rule(self, request: Request, session: Session, form: Form) -> str:
        """Records a ruling; where its page is shown again."""
        verb, args = _ruling_in(form, self.site.library.edition)
        ruling = self._rule(session, form, verb, args)
        return self._back(request.url.path, f"done={ruling.id}")

    def undo(self, request: Request, session: Session, form: Form) -> str:
        """Undoes a ruling."""
        ruling = self._rule(session, form, "undo", (form.one("ruling"),))
        return f"/editor?done={ruling.id}"

    def state(self, request: Request, session: Session, form: Form) -> str:
        """Records a statement entered by hand; where it is shown."""
        source = source_of(
            form.one("document"),
            form.one("cite"),
            form.one("quote"),
            form.one("publisher"),
            form.one("url"),
            form.one("class") or DocumentClass.OTHER,
            day_from(form.one("published")),
        )
        fields = {name: form.one(name) for name in Stated.__struct_fields__ if name != "states" and form.one(name)}
        stated = Stated(**{"kind": "", **fields}, states=tuple(form.one("states").split(",")))
        edition, journal = self.site.library.edition, self.site.library.journal
        entry = edition.ask(
            lambda knowledge: enter(
                journal, knowledge, form.one("treaty"), stated, source, form.one("quote"), session.name
            )
        )
        journal.note_deed(session.name, "state", entry.id)
        self.site.library.refresh()
        return f"/reports/{entry.document}#{entry.id}"

    def _rule(self, session: Session, form: Form, verb: str, args: tuple[str, ...]) -> Ruling:
        edition, journal = self.site.library.edition, self.site.library.journal
        ruling = edition.ask(
            lambda knowledge: rule(
                journal, knowledge, verb, args, author=session.name, note=form.one("note"), source=form.one("source")
            )
        )
        journal.note_deed(session.name, "rule", ruling.id)
        self.site.library.refresh()
        return ruling

    def _back(self, path: str, done: str) -> str:
        """The page again, unless the ruling has left nothing to show there."""
        kind, _, id_ = path.removeprefix("/editor/").partition("/")
        try:
            if kind == "treaties":
                self.site.library.edition.treaty(id_)
            return f"/editor/{kind}/{quote(id_)}?{done}"
        except NoSuchTreaty:
            return f"/editor?{done}"

    # What editors see

    def overview(self, request: Request, session: Session | None, fault: str) -> str:
        """All rulings and statements by hand, with their authors; for editors also what was done through the site."""
        journal, edition = self.site.library.journal, self.site.library.edition
        counting = journal.rulings()
        entries = [entry for entry in journal.entries() if entry.statement is not None]
        names = state_names(_codes(e.statement for e in entries), edition.reference)
        return self._render(
            "rulings.html.j2",
            request,
            session,
            fault,
            rulings=list(reversed(journal.all_rulings())),
            in_effect={ruling.id for ruling in counting},
            rejected={id_ for ruling in counting if ruling.verb == "reject" for id_ in ruling.args},
            entries=[(e, statement_words(e.statement, names)) for e in entries if e.statement],
            between=BETWEEN,
            deeds=journal.deeds(limit=DEEDS) if session else (),
        )

    async def public(self, request: Request) -> Response:
        """The same for everybody, without forms."""
        text = await run_in_threadpool(self.overview, request, None, "")
        return Response(text, 200, {"cache-control": "no-cache"}, "text/html")

    def treaty(self, request: Request, session: Session, fault: str) -> str:
        """The acts, provisions and claims of a treaty, to rule on."""
        edition = self.site.library.edition
        treaty = edition.treaty(request.path_params["treaty"])
        dossier = edition.dossier(treaty.id)
        register = dossier.register if dossier else None
        statements = {s.id: s for w in (dossier.witnesses if dossier else ()) for s in w.statements}
        return self._render(
            "editor_treaty.html.j2",
            request,
            session,
            fault,
            treaty=treaty,
            title=title_of(treaty),
            timeline=dossier.timeline if dossier else (),
            findings=register.findings if register else (),
            claims=register.claims if register else (),
            statements=statements,
            documents={s.document: edition.name_of(s.document) for s in statements.values()},
            settable=SETTABLE,
            split=SPLIT,
        )

    def report(self, request: Request, session: Session, fault: str) -> str:
        """The statements of a report, to rule on."""
        edition, id_ = self.site.library.edition, request.path_params["document"]
        publication = edition.publication(id_)
        if publication is None:
            raise JournalError(f'the journal holds no report "{id_}"; reports are listed at /reports')
        statements = edition.statements_of(id_)
        names = state_names(_codes(statements), edition.reference)
        return self._render(
            "editor_report.html.j2",
            request,
            session,
            fault,
            publication=publication,
            statements=[(s, statement_words(s, names)) for s in statements],
            settable=SETTABLE,
        )

    def statement(self, request: Request, session: Session, fault: str) -> str:
        """The form for a statement by hand."""
        edition, sent = self.site.library.edition, getattr(request.state, "sent", None)
        given = {name: values[0] for name, values in sent.fields.items()} if sent else dict(request.query_params)
        document = given.get("document", "")
        return self._render(
            "editor_state.html.j2",
            request,
            session,
            fault,
            given=given,
            report=edition.name_of(document) if document else "",
            kinds=[*(str(kind) for kind in Kind)],
            provisions=PROVISIONS,
            measures=list(Measure),
            factualities=list(Factuality),
            stances=list(Stance),
            classes=list(DocumentClass),
        )

    def _render(self, template: str, request: Request, session: Session | None, fault: str, **values: Any) -> str:
        done = request.query_params.get("done", "")
        ruling = next((r for r in self.site.library.journal.all_rulings() if r.id == done), None) if done else None
        return self.site.render(
            template, request, edition=self.site.library.edition, session=session, fault=fault, done=ruling, **values
        )


def _ruling_in(form: Form, edition: Edition) -> tuple[str, tuple[str, ...]]:
    """The verb and its arguments, as the pages' forms send them."""
    verb, ids = form.one("verb"), form.all("id")
    if verb == "set":
        return verb, (*ids[:1], form.one("field"), form.one("value"))
    if verb != SPLIT:
        return verb, ids
    chosen = form.all("statement")
    entry = edition.ask(lambda knowledge: knowledge.entry(ids[0])) if ids else None
    others = tuple(id_ for id_ in (entry.supported_by if entry else ()) if id_ not in chosen)
    if not chosen or not others:
        raise FoedusError("to split an act choose some of its statements, and leave some")
    return "different", (*chosen, BETWEEN, *others)


def _codes(statements: Any) -> set[str]:
    contents = (s.content for s in statements if s is not None)
    return {code for c in contents if isinstance(c, ActMention) for code in c.states}
