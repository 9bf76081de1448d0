"""Text as a page shows it: escaped, with nothing in it that runs, reorders or hides.

Whatever text comes in is taken for hostile, here and wherever a page is made of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

SHIELD = "tex2jax_ignore mathjax_ignore"  # the names MathJax 2 and 3 know

# Control characters but for line break and tab; marks, embeddings, overrides and isolates, which
# reorder what a reader sees; what has no width and hides in a word; tags; halves of surrogate pairs,
# which cannot be written to a file. Joiners stay: emoji and Persian need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)

# Safe for colour-blind readers; the one is lighter than the other, so grey tells them apart too.
AUTHOR, READERS = "#B3541E", "#1F6F8B"


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
    """`text` with every control and reordering character shown as U+FFFD; its length is kept."""
    return _UNSEEN.sub("\ufffd", str(text).replace("\r\n", " \n"))


def escaped(text: object) -> str:
    """`text` as HTML. Made for sentences with figures in them: they are kept from breaking over lines."""
    # A number and its per cent sign stay on one line, and so do a count and the ends of an interval.
    kept = re.sub(r"(?<=\d) (?=%)", "\u00a0", visible(text))
    kept = re.sub(r"\bn = (?=\d)", "n\u00a0=\u00a0", kept)
    kept = re.sub(r"(?<=\d)–(?=\d)", "–\u2060", escape(kept))
    return kept.replace("\n", "<br>")


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
