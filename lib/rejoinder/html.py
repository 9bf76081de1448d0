"""Text as a page shows it: escaped, with nothing in it that runs, reorders or hides.

Whatever text comes in is taken for hostile, here and wherever a page is made of it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

SHIELD = "tex2jax_ignore mathjax_ignore"  # the names MathJax 2 and 3 know

# Control characters but for line break and tab; marks, embeddings, overrides and isolates, which
# reorder what a reader sees; what has no width or no ink and hides in a word; separators of lines; tags;
# halves of surrogate pairs, which cannot be written to a file. Joiners stay, and the selectors of a
# picture or a letter: emoji and Persian need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# More marks on one letter than any writing puts there are drawn across the lines above and below.
_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]"
)
# From the first to the last letter of a run, whatever signs are between.
_RIGHT_TO_LEFT = re.compile(
    "[{r}](?:[^A-Za-z0-9<>&;]*[{r}])*".replace("{r}", "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc")
)
_HEAPED = re.compile(f"(?<={_MARKS}{{4}}){_MARKS}")

# Safe for colour-blind readers; the one is lighter than the other, so grey tells them apart too.
AUTHOR, READERS = "#B3541E", "#1F6F8B"

_WIDTH = 100  # letters of a line of a card in a terminal
_LISTED = 12  # names of a card's row


@dataclass(frozen=True, slots=True, repr=False)
class Fragment:
    """A piece of a page, as HTML and as plain text."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def visible(text: object) -> str:
    """`text` with whatever hides, reorders or is heaped up shown as U+FFFD; its length is kept."""
    return _HEAPED.sub("\ufffd", _UNSEEN.sub("\ufffd", str(text).replace("\r\n", " \n")))


def one_line(text: object) -> str:
    """`text` for a line in a terminal, with whatever would break, reorder, hide or colour it visible."""
    return visible(text).replace("\n", "\ufffd").replace("\t", " ")


def safe(text: object) -> str:
    """`text` as HTML, letter by letter."""
    return _isolated(escape(visible(text)))


def _isolated(html: str) -> str:
    """`html` in which nothing written from right to left turns round what stands beside it."""
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", html)


def escaped(text: object) -> str:
    """`text` as HTML. Made for sentences with figures in them: they are kept from breaking over lines,
    and their figures from being reordered by a name that is written from right to left."""
    # A number and its per cent sign stay on one line, and so do a count and the ends of an interval.
    kept = re.sub(r"(?<=\d) (?=%)", "\u00a0", visible(text))
    kept = re.sub(r"\bn = (?=\d)", "n\u00a0=\u00a0", kept)
    kept = re.sub(r"(?<=\d)–(?=\d)", "–\u2060", escape(kept))
    return _isolated(kept).replace("\n", "<br>")


def block(cls: str, html: str, plain: str, style: str = "") -> Fragment:
    """`html` in a box of class `cls` that MathJax leaves alone; JupyterLab knows only its `style`."""
    return Fragment(f'<div class="{cls} {SHIELD}" style="{style}">{html}</div>', plain)


def say(sentence: str, sure: str = "") -> Fragment:
    """The short answer as a callout; `sure` says, below it, how sure one can be."""
    html = f'<p class="rj-answer" style="font-size:1.15em;margin:0">{escaped(sentence)}</p>'
    if sure:
        html += f'<p class="rj-sure" style="margin:0.5em 0 0">{escaped(sure)}</p>'
    style = f"border-left:4px solid {READERS};padding:0.75em 1em;margin:0.5em 0"
    return block("rj-say", html, "\n".join(filter(None, map(visible, (sentence, sure)))), style)


def card(title: str, rows: Iterable[tuple[str, str | Fragment]]) -> Fragment:
    """What something holds, at a glance: `title`, and below it a row for each (label, words)."""
    html, plain = [f"<p><b>{escaped(title)}</b></p>"], [visible(title)]
    rows = [(label, words if isinstance(words, Fragment) else _text(words)) for label, words in rows]
    left = max(len(label) for label, _ in rows) + 2
    cell = 'style="text-align:left;vertical-align:top'
    for label, words in rows:
        html.append(
            f'<tr><th scope="row" class="rj-text" {cell};white-space:nowrap">{escaped(label)}</th>'
            f'<td class="rj-text" {cell}">{words.html}</td></tr>'
        )
        first = f"  {visible(label):<{left}}"
        plain += textwrap.wrap(
            words.plain, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first)
        ) or [first]
    head, *body = html
    return block("rj-table", f"{head}<table><tbody>{''.join(body)}</tbody></table>", "\n".join(plain))


def code(*expressions: str) -> Fragment:
    """What one may type next."""
    html = ", ".join(f"<code>{escaped(one)}</code>" for one in expressions)
    return Fragment(html, ", ".join(map(visible, expressions)))


def count(n: int, what: str) -> str:
    """`n` things of a kind: "1 comment", "1,000 comments"."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def listed(names: Iterable[str], *, mark: str = ", ") -> str:
    """The names, of many only the first and how many more there are; "none" for none."""
    names = [str(name) for name in names]
    if len(names) > _LISTED + 1:  # to say of one that there is one more takes no less room
        names = [*names[:_LISTED], f"{len(names) - _LISTED:,} more"]
    return mark.join(names) or "none"


def _text(words: object) -> Fragment:
    return Fragment(escaped(words), visible(words))
