"""Text as people wrote it, from text as exports carry it: repaired once, before offsets are counted."""

from __future__ import annotations

import re
from html import unescape
from itertools import accumulate
from unicodedata import category, normalize

import pandas as pd

from rejoinder.text import word_lists

_MARKS_OF_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w{2,31};|<!--")
_DOUBLE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]")  # UTF-8 read as cp1252
_HALVES = re.compile("[\ud800-\udfff]")  # of a pair of surrogates, which no file can hold
# Soft hyphens, zero-width spaces, marks of byte order and direction, control signs. What joins letters
# or the signs of an emoji stays.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_LINE_END = re.compile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")
_BLOCKS = "address article aside dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNSEEN = ["button", "form", "noscript", "script", "style", "svg", "template"]
_PARAGRAPHS = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_NESTED = re.compile(r"(?i)</?(?:b|blockquote|div|em|font|i|ol|section|span|strong|table|ul)\b")
_MOST_NESTED = 500  # deeper is no text of a person, and takes minutes to read
_PLACEHOLDERS = {
    why: re.compile("|".join(ways), re.I) for why, ways in word_lists("placeholders").items()
}
_ENTITY = re.compile(r"&#?\w{2,31};")
_PLACEHOLDER_LETTERS = 300


def plain(body: object, markup: str) -> str:
    """The words of a body: paragraphs apart by a blank line, lines that quote others beginning with "> ",
    headings with "## ".

    Tags and Markdown (`markup` "html" or "markdown") become what they stand for; entities are decoded
    once; double-encoded and decomposed letters are mended; signs that nobody sees are taken out. A
    missing body, also a list or an object in its place, gives "".
    """
    text = "" if isinstance(body, list | dict) or pd.isna(body) else str(body)
    text = text if text.isascii() else _HALVES.sub("\ufffd", text)
    if markup == "markdown":
        import mistune

        # Some platforms escape the marks of Markdown on their way out.
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
        text = re.sub(r">!(.+?)!<", r"\1", text)  # hidden until somebody asks for it
        text = re.sub(r"^(\s*\d+)\.", r"\1\\.", text, flags=re.MULTILINE)  # "1986." is no list
        text = mistune.create_markdown(escape=True)(text)  # platforms show tags as text
    if markup != "text" and _MARKS_OF_HTML.search(text):
        text = _without_tags(text)
    elif markup == "text":
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    while (mended := _mended(text)) != text:  # what was between two letters may have been taken out
        text = mended
    lines = [line.rstrip() for line in _LINE_END.split(text)]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return whole if any(category(sign) not in ("Cf", "Mn", "Zs", "Cc") for sign in whole) else ""


def _mended(text: str) -> str:
    if text.isascii():
        return _INVISIBLE.sub("", text)
    if _DOUBLE.search(text):
        import ftfy

        text = ftfy.fix_encoding(text)
    return _INVISIBLE.sub("", normalize("NFC", text))


def as_text(value: object) -> str | None:
    """An id or a time as text; None for none. A whole number read as a fraction loses its ".0"."""
    if isinstance(value, list | dict) or pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(_HALVES.sub("\ufffd", str(value)).split())
    return re.sub(r"(?<=\d)\.0$", "", text) if re.fullmatch(r"\d+\.0", text) else text or None


def unwrapped(text: str) -> str:
    """A text that was broken at the margin with one line a paragraph; any other as it is.

    It was broken if many lines go on with a small letter. Code in fences stays, and so do the lines
    that begin lists, headings, tables and quotations.
    """
    parts = re.split(r"(^(?:```|~~~).*?^(?:```|~~~).*?$)", text, flags=re.MULTILINE | re.DOTALL)
    ends = re.findall(r"\S[^\S\n]*\n[^\S\n]*(\S)", "".join(parts[::2]))
    if sum(map(str.islower, ends)) <= max(1, len(ends) / 3):
        return text
    inside = r"(?<=\S)[^\S\n]*\n(?!\s|[#>|=*+-]|\d+[.)])"
    return "".join(re.sub(inside, " ", part) if at % 2 == 0 else part for at, part in enumerate(parts))


def one_line(text: object) -> str | None:
    """A title or name on one line, without tags and with decoded entities; None if it is empty."""
    return " ".join(plain(text, "html").split()) or None


def placeholder(text: str) -> str | None:
    """Why a platform put this in the place of a comment ("deleted" for "[deleted]"); None: it did not."""
    if len(text) > _PLACEHOLDER_LETTERS:
        return None
    return next((why for why, sign in _PLACEHOLDERS.items() if sign.fullmatch(text)), None)


def _without_tags(html: str) -> str:
    from bs4 import BeautifulSoup

    depth = accumulate(-1 if tag[1] == "/" else 1 for tag in _NESTED.findall(html))
    if max(depth, default=0) > _MOST_NESTED:
        return unescape(re.sub(r"<[^<>]*>", " ", html))
    # Without tags for paragraphs, as in many blogs, line breaks are meant.
    if _PARAGRAPHS.search(html):
        html = re.sub(r"\s*[\r\n]\s*", " ", html)
    soup = BeautifulSoup(html, "lxml")
    for unseen in soup(_UNSEEN):
        unseen.decompose()
    for picture in soup("img"):
        # Some platforms write an emoji as a picture.
        sign = str(picture.get("alt", ""))
        picture.replace_with(sign if "emoji" in str(picture.get("class", "")) or len(sign) < 3 else "")
    for end in soup("br"):
        end.replace_with("\n")
    for block in soup(_BLOCKS.split()):
        block.insert_before("\n\n")
        block.insert_after("\n\n")
        if block.name in _HEADINGS and block.get_text(strip=True):
            block.insert(0, "## ")
    for quote in reversed(soup("blockquote") + soup("aside", class_="quote")):  # the innermost first
        said = re.sub(r"\n\s*\n", "\n\n", quote.get_text().strip())
        lines = (f"> {line.strip()}".rstrip() for line in said.split("\n"))
        quote.replace_with("\n\n" + "\n".join(lines) + "\n\n")
    return re.sub(r"[ \t]*\n[ \t]*", "\n", soup.get_text())
