"""Steps that readers share: to what stands where in parsed JSON and in XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


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


def spread(pages: object, key: str) -> list:
    """What stands in the list `key` of each page; a page without it itself."""
    return [one for page in items(pages) for one in (items(page, key) if has(page, key) else [page])]


def first(record: object, paths: str):
    """The first value that is there at one of several paths, such as "author.name by"."""
    values = (get(record, *path.split("."), default="") for path in paths.split())
    return next((value for value in values if value != ""), None)


def taken(record: object, fields: Mapping[str, str]) -> dict:
    """The values of a record under our names: of each field, what `first` finds at its paths."""
    return {field: first(record, paths) for field, paths in fields.items()}


def nested(records: list, children: str) -> Iterator[tuple[object, dict | None]]:
    """Each record of a tree in the order of the file, with the one in whose list `children` it stands."""
    stack = [(record, None) for record in reversed(records)]
    while stack:
        record, parent = stack.pop()
        yield record, parent
        stack += [(one, record) for one in reversed(items(record, children))]


def texts(element) -> dict[str, str]:
    """The text of each child of an XML element by its name; of several the first."""
    found: dict[str, str] = {}
    for child in element.iterchildren("*"):
        found.setdefault(child.tag, "".join(child.itertext()).strip())
    return found
