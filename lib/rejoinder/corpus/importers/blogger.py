"""Exports of Blogger: an Atom feed of posts, comments and settings, or the newer one of Takeout."""

from __future__ import annotations

import re

from rejoinder.corpus.importers.records import Records, fields, local, undeclared
from rejoinder.wording import counted

_STATUS = {
    "SPAM": "spam",
    "TRASH": "trashed",
    "PEND": "pending",
    "MODERAT": "pending",
    "EMPTIED": "deleted",
}


def records(root) -> Records | None:
    """None unless the root is a feed whose entries say of which kind of Blogger they are."""
    if local(root.tag) != "feed":
        return None
    entries = [one for one in root.iter("*") if local(one.tag) == "entry"]
    kinds = [(one, fields(one), _kind(one)) for one in entries]
    if not any(kind for _, _, kind in kinds):
        return None
    found, unpublished = Records("a Blogger export", remarks=undeclared(root)), 0
    comments = [(entry, one, _post(entry, one)) for entry, one, kind in kinds if kind == "comment"]
    answered = {post for *_, post in comments}
    for entry, one, kind in kinds:
        if kind not in ("post", "page"):
            continue
        draft = one.get("status", "LIVE") != "LIVE" or "yes" in one.get("control", "")
        if draft and not one.get("content") and one.get("id") not in answered:
            continue
        unpublished += draft
        url, stated = _link(entry, "alternate"), one.get("total")
        article = {"title": one.get("title"), "body": one.get("content"), "author": _author(entry)[0]}
        found.article(one.get("id"), **article, url=url, time=one.get("published"), stated=stated)
    # A link to the answered comment ends in the number in which its id ends.
    ids = {one["id"].rpartition("-")[2]: one["id"] for _, one, _ in comments if one.get("id")}
    for entry, one, post in comments:
        author, author_id = _author(entry)
        status = one.get("status", "LIVE")
        hidden = next((why for sign, why in _STATUS.items() if sign in status), "hidden")
        found.comment(
            one.get("id"),
            article=post,
            parent=one.get("inReplyTo") or ids.get((_link(entry, "related") or "").rpartition("/")[2]),
            body=one.get("content"),
            author=author,
            author_id=author_id,
            time=one.get("published"),
            left_out=None if status == "LIVE" else hidden,
        )
    if unpublished:
        found.remarks.append(f"Not public: {counted(unpublished, 'article')} (draft or trashed).")
    return found


def _kind(entry) -> str:
    """ "post", "page", "comment", "settings" and so on; "" if the entry does not say it."""
    terms = [one.get("term", "") for one in entry if local(one.tag) == "category"]
    old = [term.rpartition("#")[2] for term in terms if "/blogger/" in term and "#" in term]
    return (old or [fields(entry).get("type", "").lower()])[0]


def _post(entry, one: dict[str, str]) -> str | None:
    replies = (child.get("ref") for child in entry if local(child.tag) == "in-reply-to")
    return one.get("parent") or next(replies, None)


def _link(entry, rel: str) -> str | None:
    links = (one for one in entry if local(one.tag) == "link" and one.get("rel") == rel)
    return next((one.get("href") for one in links), None)


def _author(entry) -> tuple[str | None, str | None]:
    """Name, and address of the profile, which tells people of one name apart."""
    one = next((fields(child) for child in entry if local(child.tag) == "author"), {})
    profile = re.search(r"/profile/\d+", one.get("uri", ""))
    return one.get("name"), profile and profile[0]
