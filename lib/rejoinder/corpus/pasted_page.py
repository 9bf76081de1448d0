"""The layout of a pasted page for which nobody wrote one: rules guess it, and say that they guessed."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path

from rejoinder.corpus.raw import Raw, shown
from rejoinder.corpus.schema import ROLES, Article, Comment, Layout, Reading, Source
from rejoinder.discussion import GUESS
from rejoinder.errors import LayoutError

# A line that only announces comments: "Comments", "12 comments", "Comments (12)". Possessive (++, *+):
# backtracking over a line of many signs takes a time that grows with the square of its length.
_MARKER = re.compile(
    r"\W*+(?:\d++\s++)?(?:(?:readers?|all|latest|leave a)\W*+(?:s\s++|(?<=\s)))?"
    r"(?:comments?|responses|replies)\W*+(?:\d++\W*+)?",
    re.IGNORECASE,
)
# A closing line about the article, not of it: its author, its licence, where it appeared first.
_BOILERPLATE = re.compile(
    r"(?:re)?published (?:from|with|under|in|by)|originally (?:published|appeared)"
    r"|creative commons|all rights reserved|read the original"
    r"|^[^.]{3,60} is an? .{0,40}\b(?:professor|lecturer|fellow|researcher|author|writer|columnist|"
    r"editor|journalist|reporter|student)\b",
    re.IGNORECASE,
)
_BOILERPLATE_WITHIN = 4  # lines from the end of the article
_HEADING_LETTERS = 70
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,”\"')\]。！？」』]$")


def guess_layout(raw: Raw, file: Path) -> tuple[Layout, tuple[str, ...]]:
    """The layout of `raw` by rules, and a sentence for each guess. A layout could be written to `file`.

    Comments begin after a line that announces them, else after the longest run of blank lines. They are
    the blocks between blank lines (reading "rules") or single lines (reading "lines"). Raises LayoutError
    if nothing separates article and comments, or if one of them is missing.
    """
    remedy = 'Put a line "Comments" between article and comments, or declare the lines in '
    remedy += f"{shown(file)} (seeds/README.md shows how)."
    last, first, how = _border(raw, remedy)
    article, comments = raw.filled(last=last), raw.filled(first)
    if not article or not comments:
        problem = f"has no lines of {'comments' if article else 'an article'}"
        raise LayoutError(problem, file=raw.file, line=first - 1 or 1, remedy=remedy)
    # Broken at the margin: many lines go on in the middle of a sentence, with a small letter.
    goes_on = [raw.line(b)[0].islower() for a, b in pairwise(article) if b == a + 1]
    wrapped = sum(goes_on) > max(1, len(goes_on) / 3)
    roles = _roles(raw, article, wrapped) | dict.fromkeys(raw.filled(last + 1, first - 1), "boilerplate")
    lines = {role: [[n] for n in roles if roles[n] == role] for role in ROLES}
    runs = groupby(enumerate(comments), lambda pair: pair[1] - pair[0])
    blocks = [[line for _, line in run] for _, run in runs]
    unit, reason = "block between blank lines", "blank lines separate it from the next"
    if len(blocks) == 1:
        blocks, unit, reason = [[n] for n in comments], "line", "one line of the pasted page"
    # Not validated: "guess" is no certainty of an analyst.
    found = [
        Comment.model_construct(id=f"c{number:02d}", lines=block, certainty=GUESS, reason=reason)
        for number, block in enumerate(blocks, start=1)
    ]
    by_rules = {"about": f"Guessed: each {unit} is a comment.", "comments": found}
    by_line = {"about": "Guessed: each line is a comment.", "each_line": comments, "certainty": GUESS}
    unknown = ["publisher", "licence", "title", "date", "writers", "who replies to whom"]
    layout = Layout.model_construct(
        source=Source.model_construct(unknown=unknown),
        article=Article.model_construct(wrapped=wrapped, **lines),
        readings={
            "rules": Reading.model_construct(**by_rules),
            "lines": Reading.model_construct(**by_line),
        },
    )
    return layout, (
        f"Rules took line {first} for the first line of the comments, because of {how}.",
        f"Rules took each {unit} for a comment; one of several may be counted several times.",
        "Who replies to whom is not known.",
    )


def _border(raw: Raw, remedy: str) -> tuple[int, int, str]:
    """Last line of the article, first of the comments, and what separates them."""
    filled = raw.filled()
    markers = [n for n in filled if _MARKER.fullmatch(raw.line(n))]
    # "3 comments" below a headline or "Leave a comment" at the end separates nothing.
    prose = next((n for n in filled if _is_prose(raw, n)), len(raw.lines))
    between = [n for n in markers if prose < n < filled[-1]]
    for line in between or markers:
        return line - 1, line + 1, f'line {line}, which reads "{raw.line(line)}"'
    gaps = sorted(((b - a - 1, a, b) for a, b in pairwise(filled)), reverse=True)
    if not gaps or gaps[0][0] == 0 or (len(gaps) > 1 and gaps[1][0] == gaps[0][0]):
        problem = "has neither a line that announces comments nor one gap longer than all others"
        raise LayoutError(f"{problem}: where do the comments begin?", file=raw.file, remedy=remedy)
    blank, last, first = gaps[0]
    return last, first, f"the longest gap, {blank} blank line{'s' * (blank > 1)} after line {last}"


def _roles(raw: Raw, article: list[int], wrapped: bool) -> dict[int, str]:
    filled, closing, roles = set(article), article[-_BOILERPLATE_WITHIN:], {}
    for line in article:
        in_paragraph = wrapped and not filled.isdisjoint((line - 1, line + 1))
        roles[line] = "body" if in_paragraph or _is_prose(raw, line) else "heading"
        if line in closing and _BOILERPLATE.search(raw.line(line)):
            roles[line] = "boilerplate"
    if "body" not in roles.values():  # the article consists of a few short lines
        roles = dict.fromkeys(roles, "body")
    return roles


def _is_prose(raw: Raw, line: int) -> bool:
    text = raw.line(line)
    return len(text) > _HEADING_LETTERS or bool(_ENDS_A_SENTENCE.search(text))
