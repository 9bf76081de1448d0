"""What a reader of one format finds in a file, before anything is repaired, counted or left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rejoinder.wording import counted, listed

_COUNT = re.compile(r"([0-9][0-9,]{0,17}(?:\.[0-9]+)?)\s*([KMB]?)", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


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
        self,
        name,
        *,
        title=None,
        body=None,
        markup="html",
        url=None,
        author=None,
        author_id=None,
        time=None,
        stated=None,
    ) -> None:
        """Add an article: `name` is its id, `stated` the number of comments that the platform gives.

        `markup` of the body: "html", "markdown" (stays as it is) or "text"; titles may hold entities.
        """
        self.articles.append(_values(locals()) | {"stated": count(stated)})

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
        author wrote it; None leaves that to a comparison of ids, or of names.
        """
        self.comments.append(_values(locals()))

    def lead_up(self) -> None:
        """Put each comment that names no article under the one that those it answers lead up to."""
        named = [one for one in self.comments if one["name"] is not None]
        above = {str(one["name"]): str(one["parent"]) for one in named}
        found = {str(one["name"]): one["article"] for one in named if one["article"] is not None}
        found |= {str(one["name"]): one["name"] for one in self.articles if one["name"] is not None}
        for one in self.comments:
            way, at = {}, str(one["parent"])
            while at in above and at not in found and at not in way:
                way[at], at = None, above[at]
            found |= dict.fromkeys(way, found.get(at))
            one["article"] = found.get(at) if one["article"] is None else one["article"]

    def announced(self, replies: Mapping) -> None:
        """Remark how many of the `replies` that a platform counts, by the id they answer, are missing."""
        here = Counter(str(one["parent"]) for one in self.comments if one["parent"] is not None)
        missing = sum(max(0, (count(n) or 0) - here[str(name)]) for name, n in replies.items())
        if missing:
            self.remarks.append(f"Not in the file: {counted(missing, 'announced answer')}.")


def _values(given: dict) -> dict:
    """What a method was given, without halves of surrogate pairs, which no file can hold; a list or an
    object where a single value should be counts as missing."""
    return {key: _value(value) for key, value in given.items() if key != "self"}


def _value(value: object) -> object:
    if isinstance(value, str) and not value.isascii():
        return _HALVES.sub("\ufffd", value)
    return None if isinstance(value, dict | list) else value


def get(record: object, *path: str | int, default=None):
    """The value at a path of keys and positions in parsed JSON; `default` where a step is missing."""
    for step in path:
        try:
            record = record[step]
        except (KeyError, IndexError, TypeError):
            return default
    return default if record is None else record


def has(record: object, *keys: str) -> bool:
    """Whether parsed JSON is an object with all these keys."""
    return isinstance(record, dict) and all(key in record for key in keys)


def items(record: object, *path: str | int) -> list:
    """The list at a path in parsed JSON, a single object as a list of one; nothing for all else."""
    found = get(record, *path)
    return found if isinstance(found, list) else [found] if isinstance(found, dict) else []


def first(record: object, paths: str):
    """The first value that is there at one of several paths, such as "author.name by"."""
    values = (get(record, *path.split("."), default="") for path in paths.split())
    return next((value for value in values if value != ""), None)


def taken(record: object, fields: Mapping[str, str]) -> dict:
    """The values of a record under our names: of each field, what `first` finds at its paths."""
    return {field: first(record, paths) for field, paths in fields.items()}


def count(value: object) -> int | None:
    """A count, also one written as "1,234" or "1.2K"; None for what is none."""
    found = _COUNT.fullmatch(str(value).strip())
    return found and round(float(found[1].replace(",", "")) * _TIMES[found[2].lower()])


def nested(records: list, children: str) -> Iterator[tuple[object, dict | None]]:
    """Each record of a tree in the order of the file, with the one in whose list `children` it stands."""
    stack = [(record, None) for record in reversed(records)]
    while stack:
        record, parent = stack.pop()
        yield record, parent
        stack += [(one, record) for one in reversed(items(record, children))]


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
