"""What a reader of one format finds in a file, before it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rejoinder.corpus.importers.repair import as_text, one_line, placeholder, plain
from rejoinder.text import word_lists

_COUNT = re.compile(r"(-?[0-9][0-9,]{0,11}(?:\.[0-9]+)?)\s*([KMB]?)", re.IGNORECASE)
_STATUS = {word: reason for reason, words in word_lists("status").items() for word in words}
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


@dataclass
class Records:
    """The articles and records of comments of a file, as it states them, with repaired texts.

    `format`: what the file is, for people. `articles`: by id, None where it has none. `remarks`: a
    sentence for whatever a user should know about the reading: what was guessed, what the file lacks.
    """

    format: str
    articles: dict[str | None, dict] = field(default_factory=dict)
    comments: list[dict] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def article(self, name, *, title=None, body=None, markup="html", author=None, **more) -> None:
        """Add what one record says of an article: of several on one, the first to say something counts.

        `name`: its id. `markup` of the body: "html", "markdown" or "text". `more`: `url`, `author_id`,
        `time`; `stated`, how many comments the platform counts, and `replies`, how many direct answers.
        """
        text = plain(body, markup)
        row = {"name": as_text(name), "title": one_line(title), "author": one_line(author)}
        row |= {"text": "" if placeholder(text) else text}
        row |= {key: as_text(more.get(key)) for key in ("url", "author_id", "time")}
        row |= {key: count(more.get(key)) for key in ("stated", "replies")}
        known = self.articles.setdefault(row["name"], row)
        known |= {key: value for key, value in row.items() if known[key] in (None, "")}

    def comment(
        self, name, *, body=None, markup="html", author=None, by_author=None, left_out=None, **more
    ):
        """Add a record of a comment, also one that is no comment for the reason `left_out`.

        `by_author`: whether the article's author wrote it; None leaves that to a comparison of ids, or of
        names. `more`: `article`, the id of its article, if the file states it; `parent`, the id it
        answers, or any sign for "the article"; `author_id`; `time`, as the file has it; `votes`;
        `replies`.
        """
        row = {"name": as_text(name), "text": plain(body, markup), "author": one_line(author)}
        row |= {key: as_text(more.get(key)) for key in ("article", "parent", "author_id", "time")}
        row |= {key: count(more.get(key)) for key in ("votes", "replies")}
        by_author = by_author if isinstance(by_author, bool) else None
        self.comments.append({**row, "by_author": by_author, "left_out": left_out})


def count(value: object) -> int | None:
    """A count, also one written as "1,234" or "1.2K"; None for what is none."""
    found = _COUNT.fullmatch(str(value).strip())
    return found and round(float(found[1].replace(",", "")) * _TIMES[found[2].lower()])


def by_status(status: object, unknown: str | None = None) -> str | None:
    """The reason that a status gives to leave a record out, `unknown` for a status that is not known."""
    said = re.sub(r"[ -]", "_", str(status or "1").strip().casefold()).removesuffix(".0")
    reason = _STATUS.get(said, unknown)
    return None if reason == "kept" else reason


def why(**signs: object) -> str | None:
    """The first of several reasons to leave a record out of which the sign is there."""
    return next((reason.replace("_", " ") for reason, sign in signs.items() if sign), None)
