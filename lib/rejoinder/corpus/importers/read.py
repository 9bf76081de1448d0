"""Which format a file has, told from its content, and its articles and comments."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from rejoinder.corpus.importers.export import Export, export_of
from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.raw import decoded, read_bytes, shown
from rejoinder.errors import ExportError

MAX_BYTES = 1_000_000_000  # also of what a compressed file holds
_HEAD = 20_000  # bytes that tell the kind of a file
# How files begin: comments, and perhaps a stray sign, come first.
_PROLOG = rb"[^<\n]?\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*"
_XML = re.compile(_PROLOG + rb"(?:<!doctype\s+(?:rss|feed|disqus)\b|<(?:rss|feed|disqus)\b)", re.DOTALL)
_PAGE = re.compile(_PROLOG + rb"<(?:!doctype\s+html|html|head|body|title|article|main)\b", re.DOTALL)
_MIME = re.compile(rb"[\w-]+:.*^content-type:\s*(?:multipart/|text/html)", re.DOTALL | re.MULTILINE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which XML does not allow
_TEXT = "a text"  # the kind of a file that is no export

# How formats in which people keep articles begin, in small letters.
_FORMATS = {
    b"pk\x03\x04": "a document of Word or LibreOffice, or a zip file",
    b"\xd0\xcf\x11\xe0": "a document of an older Word",
    b"{\\rtf": "a document in rich text (RTF)",
    b"%pdf-": "a PDF",
}

# Modules by what their `records` takes: parsed JSON, the root of an XML document, a web page. The first
# whose `records` does not give None has recognised its format.
_READERS = {
    "json": ["reddit", "youtube", "guardian", "discourse", "bluesky", "mastodon", "hacker_news",
             "commento", "remark42"],
    "xml": ["wordpress", "disqus", "blogger"],
    "html": ["web_page"],
}  # fmt: skip


def read_export(
    path: str | Path, *, article: str | Path | None = None, columns: Mapping[str, str] | None = None
) -> Export:
    """The articles and comments of a file, whatever its format, and a ledger of what was left out.

    Tables (CSV, TSV, Excel, JSON lines, Parquet), exports of Reddit, YouTube, WordPress, Disqus,
    Blogger, the Guardian, Hacker News, Bluesky, Mastodon, Discourse, Commento and Remark42, and saved web
    pages are recognised by their content; a text is an article without comments.

    Parameters
    ----------
    article : a second file with the article, or with several, told apart by their ids or addresses.
    columns : for tables, which column holds what: keys of `tables.COLUMNS`, such as
        {"text": "body", "parent": "reply_to"}. What is not named is guessed, and `remarks` say how.

    Raises ExportError for a file that cannot be read, that is broken (with its line), or holds no comment
    and no article.
    """
    records = _records(Path(path).expanduser(), columns or {})
    if article is not None:
        second = _records(Path(article).expanduser(), {}, of_articles=True)
        records.articles = _joined(records, second, shown(Path(article)))
        records.remarks += second.remarks
    if not records.articles and not records.comments:
        said = "".join(f". {remark.rstrip('.')}" for remark in records.remarks)
        problem = f"is {records.format}, but holds no article and no comment{said}"
        raise ExportError(
            problem, file=shown(Path(path)), remedy="Export it again, or give another file."
        )
    return export_of(records)


def is_export(path: Path) -> bool:
    """Whether a file is a table or in the format of a platform; False for a text, and for what cannot be
    read at all. Raises ExportError for a document of Word and the like."""
    try:
        if not path.is_file():  # also a device, which could be read forever
            return False
        with path.open("rb") as file:
            return _kind(file.read(_HEAD), path) != _TEXT
    except (OSError, ValueError):  # what is wrong is for those to say who read it as a text
        return False


def _records(path: Path, columns: Mapping[str, str], *, of_articles: bool = False) -> Records:
    """What the first reader that recognises it finds; a table is of comments or `of_articles`."""
    name = shown(path)
    kind, data = _opened(path)
    for module in _READERS.get(kind, ()):
        read: Callable[[Any], Records | None] = import_module(f"{__package__}.{module}").records
        try:
            if (records := read(data)) is not None:
                return records
        except RecursionError as error:
            remedy = "Export it again, in smaller parts."
            raise ExportError("is nested too deeply", file=name, remedy=remedy) from error
        except ExportError as error:
            where = {"file": name, "line": error.line, "remedy": error.remedy}
            raise ExportError(error.problem, **where) from error
    from rejoinder.corpus.importers import tables

    if kind == _TEXT:
        return _article(data, path.stem)
    if kind == "xml":
        remedy = "Known are exports of WordPress, Disqus and Blogger. Save the comments as a table (CSV)."
        raise ExportError("is XML of an unknown kind", file=name, remedy=remedy)
    if data == []:
        return Records("an empty list")
    return tables.articles(data, name) if of_articles else tables.records(data, columns, name)


def _opened(path: Path) -> tuple[str, Any]:
    """The kind of a file, and its content: parsed JSON, root of XML, bytes of a page, or text."""
    name = shown(path)
    data = _unpacked(read_bytes(path, ExportError, most=MAX_BYTES), name)
    kind = _kind(data[:_HEAD], path)
    if kind in ("json", "xml"):
        return kind, _json(data, name) if kind == "json" else _xml(data, name)
    if kind == "html" or data.startswith((b"PAR1", b"PK")):
        return kind, data
    text, _ = decoded(data, name, ExportError)
    if not text.strip():
        raise ExportError("is empty", file=name, remedy="Export it again, or give another file.")
    return kind, text


def _kind(data: bytes, path: Path) -> str:
    """json, xml, html, table or _TEXT, by how a file begins. Raises ExportError for what is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # as some shells write what a program prints
        data = data.decode("utf-16", errors="replace").encode()
    name, head = shown(path), data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith((b"\x28\xb5\x2f\xfd", b"\x1f\x8b")):
        return "json"
    if data.startswith(b"PAR1") or (data.startswith(b"PK\x03\x04") and b"xl/" in data):
        return "table"
    if kind := next((kind for sign, kind in _FORMATS.items() if head.startswith(sign)), None):
        remedy = "Save the comments as a table (CSV), the article as plain text or a web page."
        raise ExportError(f"is {kind}", file=name, remedy=remedy)
    if re.match(rb'[\[{]\s*(?:["{\[\]}]|null\b)', head):
        return "json"
    if re.match(rb"(?:var|let|const|window\.)\s*[\w.]+\s*=\s*[\[{]|[\w.]+\(\s*[\[{]", head):
        remedy = "Delete what stands before the first and after the last bracket, and save it as .json."
        raise ExportError("is a script around JSON, not JSON", file=name, remedy=remedy)
    if re.match(rb"[\[{]\s*\{?\s*'\w+':", head):
        remedy = "Write it with json.dump, in place of print or str."
        raise ExportError("is data as Python prints it, not JSON", file=name, remedy=remedy)
    if _XML.match(head):
        return "xml"
    if _PAGE.match(head) or (_MIME.match(head) and b"mime-version:" in head):
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    from rejoinder.corpus.importers import tables

    named = path.suffix.lower() in (".csv", ".tsv", ".tab")
    return "table" if tables.is_table(data.decode("utf-8-sig", "replace"), named=named) else _TEXT


def _unpacked(data: bytes, name: str) -> bytes:
    """The content of a file compressed with Zstandard or gzip. Raises ExportError if it is broken."""
    if not data.startswith((b"\x28\xb5\x2f\xfd", b"\x1f\x8b")):
        return data
    import gzip
    import zlib

    import zstandard

    try:
        if data.startswith(b"\x1f"):
            unpacked = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MAX_BYTES + 1)
        else:
            unpacked = _frames(data)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        remedy = "Download it again."
        raise ExportError(f"cannot be unpacked ({error})", file=name, remedy=remedy) from error
    if len(unpacked) > MAX_BYTES:
        remedy = "Unpack it, and take out the lines of one article."
        raise ExportError(f"holds over {MAX_BYTES / 1e9:.0f} GB", file=name, remedy=remedy)
    return unpacked


def _frames(data: bytes) -> bytes:
    """All frames of Zstandard in `data`, a little more than MAX_BYTES at most. Raises EOFError."""
    import zstandard

    # Dumps of Reddit use a window that the default refuses, and may state no size.
    unpacker = zstandard.ZstdDecompressor(max_window_size=2**31)
    at, parts, size = 0, [], 0
    while at < len(data):
        frame = unpacker.decompressobj()
        while not frame.eof:
            if at >= len(data):
                raise EOFError("it is cut off")
            chunk = data[at : at + 2**13]
            parts.append(frame.decompress(chunk))
            at, size = at + len(chunk) - len(frame.unused_data), size + len(parts[-1])
            if size > MAX_BYTES:
                return b"".join(parts)
    return b"".join(parts)


def _json(data: bytes, name: str) -> Any:
    """A JSON document, or a list of the objects in a file with one object a line."""
    text, _ = decoded(data, name, ExportError)
    try:
        return json.loads(text)
    except RecursionError as error:
        remedy = "Export it again, in smaller parts."
        raise ExportError("is nested too deeply", file=name, remedy=remedy) from error
    except json.JSONDecodeError as error:
        whole = error
    except ValueError as error:
        remedy = "Correct it by hand; an id or a count may be broken."
        raise ExportError("holds a number of thousands of digits", file=name, remedy=remedy) from error
    rows = []
    # Other signs that end a line can stand inside a text.
    for number, line in enumerate(text.split("\n") if "\n" in text else (), start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            if not rows:  # it is one document with a fault, not one a line
                break
            remedy = "Correct or delete that line; it may be cut off at the end of a download."
            raise ExportError(f"is not JSON ({error})", file=name, line=number, remedy=remedy) from error
    if not rows:
        remedy = "Export it again; the file may be cut off."
        raise ExportError(
            f"is not JSON ({whole.msg})", file=name, line=whole.lineno, remedy=remedy
        ) from whole
    return rows


def _xml(data: bytes, name: str) -> Any:
    """The root of an XML document, read without entities of its own and without a network.

    Prefixes that nobody declared, and control signs, as in many exports, are forgiven. Raises
    ExportError for other faults.
    """
    from lxml import etree

    remedy = "Export it again; the file may be cut off or changed by hand."
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLParser(**safe, recover=True)
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):  # not UTF-16
        data = _CONTROLS.sub(b"", data)
    root = etree.fromstring(data, parser)
    dtd = None if root is None else root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        raise ExportError("declares entities, which is not safe to read", file=name, remedy=remedy)
    faults = [one for one in parser.error_log if one.type_name != "NS_ERR_UNDEFINED_NAMESPACE"]
    if faults or root is None:
        what, line = (faults[0].message, faults[0].line) if faults else ("no element", 1)
        raise ExportError(f"is not XML ({what})", file=name, line=line, remedy=remedy)
    return root


def _article(text: str, name: str) -> Records:
    """A text as an article: Markdown stays as it is; its first heading, or the title above it, is the
    title."""
    records, title = Records("a text"), None
    if front := re.match(r"---\s*\n(.*?\n)---\s*\n", text, re.DOTALL):
        title = next(iter(re.findall(r"^title:\s*[\"']?(.+?)[\"']?\s*$", front[1], re.MULTILINE)), None)
        text = text[front.end() :]
    if found := re.match(r"\s*#\s+(.+)|\s*(\S.*)\n=+\s*\n", text):
        title, text = title or found[1] or found[2], text[found.end() :]
    records.article(name, title=title, body=text, markup="text")
    return records


def _joined(records: Records, second: Records, name: str) -> list[dict]:
    """The articles of a second file, each under the id that the comments give it."""
    if not second.articles:
        remedy = "Give a text, a web page, or a table with the articles."
        raise ExportError("holds no article", file=name, remedy=remedy)
    named = {str(one["article"]) for one in records.comments} - {"None"}
    named |= {str(one["name"]) for one in records.articles}
    if len(second.articles) == 1 and len(named) <= 1:
        # One article and the comments on it, whatever they call it.
        old = records.articles[0] if records.articles else {}
        new = {k: old.get(k) if value is None else value for k, value in second.articles[0].items()}
        return [{**new, "name": next(iter(named), new["name"])}]
    by_id = {str(one["name"]): one for one in second.articles}
    by_url = {one["url"]: one for one in second.articles if one["url"]}
    own = [by_id.get(str(one["name"])) or by_url.get(one["url"]) or one for one in records.articles]
    found = {str(one["name"]): one for one in own} | {i: by_id[i] for i in sorted(named & {*by_id})}
    if not named & {*by_id} and own == records.articles and records.comments:
        remedy = "Ids or addresses of articles must be the same in both files."
        raise ExportError("holds none of the articles that the comments name", file=name, remedy=remedy)
    return list(found.values())
