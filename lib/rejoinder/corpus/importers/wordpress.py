"""Exports of WordPress (WXR 1.0 to 1.2), and what other blogs write in its form."""

from __future__ import annotations

import re
from collections import Counter

from rejoinder.corpus.importers.records import Records, fields, local, undeclared
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
    found = Records("a WordPress export", remarks=undeclared(root))
    writers = [fields(one) for one in root.iter("*") if local(one.tag) == "author"]
    writers = {one.get("author_login"): one for one in writers if one.get("author_login")}
    unpublished: Counter[str] = Counter()
    items = [one for one in root.iter("*") if local(one.tag) == "item"]
    for number, item in enumerate(items, start=1):
        post = fields(item)
        name = post.get("post_id") or post.get("guid") or post.get("link") or f"item-{number}"
        comments = [one for one in item.iterdescendants("*") if local(one.tag) == "comment"]
        bodies = [
            one for one in item.iterchildren("*") if local(one.tag) == "encoded" and "content" in one.tag
        ]
        body = "".join(bodies[0].itertext()) if bodies else ""
        status = "with a password" if post.get("post_password") else post.get("status", "")
        if not comments and (
            _NO_ARTICLES.fullmatch(post.get("post_type", "")) or not (body.strip() or status in _PUBLIC)
        ):
            continue
        unpublished[status] += status not in _PUBLIC
        writer = writers.get(post.get("creator"), {})
        found.article(
            name,
            title=post.get("title"),
            body=_paragraphs(_SHORTCODE.sub("", _CAPTION.sub("", body))),
            url=post.get("link"),
            author=writer.get("author_display_name") or post.get("creator"),
            time=_time(post, "post_date"),
        )
        for comment in comments:
            _comment(found, name, fields(comment), writer.get("author_id"))
    if ways := [f"{n} {status}" for status, n in unpublished.items() if n]:
        found.remarks.append(f"Not public: {counted(unpublished.total(), 'article')} ({listed(ways)}).")
    return found


def _comment(found: Records, article: str, one: dict[str, str], writer: str | None) -> None:
    kind, user = one.get("comment_type", ""), one.get("comment_user_id") or "0"
    left_out = _STATUS.get(one.get("comment_approved", ""), "hidden")
    if kind not in _COMMENTS:
        left_out = "pingback" if kind in _PINGS else "not a comment"
    found.comment(
        one.get("comment_id"),
        article=article,
        parent=one.get("comment_parent"),
        body=_paragraphs(one.get("comment_content", "")),
        author=one.get("comment_author"),
        author_id=None if user == "0" else user,
        time=_time(one, "comment_date"),
        by_author=user == writer if writer and user != "0" else None,
        left_out=left_out,
    )


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
