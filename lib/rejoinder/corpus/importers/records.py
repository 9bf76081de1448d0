"""What a reader of one format finds in a file, before anything is repaired, counted or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rejoinder.wording import listed


@dataclass
class Records:
    """The articles and records of comments of a file, as it states them.

    `format`: what the file is, for people. `remarks`: a sentence for whatever a user should know about
    the reading: what was guessed, what the file lacks. All else is added by the two methods.
    """

    format: str
    articles: list[dict] = field(default_factory=list)
    comments: list[dict] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def article(
        self, name, *, title=None, body=None, markup="html", url=None, author=None, time=None, stated=None
    ) -> None:
        """Add an article: `name` is its id, `stated` the number of comments that the platform gives.

        `markup` of the body: "html", "markdown" (stays as it is) or "text"; titles may hold entities.
        """
        self.articles.append({**locals()})

    def comment(
        self,
        name,
        *,
        article=None,
        parent=None,
        body=None,
        markup="html",
        author=None,
        author_id=None,
        time=None,
        votes=None,
        by_author=None,
        left_out=None,
    ) -> None:
        """Add a record of a comment, also one that is no comment for the reason `left_out`.

        `article`: the id of its article, None where the file has only one. `parent`: the id it answers,
        or any sign for "the article". `time`: as the file has it. `by_author`: whether the article's
        author wrote it, None if unknown.
        """
        self.comments.append({**locals()})


def get(record: object, *path: str | int, default=None):
    """The value at a path of keys and positions in parsed JSON; `default` where a step is missing."""
    for step in path:
        try:
            record = record[step]
        except (KeyError, IndexError, TypeError):
            return default
    return default if record is None else record


def nested(records: list, children: str) -> Iterator[tuple[dict, dict | None]]:
    """Each record of a tree in the order of the file, with the one in whose list `children` it stands."""
    stack = [(record, None) for record in reversed(records)]
    while stack:
        record, parent = stack.pop()
        if isinstance(record, dict):
            yield record, parent
            below = record.get(children)
            stack += [(one, record) for one in reversed(below if isinstance(below, list) else [])]


def local(tag: object) -> str:
    """The name of an XML element or attribute without its prefix, whether that is declared or not."""
    return re.split("[}:]", str(tag))[-1]


def fields(element) -> dict[str, str]:
    """The text of each child of an XML element by its local name; of several the first."""
    found: dict[str, str] = {}
    for child in element.iterchildren("*"):
        found.setdefault(local(child.tag), "".join(child.itertext()).strip())
    return found


def undeclared(root) -> list[str]:
    """A remark on an XML document that uses prefixes without declaring them."""
    found = {
        tag.split(":")[0] for tag in {one.tag for one in root.iter("*")} if ":" in tag and "}" not in tag
    }
    return (
        [f"Prefixes are not declared ({listed(sorted(found))}); they were read as usual."]
        if found
        else []
    )
