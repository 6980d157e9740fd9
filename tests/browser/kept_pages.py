"""Pages of a browser that several tests use one after the other: to start a page costs more than most tests do with it."""

from collections.abc import Iterable

from playwright.sync_api import Error

FORGET = "try { localStorage.clear(); sessionStorage.clear(); } catch { }"
"""Empties what the page has stored; a page without an address of the web may store nothing."""


class Pages:
    """Gives out pages as if they were new: nothing stored, no pointer over them, colours and medium as asked.

    allowed     how the addresses begin that a page may ask for; each other is trouble
    levels      the levels of messages on the console that are trouble; all where it is empty
    trouble     what went wrong on pages since the last `put_back`, in words: messages, errors of scripts, dialogs, requests
    """

    def __init__(self, browser, levels: Iterable[str] = ()) -> None:
        self.browser, self.levels = browser, tuple(levels)
        self.allowed: tuple[str, ...] = ()
        self.trouble: list[str] = []
        self._kept, self._is_out = None, False
        self._contexts: list = []

    def take(self, width: int, scheme: str, **more):
        """A page of that width in CSS pixels, in that colour scheme ("light", "dark").

        The first of a test is the kept one. What `more` asks for, a page has from its start on: such a page is really new.
        """
        if more or self._is_out:
            page = self._started(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
            self._contexts.append(page.context)
            return page
        if self._kept is None:
            self._kept = self._started()
        self._is_out = True
        self._kept.set_viewport_size({"width": width, "height": 900})
        self._kept.emulate_media(media="null", color_scheme=scheme, reduced_motion="reduce")
        return self._kept

    def put_back(self) -> list[str]:
        """Ends the use of all pages given out: what went wrong on them."""
        if self._is_out:
            self._forget()
        for context in self._contexts:
            context.close()
        self._contexts, self._is_out = [], False
        trouble, self.trouble = self.trouble, []
        return trouble

    def _forget(self) -> None:
        """Makes the kept page as good as new, or gives it up where it no longer answers."""
        try:
            self._kept.evaluate(FORGET)
            self._kept.context.clear_cookies()
            self._kept.mouse.move(0, 0)
        except Error:
            self._contexts.append(self._kept.context)
            self._kept = None

    def _started(self, **look):
        page = self.browser.new_context(reduced_motion="reduce", **look).new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("dialog", lambda dialog: (self.trouble.append("a dialog opened"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(self.allowed) or self.trouble.append(request.url))
        return page

    def _hear(self, message) -> None:
        if not self.levels or message.type in self.levels:
            self.trouble.append(message.text)
