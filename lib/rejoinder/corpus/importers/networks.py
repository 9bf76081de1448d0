"""Discussions in networks: Reddit, YouTube, Bluesky, Mastodon, Hacker News."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rejoinder.corpus.importers.records import Records, by_status, count, why
from rejoinder.corpus.importers.walk import first, get, has, items, nested, spread, taken
from rejoinder.wording import counted

# A name is taken once and for all, so it is an id.
_REDDIT = {"author": "author.name author", "author_id": "author.name author", "time": "created_utc",
           "title": "title", "stated": "num_comments", "article": "link_id", "parent": "parent_id",
           "by_author": "is_submitter"}  # fmt: skip
_VIDEO = {"name": "id.videoId id", "title": "snippet.title title",
          "author": "snippet.channelTitle uploader", "author_id": "snippet.channelId channel_id",
          "body": "snippet.description description",
          "stated": "statistics.commentCount comment_count"}  # fmt: skip
_YOUTUBE = {"name": "id cid", "author": "snippet.authorDisplayName author",
            "by_author": "author_is_uploader",
            "author_id": "snippet.authorChannelId.value author_id channel",
            "time": "snippet.publishedAt timestamp time_parsed",
            "votes": "snippet.likeCount like_count votes"}  # fmt: skip
_BLUESKY = {"name": "uri", "body": "record.text", "author": "author.displayName author.handle",
            "author_id": "author.did", "time": "record.createdAt indexedAt", "replies": "replyCount",
            "votes": "likeCount", "article": "record.reply.root.uri"}  # fmt: skip
_MASTODON = {"name": "id", "author": "account.display_name account.acct", "body": "content",
             "author_id": "account.id", "time": "created_at", "url": "url uri",
             "parent": "in_reply_to_id", "votes": "favourites_count",
             "replies": "replies_count"}  # fmt: skip
_ITEM = {"name": "id objectID", "author": "author by", "author_id": "author by",
         "time": "created_at time"}  # fmt: skip
_STORY = {**_ITEM, "title": "title", "body": "text story_text", "url": "url",
          "stated": "descendants num_comments"}  # fmt: skip
_COMMENT = {**_ITEM, "article": "story_id", "body": "text comment_text", "votes": "points score"}
_TOLD = {"name": "story_id", "title": "story_title", "url": "story_url"}  # in the hit of a comment


def reddit(data: object) -> Records | None:
    """The submissions (`t3`) and comments (`t1`); None for what is not of Reddit."""
    things = list(_things(data))
    if not any(kind in ("t1", "t3") for kind, _ in things):
        return None
    records = Records("Reddit discussion")
    more = [count(get(one, "count")) or 0 for kind, one in things if kind == "more"]
    for kind, one in things:
        name, number, given = first(one, "name"), first(one, "id"), taken(one, _REDDIT)
        if name is None and number is not None:
            name = f"{kind}_{number}" if kind else number
        if kind == "t3":
            url = str(first(one, "url") or "").replace("&amp;", "&")
            records.article(name, **given, body=first(one, "selftext"), url=url, markup="markdown")
        elif kind != "more":
            votes = None if get(one, "score_hidden") else first(one, "score")
            left_out = _left_out(one, given["author"]) if kind == "t1" else "not a comment"
            given |= {"body": first(one, "body"), "markup": "markdown", "votes": votes}
            records.comment(name, **given, left_out=left_out)
    if sum(more):
        records.remarks.append(f"Not in the file: {counted(sum(more), 'comment')} behind “more”.")
    if 0 in more:
        records.remarks.append(f"Threads that go on elsewhere: {more.count(0)}.")
    return records


def _things(data: object) -> Iterator[tuple[str | None, dict]]:
    """The kind and the content of each thing, in the order of the file; a kind of None if unknown."""
    stack = [data]
    while stack:
        one = stack.pop()
        kind, inner = get(one, "kind"), get(one, "data")
        if isinstance(one, list):
            stack += reversed(one)
        elif kind == "Listing":
            stack += reversed(items(inner, "children"))
        elif has(one, "submission") or has(one, "comments"):
            stack += [get(one, "comments", default=[]), get(one, "submission", default=[])]
        else:
            inner = inner if isinstance(inner, dict) else one if isinstance(one, dict) else {}
            yield kind if isinstance(kind, str) and inner is not one else _kind(one), inner
            stack += reversed(items(inner, "replies"))


def _kind(one: object) -> str | None:
    if has(one, "body") and (has(one, "link_id") or has(one, "subreddit")):
        return "t1"
    return "t3" if has(one, "title", "selftext") or has(one, "title", "subreddit") else None


def _left_out(one: dict, author: object) -> str | None:
    """Why a comment is none: the dump says that it was taken back, or moderators wrote it as a notice."""
    taken_back = str(get(one, "_meta", "removal_type", default=""))
    deleted = taken_back or get(one, "_meta", "was_deleted_later")
    notice = (get(one, "stickied") and get(one, "distinguished")) or author == "AutoModerator"
    noted = "moderator's note" if notice else None
    return why(removed=taken_back.startswith("removed"), deleted=deleted) or noted


def youtube(data: object) -> Records | None:
    """Comments and, where they are in the file, videos; None for what is not of YouTube."""
    pages, found = items(data), spread(data, "items")
    if not any(map(_is_youtube, [*pages, *found])):
        return None
    records = Records("YouTube comments")
    for one in found:
        inner, top = get(one, "snippet", default={}), get(one, "snippet", "topLevelComment")
        video = get(inner, "videoId")
        if has(one, "webpage_url") or has(inner, "title", "description"):
            given, day = taken(one, _VIDEO), str(get(one, "upload_date"))  # of UTC
            dashed = f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00Z"
            time = dashed if day.isdecimal() else get(inner, "publishedAt")
            url = first(one, "webpage_url") or _address(given["name"])
            records.article(**given, url=url, markup="text", time=time)
            for each in items(one, "comments"):
                _add_youtube(records, each)
            continue
        if video:
            records.article(video, author_id=get(inner, "channelId"), url=_address(video))
        _add_youtube(records, top or one, video, replies=first(one, "snippet.totalReplyCount replies"))
        for each in items(one, "replies", "comments"):
            _add_youtube(records, each, video, get(top, "id"))
    lists = [page for page in pages if get(page, "kind") == "youtube#commentThreadListResponse"]
    if lists and all(first(page, "nextPageToken") for page in lists):
        records.remarks.append("More pages of comments follow that are not in the file.")
    if records.comments and not any(has(one, "snippet") for one in found):
        records.remarks.append("Times are worked out from words such as “2 years ago”.")
    return records


def _is_youtube(one: object) -> bool:
    says = get(one, "snippet")
    ways = (
        (says, "topLevelComment"),
        (says, "textDisplay"),
        (says, "textOriginal"),
        (one, "cid", "text", "channel"),
    )
    own = str(get(one, "kind")).startswith("youtube#") or has(one, "webpage_url", "extractor")
    return own or any(has(*way) for way in ways)


def _add_youtube(records: Records, one: object, video=None, thread=None, replies=None) -> None:
    given, plain = taken(one, _YOUTUBE), first(one, "snippet.textOriginal text")
    # The id of a reply begins with that of the comment at the top.
    top, dot, _ = str(given["name"]).partition(".")
    no_comment = not (has(one, "snippet") or has(one, "text"))
    records.comment(
        **given,
        article=video,
        parent=first(one, "snippet.parentId parent") or thread or (top if dot else None),
        body=first(one, "snippet.textDisplay") if plain is None else plain,
        markup="html" if plain is None else "text",
        replies=replies,
        left_out=why(not_a_comment=no_comment) or by_status(get(one, "snippet", "moderationStatus")),
    )


def _address(video: object) -> str:
    return f"https://www.youtube.com/watch?v={video}"


def bluesky(data: object) -> Records | None:
    """The first post of a thread as its article, all others as comments; None for another format."""
    nodes = [node for page in items(data) for node in _posts_of_bluesky(page)]
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
            records.comment(**taken(post, _BLUESKY), parent=parent, markup="text", left_out=left_out)
        else:
            at = str(get(post, "uri")).split("/")  # at://the author/the collection/the post
            url = f"https://bsky.app/profile/{at[2]}/post/{at[-1]}" if len(at) > 4 else None
            records.article(**taken(post, _BLUESKY), markup="text", url=url)
    return records


def _posts_of_bluesky(page: object) -> Iterator[tuple[object, object]]:
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


def mastodon(data: object) -> Records | None:
    """Posts that answer none as articles, all others as comments; None for another format."""
    posts, contexts = [], []  # posts with whether they stand below the one asked for
    for page in items(data):
        context = get(page, "context") if has(get(page, "context"), "descendants") else page
        if has(context, "ancestors", "descendants"):
            contexts.append(items(context, "descendants"))
            posts += [(one, False) for one in items(page, "status") + items(context, "ancestors")]
            posts += [(one, True) for one in contexts[-1]]
        else:
            posts.append((page, False))
    if not contexts and not any(has(one, "account", "content", "in_reply_to_id") for one, _ in posts):
        return None
    records = Records("Mastodon thread")
    for one, below in posts:
        given, warning = taken(one, _MASTODON), get(one, "spoiler_text")
        if isinstance(warning, str) and warning:
            given["body"] = f"<p>{escape(warning)}</p>{given['body'] or ''}"
        if has(one, "content") and not given["parent"] and not below:
            records.article(**given)
        else:
            records.comment(**given, left_out=why(not_a_comment=not has(one, "content")))
    here = {str(get(one, "id")) for one, _ in posts}
    for below in contexts:
        # The post asked for is in neither list of its context.
        name, writer = (get(below, 0, f"in_reply_to_{key}") for key in ("id", "account_id"))
        if name is not None and str(name) not in here:
            records.article(name, author_id=writer)
            records.remarks.append(f"The file lacks the post {name} itself; it can be given apart.")
    return records


def hacker_news(data: object) -> Records | None:
    """Stories and comments; a comment without a story's number belongs to the story it leads up to."""
    hits = spread(data, "hits")
    if not any(map(_is_of_hacker_news, hits)):
        return None
    records = Records("Hacker News discussion")
    for one, above in nested(hits, "children"):
        parent, answers = first(one, "parent_id parent") or get(above, "id"), len(items(one, "kids"))
        kind = first(one, "type") or ("story" if first(one, "title") else "comment" if parent else None)
        if kind in ("story", "job", "poll"):
            records.article(**taken(one, _STORY), replies=answers)
            continue
        given, dead = taken(one, _COMMENT), get(one, "dead")
        gone = get(one, "deleted") or given["body"] is given["author"] is None
        left_out = why(not_a_comment=kind != "comment", deleted=gone, removed=dead)
        records.comment(**given, parent=parent, replies=answers, left_out=left_out)
        if given["article"]:
            records.article(**taken(one, _TOLD))
    total = max(count(get(page, "nbHits")) or 0 for page in items(data))
    if total > len(hits):
        records.remarks.append(f"The file has {len(hits):,} of {total:,} hits of a search.")
    return records


def _is_of_hacker_news(one: object) -> bool:
    tree, hit = has(one, "children", "author", "created_at"), has(one, "objectID", "created_at_i")
    return tree or hit or (has(one, "id", "type", "time") and (has(one, "by") or has(one, "deleted")))
