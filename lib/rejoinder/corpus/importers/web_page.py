"""Saved web pages (.html, .mhtml): the article by trafilatura, the comments by our own finder."""

from __future__ import annotations

import codecs
import email
import json
import re
from collections.abc import Iterator
from html import escape

from rejoinder.corpus.importers import page_comments
from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.walk import first, nested, taken
from rejoinder.errors import ExportError
from rejoinder.text import word_lists

_SAVE = "Open the page in a browser, scroll to the end of the comments, and save it again."
_EMBEDS = {name: re.compile("|".join(signs), re.I) for name, signs in word_lists("embeds").items()}
_LINKED = {"name": "@id identifier url", "body": "text", "author": "author.name author",
           "author_id": "author.@id author.url", "time": "dateCreated datePublished",
           "votes": "upvoteCount",
           "parent": "parentItem.@id parentItem.identifier parentItem.url"}  # fmt: skip
_HTML = ("text/html", "application/xhtml+xml")


def records(data: bytes) -> Records | None:
    """None unless it is HTML, alone or with its parts in one file (MHTML)."""
    from lxml import etree, html

    found, url = Records("a saved web page"), None
    if re.match(rb"[\w-]+:", data.lstrip()):
        data, url = _main_part(data, found.remarks)
    try:  # of a file that was cut off, the last letter may be incomplete
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        from bs4.dammit import UnicodeDammit

        text = UnicodeDammit(data, is_html=True).unicode_markup or ""
    if text.strip() and not text.lstrip().startswith("<"):
        return None
    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise ExportError("is an empty page", remedy=_SAVE) from error
    if deep := [one for one in parser.error_log if one.type_name == "ERR_RESOURCE_LIMIT"]:
        raise ExportError("is nested too deeply", line=deep[0].line, remedy=_SAVE)
    embeds = [name for name, sign in _EMBEDS.items() if sign.search(text)]
    linked = [*_linked_data(tree)]
    stated, remarks, comments = page_comments.taken_out(tree, embedded=bool(embeds))
    if len(linked) >= len(comments):
        comments, remarks = linked, []
    found.remarks += remarks
    for one in comments:
        found.comment(**one)
    if not comments:
        where = f": they are loaded from {embeds[0]}, and not saved with it" if embeds else ""
        found.remarks.append(f"The page holds no comment{where}.")
    elif re.search(r"comment-page-\d|[?&;]cpage=\d", text):
        found.remarks.append("Other comments are on further pages, to which this one links.")
    _read_article(tree, text[:3000], url, stated, found)
    return found


def _main_part(data: bytes, remarks: list[str]) -> tuple[bytes, str | None]:
    """The page in an MHTML file, and its address."""
    message = email.message_from_bytes(data.lstrip())
    part = next((part for part in message.walk() if part.get_content_type() in _HTML), None)
    if part is None:
        raise ExportError("is a saved page (MHTML) without HTML in it", remedy=_SAVE)
    if any(type(fault).__name__ == "CloseBoundaryNotFoundDefect" for fault in message.defects):
        remarks.append("The file is cut off: it has no end.")
    url = message["Snapshot-Content-Location"] or part["Content-Location"]
    return part.get_payload(decode=True) or b"", url and str(url)


def _linked_data(tree) -> Iterator[dict]:
    """The comments in JSON-LD."""
    stack: list = []
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            stack.append(json.loads(script))
        except (ValueError, RecursionError):
            continue
    while stack:
        one = stack.pop()
        listed = one.pop("comment", []) if isinstance(one, dict) else []
        stack += one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
        for row, above in nested(listed if isinstance(listed, list) else [listed], "comment"):
            given = taken(row, _LINKED)
            parent = given["parent"] or first(above, _LINKED["name"])
            left_out = None if isinstance(row, dict) else "not a comment"
            yield given | {"parent": parent, "left_out": left_out}


def _read_article(tree, head: str, url: str | None, stated: int | None, found: Records) -> None:
    import trafilatura

    about = trafilatura.extract_metadata(tree)
    body = trafilatura.extract(tree, output_format="html", include_comments=False)
    if body and about.title:  # the title stands above the text
        title = re.escape(escape(about.title, quote=False))
        body = re.sub(rf"<(h\d|p)>\s*{title}\s*</\1>", "", body, count=1)
    if not body and not found.comments:
        found.remarks += ["Scripts write its text."] if tree.xpath("//script") else []
        return
    found.remarks += [] if body else ["The page holds no text of an article."]
    saved = re.search(r"saved from url=\(\d+\)(\S+)|SingleFile\s+url: (\S+)", head)
    url = about.url or url or (saved and (saved[1] or saved[2])) or ""
    times = "//meta[@property='article:published_time' or @itemprop='datePublished']/@content"
    url = re.sub(r"https?://web\.archive\.org/web/\w+/(https?:)/+", r"\1//", url) or None
    time = next(iter(tree.xpath(times)), about.date)
    given = {"title": about.title, "author": about.author, "url": url, "time": time, "stated": stated}
    found.article("article", body=body, **given)
