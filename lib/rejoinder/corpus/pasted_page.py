"""The layout of a pasted page for which nobody wrote one: rules guess it, and say that they guessed."""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from rejoinder.corpus.raw import Raw, shown
from rejoinder.corpus.schema import Comment, Layout, layout_by_rules
from rejoinder.discussion import GUESS
from rejoinder.errors import LayoutError
from rejoinder.text import normalise, without_markdown, word_lists
from rejoinder.wording import counted, listed

# What a line may be as a whole. Three announce comments: "own" is their heading; a "count" may also be a
# link above the article, and a "link" also a subheading or a sign within the comments.
_MARKERS = "own", "count", "link"
_OWN, _, _LINK = range(3)
_WAYS = {what: "|".join(ways) for what, ways in word_lists("page").items()}
for _sign, _means in word_lists("page_signs").items():
    _WAYS = {what: ways.replace(f"<{_sign}>", f"({'|'.join(_means)})") for what, ways in _WAYS.items()}
_WAYS["button"] += f"|{_WAYS['date']}"
_PAGE = {what: re.compile(ways, re.IGNORECASE) for what, ways in _WAYS.items()}
_AROUND = re.compile(r"^[\W_]+|[^\w.!?…\"']+$")  # "## 3 comments:"
# A closing line about the article, not of it: its author, its licence, where it appeared first.
_BOILERPLATE = re.compile(
    r"(?:re)?published (?:from|with|under|in|by)|originally (?:published|appeared)"
    r"|creative commons|all rights reserved|read the original"
    r"|^[^.]{3,60} is an? .{0,40}\b(?:professor|lecturer|fellow|researcher|author|writer|columnist|"
    r"editor|journalist|reporter|student)\b",
    re.IGNORECASE,
)
_BOILERPLATE_WITHIN = 4  # lines from the end of the article
_HEADING_LETTERS, _HEADLINE_LETTERS = 70, 150
_PAGE_LETTERS = 300  # of a line that _PAGE may describe
_NAME_LETTERS = 40
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;,”\"')\]。！？」』]$")
_MARKED_HEADING = re.compile(r"#{1,6}\s.*|(\*\*|__)(?!\s)[^*_]{1,70}\1:?")
_UNDERLINE = re.compile(r"=+|-{2,}")
_CODE, _FENCE = re.compile(r"(?:[-*+]\s+)?`[^`]+`"), re.compile(r"```|~~~")


def guess_layout(raw: Raw, file: Path) -> tuple[Layout, tuple[str, ...], list[str]]:
    """The layout of `raw` by rules, a sentence for each guess, and which lines between the comments were
    left out as buttons, dates and names ("line 12"). A layout could be written to `file`.

    Comments begin after a line that announces them, else after the longest run of blank lines. They are
    the blocks between blank lines (reading "rules") or single lines (reading "lines"), without buttons,
    dates and the names above them. Raises LayoutError if nothing separates article and comments, if
    several lines may, or if one of them is missing.
    """
    declare = f"declare the lines in {shown(file)} (seeds/README.md shows how)."
    last, first, how = _border(raw, declare)
    article, below = raw.filled(last=last), raw.filled(first)
    around = [n for n in below if _is_around(raw, n) or _is_name(raw, n)]
    around += [n for n in below if _tier(raw, n) is not None and raw.line(n)[-1] != "?"]
    comments = sorted({*below} - {*around})
    if not article or not comments:
        problem = f"has no lines of {'comments' if article else 'an article'}"
        remedy = f'Put a line "Comments" between article and comments, or {declare}'
        raise LayoutError(problem, file=raw.file, line=first - 1 or 1, remedy=remedy)
    roles, wrapped = roles_of(raw, article)
    roles |= dict.fromkeys([*raw.filled(last + 1, first - 1), *around], "boilerplate")
    runs = groupby(enumerate(comments), lambda pair: pair[1] - pair[0])
    blocks = [[line for _, line in run] for _, run in runs]
    unit, reason = "block between blank lines", "blank lines separate it from the next"
    if len(blocks) == 1:
        blocks, unit, reason = [[n] for n in comments], "line", "one line of the pasted page"
    found = [
        Comment.model_construct(id=f"c{number:02d}", lines=block, certainty=GUESS, reason=reason)
        for number, block in enumerate(blocks, start=1)
    ]
    by_rules = {"about": f"Guessed: each {unit} is a comment.", "comments": found}
    by_line = {"about": "Guessed: each line is a comment.", "each_line": comments, "certainty": GUESS}
    unknown = ["publisher", "licence", "title", "date", "writers", "who replies to whom"]
    layout = layout_by_rules(roles, wrapped, unknown, {"rules": by_rules, "lines": by_line})
    guesses = [
        f"Rules took line {first} for the first line of the comments, because of {how}.",
        f"Rules took each {unit} for a comment; one of several may be counted several times.",
        "Who replies to whom is not known.",
    ]
    if around:
        shown_first = f'"{raw.line(min(around)):.40}" in line {min(around)}'
        left = f"{counted(len({*around}), 'line')} between the comments, such as {shown_first}"
        guesses.append(f"Rules took {left}, for buttons, dates and names.")
    return layout, tuple(guesses), [f"line {n}" for n in sorted({*around})]


def _border(raw: Raw, declare: str) -> tuple[int, int, str]:
    """Last line of the article, first of the comments, and what separates them."""
    filled = raw.filled()
    tiers = {n: tier for n in filled if (tier := _tier(raw, n)) is not None}
    content = [n for n in filled if n not in tiers and not _is_around(raw, n)]
    # Lines that announce comments with nothing but buttons between: how sure, the surest, the last.
    groups = []
    for place, run in groupby(tiers, lambda n: bisect(content, n)):
        if place < len(content):  # else no comment follows
            lines = [*run]
            surest = min(lines, key=lambda n: tiers[n])
            groups.append((tiers[surest], surest, lines[-1]))
    # "3 comments" below a headline or "Leave a comment" at the end separates nothing.
    prose = next((n for n in filled if _is_prose(raw, n)), len(raw.lines))
    found = [one for one in groups if one[1] > prose] or [one for one in groups if one[0] == _OWN]
    found = [one for one in found if one[0] != _LINK] or found
    if found and found[-1][0] == _OWN and all(one[0] != _OWN for one in found[:-1]):
        found = found[-1:]  # what stands above it are links to it
    borders = [(a - 1, b + 1, f'line {a}, which reads "{raw.line(a)}"') for _, a, b in found]
    gaps = sorted(((b - a - 1, a, b) for a, b in pairwise(filled)), reverse=True)
    blank, last, first = gaps[0] if gaps else (0, 0, 0)
    is_longest = blank > 0 and (len(gaps) == 1 or gaps[1][0] < blank)
    # A "link" may be a subheading: then a longer gap elsewhere may be the border as well.
    elsewhere = blank > 1 and prose <= last and tiers.keys().isdisjoint((last, first))
    if is_longest and (not found or (found[0][0] == _LINK and elsewhere)):
        how = f"the longest gap, {counted(blank, 'blank line')} after line {last}"
        borders.append((last, first, how))
    if not borders:
        problem = "has neither a line that announces comments nor one gap longer than all others"
        remedy = f'Put a line "Comments" between article and comments, or {declare}'
        raise LayoutError(f"{problem}: where do the comments begin?", file=raw.file, remedy=remedy)
    if len(borders) > 1:
        places = listed((how for *_, how in borders), most=6)
        problem = f"has {len(borders)} places where the comments may begin: {places}"
        remedy = f"Delete the lines that do not announce the comments, or {declare}"
        raise LayoutError(problem, file=raw.file, line=borders[0][0] + 1, remedy=remedy)
    return borders[0]


def roles_of(raw: Raw, article: list[int]) -> tuple[dict[int, str], bool]:
    """The role (of ROLES) of each of the article's lines by rules, and whether it is broken at the
    margin: many lines go on in the middle of a sentence, with a small letter."""
    goes_on = [_said(raw, b)[:1].islower() for a, b in pairwise(article) if b == a + 1]
    wrapped = sum(goes_on) > max(1, len(goes_on) / 3)
    return (_roles(raw, article, wrapped) if article else {}), wrapped


def _roles(raw: Raw, article: list[int], wrapped: bool) -> dict[int, str]:
    filled, closing, roles = set(article), article[-_BOILERPLATE_WITHIN:], {}
    fences = [n for n in article if _FENCE.match(raw.line(n))]
    code = {n for a, b in zip(fences[::2], fences[1::2], strict=False) for n in range(a, b + 1)}
    for line in article:
        text, said = raw.line(line), _said(raw, line)
        is_title = len(said) <= _HEADING_LETTERS and line + 1 in filled
        if line in code or _CODE.fullmatch(text) or not any(map(str.isalnum, said)):
            roles[line] = "boilerplate"
        elif _MARKED_HEADING.fullmatch(text) or (is_title and _UNDERLINE.fullmatch(raw.line(line + 1))):
            roles[line] = "heading"
        elif line in closing and _BOILERPLATE.search(said):
            roles[line] = "boilerplate"
        elif wrapped and not filled.isdisjoint((line - 1, line + 1)):
            roles[line] = "body"
        elif _is(raw, line, "own", "count", "button", "date", "byline"):
            roles[line] = "boilerplate"
        else:
            roles[line] = "body" if text[0] == ">" or _is_prose(raw, line) else "heading"
    top, *rest = [line for line in roles if roles[line] != "boilerplate"] or article
    if "body" in {roles[line] for line in rest}:
        # A headline may be long, or a question; it hardly ends with a full stop.
        alone = not (wrapped and top + 1 in filled) and len(raw.line(top)) <= _HEADLINE_LETTERS
        if alone and raw.line(top)[-1] not in ".…:;,":
            roles[top] = "heading"
    elif "body" not in roles.values():  # the article consists of a few short lines
        short = [line for line in roles if roles[line] == "heading"] or article
        roles |= dict.fromkeys(short, "body")
    return roles


def _said(raw: Raw, line: int) -> str:
    return " ".join(normalise(without_markdown(raw.line(line))).split())


def _is(raw: Raw, line: int, *what: str) -> bool:
    """Whether a line is one of these parts of a page, or several: "Like · Reply · 3h"."""
    return len(raw.line(line)) <= _PAGE_LETTERS and not kinds(raw.line(line)).isdisjoint(what)


@lru_cache(maxsize=50_000)  # each line is asked for several times
def kinds(text: str) -> frozenset[str]:
    """What of words.toml [page] a short line may be as a whole, also as several in a row."""
    whole = " ".join(normalise(without_markdown(text)).split())
    found = []
    for parts in ([whole], re.split(r" [·•|] ", whole)):
        bare = [_AROUND.sub("", part) for part in parts]
        found += [what for what, ways in _PAGE.items() if all(map(ways.fullmatch, bare))]
    return frozenset(found)


def _is_around(raw: Raw, line: int) -> bool:
    is_part = raw.line(line) in "·•|" or _is(raw, line, "button", "date", "writer")
    return is_part and not _goes_on(raw, line)


def _is_name(raw: Raw, line: int) -> bool:
    """Whether it is a short line with a date below."""
    short = len(raw.line(line)) <= _NAME_LETTERS and not _is_prose(raw, line)
    return short and line < len(raw.lines) and _is(raw, line + 1, "date")


def _tier(raw: Raw, line: int) -> int | None:
    """How sure a line announces comments, the surest first; None if it does not."""
    tiers = (tier for tier, what in enumerate(_MARKERS) if _is(raw, line, what))
    return None if _goes_on(raw, line) else next(tiers, None)


def _goes_on(raw: Raw, line: int) -> bool:
    """Whether it is a word or two of a paragraph that is broken at the margin."""
    return line > 1 and raw.line(line)[0].islower() and len(raw.line(line - 1)) > _NAME_LETTERS


def _is_prose(raw: Raw, line: int) -> bool:
    text = _said(raw, line)
    ends = len(text) > _HEADING_LETTERS or bool(_ENDS_A_SENTENCE.search(text))
    return ends and not _is(raw, line, "button", "date", "byline")
