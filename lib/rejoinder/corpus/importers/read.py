"""Which format a file has, told from its content, and its articles and comments."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rejoinder.corpus.importers import blogs, networks, systems, tables, web_page
from rejoinder.corpus.importers.export import Export, export_of
from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.repair import unwrapped
from rejoinder.corpus.raw import chosen_encoding, decoded, read_bytes, shown
from rejoinder.errors import ExportError
from rejoinder.wording import listed

MAX_BYTES = 1_000_000_000  # also of what a compressed file holds
_HEAD = 20_000  # bytes that tell the kind of a file
ZSTD, GZIP, UTF_16, PARQUET = b"\x28\xb5\x2f\xfd", b"\x1f\x8b", (b"\xff\xfe", b"\xfe\xff"), b"PAR1"
_AGAIN = "Export it again, or give another file: this one may be cut off or changed by hand."
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which XML does not allow
_TEXT = "a text"  # the kind of a file that is no export
# How formats in which people keep articles begin, in small letters.
_FORMATS = {
    b"pk\x03\x04": "a document of Word or LibreOffice, or a zip file",
    b"\xd0\xcf\x11\xe0": "a document of an older Word or Excel",
    b"{\\rtf": "a document in rich text (RTF)",
    b"%pdf-": "a PDF",
}
# How files begin, in small letters: comments, and perhaps a stray sign, come first.
_PROLOG = rb"[^<\n]?\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*"
_KINDS = {
    rb'[\[{]\s*(?:["{\[\]}]|null\b)': "json",
    _PROLOG + rb"(?:<!doctype\s+(?:rss|feed|disqus)\b|<(?:rss|feed|disqus)\b)": "xml",
    _PROLOG + rb"<(?:!doctype\s+html|html|head|body|title|article|main)\b": "html",
    rb"(?s:(?=.*mime-version:)[\w-]+:.*\ncontent-type:\s*(?:multipart/|text/html))": "html",
    rb"<\?xml": "xml",
}
_NEARLY_JSON = [
    (rb"(?:var|let|const|window\.)\s*[\w.]+\s*=\s*[\[{]|[\w.]+\(\s*[\[{]",
     "is a script around JSON, not JSON",
     "Delete what stands before the first and after the last bracket, and save it as .json."),
    (rb"[\[{]\s*\{?\s*'\w+':", "is data as Python prints it, not JSON",
     "Write it with json.dump, in place of print or str."),
]  # fmt: skip
# What takes parsed JSON, the root of an XML document, a web page. The first that does not give None has
# recognised its format.
_READERS: dict[str, list[Callable[[Any], Records | None]]] = {
    "json": [networks.reddit, networks.youtube, systems.guardian, systems.discourse,
             networks.bluesky, networks.mastodon, networks.hacker_news, systems.commento,
             systems.remark42],
    "xml": [blogs.wordpress, blogs.disqus, blogs.blogger],
    "html": [web_page.records],
}  # fmt: skip
JSON_READERS = _READERS["json"]


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
    records = records_of(Path(path).expanduser(), columns or {})
    if article is not None:
        second = records_of(Path(article).expanduser(), {}, of_articles=True)
        records.articles = _joined(records, second, shown(Path(article)))
        records.remarks += second.remarks
    if not records.articles and not records.comments:
        said = "".join(f". {remark.rstrip('.')}" for remark in records.remarks)
        problem = f"is {records.format}, but holds no article and no comment{said}"
        raise ExportError(problem, file=shown(Path(path)), remedy=_AGAIN)
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


def records_of(path: Path, columns: Mapping[str, str], *, of_articles: bool = False) -> Records:
    """What the first reader that recognises it finds; a table is of comments or `of_articles`."""
    name = shown(path)
    try:
        return _found(path, read_bytes(path, ExportError, most=MAX_BYTES), columns, of_articles)
    except RecursionError as error:
        remedy = "Export it again, in smaller parts."
        raise ExportError("is nested too deeply", file=name, remedy=remedy) from error
    except ExportError as error:  # the readers do not know the name of the file
        raise ExportError(error.problem, file=name, line=error.line, remedy=error.remedy) from error


def _found(path: Path, data: bytes, columns: Mapping[str, str], of_articles: bool) -> Records:
    data = _unpacked(data)
    kind = _kind(data[:_HEAD], path)
    content, remarks = _xml(data) if kind == "xml" else (_json(data) if kind == "json" else data, [])
    if kind in ("table", _TEXT) and not data.startswith((PARQUET, b"PK")):
        content, said = decoded(data, None, ExportError, chosen_encoding())
        remarks = [f"{one[:1].upper()}{one[1:]}." for one in said]
        if not content.strip():
            raise ExportError("is empty", remedy=_AGAIN)
    found = next(filter(None, (read(content) for read in _READERS.get(kind, ()))), None)
    if found is None and kind == "xml":
        remedy = "Known are exports of WordPress, Disqus and Blogger. Save the comments as a table (CSV)."
        raise ExportError("is XML of an unknown kind", remedy=remedy)
    if found is None and kind == _TEXT:
        found = _article(content, path.stem)
    elif found is None:
        found = tables.articles(content) if of_articles else tables.records(content, columns)
    found.remarks[:0] = remarks
    return found


def _kind(data: bytes, path: Path) -> str:
    """json, xml, html, table or _TEXT, by how a file begins. Raises ExportError for what is none."""
    if data.startswith(UTF_16):  # as some shells write what a program prints
        data = data.decode("utf-16", errors="replace").encode()
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith((ZSTD, GZIP)):
        return "json"
    if data.startswith(PARQUET) or (data.startswith(b"PK\x03\x04") and b"xl/" in data):
        return "table"
    if kind := next((kind for sign, kind in _FORMATS.items() if head.startswith(sign)), None):
        remedy = "Save the comments as a table (CSV), the article as plain text or a web page."
        raise ExportError(f"is {kind}", file=shown(path), remedy=remedy)
    for sign, problem, remedy in _NEARLY_JSON:
        if re.match(sign, head):
            raise ExportError(problem, file=shown(path), remedy=remedy)
    if kind := next((kind for sign, kind in _KINDS.items() if re.match(sign, head, re.DOTALL)), None):
        return kind
    named = path.suffix.lower() in (".csv", ".tsv", ".tab")
    return "table" if named or tables.is_table(data.decode("utf-8-sig", "replace")) else _TEXT


def _unpacked(data: bytes) -> bytes:
    """The content of a file compressed with Zstandard or gzip. Raises ExportError if it is broken."""
    if not data.startswith((ZSTD, GZIP)):
        return data
    import gzip
    import zlib

    import zstandard

    end = b"\0end"
    try:
        if data.startswith(GZIP):
            unpacked = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MAX_BYTES + 1)
        else:
            # Dumps of Reddit use a window that the default refuses. The frame that is added shows whether
            # the last one is whole.
            unpacker = zstandard.ZstdDecompressor(max_window_size=2**31)
            frames = unpacker.stream_reader(data + zstandard.compress(end), read_across_frames=True)
            unpacked = frames.read(MAX_BYTES + len(end) + 1)
            if not unpacked.endswith(end) and len(unpacked) <= MAX_BYTES:
                raise EOFError("it is cut off")
            unpacked = unpacked.removesuffix(end)
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise ExportError(f"cannot be unpacked ({error})", remedy="Download it again.") from error
    if len(unpacked) > MAX_BYTES:
        remedy = "Unpack it, and take out the lines of one article."
        raise ExportError(f"holds over {MAX_BYTES / 1e9:.0f} GB", remedy=remedy)
    return unpacked


def _json(data: bytes) -> Any:
    """A JSON document, or a list of the objects in a file with one object a line."""
    (text, _), rows = decoded(data, None, ExportError, chosen_encoding()), []
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        whole = error
    except ValueError as error:
        remedy = "Correct it by hand; an id or a count may be broken."
        raise ExportError("holds a number of thousands of digits", remedy=remedy) from error
    # Other signs that end a line can stand inside a text.
    for number, line in enumerate(text.split("\n") if "\n" in text else (), start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            if not rows:  # it is one document with a fault, not one a line
                break
            remedy = "Correct or delete that line; it may be cut off at the end of a download."
            raise ExportError(f"is not JSON ({error})", line=number, remedy=remedy) from error
    if not rows:
        raise ExportError(f"is not JSON ({whole.msg})", line=whole.lineno, remedy=_AGAIN) from whole
    return rows


def _xml(data: bytes) -> tuple[Any, list[str]]:
    """The root of an XML document, and remarks. It is read without entities of its own and without a
    network; names lose their prefixes.

    Prefixes that nobody declared, and control signs, as in many exports, are forgiven. Raises
    ExportError for other faults.
    """
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    parser = etree.XMLParser(**safe, recover=True)
    root = etree.fromstring(data if data.startswith(UTF_16) else _CONTROLS.sub(b"", data), parser)
    dtd = None if root is None else root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        raise ExportError("declares entities, which is not safe to read", remedy=_AGAIN)
    faults = [one for one in parser.error_log if one.type_name != "NS_ERR_UNDEFINED_NAMESPACE"]
    if faults or root is None:
        what, line = (faults[0].message, faults[0].line) if faults else ("no element", 1)
        raise ExportError(f"is not XML ({what})", line=line, remedy=_AGAIN)
    prefixes = sorted({one.tag.split(":")[0] for one in root.iter("*") if re.match("[^{}]+:", one.tag)})
    for one in root.iter("*"):
        one.tag = "excerpt" if "excerpt" in one.tag else re.split("[}:]", one.tag)[-1]
        for name, value in one.attrib.items():
            one.set(re.split("[}:]", name)[-1], value)
    unknown = f"Prefixes are not declared ({listed(prefixes)}); they were read as usual."
    return root, [unknown] if prefixes else []


def _article(text: str, name: str) -> Records:
    """A text as an article: Markdown stays as it is; its first heading, or the title above it, is the
    title."""
    records, title = Records("a text"), None
    if front := re.match(r"---\s*\n(.*?\n)---\s*\n", text, re.DOTALL):
        title = next(iter(re.findall(r"^title:\s*[\"']?(.+?)[\"']?\s*$", front[1], re.MULTILINE)), None)
        text = text[front.end() :]
    if found := re.match(r"\s*#\s+(.+)|\s*(\S.*)\n=+\s*\n", text):
        title, text = title or found[1] or found[2], text[found.end() :]
    records.article(name, title=title, body=unwrapped(text), markup="text")
    return records


def _joined(records: Records, second: Records, name: str) -> dict[str | None, dict]:
    """The articles of a second file, each under the id that the comments give it."""
    old, new = records.articles, second.articles
    if not new:
        remedy = "Give a text, a web page, or a table with the articles."
        raise ExportError("holds no article", file=name, remedy=remedy)
    named = ({one["article"] for one in records.comments} | old.keys()) - {None}
    if len(new) == 1 and len(named) <= 1:
        # One article and the comments on it, whatever they call it.
        own, (given,) = next(iter(old.values()), {}), new.values()
        whole = {key: own.get(key, one) if one in (None, "") else one for key, one in given.items()}
        return {next(iter(named), given["name"]): whole}
    by_url = {one["url"]: one for one in new.values() if one["url"]}
    found = {i: new.get(i) or by_url.get(one["url"]) or one for i, one in old.items()}
    found |= {i: new[i] for i in sorted(named & new.keys())}
    if not named & new.keys() and found == old and records.comments:
        remedy = "Ids or addresses of articles must be the same in both files."
        raise ExportError("holds none of the articles that the comments name", file=name, remedy=remedy)
    return found
