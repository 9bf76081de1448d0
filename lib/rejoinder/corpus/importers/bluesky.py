"""Threads of Bluesky, as its `getPostThread` gives them: nested, or in the second version as a list."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.corpus.importers.records import Records, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, taken

_POST = {"name": "uri", "body": "record.text", "author": "author.displayName author.handle",
         "author_id": "author.did", "time": "record.createdAt indexedAt", "replies": "replyCount",
         "votes": "likeCount", "article": "record.reply.root.uri"}  # fmt: skip


def records(data: object) -> Records | None:
    """The first post of a thread as its article, all others as comments; None for another format."""
    nodes = [node for page in items(data) for node in _nodes(page)]
    if not any(has(get(node, "post"), "uri", "record") for node, _ in nodes):
        return None
    gates = [items(page, "threadgate", "record", "hiddenReplies") for page in items(data)]
    hidden = {str(uri) for gate in gates for uri in gate}
    records = Records("Bluesky thread")
    for node, above in nodes:
        post = get(node, "post")
        parent = first(post, "record.reply.parent.uri") or above
        if not isinstance(post, dict):
            signs = f"{get(node, '$type')} {[*node] if isinstance(node, dict) else ''}".lower()
            no_post = {"blocked": "blocked" in signs, "deleted": "notfound" in signs}
            left_out = why(**no_post, hidden="nounauthenticated" in signs, not_a_comment=True)
            records.comment(get(node, "uri"), parent=parent, left_out=left_out)
        elif parent:
            left_out = why(hidden=get(node, "hiddenByThreadgate") or str(get(post, "uri")) in hidden)
            records.comment(**taken(post, _POST) | {"parent": parent}, markup="text", left_out=left_out)
        else:
            at = str(get(post, "uri")).split("/")  # at://the author/the collection/the post
            url = f"https://bsky.app/profile/{at[2]}/post/{at[-1]}" if len(at) > 4 else None
            records.article(**taken(post, _POST), markup="text", url=url)
    return records


def _nodes(page: object) -> Iterator[tuple[object, object]]:
    """Each node of a thread, with the uri of the one that it stands below."""
    thread, above = get(page, "thread"), None
    if isinstance(thread, list):
        for one in thread:  # a post states which one it answers
            value = get(one, "value")
            yield {**(value if isinstance(value, dict) else {}), "uri": get(one, "uri")}, None
        return
    chain = [thread]
    while parent := get(chain[-1], "parent"):
        chain.append(parent)
    for one in reversed(chain[1:]):
        yield one, above
        above = first(one, "post.uri uri")
    for one, parent in nested(items(thread), "replies"):
        yield one, first(parent, "post.uri uri") if parent else above
