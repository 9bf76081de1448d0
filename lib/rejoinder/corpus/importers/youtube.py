"""Comments on YouTube: pages of its Data API, files of yt-dlp and youtube-comment-downloader."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, count, first, get, has, items, taken

_VIDEO = {"name": "id.videoId id", "title": "snippet.title title",
          "author": "snippet.channelTitle uploader", "author_id": "snippet.channelId channel_id",
          "body": "snippet.description description",
          "stated": "statistics.commentCount comment_count"}  # fmt: skip
_COMMENT = {"name": "id cid", "author": "snippet.authorDisplayName author",
            "by_author": "author_is_uploader",
            "author_id": "snippet.authorChannelId.value author_id channel",
            "time": "snippet.publishedAt timestamp time_parsed"}  # fmt: skip
_STATES = {"heldForReview": "pending", "likelySpam": "spam", "rejected": "rejected"}


def records(data: object) -> Records | None:
    """Comments and, where they are in the file, videos; None for what is not of YouTube."""
    pages = items(data)
    found = [one for page in pages for one in (items(page, "items") if has(page, "items") else [page])]
    if not any(map(_is_youtube, found)) and not any(_is_youtube(page) for page in pages):
        return None
    records, replies, channels = Records("YouTube comments"), {}, {}
    for one in found:
        inner, top = get(one, "snippet", default={}), get(one, "snippet", "topLevelComment")
        video = get(inner, "videoId")
        if has(one, "webpage_url") or has(inner, "title", "description"):
            day = str(get(one, "upload_date"))  # of UTC
            time = (
                f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00Z" if day.isdecimal() else get(inner, "publishedAt")
            )
            given = taken(one, _VIDEO)
            url = first(one, "webpage_url") or _address(given["name"])
            records.article(**given, url=url, markup="text", time=time)
            for each in items(one, "comments"):
                _add(records, each, None, None)
            continue
        if video:
            channels.setdefault(str(video), get(inner, "channelId"))
        _add(records, top or one, video, None)
        for each in items(one, "replies", "comments"):
            _add(records, each, video, get(top, "id"))
        replies[str(first(top or one, "id cid"))] = first(one, "snippet.totalReplyCount replies")
    known = {str(one["name"]) for one in records.articles}
    for video, channel in channels.items():
        if video not in known:
            records.article(video, url=_address(video), author_id=channel)
    records.lead_up()
    records.announced(replies)
    lists = [page for page in pages if get(page, "kind") == "youtube#commentThreadListResponse"]
    if lists and all(first(page, "nextPageToken") for page in lists):
        records.remarks.append("More pages of comments follow that are not in the file.")
    if records.comments and not any(has(one, "snippet") for one in found):
        records.remarks.append("Times are worked out from words such as “2 years ago”.")
    return records


def _is_youtube(one: object) -> bool:
    says = get(one, "snippet")
    ways = (says, "topLevelComment"), (says, "textDisplay"), (says, "textOriginal"), (one, "cid", "text")
    own = str(get(one, "kind")).startswith("youtube#") or has(one, "webpage_url", "extractor")
    return own or any(has(*way) for way in ways)


def _add(records: Records, one: object, video: object, thread: object) -> None:
    given, plain = taken(one, _COMMENT), first(one, "snippet.textOriginal text")
    # The id of a reply begins with that of the comment at the top.
    top, dot, _ = str(given["name"]).partition(".")
    why = _STATES.get(str(get(one, "snippet", "moderationStatus")))
    records.comment(
        **given,
        article=video,
        parent=first(one, "snippet.parentId parent") or thread or (top if dot else None),
        body=first(one, "snippet.textDisplay") if plain is None else plain,
        markup="html" if plain is None else "text",
        votes=count(first(one, "snippet.likeCount like_count votes")),
        left_out=why if has(one, "snippet") or has(one, "text") else "not a comment",
    )


def _address(video: object) -> str:
    return f"https://www.youtube.com/watch?v={video}"
