"""Who may come in and who may edit: tokens, sessions, CSRF, rate limits, the audit, and what a public site demands."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.errors import FoedusError
from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference
from foedus.serving.accounts import LASTS, LIMITS, Limits, Sessions, hash_of, make_account
from foedus.serving.cli import main
from foedus.serving.library import Library
from foedus.serving.site import make_app
from foedus.serving.site_parts import Settings
from foedus.terms.dates import DateRange

SIGNED = """QUITO, May 6 (Example Wire) - Ecuador and Iceland signed the Ecuador-Iceland Fisheries Treaty on May 6, 2032 in Quito.
The fishermen of both countries were not heard in this matter.
"""
SIGN_IN = "/editor/sign-in"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    file = tmp_path / "signed.txt"
    file.write_text(SIGNED, encoding="utf-8")
    with Journal.open(tmp_path / "foedus.db") as journal:
        for _ in add(journal, gather([str(file)], published=DateRange.day(2032, 5, 6)), load_reference()):
            pass
        yield journal


def opened(journal: Journal, base: str = "http://localhost", **settings: object) -> SimpleNamespace:
    library = Library(journal, load_reference(), clock=lambda: date(2032, 6, 1))
    library.refresh()
    app = make_app(Settings(journal=journal.name, **settings), library)
    client = TestClient(app, base_url=base, raise_server_exceptions=False, follow_redirects=False)
    return SimpleNamespace(client=client, library=library, get=client.get, post=client.post)


def secret_in(text: str) -> str:
    return re.search(r'name="csrf" value="([^"]+)"', text)[1]


def sign_in(site: SimpleNamespace, token: str, **more: str) -> object:
    csrf = secret_in(site.get(SIGN_IN).text)
    return site.post(SIGN_IN, data={"csrf": csrf, "token": token, **more})


# Tokens and sessions


def test_of_a_token_only_the_hash_is_kept(journal: Journal, tmp_path: Path) -> None:
    token = make_account(journal, "Harbour desk", may_edit=True, author="keeper")
    journal.close()
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert not any(token.encode() in content for content in files)
    assert any(hash_of(token).encode() in content for content in files)


def test_a_session_ends_with_its_time_and_with_its_token(journal: Journal) -> None:
    now, token = [0.0], make_account(journal, "Ada", may_edit=True, author="keeper")
    sessions = Sessions(journal, clock=lambda: now[0])
    (first, _), (second, _) = sessions.begin(token), sessions.begin(token)
    assert sessions.of(first).name == "Ada" and sessions.of(second) and sessions.of("other") is None
    now[0] = LASTS + 1
    assert sessions.of(first) is None
    third, _ = sessions.begin(token)
    journal.revoke_account("Ada", author="keeper")
    assert sessions.of(third) is None and sessions.begin(token) is None


def test_a_revoked_account_gets_a_new_token_and_the_old_one_stays_dead(journal: Journal) -> None:
    old = make_account(journal, "Ada", may_edit=True, author="keeper")
    with pytest.raises(FoedusError, match="revoke it first"):
        make_account(journal, "Ada", may_edit=True, author="keeper")
    journal.revoke_account("Ada", author="keeper")
    new = make_account(journal, "Ada", may_edit=False, author="keeper")
    assert Sessions(journal).account(old) is None
    assert Sessions(journal).account(new).may_edit is False
    assert [deed.deed for deed in journal.deeds()] == ["user-add", "user-revoke", "user-add"]


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2Jb", "x" * 81])
def test_a_name_that_is_none_is_refused(journal: Journal, name: str) -> None:
    with pytest.raises(FoedusError, match="no name for an account"):
        make_account(journal, name, may_edit=True, author="keeper")


def test_an_address_may_ask_so_often_and_again_when_its_time_is_over() -> None:
    now = [100.0]
    limits, most = Limits(clock=lambda: now[0]), LIMITS["sign-in"].most
    assert [limits.wait("sign-in", "one") for _ in range(most)] == [0] * most
    assert limits.wait("sign-in", "one") > 0
    assert limits.wait("sign-in", "other") == 0 and limits.wait("write", "one") == 0
    now[0] += LIMITS["sign-in"].seconds + 1
    assert limits.wait("sign-in", "one") == 0


# The site


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get(journal: Journal) -> None:
    token = make_account(journal, "Ada", may_edit=True, author="keeper")
    site = opened(journal)
    answer = sign_in(site, token, next="/editor/state")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("foedus_session"))
    assert answer.status_code == 303 and answer.headers["location"] == "/editor/state"
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")} and "Secure" not in cookie
    assert site.get("/editor").status_code == 200
    secure = opened(journal, "https://localhost")
    assert "Secure" in next(c for c in sign_in(secure, token).headers.get_list("set-cookie") if "session" in c)


def test_a_wrong_token_is_refused_and_noted_and_soon_limited(journal: Journal) -> None:
    site = opened(journal)
    answers = [sign_in(site, "guess").status_code for _ in range(LIMITS["sign-in"].most + 1)]
    assert answers == [403] * LIMITS["sign-in"].most + [429]
    assert {deed.deed for deed in journal.deeds()} == {"refused"}
    late = site.post(SIGN_IN, data={})
    assert int(late.headers["retry-after"]) > 0


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(journal: Journal, back: str) -> None:
    token = make_account(journal, "Ada", may_edit=True, author="keeper")
    assert sign_in(opened(journal), token, next=back).headers["location"] == "/editor"


def test_a_form_counts_only_with_the_secret_of_its_session(journal: Journal) -> None:
    token = make_account(journal, "Ada", may_edit=True, author="keeper")
    site = opened(journal)
    sign_in(site, token)
    treaty = f"/editor/treaties/{site.library.edition.treaties[0].id}"
    act = site.library.edition.picture(treaty.rpartition("/")[2]).register.acts[0].id
    form = {"verb": "reject", "id": act}
    assert site.post(treaty, data=form).status_code == 403
    assert site.post(treaty, data={**form, "csrf": "0" * 43}).status_code == 403
    own = {**form, "csrf": secret_in(site.get(treaty).text)}
    assert site.post(treaty, data=own, headers={"origin": "https://evil.example"}).status_code == 403
    assert site.post(treaty, data=own, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert journal.all_rulings() == ()
    assert site.post(treaty, data=own, headers={"origin": "http://localhost"}).status_code == 303
    assert [ruling.author for ruling in journal.all_rulings()] == ["Ada"]
    assert journal.deeds()[0].deed == "rule" and journal.deeds()[0].about == journal.all_rulings()[0].id


def test_nobody_edits_without_an_account_that_may(journal: Journal) -> None:
    site = opened(journal)
    assert site.post("/editor/state", data={}).status_code == 401
    answer = site.get("/editor?x=1")
    assert answer.status_code == 303 and answer.headers["location"] == f"{SIGN_IN}?next=%2Feditor%3Fx%3D1"
    sign_in(site, make_account(journal, "Reader", may_edit=False, author="keeper"))
    assert site.get("/editor/state").status_code == 403


def test_too_long_a_form_is_refused(journal: Journal) -> None:
    site = opened(journal)
    sign_in(site, make_account(journal, "Ada", may_edit=True, author="keeper"))
    assert site.post("/editor/state", data={"says": "x" * 300_000}).status_code == 413
    assert site.post("/editor/state", json={}).status_code == 415


def test_signing_out_ends_the_session(journal: Journal) -> None:
    site = opened(journal)
    sign_in(site, make_account(journal, "Ada", may_edit=True, author="keeper"))
    csrf, secret = secret_in(site.get("/editor").text), site.client.cookies["foedus_session"]
    assert site.post("/editor/sign-out", data={"csrf": csrf}).status_code == 303
    site.client.cookies.set("foedus_session", secret)
    assert site.get("/editor").status_code == 303


# A public site


def test_a_public_site_shows_nothing_before_one_signs_in(journal: Journal) -> None:
    site = opened(journal, "http://treaties.example", host="0.0.0.0", hosts=("treaties.example",))
    treaty = site.library.edition.treaties[0].id
    for path in ("/", "/reports", f"/treaties/{treaty}", "/rulings", "/acts/a_1", "/nowhere"):
        assert site.get(path).status_code == 303, path
    for path in ("/api/v1/treaties", f"/feeds/treaties/{treaty}.atom", "/api/v1/openapi.json"):
        answer = site.get(path)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer", path
    assert site.get(SIGN_IN).status_code == 200
    sign_in(site, make_account(journal, "Reader", may_edit=False, author="keeper"))
    assert site.get(f"/treaties/{treaty}").status_code == 200


def test_programs_read_a_public_site_with_a_token_and_get_quotes_only(journal: Journal) -> None:
    token = make_account(journal, "Program", may_edit=False, author="keeper")
    headers = {"authorization": f"Bearer {token}"}
    site = opened(journal, "http://treaties.example", host="0.0.0.0")
    (document,) = (one.id for one in journal.listed())
    shown = site.get(f"/api/v1/documents/{document}", headers=headers).json()
    assert shown["text"] is None and shown["statements"]
    unquoted = SIGNED.index("The fishermen")
    assert site.get(f"/api/v1/quotes/{document}/{unquoted}-{unquoted + 30}", headers=headers).status_code == 403
    found = site.get("/api/v1/search?q=fishermen", headers=headers).json()["items"]
    assert [one["id"] for one in found] == [document] and found[0]["excerpt"] is None
    assert "fishermen" not in site.get(f"/api/v1/documents/{document}/statements", headers=headers).text
    whole = opened(journal, "http://treaties.example", host="0.0.0.0", full_text=True)
    assert "fishermen" in whole.get(f"/api/v1/documents/{document}", headers=headers).json()["text"]
    journal.revoke_account("Program", author="keeper")
    assert site.get("/api/v1/treaties", headers=headers).status_code == 401


def test_a_public_site_is_not_served_without_an_account(journal: Journal) -> None:
    done = CliRunner().invoke(main, ["serve", "--host", "0.0.0.0", "--journal", journal.name])
    assert done.exit_code == 2 and "foedus user add NAME" in done.output


# Commands


def test_the_commands_make_list_and_revoke_accounts(journal: Journal) -> None:
    def run(*args: str) -> str:
        return CliRunner().invoke(main, ["user", *args, "--journal", journal.name]).output

    assert "no account yet" in run("list")
    token = run("add", "Ada").split()[-1]
    assert Sessions(journal).account(token).name == "Ada"
    run("add", "Reader", "--reads-only")
    assert re.search(r"Ada +edits .*counts\nReader +reads .*counts", run("list"))
    assert run("revoke", "Ada") == "revoked Ada\n"
    assert re.search(r"Ada +edits .*revoked", run("list"))
    assert "there is no account" in run("revoke", "Ada")
