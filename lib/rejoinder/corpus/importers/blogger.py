"""Exports of Blogger: an Atom feed of posts, comments and settings, or the newer one of Takeout."""

from __future__ import annotations

import re

from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.walk import below, children, local, texts
from rejoinder.wording import counted

# By a part of what the field says.
_STATUS = {"LIVE": None, "SPAM": "spam", "TRASH": "trashed", "PEND": "pending", "MODERAT": "pending",
           "EMPTIED": "deleted", "": "hidden"}  # fmt: skip


def records(root) -> Records | None:
    """None unless the root is a feed whose entries say of which kind of Blogger they are."""
    entries = [(one, texts(one), _kind(one)) for one in below(root, "entry")]
    if local(root.tag) != "feed" or not any(kind for *_, kind in entries):
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
            found.article(**_given(entry, one), title=one.get("title"), url=url, stated=one.get("total"))
    # A link to the answered comment ends in the number in which its id ends.
    ids = {one["id"].rpartition("-")[2]: one["id"] for _, one in comments if one.get("id")}
    for (entry, one), post in zip(comments, posts, strict=True):
        related = (_attribute(entry, "link", "href", rel="related") or "").rpartition("/")[2]
        parent, status = one.get("inReplyTo") or ids.get(related), one.get("status", "LIVE")
        left_out = next(why for sign, why in _STATUS.items() if sign in status)
        found.comment(**_given(entry, one), article=post, parent=parent, left_out=left_out)
    if unpublished:
        found.remarks.append(f"Not public: {counted(unpublished, 'article')} (draft or trashed).")
    return found


def _kind(entry) -> str:
    """ "post", "page", "comment", "settings" and so on; "" if the entry does not say it."""
    terms = [one.get("term", "") for one in children(entry, "category")]
    old = [term.rpartition("#")[2] for term in terms if "/blogger/" in term and "#" in term]
    return (old or [texts(entry).get("type", "").lower()])[0]


def _attribute(entry, child: str, name: str, **others: str) -> str | None:
    """An attribute of the first such child that has the other attributes."""
    found = (one for one in children(entry, child) if others.items() <= dict(one.attrib).items())
    return next((one.get(name) for one in found), None)


def _given(entry, one: dict[str, str]) -> dict:
    """What posts and comments have; the address of a profile tells people of one name apart."""
    author = next(map(texts, children(entry, "author")), {})
    profile = re.search(r"/profile/\d+", author.get("uri", ""))
    given = {"name": one.get("id"), "body": one.get("content"), "time": one.get("published")}
    return {**given, "author": author.get("name"), "author_id": profile and profile[0]}
