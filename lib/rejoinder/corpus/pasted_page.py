"""A pasted page without a layout: rules guess where the comments begin, and say that they guessed."""

from __future__ import annotations

import re
from itertools import pairwise

from rejoinder.corpus.layout import GUESS, Comment, Layout, each_line
from rejoinder.corpus.raw import Raw
from rejoinder.errors import LayoutError

# A line that does nothing but announce the comments: "Comments", "12 comments", "Comments (12)". What is
# taken is never given back (++, *+): else a line of many signs would be gone through once for each.
_MARKER = re.compile(
    r"\W*+(?:\d++\s++)?(?:(?:readers?|all|latest|leave a)\W*+(?:s\s++|(?<=\s)))?"
    r"(?:comments?|responses|replies)\W*+(?:\d++\W*+)?",
    re.IGNORECASE,
)
# A closing line about the article rather than of it: its author, its licence, its first place.
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

_REMEDY = (
    'Put a line "Comments" between article and comments, or declare the lines in {folder}/layout.toml'
    " (seeds/README.md shows how)."
)


def guess_layout(raw: Raw, *, folder: str) -> Layout:
    """A layout by rules: a line that announces comments, else the longest run of blank lines.

    Comments are the blocks between blank lines, or single lines where no blank line parts them.
    Raises LayoutError when nothing tells article and comments apart, or one of them is missing.
    """
    remedy = _REMEDY.format(folder=folder)
    last_of_article, first_of_comments, how = _border(raw, remedy)
    before = [n for n in range(1, last_of_article + 1) if not raw.blank(n)]
    after = [n for n in range(first_of_comments, len(raw.lines) + 1) if not raw.blank(n)]
    if not before or not after:
        missing, there = ("article", "comments") if not before else ("comments", "an article")
        raise LayoutError(
            f"holds only {there}: there are no lines for the {missing}",
            file=raw.file,
            line=first_of_comments - 1 or 1,
            remedy=remedy,
        )
    wrapped = _is_wrapped(raw, before)
    roles = _roles(raw, before, wrapped)
    if "body" not in roles.values():  # a few short lines are all there is of the article
        roles = dict.fromkeys(roles, "body")
    for n in range(last_of_article + 1, first_of_comments):
        if not raw.blank(n):
            roles[n] = "boilerplate"
    blocks = _blocks(after)
    parted = len(blocks) > 1
    reason = "blank lines part it from the next" if parted else "one line of the pasted page"
    as_blocks = [
        Comment(f"c{k:02d}", block[0], block[-1], GUESS, reason)
        for k, block in enumerate(blocks if parted else [[n] for n in after], start=1)
    ]
    return Layout(
        roles,
        {
            "rules": as_blocks,
            "lines": each_line(raw, after[0], after[-1], GUESS, "one line of the pasted page"),
        },
        {
            "rules": f"Guessed: each {'block between blank lines' if parted else 'line'} is a comment.",
            "lines": "Guessed: each line is a comment.",
        },
        unknown=("publisher", "licence", "title", "date", "writers", "who answers whom"),
        wrapped=wrapped,
        guesses=(
            f"No layout was written for this text: that its comments begin in line "
            f"{first_of_comments} was guessed from {how}.",
            f"That each {'block between blank lines' if parted else 'line'} is one comment was "
            "guessed; a comment of several paragraphs would be counted several times.",
            "Who answers whom is not known.",
        ),
    )


def _border(raw: Raw, remedy: str) -> tuple[int, int, str]:
    """Last line of the article, first of the comments, and what told them apart."""
    count = len(raw.lines)
    filled = [n for n in range(1, count + 1) if not raw.blank(n)]
    markers = [n for n in filled if _MARKER.fullmatch(_text(raw, n))]
    # "3 comments" under a headline, or "Leave a comment" at the foot, parts nothing from nothing.
    parting = [n for n in markers if n < filled[-1] and any(_is_prose(raw, m) for m in filled if m < n)]
    for line in parting or markers:
        return line - 1, line + 1, f'line {line}, which reads "{_text(raw, line)}"'
    gaps = sorted(((b - a - 1, a, b) for a, b in pairwise(filled)), reverse=True)
    if not gaps or gaps[0][0] == 0 or (len(gaps) > 1 and gaps[1][0] == gaps[0][0]):
        raise LayoutError(
            "it cannot be told where the article ends and the comments begin: no line announces "
            "comments, and no gap between lines is longer than all others. "
            "Perhaps it holds only an article, or only comments",
            file=raw.file,
            remedy=remedy,
        )
    blank, last, first = gaps[0]
    return last, first, f"the longest gap, {blank} blank line{'s' * (blank > 1)} after line {last}"


def _is_wrapped(raw: Raw, article: list[int]) -> bool:
    """Whether many lines go on in the middle of a sentence, with a small letter."""
    goes_on = [_text(raw, b)[0].islower() for a, b in pairwise(article) if b == a + 1]
    return sum(goes_on) > max(1, len(goes_on) / 3)


def _roles(raw: Raw, article: list[int], wrapped: bool) -> dict[int, str]:
    there, closing, roles = set(article), article[-_BOILERPLATE_WITHIN:], {}
    for line in article:
        beside = wrapped and not there.isdisjoint((line - 1, line + 1))
        if line in closing and _BOILERPLATE.search(_text(raw, line)):
            roles[line] = "boilerplate"
        elif beside or len(article) == 1 or _is_prose(raw, line):
            roles[line] = "body"
        else:
            roles[line] = "heading"
    return roles


def _is_prose(raw: Raw, line: int) -> bool:
    text = _text(raw, line)
    return len(text) > _HEADING_LETTERS or bool(_ENDS_A_SENTENCE.search(text))


def _text(raw: Raw, line: int) -> str:
    start, end = raw.lines[line - 1]
    return raw.text[start:end]


def _blocks(lines: list[int]) -> list[list[int]]:
    blocks: list[list[int]] = []
    for line in lines:
        if blocks and line == blocks[-1][-1] + 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks
