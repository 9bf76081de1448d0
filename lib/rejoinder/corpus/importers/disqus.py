"""Exports of Disqus in its own XML. What Disqus imports is in the form of WordPress."""

from __future__ import annotations

import re
from collections import Counter

from rejoinder.corpus.importers.records import Records, why
from rejoinder.corpus.importers.walk import below, children, local, texts
from rejoinder.wording import counted

_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?([^/:?#]*)[^/?#]*([^?#]*)(\?[^#]*)?")


def records(root) -> Records | None:
    """None unless the root is `disqus`."""
    if local(root.tag) != "disqus":
        return None
    found = Records("a Disqus export")
    threads = {_id(one): texts(one) for one in children(root, "thread")}
    posts = [(one, _refers(one, "thread")) for one in below(root, "post")]
    most = Counter(thread for _, thread in posts)
    joined = _joined({key: threads[key] for key, _ in most.most_common() if key in threads})
    for key in dict.fromkeys(joined.values()):
        one = threads[key]
        found.article(key, title=one.get("title"), url=one.get("link"), time=one.get("createdAt"))
    for post, thread in posts:
        one = texts(post)
        author = next(map(texts, children(post, "author")), {})
        found.comment(
            _id(post),
            article=joined.get(thread, thread),
            parent=_refers(post, "parent"),
            body=one.get("message"),
            author=author.get("name"),
            author_id=author.get("username"),
            time=one.get("createdAt"),
            left_out=why(
                spam=one.get("isSpam") == "true",
                deleted=one.get("isDeleted") == "true",
                pending=one.get("isApproved") == "false",
                hidden=threads.get(thread, {}).get("isDeleted") == "true",
            ),
        )
    if empty := len(threads.keys() - most.keys()):
        found.remarks.append(f"{counted(empty, 'thread')} without a post left aside.")
    if same := len(joined) - len({*joined.values()}):
        found.remarks.append(f"{counted(same, 'thread')} joined with another on the same article.")
    return found


def _id(element) -> str | None:
    own = next((value for key, value in element.attrib.items() if local(key) == "id"), None)
    return own or texts(element).get("id") or None


def _refers(post, to: str) -> str | None:
    return next(map(_id, children(post, to)), None)


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
