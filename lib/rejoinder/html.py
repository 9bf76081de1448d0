"""Text as HTML and as plain text, with nothing in it that runs, reorders or hides.

All incoming text is treated as hostile. Every page and every terminal message goes through this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

SHIELD = "tex2jax_ignore mathjax_ignore"  # the class names that MathJax 2 and 3 leave alone

# Safe for colour-blind readers, and of different lightness, so that grey tells them apart too.
AUTHOR, READERS = "#B3541E", "#1F6F8B"

# Control characters except line break and tab; direction marks, embeddings, overrides and isolates;
# characters without width or ink; line separators; tags; lone surrogates. Joiners and variation selectors
# stay, because emoji and Persian need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]"
)
# No script puts more than four marks on a letter; a heap would cover the lines above and below.
_HEAPED = re.compile(f"(?<={_MARKS}{{4}}){_MARKS}")
# A run from its first to its last right-to-left letter, with the signs in between.
_RIGHT_TO_LEFT = re.compile(
    "[{r}](?:[^A-Za-z0-9<>&;]*[{r}])*".replace("{r}", "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc")
)


@dataclass(frozen=True, slots=True, repr=False)
class Fragment:
    """A piece of a page, made of escaped text; `plain` is the same for a terminal, `value` the number that
    it shows, if it shows one."""

    html: str
    value: float | None = None

    @property
    def plain(self) -> str:
        text = re.sub(r"<sup>(.*?)</sup>", r"[\1]", self.html)
        text = re.sub(r"</t[dh]>(?=<t)", "  ", text)
        text = re.sub(r"<br>|</(p|tr|h\d|summary|blockquote)>", "\n", text)
        return unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ").replace("\u2060", "").strip()

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def visible(text: object) -> str:
    """`text` with every character that hides, reorders or piles up replaced by U+FFFD; same length."""
    return _HEAPED.sub("\ufffd", _UNSEEN.sub("\ufffd", str(text).replace("\r\n", " \n")))


def one_line(text: object) -> str:
    """`text` for one line of a terminal: also line breaks and tabs are made visible."""
    return visible(text).replace("\n", "\ufffd").replace("\t", " ")


def safe(text: object) -> str:
    """`text` as HTML, letter by letter."""
    return _isolated(escape(visible(text)))


def escaped(text: object) -> str:
    """`text` as HTML for sentences with numbers: "95 %", "n = 9" and "17–97" do not break over lines."""
    kept = re.sub(r"(?<=\d) (?=%)", "\u00a0", visible(text))
    kept = re.sub(r"\bn = (?=\d)", "n\u00a0=\u00a0", kept)
    kept = re.sub(r"(?<=\d)–(?=\d)", "–\u2060", escape(kept))
    return _isolated(kept).replace("\n", "<br>")


def _isolated(html: str) -> str:
    """`html` in which right-to-left text cannot reorder what stands beside it."""
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", html)


def block(cls: str, html: str, style: str = "") -> Fragment:
    """`html` in a box of class `cls` that MathJax leaves alone."""
    return Fragment(f'<div class="{cls} {SHIELD}" style="{style}">{html}</div>')
