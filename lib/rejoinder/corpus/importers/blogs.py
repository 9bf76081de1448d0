"""Exports of blogs in XML: WordPress (WXR 1.0 to 1.2, which others write too), Disqus, Blogger."""

from __future__ import annotations

import re
from collections import Counter

from rejoinder.corpus.importers.records import Records, by_status, why
from rejoinder.corpus.importers.walk import taken, texts
from rejoinder.wording import counted, listed

_COMMENTS = {"", "comment", "review", "rating"}  # types; plugins add notes and logs
_PINGS = {"pingback", "trackback", "pings", "webmention"}
_NO_ARTICLES = re.compile("attachment|nav_menu_item|revision|custom_css|customize_changeset|wp_.*")
_POST = {"title": "title", "url": "link"}
_COMMENT = {"name": "comment_id", "parent": "comment_parent", "author": "comment_author"}
_PUBLIC = {"", "publish", "inherit", "closed"}
# Captions and embedded addresses are no prose; of other shortcodes the content stays. "[sic]" is none.
_CAPTION = re.compile(r"\[(caption|embed|wp_caption)\b[^\]]*\].*?\[/\1\]", re.DOTALL)
_SHORTCODE = re.compile(r"\[/[a-z][\w-]*\]|\[[a-z][\w-]*(?:\s[^\]]*)?=[^\]]*\]|\[(?:gallery|more|toc)\]")
_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?([^/:?#]*)[^/?#]*([^?#]*)(\?[^#]*)?")
_THREAD = {"title": "title", "url": "link", "time": "createdAt"}
_ENTRY = {"name": "id", "title": "title", "body": "content", "time": "published", "stated": "total"}


def wordpress(root) -> Records | None:
    """None unless the root is RSS with elements of WordPress."""
    if root.tag != "rss" or next(root.iter("wxr_version", "post_id", "comment_content"), None) is None:
        return None
    found, unpublished = Records("a WordPress export"), Counter()
    writers = {one.get("author_login"): one for one in map(texts, root.iter("author"))}
    for number, item in enumerate(root.iter("item"), start=1):
        post, comments = texts(item), [*item.iter("comment")]
        name = post.get("post_id") or post.get("guid") or post.get("link") or f"item-{number}"
        body = post.get("encoded", "")
        status = "with a password" if post.get("post_password") else post.get("status", "")
        no_article = _NO_ARTICLES.fullmatch(post.get("post_type", ""))
        if not comments and (no_article or not (body or status in _PUBLIC)):
            continue
        unpublished[status] += status not in _PUBLIC
        writer = writers.get(post.get("creator") or "-", {})
        body = _paragraphs(_SHORTCODE.sub("", _CAPTION.sub("", body)))
        author = writer.get("author_display_name") or post.get("creator")
        time = _time(post, "post_date")
        found.article(name, **taken(post, _POST), body=body, author=author, time=time)
        for one in map(texts, comments):
            kind, user = one.get("comment_type", ""), one.get("comment_user_id") or "0"
            left_out = why(pingback=kind in _PINGS, not_a_comment=kind not in _COMMENTS)
            found.comment(
                **taken(one, _COMMENT),
                article=name,
                body=_paragraphs(one.get("comment_content", "")),
                author_id=None if user == "0" else user,
                time=_time(one, "comment_date"),
                by_author=user == writer["author_id"] if user != "0" and "author_id" in writer else None,
                left_out=left_out or by_status(one.get("comment_approved"), "hidden"),
            )
    if ways := [f"{n} {status}" for status, n in unpublished.items() if n]:
        found.remarks.append(f"Not public: {counted(unpublished.total(), 'article')} ({listed(ways)}).")
    return found


def _time(one: dict[str, str], field: str) -> str | None:
    """The time in UTC, which the field leaves unsaid; the local one where there is no other."""
    time = one.get(f"{field}_gmt")
    if time is None:
        return one.get(field)
    return f"{time}Z" if time and not time.startswith("0000") else None


def _paragraphs(text: str) -> str:
    """Line ends as tags, as WordPress shows them; in its newer blocks they mean nothing."""
    if "<!-- wp:" in text or "<pre" in text:
        return text
    return re.sub(r"\n\s*\n", "<p>", text.replace("\r\n", "\n")).replace("\n", "<br>")


def disqus(root) -> Records | None:
    """None unless the root is `disqus`."""
    if root.tag != "disqus":
        return None
    found = Records("a Disqus export")
    threads = {_id(one): texts(one) for one in root.iterchildren("thread")}
    posts = [(one, _refers(one, "thread")) for one in root.iter("post")]
    most = Counter(thread for _, thread in posts)
    joined = _joined({key: threads[key] for key, _ in most.most_common() if key in threads})
    for key in joined.values():
        found.article(key, **taken(threads[key], _THREAD))
    for post, thread in posts:
        one, closed = texts(post), threads.get(thread, {}).get("isDeleted")
        author = next(map(texts, post.iterchildren("author")), {})
        given = taken(one, {"body": "message", "time": "createdAt"})
        given |= taken(author, {"author": "name", "author_id": "username"})
        says = {key: one.get(f"is{key.title()}") == "true" for key in ("spam", "deleted")}
        left_out = why(**says, pending=one.get("isApproved") == "false", hidden=closed == "true")
        given |= {"article": joined.get(thread, thread), "parent": _refers(post, "parent")}
        found.comment(_id(post), **given, left_out=left_out)
    if empty := len(threads.keys() - most.keys()):
        found.remarks.append(f"{counted(empty, 'thread')} without a post left aside.")
    if same := len(joined) - len({*joined.values()}):
        found.remarks.append(f"{counted(same, 'thread')} joined with another on the same article.")
    return found


def _id(element) -> str | None:
    return element.get("id") or texts(element).get("id") or None


def _refers(post, to: str) -> str | None:
    return next(map(_id, post.iterchildren(to)), None)


def _joined(threads: dict[str, dict[str, str]]) -> dict[str, str]:
    """Each thread's id, with that of the first on the same article: at the same address, but for http or
    https and www; or with the same path and title at another host of the site."""
    names, first = {}, {}
    for key, one in threads.items():
        host, path, query = next(iter(_ADDRESS.findall(one.get("link", "").lower())), ("", "", ""))
        place, title = path.rstrip("/") + query, one.get("title", "").casefold()
        signs = [("host", host, place)] * bool(host) + [("title", title, place)] * bool(place and title)
        names[key] = next((first[sign] for sign in signs if sign in first), key)
        for sign in signs:
            first.setdefault(sign, names[key])
    return names


def blogger(root) -> Records | None:
    """None unless the root is a feed whose entries say of which kind of Blogger they are."""
    entries = [(one, texts(one), _kind(one)) for one in root.iter("entry")]
    if root.tag != "feed" or not any(kind for *_, kind in entries):
        return None
    found, unpublished = Records("a Blogger export"), 0
    comments = [(entry, one) for entry, one, kind in entries if kind == "comment"]
    posts = [one.get("parent") or _attribute(entry, "in-reply-to", "ref") for entry, one in comments]
    for entry, one, kind in entries:
        draft = one.get("status", "LIVE") != "LIVE" or "yes" in one.get("control", "")
        empty = draft and not one.get("content") and one.get("id") not in posts
        if kind in ("post", "page") and not empty:
            unpublished += draft
            url = _attribute(entry, "link", "href", rel="alternate")
            found.article(**taken(one, _ENTRY), **_author(entry), url=url)
    # A link to the answered comment ends in the number in which its id ends.
    ids = {one["id"].rpartition("-")[2]: one["id"] for _, one in comments if one.get("id")}
    for (entry, one), post in zip(comments, posts, strict=True):
        related = (_attribute(entry, "link", "href", rel="related") or "").rpartition("/")[2]
        given = taken(one, _ENTRY) | {"article": post, "parent": one.get("inReplyTo") or ids.get(related)}
        left_out = by_status(one.get("status"), "hidden")
        found.comment(**given, **_author(entry), left_out=left_out)
    if unpublished:
        found.remarks.append(f"Not public: {counted(unpublished, 'article')} (draft or trashed).")
    return found


def _kind(entry) -> str:
    """ "post", "page", "comment", "settings" and so on; "" if the entry does not say it."""
    terms = [one.get("term", "") for one in entry.iterchildren("category")]
    old = [term.rpartition("#")[2] for term in terms if "/blogger/" in term and "#" in term]
    return (old or [texts(entry).get("type", "").lower()])[0]


def _attribute(entry, child: str, name: str, **others: str) -> str | None:
    """An attribute of the first such child that has the other attributes."""
    found = (one for one in entry.iterchildren(child) if others.items() <= dict(one.attrib).items())
    return next((one.get(name) for one in found), None)


def _author(entry) -> dict:
    """Name and address of the profile, which tells people of one name apart."""
    author = next(map(texts, entry.iterchildren("author")), {})
    profile = re.search(r"/profile/\d+", author.get("uri", ""))
    return {"author": author.get("name"), "author_id": profile and profile[0]}
