"""Tables of comments from any program. The columns are guessed by their names, and the user is told."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rejoinder.corpus.csv_io import parsed
from rejoinder.corpus.importers.records import Records, by_status
from rejoinder.corpus.importers.repair import as_text
from rejoinder.corpus.importers.walk import get, has
from rejoinder.errors import ExportError
from rejoinder.text import word_lists
from rejoinder.wording import listed

_TOML = {name: word_lists(name, kind=tuple) for name in ("columns", "columns_of_articles")}
COLUMNS = tuple(_TOML["columns"])  # what a column of a table of comments may hold
_DELIMITERS = ",;\t|"
_TITLE_ROWS, _HEAD = 30, 20_000  # rows and letters in which the header is looked for
# Bodies are HTML if so many hold tags that only HTML has; in fewer they are what somebody writes about.
_HTML = re.compile(r"<br ?/?>|</?p>|</a>|</(?:i|b|em|strong|blockquote|span|li)>", re.IGNORECASE)
_IS_HTML = 0.2
_NESTED = ("replies", "children", "comments", "responses")  # in which answers may stand
_DEPTH = re.compile(r"\d+")
_YES = ("1", "1.0", "true", "yes")
_REPEATS = 0.5  # distinct values by rows up to which a title or address is that of the article


def is_table(text: str) -> bool:
    """Whether the first line of a text names a column of comments and another known one."""
    first = next(filter(str.strip, text.splitlines()), "")
    header = first.split(delimiter(first) or ",")
    known = {name for names in _TOML["columns"].values() for name in names}
    return is_header(header) and sum(_key(cell) in known for cell in header) > 1


def records(data: Any, columns: Mapping[str, str]) -> Records:
    """The comments of a table: text of CSV, bytes of Excel or Parquet, or parsed JSON.

    Raises ExportError for a broken table, and if no column can be taken for the text.
    """
    records = Records("a table")
    pages = data if isinstance(data, list) and has(get(data, 0, "comments", 0)) else [data]
    if all(isinstance(page, dict) for page in pages):
        data = [row for page in pages for row in _below(records, page, several=len(pages) > 1)]
    rows, header = _rows(data, records)
    if header:
        _add_comments(records, rows, _columns(columns, header, rows, records))
    return records


def _below(records: Records, page: dict, *, several: bool) -> list:
    """The comments of an article that has them in a list, as many scrapers write it; adds the article."""
    lists = {key: value for key, value in page.items() if has(get(value, 0))}
    above = {key: value for key, value in page.items() if key not in lists}
    above |= above.pop("article", None) if isinstance(above.get("article"), dict) else {}
    own = _known(above, _TOML["columns_of_articles"])
    ids = [own.get(what) for what in ("id", "url", "title")][: 3 if several else 1]
    name = next((as_text(above[one]) for one in ids if one and above[one]), None)
    if own:
        _add_article(records, {**above, own.setdefault("id", "id"): name}, own)
    rows = lists.get("comments") or max(lists.values(), key=len, default=[page])
    name = name if several else None
    return [{"article_id": name, **row} if name else row for row in rows]


def articles(data: Any) -> Records:
    """The articles of such a table. Raises ExportError if it has no column for an id, title or text."""
    records = Records("a table")
    rows, header = _rows([data] if isinstance(data, dict) else data, records)
    own = _known(header, _TOML["columns_of_articles"])
    if header and not {"title", "text"} & own.keys():
        here = listed(header)
        remedy = f"A table of articles has columns such as id, title and text; here are: {here}."
        raise ExportError("is no table of articles", remedy=remedy)
    for row in rows:
        _add_article(records, row, own)
    return records


def _rows(data: Any, records: Records) -> tuple[list[dict], list[str]]:
    """The rows of a table and the names of its columns."""
    if isinstance(data, str):
        cells = parsed(
            data, "", ExportError, is_header=is_header, delimiter=delimiter(data), unnamed="column"
        )
        records.remarks += [f"{one[:1].upper()}{one[1:]}." for one in cells.remarks]
        return list(cells.rows.values()), list(cells.header)
    if isinstance(data, bytes):
        data = _unpacked(data, records)
    data = [*_spread(data)]
    rows = [_flat(one) for one in data if isinstance(one, dict)]
    if other := len(data) - len(rows):
        records.remarks.append(f"{other} entries of the list are no records and were passed over.")
    return rows, list(dict.fromkeys(key for row in rows for key in row))


def _spread(rows: list) -> Iterator:
    """The rows, and behind each those in its list of replies, with its id as that of their parent."""
    stack = [(row, None) for row in reversed(rows)]
    while stack:
        row, parent = stack.pop()
        if isinstance(row, dict):
            own = row.get(_known(row, _TOML["columns"]).get("id"))
            lists = {key: get(row, key, "data", default=row[key]) for key in _NESTED if key in row}
            lists = {key: below for key, below in lists.items() if has(get(below, 0))}
            stack += [(one, own) for below in lists.values() for one in reversed(below)]
            row = {key: value for key, value in row.items() if key not in lists}
            row = row if parent is None else {"parent_id": parent, **row}
        yield row


def _flat(record: dict) -> dict:
    """A record whose inner records are columns of their own, such as "author.name"."""
    flat = {}
    for key, value in record.items():
        inner = value if isinstance(value, dict) else {}
        flat |= {f"{key}.{k}": v for k, v in inner.items()} if inner else {key: value}
    return flat


def _unpacked(data: bytes, records: Records) -> list[dict]:
    """The rows of a Parquet file; or of the sheet of a workbook that has a column of comments."""
    import openpyxl
    import pyarrow
    from pyarrow import parquet

    try:
        if data.startswith(b"PAR1"):
            return parquet.read_table(io.BytesIO(data)).to_pylist()
        if "xl/workbook.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist():
            remedy = "Save the comments as a table (CSV), the article as plain text."
            raise ExportError("is a document or archive, not a table", remedy=remedy)
        with warnings.catch_warnings(action="ignore"):  # about styles and the like
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for one in book.worksheets:
                one.reset_dimensions()  # which some programs state wrongly
            sheets = {one.title: [*one.iter_rows(values_only=True)] for one in book.worksheets}
    except (pyarrow.ArrowException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        what = "Parquet file" if data.startswith(b"PAR1") else "workbook"
        remedy = "Save it again, perhaps as CSV; it may be cut off."
        raise ExportError(f"is no whole {what} ({error})", remedy=remedy) from error
    ways = [(is_header(row), len(rows) - at, title, rows[at:]) for title, rows in sheets.items()
            for at, row in enumerate(rows[:_TITLE_ROWS])]  # fmt: skip
    *_, title, rows = max(ways, key=lambda way: way[:2], default=("", [()]))
    if len(sheets) > 1:
        records.remarks.append(f"Of {len(sheets)} sheets, “{title}” was read.")
    names = [(at, name) for at, cell in enumerate(rows[0]) if (name := as_text(cell))]
    tables = ({name: row[at] for at, name in names if at < len(row)} for row in rows[1:])
    return [row for row in tables if any(cell not in (None, "") for cell in row.values())]


def _key(column: object) -> str:
    """The name of a column as words.toml has it; what stands in an inner record is its own kind of id."""
    *above, name = str(column).casefold().split(".")
    if above and above[-1] in ("user", "from", "author"):
        return {"id": "authorid", "login": "author", "name": "author"}.get(name, name)
    if above and name in ("id", "url", "uri"):
        return "parentid" if above[-1] == "parent" else ""
    return re.sub(r"[\W_]", "", name)


def is_header(cells: Sequence[object]) -> bool:
    """Whether one of the cells names a column of comments, and all are short."""
    names = _TOML["columns"]["text"]
    return any(_key(cell) in names for cell in cells) and all(len(str(cell)) < 60 for cell in cells)


def delimiter(text: str) -> str | None:
    """What separates the cells of the row that names the columns; None if no row looks so."""
    for line in text[:_HEAD].splitlines()[:_TITLE_ROWS]:
        sign = max(_DELIMITERS, key=line.count)
        if sign in line and is_header(line.split(sign)):
            return sign
    return None


def _known(header: Iterable[str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each thing the column whose name is the likeliest for it; no column serves twice."""
    keys, found = {}, {}
    for column in sorted(header, key=lambda column: str(column).count(".")):
        keys.setdefault(_key(column), column)
    for what, names in known.items():
        if column := next((keys.pop(name) for name in names if name in keys), None):
            found[what] = column
    return found


def _columns(
    named: Mapping[str, str], header: list[str], rows: list[dict], records: Records
) -> dict[str, str]:
    """The column for each of COLUMNS that the table has, as the user named it or as its name says."""
    there = f"The table has: {listed(header, most=40)}."
    if wrong := [what for what in named if what not in COLUMNS]:
        remedy = f"What a column can hold is: {', '.join(COLUMNS)}."
        raise ExportError(f"has no use for a column of {wrong[0]!r}", remedy=remedy)
    if wrong := [column for column in named.values() if column not in header]:
        raise ExportError(f"has no column {wrong[0]!r}", remedy=there)
    rest = [column for column in header if column not in named.values()]
    known = {what: names for what, names in _TOML["columns"].items() if what not in named}
    found = _known(rest, known) | {**named}
    if "text" not in found:
        remedy = f"Name it, as in --columns text=NAME. {there}"
        raise ExportError("has no column that is known to hold comments", remedy=remedy)
    for what in {"title", "url"} & found.keys() - named.keys():
        values = [str(row[found[what]]) for row in rows if row.get(found[what])]
        if len({*values}) > max(1, _REPEATS * len(values)):
            del found[what]  # each comment has its own
    said = ", ".join(f"{what}={column}" for what, column in found.items())
    left = [column for column in header if column not in found.values()]
    records.remarks.append(f"Columns: {said}." + (f" Not used: {listed(left, most=8)}." if left else ""))
    return found


def _add_article(records: Records, row: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    given = {what: row.get(column) for what, column in columns.items()}
    body = given.pop("text", None)
    markup = "html" if _HTML.search(str(body)) else "text"
    records.article(given.pop("id", None), body=body, markup=markup, **given)


def _add_comments(records: Records, rows: list[dict], columns: Mapping[str, str]) -> None:
    tagged = sum(bool(_HTML.search(str(row.get(columns["text"])))) for row in rows)
    markup = "html" if tagged > _IS_HTML * len(rows) else "text"
    above: list[tuple[float, str]] = []  # depth and id of the comments that may be answered
    unknown, flag = set(), _key(columns.get("status")).removeprefix("is")
    for number, row in enumerate(rows, start=1):
        given = {what: row.get(column) for what, column in columns.items() if row.get(column) != ""}
        if "depth" in columns and "parent" not in columns:
            depth = float(found[0]) if (found := _DEPTH.match(str(given.get("depth")))) else 0
            own = depth, given.get("id") or f"c{number:02d}"
            above = [*[one for one in above if one[0] < depth], own]
            given["parent"] = above[-2][1] if len(above) > 1 else None
        about = {what: given.get(what) for what in ("title", "url")}
        given["article"] = given.get("article") or about["url"] or about["title"]
        if given["article"]:
            body = given.get("article_text")
            records.article(given["article"], body=body, markup="text", **about)
        status, by = (str(given.get(what, "")).casefold() for what in ("status", "by_author"))
        left_out = by_status(status, "unknown")
        if flag in ("deleted", "spam", "removed", "hidden"):  # a column of its own for this
            left_out = flag if status in _YES else None
        elif left_out == "unknown":
            unknown, left_out = unknown | {re.sub(r"\d.*", "…", status)}, None
        by_author = None if by in ("", "none") else by in _YES
        given |= {"by_author": by_author, "body": given.get("text"), "markup": markup}
        records.comment(given.get("id"), **given, left_out=left_out)
    if unknown:
        records.remarks.append(f"The status {listed(sorted(unknown), quote=True)} is not known; kept.")
