"""The comments in a web page: found by the marks of known systems, or because they look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from rejoinder.corpus.importers.records import why
from rejoinder.corpus.importers.repair import plain
from rejoinder.corpus.pasted_page import kinds
from rejoinder.text import word_lists

_MARKS = {what: [re.compile(way) for way in ways] for what, ways in word_lists("web_page").items()}
_TYPE = re.compile(r"schema\.org/(?:user)?comments?/?$", re.I)
_NO_REGION = ("a", "body", "button", "h1", "h2", "h3", "h4", "html", "input", "main", "span", "textarea")
_TITLES = ("h2", "h3", "h4", "h5", "h6")
_HEADINGS = ("h1", *_TITLES, "div", "p", "span", "strong", "legend")
_SMALL = ("a", "label", "li", "small", "span")  # what buttons are made of
_WIDGET_LETTERS, _NAME_LETTERS, _LINE_LETTERS, _PROSE_LETTERS = 3000, 60, 100, 100
_WRITER = re.compile(
    r"(?:(?:comment|(pingback|trackback)) by |(?:submitted|posted|written)?:? ?by )?(.+?)"
    r"(?:(?:,? (?:says|wrote|said|on)\b.*)|\s[—–|·-]\s.*|\W*)$", re.I
)  # fmt: skip
_ANSWERS = re.compile(r"\b(?:in reply|reply|replying|in response|answer) to\b|^@|^↑", re.I)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = r"(?:\W{1,3}(?:at )?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\b)?)?"
_DAY = re.compile(
    rf"\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}{_CLOCK}"
    rf"|(?:\d{{1,2}}\W{{1,2}}[^\W\d]{{3,9}}|[^\W\d]{{3,9}}\W{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?)\W{{1,3}}\d{{4}}{_CLOCK}"
)


def taken_out(tree, *, embedded: bool) -> tuple[int | None, list[str], list[dict]]:
    """How many comments the page says there are, remarks, and what `Records.comment` takes of each.

    The comments, their heading, and lists of recent ones are taken out of the page. Where comments are
    `embedded` from elsewhere, plain paragraphs are rules and notices, and no comments.
    """
    for one in _marked(tree, "widget"):
        if len(one.text_content()) < _WIDGET_LETTERS and one.tag not in _NO_REGION:
            _drop(one)
    headings = [one for one in tree.iter(*_HEADINGS) if len(one) < 4 and _kinds(one) & {"own", "count"}]
    # "3 comments" below the title announces none.
    below = [
        one for one in headings if sum(map(len, one.xpath("preceding::p//text()"))) >= _PROSE_LETTERS
    ]
    found, remarks = _known(tree) or _alike(tree, below) or tree.xpath("//*[@itemprop='comment']"), []
    if not found and not embedded and (found := _paragraphs(below)):
        remarks.append("Each paragraph below the heading of the comments counts as one, without a name.")
    # From the last to the first: what is nested in a comment has gone when its own words are read.
    known = {*found}
    rows = [_row(one, known) for one in reversed(found)][::-1]
    names = {one: rows[n]["name"] or f"c{n + 1:02d}" for n, one in enumerate(found)}
    rows = [row | {"parent": names.get(row["parent"], row["parent"])} for row in rows]
    numbers = [number for one in headings for number in re.findall(r"\d[\d.,]*", _line(one))[:1]]
    numbers += re.findall(r'"commentCount"\s*:\s*"?(\d+)', " ".join(tree.xpath("//script/text()")))
    for one in headings:
        _drop(one)
    return next((int(re.sub(r"\D", "", n)) for n in numbers), None), remarks, rows


def _known(tree) -> list:
    """Elements with microdata of comments, or with the ids that blogs give them."""
    if found := [one for one in tree.iter("*") if _TYPE.search(one.get("itemtype", ""))]:
        return found
    found: dict = {}
    for one in tree.iter("*"):
        if own := _id_in(one.get("id")) or (one.tag == "a" and _id_in(one.get("name"))):
            whole, after = one, one.getnext()
            if one.tag == "a":  # an anchor before it, or at its beginning
                whole = after if after is not None and _is(after, "comment") else one.getparent()
            # Several elements, one in another, may have the id of one comment.
            if own not in map(found.get, [whole, *whole.iterancestors()]):
                found[whole] = own
    return [*found]


def _alike(tree, headings: list) -> list:
    """Elements of one kind, each with a time and most with a name, in a part of the page for comments."""
    regions = [[one] for one in _marked(tree, "region") if one.tag not in _NO_REGION]
    best, most = [], (0, 0)
    for region in [*regions, *map(_below, headings)]:
        groups: dict[tuple, dict] = defaultdict(dict)
        inside = dict.fromkeys(one for top in region for one in top.iter("*"))
        for sign in filter(_time, inside):
            nearest = {_kind(one): one for one in [*sign.iterancestors()][::-1] if one in inside}
            for kind, one in nearest.items():
                groups[kind][one] = None
        for found in groups.values():
            size = len(found), sum(len(one.text_content()) for one in found)
            if size > most and (len(found) > 1 or _is(*found, "comment")):
                named = sum(_name(one) is not None for one in found)
                best, most = ([*found], size) if 2 * named >= len(found) else (best, most)
    lists, kinds_of = {one.getparent() for one in best}, {_kind(one) for one in best}
    return [one for one in tree.iter("*") if one.getparent() in lists and _kind(one) in kinds_of]


def _paragraphs(headings: list) -> list:
    tops = [one for heading in headings for one in _below(heading)]
    found = dict.fromkeys(one for top in tops for one in top.iter("p") if _line(one))
    return [one for one in found if not _kinds(one)]


def _below(heading) -> list:
    """What follows a heading; if it stands alone in a block, what follows that."""
    while heading is not None and heading.tag != "body":
        if after := [one for one in heading.itersiblings("*") if _line(one)]:
            return after
        heading = heading.getparent()
    return []


def _row(one, known: set) -> dict:
    """What is known of a comment, and its words; the element is taken out of the page."""
    row = {"name": _own_id(one), "parent": _parent(one, known)}
    is_pending, is_ping = _marked(one, "pending"), _marked(one, "pingback")
    is_ping = is_ping or _line(one).startswith(("Pingback:", "Trackback:"))
    body, text = next(_parts(one, "body", _is_body), None), ""
    if body is not None:
        text = _words(body)
        _drop(body)
    name, times = _name(one), [time for part in one.iterdescendants("*") if (time := _time(part))]
    writer = _WRITER.match(name) if name else None
    votes = (re.search(r"-?\d+", _line(part) or part.get("content", "")) for part in _parts(one, "votes"))
    login = re.search(r"comment-author-([\w-]+)", one.get("class", ""))
    row |= {
        "author": writer[2] if writer else name,
        "author_id": one.get("data-user-id") or one.get("data-author-id") or (login and login[1]),
        "time": next((time for time in times if _ISO.match(time)), next(iter(times), None)),
        "votes": next((found[0] for found in votes if found), None),
        "by_author": True if _is(one, "by_author") else None,
    }
    if body is None:
        for part in [*one.iterdescendants("*")][::-1]:
            if _line(part) == name or _time(part):
                _drop(part)
        text = _words(one)
    else:
        titles = (_line(part) for part in one.iter(*_TITLES) if _line(part) and not _kinds(part))
        if (title := next(titles, name)) != name and not text.startswith(title.rstrip("….")):
            text = f"{title}\n\n{text}"
    furniture = body is None and not name and (not text or kinds(text[:_LINE_LETTERS]))
    is_ping = is_ping or (writer and writer[1])
    left_out = why(pingback=is_ping, pending=is_pending, page_furniture=furniture)
    _drop(one)
    return {**row, "body": text.replace("&", "&amp;"), "markup": "text", "left_out": left_out}


def _own_id(one) -> str | None:
    before, parts = one.getprevious(), [*one.iter("*")]
    parts = parts if before is None or before.tag != "a" else [before, *parts]
    marks = [part.get(key) for part in parts for key in ("id", "name")]
    stated = (one.get(key) for key in ("data-comment-id", "data-commentid", "data-id"))
    ways = [*map(_id_in, marks), *stated, *map(_id_in, map(_target, parts)), one.get("id")]
    return next(filter(None, ways), None)


def _parent(one, known: set):
    """The id it says it answers, else the comment in which, or in whose replies, it stands."""
    for key in ("data-parent-id", "data-parentid", "data-parent", "data-reply-to"):
        if stated := one.get(key):
            return _id_in(stated) or stated
    for part in one.iter("a"):
        lines = [line for line in (_line(part), _line(part.getparent())) if len(line) <= _LINE_LETTERS]
        if to := _id_in(_target(part)) if any(map(_ANSWERS.search, lines)) else None:
            return to
    for above in one.iterancestors():
        if above in known:
            return above
        for beside in above.itersiblings("*", preceding=True) if _is(above, "replies") else ():
            inside = [part for part in beside.iter("*") if part in known][:2]
            if inside[:1] == [beside] or len(inside) == 1:
                return inside[0]
    return None


def _words(body) -> str:
    """The text of an element without what stands around the words of a comment."""
    for part in [*body.iterdescendants("*")][::-1]:
        if _is(part, "around") or _is_button(part):
            _drop(part)
    for part in body.iter(*_TITLES):
        part.tag = "p"
    text = plain(etree.tostring(body, encoding="unicode", with_tail=False), "html")
    return re.sub(r"^[·•|] *$", "", text, flags=re.MULTILINE).strip()  # between buttons


def _name(one) -> str | None:
    """The name of the writer, or the line that holds it; else a short line before the time."""
    for part in _parts(one, "name", lambda part: not part.xpath("ancestor::blockquote")):
        line = _line(part) or part.get("content", "").strip()
        if line and len(line) <= _LINE_LETTERS and not _kinds(part):
            return line
    above = None
    for part in one.iterdescendants("*"):
        if _time(part):
            return above
        if not above and 0 < len(_line(part)) <= _NAME_LETTERS and not len(part) and not _kinds(part):
            above = _line(part)
    return None


def _is_body(part) -> bool:
    """Whether neither name nor time stand in it."""
    inside = [*part.iterdescendants("*")]
    names = (way.fullmatch(mark) for one in inside for mark in _tokens(one) for way in _MARKS["name"][:3])
    return not any(one.tag == "time" for one in inside) and not any(names)


def _time(part) -> str | None:
    """The time that an element states, if possible as machines read it; None if it is none."""
    marked, line = _is(part, "time"), _line(part)
    if part.get("datetime") or marked:
        for key in ("datetime", "content", "title"):
            if _ISO.match(value := part.get(key, "").strip()):
                return value
    day, dated = _DAY.search(line), "date" in _kinds(part)
    if len(line) > _LINE_LETTERS or not ((dated and not len(part)) or (marked and (dated or day))):
        return None
    return re.sub(r"\s*[@|·]\s*|\s+at\s+", " ", day[0]) if day else line


def _is_button(part) -> bool:
    """Whether a small element is a button or a count, and no word of a sentence."""
    if part.tag not in _SMALL or not _kinds(part) & {"button", "count", "link", "date"}:
        return False
    above = part.getparent()
    return not re.search(r"\w", "".join([above.text or "", *(one.tail or "" for one in above)]))


def _parts(one, what: str, fits=lambda _: True) -> Iterator:
    """The elements in `one` with a mark, those with the surest mark first."""
    for way in _MARKS[what]:
        for part in one.iterdescendants("*"):
            if any(map(way.fullmatch, _tokens(part))) and fits(part):
                yield part


def _marked(tree, what: str) -> list:
    return [one for one in tree.iter("*") if _is(one, what)]


def _is(one, what: str) -> bool:
    return any(way.fullmatch(mark) for mark in _tokens(one) for way in _MARKS[what])


def _tokens(one) -> list[str]:
    marks = [*one.get("class", "").split(), one.get("id", ""), f"tag:{one.tag}"]
    for key in ("itemprop", "rel", "property"):
        marks += [f"{key}:{value}" for value in one.get(key, "").split()]
    return [mark.lower() for mark in marks]


def _id_in(value: str | None) -> str | None:
    """The number in an id such as "comment-12"."""
    found = _MARKS["own_id"][0].fullmatch((value or "").lower())
    return found and found[1]


def _target(part) -> str:
    return part.get("href", "").rpartition("#")[2]


def _kind(one) -> tuple[str, str]:
    names = (mark for mark in one.get("class", "").split() if not re.search(r"\d", mark))
    return one.tag, next(names, "")


def _kinds(one) -> frozenset[str]:
    line = _line(one)
    return kinds(line) if 0 < len(line) <= _LINE_LETTERS else frozenset()


def _line(one) -> str:
    return " ".join(one.text_content().split())


def _drop(one) -> None:
    if one.getparent() is not None:
        one.drop_tree()
