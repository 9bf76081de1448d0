"""Which lines of a raw text are article and which are comments, as an analyst declared it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from rejoinder.corpus.raw import Raw
from rejoinder.corpus.toml import TomlFile, check_id, near_id, read_toml
from rejoinder.errors import LayoutError

ROLES = ("body", "heading", "boilerplate")
CERTAINTY = ("certain", "likely", "possible")
GUESS = "guess"  # the certainty of what rules decided and nobody has looked at


@dataclass(frozen=True)
class Comment:
    id: str
    first: int
    last: int
    certainty: str
    reason: str
    reply_to: str | None = None
    reply_certainty: str | None = None
    reply_reason: str | None = None


@dataclass(frozen=True)
class Layout:
    roles: dict[int, str]
    """The role of each article line, by line number."""
    readings: dict[str, list[Comment]]
    """The comments under each reading of the text; the first is the one to use."""
    about: dict[str, str]
    """What each reading assumes, in a sentence."""
    publisher: str | None = None
    licence: str | None = None
    unknown: tuple[str, ...] = ()
    wrapped: bool = False
    """Whether the article's lines are broken at the margin, so that a paragraph has several."""
    guesses: tuple[str, ...] = field(default=())
    """What rules decided, one sentence each; empty when an analyst decided everything."""


def each_line(raw: Raw, first: int, last: int, certainty: str, reason: str) -> list[Comment]:
    """Every line from `first` to `last` that is not blank as a comment of its own."""
    return [
        Comment(f"l{line}", line, line, certainty, reason)
        for line in range(first, last + 1)
        if not raw.blank(line)
    ]


def read_layout(path: Path, raw: Raw, *, name: str) -> Layout:
    """The layout file at `path` for the text `raw`.

    Raises LayoutError when it is badly formed; names lines that do not exist, are blank or are
    claimed twice; leaves out a line that is not blank; or lets a comment reply to itself, to a later
    one or to nobody. Raises LayoutError too when the text is not the one it was written for.
    """
    file = read_toml(path, name, LayoutError)
    top = file.check(
        file.table,
        "the layout",
        near="source",
        needs={"source": dict, "article": dict, "readings": dict},
    )
    source = file.check(
        top["source"],
        "[source]",
        near="[source]",
        needs={},
        may={"sha256": str, "publisher": str, "licence": str, "unknown": list},
    )
    if "sha256" not in source:
        file.fail("[source] has no sha256", f'Add sha256 = "{raw.sha256}".', near="[source]")
    if source["sha256"] != raw.sha256:
        raise LayoutError(
            f"has changed: its sha256 is {raw.sha256[:12]}…, the layout was written for "
            f"{source['sha256'][:12]}…",
            file=raw.file,
            remedy=f"Restore the raw text, or check every line of {name} and put in {raw.sha256}.",
        )
    roles = _article_roles(file, raw, top["article"])
    readings, about = {}, {}
    for reading, table in top["readings"].items():
        where = f"[readings.{reading}]"
        about[reading] = file.check(
            table,
            where,
            near=where,
            needs={"about": str},
            may={"comments": list, "each_line": list, "certainty": str, "reason": str},
        )["about"]
        readings[reading] = _comments(file, raw, table, where)
        _check_cover(file, raw, roles, readings[reading], where)
    if not readings:
        file.fail("has no reading of the comments", "Declare [readings.NAME].", near="[readings")
    return Layout(
        roles,
        readings,
        about,
        source.get("publisher"),
        source.get("licence"),
        file.strings(source, "unknown", "[source]", near="unknown"),
        top["article"].get("wrapped", False),
    )


def _article_roles(file: TomlFile, raw: Raw, table: dict) -> dict[int, str]:
    file.check(
        table,
        "[article]",
        near="[article]",
        needs={"body": list},
        may={
            "heading": list,
            "boilerplate": list,
            "wrapped": bool,
            "certainty": str,
            "reason": str,
        },
    )
    file.one_of(table.get("certainty", "certain"), CERTAINTY, "certainty", near="[article]")
    roles: dict[int, str] = {}
    for role in ROLES:
        for pair in table.get(role, []):
            first, last = _lines(file, raw, pair, f"[article] {role}", near=f"{role} =")
            for line in range(first, last + 1):
                if line in roles:
                    _twice(file, line, f"[article] {role}", f"{role} =")
                if not raw.blank(line):
                    roles[line] = role
    if "body" not in roles.values():
        file.fail("[article] has no body line", "Name the article's lines.", near="[article]")
    return roles


def _comments(file: TomlFile, raw: Raw, table: dict, where: str) -> list[Comment]:
    if ("comments" in table) == ("each_line" in table):
        file.fail(
            f"{where} needs either comments or each_line",
            "Declare [[…comments]] one by one, or each_line = [first, last].",
            near=where,
        )
    if "comments" in table and {"certainty", "reason"} & table.keys():
        file.fail(
            f"{where} has a certainty or reason beside its comments",
            "Give each comment its own.",
            near=where,
        )
    if "each_line" in table:
        first, last = _lines(file, raw, table["each_line"], where, near="each_line")
        certainty = file.one_of(table.get("certainty", ""), CERTAINTY, f"{where} certainty", near=where)
        comments = each_line(raw, first, last, certainty, table.get("reason", table["about"]))
    else:
        comments = [_comment(file, raw, entry, where) for entry in table["comments"]]
    if not comments:
        file.fail(f"{where} has no comment", "Name the lines of the comments.", near=where)
    file.unique([comment.id for comment in comments], f"{where}: the id")
    _check_replies(file, comments)
    return comments


def _comment(file: TomlFile, raw: Raw, entry: dict, where: str) -> Comment:
    near = near_id(entry, where)
    file.check(
        entry,
        f"a comment in {where}",
        near=near,
        needs={"id": str, "lines": list, "certainty": str, "reason": str},
        may={"reply_to": str, "reply_certainty": str, "reply_reason": str},
    )
    what = f"comment {entry['id']}"
    check_id(file, entry["id"], "comment", near=near)
    first, last = _lines(file, raw, entry["lines"], what, near=near)
    file.one_of(entry["certainty"], CERTAINTY, f"{what}: certainty", near=near)
    replies = [key for key in ("reply_to", "reply_certainty", "reply_reason") if key in entry]
    if len(replies) not in (0, 3):
        file.fail(
            f"{what} has {' and '.join(replies)} alone",
            "Give reply_to, reply_certainty and reply_reason, or none of them.",
            near=near,
        )
    if replies:
        file.one_of(entry["reply_certainty"], CERTAINTY, f"{what}: reply_certainty", near=near)
    return Comment(first=first, last=last, **{k: v for k, v in entry.items() if k != "lines"})


def _lines(file: TomlFile, raw: Raw, pair: object, what: str, *, near: str) -> tuple[int, int]:
    if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
        file.fail(
            f"{what}: lines are {pair!r}",
            "Write [first, last]; for a part of the article, a list of such pairs: body = [[3, 13]].",
            near=near,
        )
    first, last = pair
    if not 1 <= first <= last <= len(raw.lines):
        file.fail(
            f"{what}: lines {first} to {last} are not in {raw.file}, which has {len(raw.lines)}",
            "Count lines from 1, the first before the last.",
            near=near,
        )
    for edge in (first, last):
        if raw.blank(edge):
            file.fail(f"{what}: line {edge} is blank", "Begin and end on a line with text.", near=near)
    return first, last


def _check_replies(file: TomlFile, comments: list[Comment]) -> None:
    order = {comment.id: position for position, comment in enumerate(comments)}
    for position, comment in enumerate(comments):
        target = comment.reply_to
        if target is None:
            continue
        if target == comment.id:
            problem = "replies to itself"
        elif target not in order:
            problem = f"replies to {target!r}, which is nobody"
        elif order[target] > position:
            problem = f"replies to {target!r}, which comes later"
        else:
            continue
        file.fail(
            f"comment {comment.id} {problem}",
            "Name an earlier comment, or leave reply_to out.",
            near=f'id = "{comment.id}"',
        )


def _check_cover(
    file: TomlFile, raw: Raw, roles: dict[int, str], comments: list[Comment], where: str
) -> None:
    taken = dict(roles)
    for comment in comments:
        near = f'id = "{comment.id}"'
        for line in range(comment.first, comment.last + 1):
            if line in taken:
                _twice(file, line, f"comment {comment.id}", near)
            taken[line] = comment.id
    for line in range(1, len(raw.lines) + 1):
        if line not in taken and not raw.blank(line):
            file.fail(
                f"{where} leaves out line {line} of {raw.file}",
                "Give it to the article (body, heading or boilerplate) or to a comment.",
                near=where,
            )
    starts = [comment.first for comment in comments]
    if starts != sorted(starts):
        file.fail(f"{where} is not in the order of the text", "Sort by line.", near=where)


def _twice(file: TomlFile, line: int, what: str, near: str) -> NoReturn:
    file.fail(f"{what}: line {line} is claimed twice", "Give each line to one part.", near=near)
