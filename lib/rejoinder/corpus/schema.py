"""What layout.toml and codebook.toml may hold (seeds/README.md), as pydantic models.

Validators compare with the raw text, which `_read` passes to them as context.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import AfterValidator, BaseModel, Field, ValidationError, ValidationInfo, model_validator

from rejoinder.corpus.codings import KINDS_OF_ANALYST
from rejoinder.corpus.raw import Raw, read_bytes, shown
from rejoinder.discussion import ARTICLE, CERTAINTY, CLAIM_KINDS, RULES, Codebook
from rejoinder.errors import CodebookError, LayoutError, RejoinderError
from rejoinder.text import any_of, normalise

ROLES = ("body", "heading", "boilerplate")
# Columns beside the claims in a coding sheet, and beside the themes in tables.
_SHEET = re.compile(
    "thesis|tone|sarcasm|none|new|item|comment_id|answers_to|text|weight|\\w+_sha|article"
)
_TABLES = re.compile("none|tone|opening")
_PLAINLY = {"missing": "it is missing", "extra_forbidden": "there is no such key"}


def _must(hold: Callable[[str], object], otherwise: str) -> AfterValidator:
    def check(text: str) -> str:
        if not hold(text):
            raise ValueError(otherwise)
        return text

    return AfterValidator(check)


def _pattern(pattern: str) -> str:
    try:
        with warnings.catch_warnings(action="error"):
            matches_nothing = re.compile(pattern, re.IGNORECASE).search("")
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"it is not a regular expression ({error})") from error
    if matches_nothing:
        raise ValueError("it also matches an empty string")
    return pattern


def _distinct(entries: list) -> list:
    for field in ("id", "name"):
        names = pd.Series([getattr(entry, field, None) for entry in entries], dtype=object).dropna()
        for name in names[names.duplicated()]:
            raise ValueError(f"the {field} {name!r} is there twice", name)
    return entries


def _filled(pair: list[int], info: ValidationInfo) -> list[int]:
    """The numbers of the lines with text, from the first to the last of the pair."""
    raw, (first, last) = info.context, pair
    if not 1 <= first <= last <= len(raw.lines):
        raise ValueError(f"the lines of the text are 1 to {len(raw.lines)}")
    lines = raw.filled(first, last)
    if not {first, last} <= {*lines}:
        raise ValueError("it begins or ends on a blank line")
    return lines


def _span(quote: str, info: ValidationInfo) -> tuple[int, int]:
    """Where the article, or the comment that is named, says `quote`, whatever its quotation marks and
    line breaks."""
    raw, plain, article, comments = info.context
    name = info.data.get("comment")
    if (info.data.get("by") == "readers") != (name is not None):
        raise ValueError("a statement by readers names the comment it quotes; the author's names none")
    places = [article] if name is None else comments.get(name, [])
    if not places:
        raise ValueError(f"there is no comment {name!r}")
    for found in re.finditer(any_of([quote]) or r"(?!)", plain):
        start, end = found.span()
        lines = {*range(raw.line_at(start), raw.line_at(end - 1) + 1)}
        if any(lines <= place for place in places):
            return start, end
    who = "article" if name is None else f"comment {name}"
    raise ValueError(f"the {who} does not say that; quote its own words, letter by letter")


Text = Annotated[str, _must(str.strip, "it is empty")]
_is_id = re.compile(r"\w[\w.-]*").fullmatch
Id = Annotated[Text, _must(_is_id, "an id has only letters, digits, . _ and -")]
CommentId = Annotated[Id, _must(lambda name: name != ARTICLE, "this name is reserved")]
StatementId = Annotated[Id, _must(lambda name: not _SHEET.fullmatch(name), "this name is reserved")]
ThemeName = Annotated[Text, _must(lambda name: not _TABLES.fullmatch(name), "this name is reserved")]
# To TOML, "\b" in double quotes is a backspace.
Pattern = Annotated[Text, _must(str.isprintable, "write it in single quotes"), AfterValidator(_pattern)]
Quote = Annotated[Text, AfterValidator(_span)]
Lines = Annotated[list[int], Field(min_length=2, max_length=2), AfterValidator(_filled)]
Certainty = Literal[CERTAINTY]
Distinct = AfterValidator(_distinct)


class _Table(BaseModel, extra="forbid", strict=True):
    pass


class Source(_Table):
    sha256: Text | None = None
    publisher: Text | None = None
    licence: Text | None = None
    unknown: list[Text] = []

    @model_validator(mode="after")
    def _is_of_this_text(self, info: ValidationInfo) -> Source:
        if self.sha256 != info.context.sha256:
            now = f'check every line, then write sha256 = "{info.context.sha256}"'
            raise ValueError(f"the text has changed since, or was never checked: {now}")
        return self


class Article(_Table):
    body: Annotated[list[Lines], Field(min_length=1)]
    heading: list[Lines] = []
    boilerplate: list[Lines] = []
    wrapped: bool = False
    certainty: Certainty | None = None
    reason: Text | None = None

    @property
    def roles(self) -> dict[int, str]:
        """The role (of ROLES) of each line of the article, by number, without blank lines."""
        return {line: role for role in ROLES for lines in getattr(self, role) for line in lines}


class Comment(_Table):
    id: CommentId
    lines: Lines
    certainty: Certainty
    reason: Text
    reply_to: Text | None = None
    reply_certainty: Certainty | None = None
    reply_reason: Text | None = None

    @model_validator(mode="after")
    def _has_all_of_reply(self) -> Comment:
        if len({self.reply_to is None, self.reply_certainty is None, self.reply_reason is None}) > 1:
            raise ValueError("reply_to, reply_certainty and reply_reason go together")
        return self


class Reading(_Table):
    about: Text
    comments: Annotated[list[Comment], Field(min_length=1), Distinct] | None = None
    each_line: Lines | None = None
    certainty: Certainty | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Reading:
        if len({self.comments is None, self.each_line is not None, self.certainty is not None}) > 1:
            raise ValueError("it needs either comments, or each_line with a certainty")
        earlier, last = {None}, 0
        for comment in self.comments or ():
            if comment.reply_to not in earlier:
                raise ValueError(f"{comment.id} replies to no earlier comment", comment.id)
            if comment.lines[0] < last:
                raise ValueError(f"{comment.id} is not in the order of the lines", comment.id)
            earlier.add(comment.id)
            last = comment.lines[-1]
        return self

    @property
    def found(self) -> list[Comment]:
        """The comments, also where each line is one."""
        about = {"certainty": self.certainty, "reason": self.reason or self.about}
        lines = self.each_line or ()
        return self.comments or [Comment.model_construct(id=f"l{n}", lines=[n], **about) for n in lines]


class Layout(_Table):
    source: Source
    article: Article
    readings: Annotated[dict[str, Reading], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_each_line_once(self, info: ValidationInfo) -> Layout:
        article = [(role, lines) for role in ROLES for lines in getattr(self.article, role)]
        for name, reading in self.readings.items():
            taken: dict[int, str] = {}
            for part, lines in [*article, *((comment.id, comment.lines) for comment in reading.found)]:
                for line in lines:
                    if line in taken:
                        raise ValueError(f"line {line} is both in {taken[line]!r} and in {part!r}", part)
                    taken[line] = part
            if left := [line for line in info.context.filled() if line not in taken]:
                raise ValueError(f"line {left[0]} is neither in article nor in the reading {name}")
        return self


class _Coder(_Table):
    name: Text
    kind: Literal[(*KINDS_OF_ANALYST, RULES)]
    note: Text | None = None
    checked_by: Text | None = None


class _Thesis(_Table):
    id: Literal["thesis"] = "thesis"
    by: Literal["author"] = "author"
    comment: None = None
    answers: None = None
    text: Text
    kind: Literal[CLAIM_KINDS]
    quote: Quote


class _Statement(_Thesis):
    id: StatementId
    by: Literal["author", "readers"] = "author"
    comment: Text | None = None
    answers: Id | None = None

    @model_validator(mode="after")
    def _is_of_its_side(self) -> _Statement:
        if self.by == "author" and self.answers is not None:
            raise ValueError("only a statement by readers answers another")
        return self


class _Actor(_Table):
    id: Text
    name: Text
    aliases: Annotated[list[Text], Field(min_length=1)]


class _Theme(_Table):
    id: ThemeName
    name: ThemeName
    pattern: Pattern
    reason: Text


class _Shared(_Table):
    coder: _Coder
    actors: Annotated[list[_Actor], Distinct] = []
    themes: Annotated[list[_Theme], Distinct] = []
    topic_terms: list[Text] = []


class _Codebook(_Shared):
    thesis: _Thesis
    claims: Annotated[list[_Statement], Distinct] = []  # a shorter name for the author's statements
    statements: Annotated[list[_Statement], Distinct] = []

    @model_validator(mode="after")
    def _names_its_own(self) -> _Codebook:
        self.statements = _distinct(self.claims + self.statements)
        own = {"thesis", *(one.id for one in self.statements if one.by == "author")}
        for one in self.statements:
            if one.answers not in {None, "new", *own}:
                problem = f"{one.id} answers {one.answers!r}, which is no statement by the author"
                raise ValueError(problem, one.id)
        return self


def layout_by_rules(
    roles: dict[int, str], wrapped: bool, unknown: list[str], readings: dict[str, dict]
) -> Layout:
    """A layout that nobody wrote, so that it is not validated: "guess" is no certainty of an analyst.
    `roles` are those of the lines of the article, by number."""
    lines = {role: [[n] for n in roles if roles[n] == role] for role in ROLES}
    return Layout.model_construct(
        source=Source.model_construct(unknown=unknown),
        article=Article.model_construct(wrapped=wrapped, **lines),
        readings={name: Reading.model_construct(**one) for name, one in readings.items()},
    )


def read_layout(path: Path, raw: Raw) -> Layout:
    """The layout file at `path`, for the text `raw`. Raises LayoutError for the first fault."""
    return _read(path, Layout, raw, LayoutError)


def read_codebook(path: Path, raw: Raw, layout: Layout) -> Codebook:
    """The codebook file at `path`, for the article that `layout` has in `raw`.

    Raises CodebookError for the first fault, also for a quotation that is not in the article or comment.
    """
    comments: dict[str, list[set[int]]] = {}
    for reading in layout.readings.values():
        for comment in reading.found:
            comments.setdefault(comment.id, []).append({*comment.lines})
    context = (raw, normalise(raw.text), {*layout.article.roles}, comments)
    book = _read(path, _Codebook, context, CodebookError)
    found = sorted([book.thesis, *book.statements], key=lambda one: one.by)
    statements = _frame(found, ["by", "kind", "text", "quote", "comment", "answers"], "statement_id")
    start, end = zip(*statements["quote"], strict=True)
    statements = statements.rename(columns={"comment": "comment_id"}).assign(
        quote=[raw.text[a:b] for a, b in statements["quote"]],
        answers=statements["answers"].where(statements["answers"] != "new"),
        line=[raw.line_at(a) for a in start],
        start=start,
        end=end,
    )
    return _codebook(book, statements)


def read_shared_codebook(path: Path) -> Codebook:
    """A codebook for many articles: coder, actors, themes and topic terms, but no thesis and no
    statements. Raises CodebookError for the first fault."""
    return _codebook(_read(path, _Shared, None, CodebookError), Codebook.empty().statements)


def _codebook(book: _Shared, statements: pd.DataFrame) -> Codebook:
    actors = _frame(book.actors, ["name", "aliases"], "actor_id")
    actors["aliases"] = actors["aliases"].map(tuple)
    themes = _frame(book.themes, ["name", "pattern", "reason"], "theme_id")
    by, terms = book.coder, tuple(book.topic_terms)
    return Codebook(by.name, by.kind, by.checked_by, statements, actors, themes, terms)


def _frame(entries: list, columns: list[str], index: str) -> pd.DataFrame:
    frame = pd.DataFrame([dict(entry) for entry in entries], columns=["id", *columns])
    return frame.rename(columns={"id": index}).set_index(index)


def _read(path: Path, model: type[_Table], context: object, error: type[RejoinderError]) -> Any:
    """The TOML file at `path` as a `model`. Raises `error` for the first fault, with its line."""
    name = shown(path)
    data = read_bytes(path, error)
    try:
        text = data.decode("utf-8-sig")
        return model.model_validate(tomllib.loads(text), context=context)
    except ValidationError as invalid:
        # An unknown key comes first: it may be the reason why another is missing.
        fault = min(invalid.errors(), key=lambda one: one["type"] != "extra_forbidden")
    except (RecursionError, ValueError) as bad:
        line = next(map(int, re.findall(r"at line (\d+)", str(bad))), None)
        remedy = "Save it as UTF-8; strings need quotes (three around quotes), tables need [brackets]."
        raise error(f"is not TOML ({bad})", file=name, line=line, remedy=remedy) from bad
    place, given = fault["loc"], fault["input"]
    why, *entry = [_PLAINLY.get(fault["type"], fault["msg"])]
    if fault["type"] == "value_error":
        why, *entry = fault["ctx"]["error"].args  # perhaps with the id of the entry at fault
    what = ".".join(str(step + 1 if isinstance(step, int) else step) for step in place) or path.stem
    what += "" if isinstance(given, dict | list) else f" = {given!r:.60}"
    line = _line(text, place[:-1] if fault["type"] == "missing" else place, *entry)
    remedy = "Correct it; seeds/README.md describes every key."
    raise error(f"{what}: {why}", file=name, line=line, remedy=remedy)


def _line(text: str, place: tuple, entry: str = "") -> int:
    """The line of the header or key at `place` (keys and positions), or of the id of `entry` below it."""
    at, path = 0, ""
    for step in place:
        if isinstance(step, int):
            found = [*re.finditer(rf"^[ \t]*\[\[{re.escape(path)}\]\]", text, re.MULTILINE)][step:]
        else:
            path = f"{path}.{step}".removeprefix(".")
            sign = rf"^[ \t]*(?:\[+{re.escape(path)}[].]|{re.escape(step)}[ \t]*=)"
            found = [*re.compile(sign, re.MULTILINE).finditer(text, at)]
        at = found[0].start() if found else at
    return text.count("\n", 0, max(at, text.find(f'id = "{entry}"', at))) + 1
