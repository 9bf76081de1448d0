"""Threads of Bluesky, as its `getPostThread` gives them: nested, or in the second version as a list."""

from __future__ import annotations

from collections.abc import Iterator

from rejoinder.corpus.importers.records import Records, first, get, has, items, nested, taken

_POST = {"name": "uri", "body": "record.text", "author": "author.displayName author.handle",
         "author_id": "author.did", "time": "record.createdAt indexedAt"}  # fmt: skip
_COMMENT = {**_POST, "article": "record.reply.root.uri", "votes": "likeCount"}
_NO_POST = {"blocked": "blocked", "notfound": "deleted", "nounauthenticated": "hidden"}


def records(data: object) -> Records | None:
    """The first post of a thread as its article, all others as comments; None for another format."""
    nodes = [node for page in items(data) for node in _nodes(page)]
    if not any(has(get(node, "post"), "uri", "record") for node, _ in nodes):
        return None
    gates = [items(page, "threadgate", "record", "hiddenReplies") for page in items(data)]
    hidden = {str(uri) for gate in gates for uri in gate}
    records, replies = Records("Bluesky thread"), {}
    for node, above in nodes:
        post = get(node, "post")
        parent = first(post, "record.reply.parent.uri") or above
        replies[str(get(post, "uri"))] = get(post, "replyCount")
        if not isinstance(post, dict):
            signs = " ".join([str(get(node, "$type")), *(node if isinstance(node, dict) else ())]).lower()
            why = next((why for sign, why in _NO_POST.items() if sign in signs), "not a comment")
            records.comment(get(node, "uri"), parent=parent, left_out=why)
        elif parent:
            why = "hidden" if get(node, "hiddenByThreadgate") or str(get(post, "uri")) in hidden else None
            records.comment(**taken(post, _COMMENT), parent=parent, markup="text", left_out=why)
        else:
            at = str(get(post, "uri")).split("/")  # at://the author/the collection/the post
            url = f"https://bsky.app/profile/{at[2]}/post/{at[-1]}" if len(at) > 4 else None
            records.article(**taken(post, _POST), markup="text", url=url)
    records.announced(replies)
    return records


def _nodes(page: object) -> Iterator[tuple[object, object]]:
    """Each node of a thread, with the uri of the one that it stands below."""
    thread, above, outer = get(page, "thread"), {}, None
    if isinstance(thread, list):
        for one in thread:
            depth, value = get(one, "depth"), get(one, "value")
            above[str(depth)] = get(one, "uri")
            below = above.get(str(depth - 1)) if isinstance(depth, int) else None
            yield {**(value if isinstance(value, dict) else {}), "uri": get(one, "uri")}, below
        return
    chain = [thread]
    while parent := get(chain[-1], "parent"):
        chain.append(parent)
    for one in reversed(chain[1:]):
        yield one, outer
        outer = first(one, "post.uri uri")
    for one, parent in nested(items(thread), "replies"):
        yield one, first(parent, "post.uri uri") if parent else outer
