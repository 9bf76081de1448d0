"""Tables of comments, whoever wrote them: which column holds what is guessed, said, and can be named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from rejoinder.corpus.csv_io import parsed
from rejoinder.corpus.importers.records import Records
from rejoinder.errors import ExportError
from rejoinder.text import word_lists
from rejoinder.wording import listed

_TOML = {name: word_lists(name, kind=tuple) for name in ("columns", "columns_of_articles")}
COLUMNS = tuple(_TOML["columns"])  # what a column of a table of comments may hold
_STATUS = {word: why for why, words in word_lists("status").items() for word in words}
_DELIMITERS = ",;\t|"
_TITLE_ROWS, _HEAD = 30, 20_000  # rows and letters in which the header is looked for
# Bodies are HTML if so many hold tags that only HTML has; in fewer they are what somebody writes about.
_HTML = re.compile(r"<br ?/?>|</?p>|</a>|</(?:i|b|em|strong|blockquote|span|li)>", re.IGNORECASE)
_IS_HTML = 0.2
_REPEATS = 0.5  # distinct values by rows up to which a title or address is that of the article
_REDDIT_ID = re.compile(r"t\d_\w+")


def is_table(text: str, *, named: bool = False) -> bool:
    """Whether a text is a table: its file is `named` so, or its first line names a column of comments
    and another known one."""
    first = next(filter(str.strip, text.splitlines()), "")
    known = {_key(cell) for names in _TOML["columns"].values() for cell in names}
    header = _cells(first, _delimiter(first) or ",")
    return named or (_is_header(header) and sum(_key(cell) in known for cell in header) > 1)


def _delimiter(text: str) -> str | None:
    """What separates the cells of the row that names the columns; None if no row looks so."""
    for line in text[:_HEAD].splitlines()[:_TITLE_ROWS]:
        delimiter = max(_DELIMITERS, key=line.count)
        if delimiter in line and _is_header(_cells(line, delimiter)):
            return delimiter
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "') for cell in line.split(delimiter)]


def records(data: Any, columns: Mapping[str, str], name: str) -> Records:
    """The comments of a table: text of CSV, bytes of Excel or Parquet, or parsed JSON.

    Raises ExportError for a broken table, and if no column can be taken for the text.
    """
    records, above = Records("a table"), {}
    if isinstance(data, dict):  # an article with its comments in a list, as many scrapers write it
        lists = {key: value for key, value in data.items() if _is_rows(value)}
        above = {key: value for key, value in data.items() if key not in lists}
        data = max(lists.values(), key=len, default=[data])
    rows, header = _rows(data, name, records)
    columns = _columns(columns, header, rows, name, records)
    if above and (own := _found(above, _TOML["columns_of_articles"])):
        records.article(**_article(above, own))
    _add(records, rows, columns)
    return records


def articles(data: Any, name: str) -> Records:
    """The articles of such a table. Raises ExportError if it has no column for an id, title or text."""
    records = Records("a table")
    rows, header = _rows([data] if isinstance(data, dict) else data, name, records)
    own = _found(header, _TOML["columns_of_articles"])
    if not {"title", "text"} & {*own}:
        remedy = (
            f"A table of articles has columns such as id, title and text; here are: {listed(header)}."
        )
        raise ExportError("is no table of articles", file=name, remedy=remedy)
    for row in rows:
        records.article(**_article(row, own))
    return records


def _rows(data: Any, name: str, records: Records) -> tuple[list[dict], list[str]]:
    """The rows of a table and the names of its columns."""
    if isinstance(data, str):
        form = {"is_header": _is_header, "delimiter": _delimiter(data), "unnamed": "column"}
        cells = parsed(data, name, ExportError, **form)
        records.remarks += [f"{one[:1].upper()}{one[1:]}." for one in cells.remarks]
        return list(cells.rows.values()), list(cells.header)
    if isinstance(data, bytes):
        rows = _parquet(data, name) if data.startswith(b"PAR1") else _excel(data, name, records)
    else:
        rows = [_flat(one) for one in data if isinstance(one, dict)]
        if other := sum(not isinstance(one, dict) for one in data):
            records.remarks.append(f"{other} entries of the list are no records and were passed over.")
    return rows, list(dict.fromkeys(key for row in rows for key in row))


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _flat(record: dict) -> dict:
    """A record whose inner records are columns of their own, such as "author.name"."""
    flat = {}
    for key, value in record.items():
        inner = value if isinstance(value, dict) else {}
        flat |= {f"{key}.{k}": v for k, v in inner.items()} if inner else {key: value}
    return {key: None if isinstance(value, list | dict) else value for key, value in flat.items()}


def _parquet(data: bytes, name: str) -> list[dict]:
    import pyarrow
    from pyarrow import parquet

    try:
        return [_flat(row) for row in parquet.read_table(io.BytesIO(data)).to_pylist()]
    except (pyarrow.ArrowException, OSError) as error:
        remedy = "Write it again; it may be cut off."
        raise ExportError(f"is no whole Parquet file ({error})", file=name, remedy=remedy) from error


def _excel(data: bytes, name: str, records: Records) -> list[dict]:
    """The rows of the sheet that has a column of comments, below its header."""
    import warnings

    import openpyxl

    try:
        if "xl/workbook.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist():
            remedy = "Save the comments as a table (CSV), the article as plain text."
            raise ExportError("is a document or archive, not a table", file=name, remedy=remedy)
        with warnings.catch_warnings(action="ignore"):  # about styles and the like
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = {
                one.title: [[*row] for row in one.iter_rows(values_only=True)] for one in book.worksheets
            }
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        remedy = "Save it again as xlsx or CSV."
        raise ExportError(f"is no whole workbook ({error})", file=name, remedy=remedy) from error
    found = {}
    for title, rows in sheets.items():
        for at, row in enumerate(rows[:_TITLE_ROWS]):
            if _is_header([str(cell or "") for cell in row]):
                found[title] = (row, rows[at + 1 :])
                break
    if not found and sheets:
        title, rows = max(sheets.items(), key=lambda pair: len(pair[1]))
        found[title] = (rows[0] if rows else [], rows[1:])
    title, (header, rows) = max(found.items(), key=lambda pair: len(pair[1][1]))
    if len(sheets) > 1:
        records.remarks.append(f"Of {len(sheets)} sheets, “{title}” was read.")
    names = [(at, str(cell).strip()) for at, cell in enumerate(header) if str(cell or "").strip()]
    tables = ({key: row[at] for at, key in names} for row in rows)
    return [row for row in tables if any(cell not in (None, "") for cell in row.values())]


def _key(column: object) -> str:
    return re.sub(r"[\W_]", "", str(column).rpartition(".")[2].casefold())


def _is_header(cells: Sequence[str]) -> bool:
    texts = {*_TOML["columns"]["text"]}
    return any(_key(cell) in texts for cell in cells) and all(len(cell) < 60 for cell in cells)


def _found(header: Any, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each thing the column whose name is the likeliest for it; no column serves twice."""
    keys, taken = {}, {}
    for column in header:
        keys.setdefault(_key(column), column)
    for what, names in known.items():
        column = next(
            (keys[one] for one in names if one in keys and keys[one] not in taken.values()), None
        )
        if column is not None:
            taken[what] = column
    return taken


def _columns(
    named: Mapping[str, str], header: list[str], rows: list[dict], name: str, records: Records
) -> dict[str, str]:
    """The column for each of COLUMNS that the table has, as the user named it or as its name says."""
    if wrong := [what for what in named if what not in COLUMNS]:
        remedy = f"What a column can hold is: {', '.join(COLUMNS)}."
        raise ExportError(f"has no use for a column of {wrong[0]!r}", file=name, remedy=remedy)
    if wrong := [column for column in named.values() if column not in header]:
        remedy = f"The table has: {listed(header, most=40)}."
        raise ExportError(f"has no column {wrong[0]!r}", file=name, remedy=remedy)
    rest = [column for column in header if column not in named.values()]
    known = {what: names for what, names in _TOML["columns"].items() if what not in named}
    taken = _found(rest, {"text": known.pop("text"), **known} if "text" in known else known) | {**named}
    called = taken.get("author")
    if "id" not in taken and called and all(_REDDIT_ID.fullmatch(str(row.get(called))) for row in rows):
        taken["id"] = taken.pop("author")  # a column "name"
    if "text" not in taken:
        remedy = f"Name it, as in --columns text=NAME. The table has: {listed(header, most=40)}."
        raise ExportError("has no column that is known to hold comments", file=name, remedy=remedy)
    for what in ("title", "url"):
        column = taken.get(what)
        values = [row.get(column) for row in rows if row.get(column)] if column else []
        if column and what not in named and len({*values}) > max(1, _REPEATS * len(values)):
            del taken[what]  # each comment has its own
    said = ", ".join(f"{what}={column}" for what, column in taken.items())
    left = [column for column in header if column not in taken.values()]
    records.remarks.append(f"Columns: {said}." + (f" Not used: {listed(left, most=8)}." if left else ""))
    return taken


def _article(row: Mapping[str, Any], own: Mapping[str, str]) -> dict:
    value = {what: row.get(column) for what, column in own.items()}
    body = value.pop("text", None)
    markup = "html" if _HTML.search(str(body)) else "text"
    return {"name": value.pop("id", None), "body": body, "markup": markup, **value}


def _add(records: Records, rows: list[dict], columns: Mapping[str, str]) -> None:
    texts = [row.get(columns["text"]) for row in rows]
    tagged = sum(bool(_HTML.search(str(text))) for text in texts)
    markup = "html" if tagged > _IS_HTML * len(texts) else "text"
    above: list[tuple[float, str]] = []  # depth and id of the comments that may be answered
    unknown, seen = set(), set()
    for number, row in enumerate(rows, start=1):
        value = {what: row.get(column) for what, column in columns.items()}
        value = {what: None if cell == "" else cell for what, cell in value.items()}
        name = value.get("id") or f"c{number:02d}"
        parent = value.get("parent")
        if "depth" in columns and "parent" not in columns:
            depth = float(value["depth"] or 0) if re.fullmatch(r"\d+(\.0)?", str(value["depth"])) else 0
            above = [*[one for one in above if one[0] < depth], (depth, name)]
            parent = above[-2][1] if len(above) > 1 else None
        article = value.get("article") or value.get("url") or value.get("title")
        if article is not None and article not in seen:
            seen.add(article)
            about = {
                "title": value.get("title"),
                "url": value.get("url"),
                "body": value.get("article_text"),
            }
            records.article(article, **about)
        status, left = re.sub(r"[ -]", "_", str(value.get("status")).strip().casefold()), None
        if value.get("status") is not None:
            column = _key(columns["status"])
            if column in ("isdeleted", "deleted", "isspam", "spam", "removed", "hidden"):
                left = column.removeprefix("is") if status in ("1", "1.0", "true", "yes") else None
            else:
                left = _STATUS.get(status.removesuffix(".0"))
                unknown |= {status} if left is None else set()
                left = None if left == "kept" else left
        by = value.get("by_author")
        records.comment(
            name,
            article=article,
            parent=parent,
            body=value.get("text"),
            markup=markup,
            author=value.get("author"),
            author_id=value.get("author_id"),
            time=value.get("time"),
            votes=value.get("votes"),
            by_author=None if by is None else str(by).casefold() in ("1", "1.0", "true", "yes"),
            left_out=left,
        )
    if unknown:
        records.remarks.append(f"The status {listed(sorted(unknown), quote=True)} is not known; kept.")
