"""Comments on YouTube: pages of its Data API, files of yt-dlp and youtube-comment-downloader."""

from __future__ import annotations

from rejoinder.corpus.importers.records import Records, by_status, why
from rejoinder.corpus.importers.walk import first, get, has, items, spread, taken

_VIDEO = {"name": "id.videoId id", "title": "snippet.title title",
          "author": "snippet.channelTitle uploader", "author_id": "snippet.channelId channel_id",
          "body": "snippet.description description",
          "stated": "statistics.commentCount comment_count"}  # fmt: skip
_COMMENT = {"name": "id cid", "author": "snippet.authorDisplayName author",
            "by_author": "author_is_uploader",
            "author_id": "snippet.authorChannelId.value author_id channel",
            "time": "snippet.publishedAt timestamp time_parsed",
            "votes": "snippet.likeCount like_count votes"}  # fmt: skip


def records(data: object) -> Records | None:
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
                _add(records, each)
            continue
        if video:
            records.article(video, author_id=get(inner, "channelId"), url=_address(video))
        _add(records, top or one, video, replies=first(one, "snippet.totalReplyCount replies"))
        for each in items(one, "replies", "comments"):
            _add(records, each, video, get(top, "id"))
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


def _add(records: Records, one: object, video=None, thread=None, replies=None) -> None:
    given, plain = taken(one, _COMMENT), first(one, "snippet.textOriginal text")
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
