"""Exports of WordPress (WXR 1.0 to 1.2), and what other blogs write in its form."""

from __future__ import annotations

import re
from collections import Counter

from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.importers.walk import below, children, local, texts
from rejoinder.wording import counted, listed

_COMMENTS = {"", "comment", "review", "rating"}  # types; plugins add notes and logs
_PINGS = {"pingback", "trackback", "pings", "webmention"}
_STATUS = dict.fromkeys(["", "1", "approve", "approved"]) | {
    **dict.fromkeys(["0", "hold", "unapproved", "pending"], "pending"),
    **dict.fromkeys(["trash", "post-trashed"], "trashed"),
    "spam": "spam",
}
_NO_ARTICLES = re.compile("attachment|nav_menu_item|revision|custom_css|customize_changeset|wp_.*")
_PUBLIC = {"", "publish", "inherit", "closed"}
# Captions and embedded addresses are no prose; of other shortcodes the content stays. "[sic]" is none.
_CAPTION = re.compile(r"\[(caption|embed|wp_caption)\b[^\]]*\].*?\[/\1\]", re.DOTALL)
_SHORTCODE = re.compile(r"\[/[a-z][\w-]*\]|\[[a-z][\w-]*(?:\s[^\]]*)?=[^\]]*\]|\[(?:gallery|more|toc)\]")


def records(root) -> Records | None:
    """None unless the root is RSS with elements of WordPress."""
    tags = (str(one.tag) for one in root.iter("*"))
    if local(root.tag) != "rss" or not any("wp:" in tag or "wordpress.org/export" in tag for tag in tags):
        return None
    found, unpublished = Records("a WordPress export"), Counter()
    writers = {one.get("author_login"): one for one in map(texts, below(root, "author"))}
    for number, item in enumerate(below(root, "item"), start=1):
        post, comments = texts(item), below(item, "comment")
        name = post.get("post_id") or post.get("guid") or post.get("link") or f"item-{number}"
        body = next((one for one in children(item, "encoded") if "content" in one.tag), None)
        body = "" if body is None else "".join(body.itertext())
        status = "with a password" if post.get("post_password") else post.get("status", "")
        no_article = _NO_ARTICLES.fullmatch(post.get("post_type", ""))
        if not comments and (no_article or not (body.strip() or status in _PUBLIC)):
            continue
        unpublished[status] += status not in _PUBLIC
        writer = writers.get(post.get("creator") or "-", {})
        found.article(
            name,
            title=post.get("title"),
            body=_paragraphs(_SHORTCODE.sub("", _CAPTION.sub("", body))),
            url=post.get("link"),
            author=writer.get("author_display_name") or post.get("creator"),
            time=_time(post, "post_date"),
        )
        for one in map(texts, comments):
            kind, user = one.get("comment_type", ""), one.get("comment_user_id") or "0"
            no_comment = None if kind in _COMMENTS else "pingback" if kind in _PINGS else "not a comment"
            user, author = (None if it in (None, "0") else it for it in (user, writer.get("author_id")))
            found.comment(
                one.get("comment_id"),
                article=name,
                parent=one.get("comment_parent"),
                body=_paragraphs(one.get("comment_content", "")),
                author=one.get("comment_author"),
                author_id=user,
                time=_time(one, "comment_date"),
                by_author=user == author if user and author else None,
                left_out=no_comment or _STATUS.get(one.get("comment_approved", ""), "hidden"),
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
