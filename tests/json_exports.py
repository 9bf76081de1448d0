# ruff: noqa: E501 - files on few lines
"""Small files in the JSON formats that platforms export, made up, with the traps of the real ones."""

import json

from rejoinder.corpus.importers import read_export


def read(folder, data, name="export.json", **kwargs):
    """The export of a file with this content: bytes, text, or anything that JSON can hold."""
    path = folder / name
    if name.endswith(".jsonl"):
        data = "\n".join(json.dumps(one) for one in data)
    if not isinstance(data, str | bytes):
        data = json.dumps(data)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return read_export(path, **kwargs)


def by_id(export):
    return export.comments.set_index("comment_id")


def left_out(export):
    return dict(zip(export.left_out["reason"], export.left_out["ids"], strict=True))


def records_in(export):
    return len(export.comments) + int(export.left_out["n"].sum())


# fmt: off
def _listing(*things):
    return {"kind": "Listing", "data": {"children": [{"kind": k, "data": d} for k, d in things]}}


def reddit_comment(number, parent, body, author="ann", replies="", **more):
    given = {"name": f"t1_{number}", "id": number, "parent_id": parent, "link_id": "t3_a", "body": body}
    return {**given, "author": author, "created_utc": 1.6e9, "score": 3, "replies": replies, **more}


def _more(count):
    return ("more", {"count": count, "name": "t1__", "parent_id": "t3_a", "children": ["x"] * count})


_REPLIES = _listing(
    ("t1", reddit_comment("2", "t1_1", "&gt; No rain\n\nYes **rain**", "bob", is_submitter=True)),
    ("t1", reddit_comment("3", "t1_gone", "Stands below 1, answers another", score_hidden=True)),
    _more(3),
)
REDDIT = [
    _listing(("t3", {"name": "t3_a", "id": "a", "title": "Rain &amp; sun", "selftext": "[removed]", "author": "bob",
                     "created_utc": 1.6e9, "url": "https://n.example/?a=1&amp;b=2", "num_comments": 52})),
    _listing(
        ("t1", reddit_comment("1", "t3_a", "No rain", replies=_REPLIES)),
        ("t1", reddit_comment("4", "t3_a", "Still here", "[deleted]")),
        ("t1", reddit_comment("5", "t3_a", "[removed]", "[deleted]")),
        ("t1", reddit_comment("6", "t3_a", "Be nice", "AutoModerator", stickied=True)),
        _more(40),
        _more(0),
    ),
]
DUMP = [
    {"id": "1", "link_id": "t3_a", "parent_id": "t3_a", "body": "Old", "author": "ann",
     "created_utc": "1230000000", "score": 2, "subreddit": "s"},
    {"id": "a", "title": "Rain", "selftext": "It **rains**.", "author": "bob", "subreddit": "s",
     "created_utc": 1229990000, "num_comments": 4, "url": "https://r.example/a"},
    {"id": "2", "name": "t1_2", "link_id": "t3_a", "parent_id": "t1_1", "body": "Taken back", "author": "cy",
     "created_utc": 1.6e9, "_meta": {"removal_type": "deleted", "was_deleted_later": True}},
    {"id": "3", "link_id": "t3_b", "parent_id": "t3_b", "body": "Of another thread", "author": "ann",
     "created_utc": 1230000001, "subreddit": "s"},
    {"id": "z", "display_name": "a subreddit"},
]


def youtube_comment(number, name, **more):
    says = {"textDisplay": "a &amp; b<br>c", "textOriginal": "a & b\nc", "authorDisplayName": name}
    says |= {"authorChannelId": {"value": f"UC{name}"}, "likeCount": 4, **more}
    return {"kind": "youtube#comment", "id": number,
            "snippet": {**says, "publishedAt": "2024-01-02T03:04:05Z"}}


def _youtube_thread(top, total, *replies):
    says = {"videoId": "v1", "channelId": "UCown", "topLevelComment": top, "totalReplyCount": total}
    return {"kind": "youtube#commentThread", "snippet": says, "replies": {"comments": [*replies]}}


YOUTUBE = [
    {"kind": "youtube#commentThreadListResponse", "nextPageToken": "t", "items": [
        _youtube_thread(youtube_comment("A", "ann"), 7, youtube_comment("A.1", "own", parentId="A")),
        _youtube_thread(youtube_comment("B", "ann", moderationStatus="heldForReview"), 0)]},
    {"kind": "youtube#commentListResponse", "nextPageToken": "u", "items": [
        youtube_comment("A.2", "ann", parentId="A", textOriginal=None)]},
    {"kind": "youtube#videoListResponse", "nextPageToken": "", "items": [
        {"kind": "youtube#video", "id": "v1", "statistics": {"commentCount": "20"},
         "snippet": {"title": "Rain", "description": "On rain.", "channelTitle": "Own"}}]},
]
INFO = {
    "id": "v1", "title": "Rain", "description": "On rain.", "webpage_url": "https://y.example/v1",
    "extractor": "youtube", "upload_date": "20240102", "uploader": "Own", "comment_count": 9, "comments": [
        {"id": "A", "parent": "root", "text": "Hi", "author": "@ann", "author_id": "UCann",
         "like_count": None, "timestamp": 1704200000, "author_is_uploader": False},
        {"id": "A.1", "parent": "A", "text": "Thanks", "author": "@own", "author_id": "UCown",
         "like_count": 2, "timestamp": 1704300000, "author_is_uploader": True}]}
FETCHED = [
    {"cid": "A", "text": "Hi", "time": "2 years ago", "author": "@ann", "channel": "UCann",
     "votes": "1.2K", "replies": "3", "reply": False, "time_parsed": 1704200000.0},
    {"cid": "A.1", "text": "So", "time": "1 year ago (edited)", "author": "@bob", "channel": "UCbob",
     "votes": "0", "replies": "", "reply": True},
]


def _guardian(number, body="<p>Hi</p>", name="ann", answers=None, responses=(), **more):
    user = {"userId": f"u{name}", "displayName": name, "badge": []}
    one = {"id": number, "body": body, "date": "12 October 2015 1:23pm", "userProfile": user, "numRecommends": 3}
    one |= {"isoDateTime": "2015-10-12T12:23:00Z", "status": "visible", "responses": [*responses], **more}
    return one | ({"responseTo": {"commentId": str(answers), "displayName": "x"}} if answers else {})


GUARDIAN = {
    "status": "ok", "currentPage": 1, "pages": 4, "discussion": {
        "key": "/p/4a", "webUrl": "https://g.example/a", "title": "Rain", "commentCount": 9,
        "isThreaded": True, "comments": [
            _guardian(11, responses=[_guardian(12, name="bob", answers=11), _guardian(13, answers=12)]),
            _guardian(14, "This comment was removed by a moderator.", status="blocked"),
            None]}}
ALGOLIA = {
    "id": 1, "type": "story", "author": "bob", "title": "Rain", "url": "https://n.example", "points": 9,
    "created_at": "2024-01-02T03:04:05.000Z", "text": None, "children": [
        {"id": 2, "type": "comment", "author": "ann", "text": "It&#x27;s<p>rain", "parent_id": 1,
         "story_id": 1, "created_at": "2024-01-02T03:05:05.000Z", "points": None, "children": [
             {"id": 3, "type": "comment", "author": "bob", "text": "No", "parent_id": 2, "story_id": 1,
              "created_at": "2024-01-02T03:06:05.000Z", "children": []}]},
        {"id": 4, "type": "comment", "author": None, "text": None, "parent_id": 1, "story_id": 1,
         "created_at": "2024-01-02T03:07:05.000Z", "children": []}]}
HITS = {
    "nbHits": 50, "page": 0, "nbPages": 25, "hits": [
        {"objectID": "2", "author": "ann", "comment_text": "Hi", "story_id": 1, "story_title": "Rain",
         "story_url": "https://n.example", "parent_id": 1, "created_at": "2024-01-02T03:05:05Z", "created_at_i": 1},
        {"objectID": "7", "author": "bob", "title": "Sun", "story_text": "Sun?", "num_comments": 0, "points": 1,
         "created_at": "2024-01-02T03:05:05Z", "created_at_i": 1}]}
FIREBASE = [
    {"id": 3, "by": "ann", "parent": 2, "text": "Deep", "time": 1700000100, "type": "comment"},
    {"id": 1, "by": "bob", "kids": [2, 5, 9], "descendants": 6, "title": "Rain", "time": 1700000000,
     "type": "story", "score": 5},
    {"id": 2, "by": "cy", "kids": [3], "parent": 1, "text": "Hi", "time": 1700000050, "type": "comment"},
    {"id": 5, "deleted": True, "parent": 1, "time": 1700000060, "type": "comment"},
    {"id": 6, "by": "d", "dead": True, "parent": 2, "text": "Buy", "time": 1700000060, "type": "comment"},
    {"id": 8, "by": "ann", "text": "Sun?", "title": "Ask", "time": 1700000000, "type": "story"},
    None,
]


def _at(who, number):
    return f"at://did:plc:{who}/app.bsky.feed.post/{number}"


def _post(who, number, parent=None, text="Hi", **more):
    answers = {"reply": {"root": {"uri": _at("own", 1)}, "parent": {"uri": parent}}} if parent else {}
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2024-05-06T07:08:09.123Z",
              **answers}
    author = {"did": f"did:plc:{who}", "handle": f"{who}.example", "displayName": "Same Name"}
    return {"uri": _at(who, number), "author": author, "record": record, "likeCount": 2, "replyCount": 0,
            **more}


def _view(post, *replies):
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": [*replies]}


BLUESKY = {"threadgate": {"record": {"hiddenReplies": [_at("dan", 6)]}}, "thread": _view(
    _post("own", 1, text="Rain & sun", replyCount=5),
    _view(_post("ann", 2, _at("own", 1), replyCount=3)),
    _view(_post("own", 3, _at("ann", 2))),
    {"$type": "app.bsky.feed.defs#blockedPost", "uri": _at("x", 4), "blocked": True},
    {"uri": _at("x", 5), "notFound": True},
    _view(_post("dan", 6, _at("own", 1))),
    _view(_post("eve", 7, _at("own", 1), text="")))}
_V2 = "app.bsky.unspecced.defs#threadItem"
BLUESKY_2 = {"hasOtherReplies": False, "thread": [
    {"uri": _at("own", 1), "depth": 0, "value": {"$type": f"{_V2}Post", "post": _post("own", 1)}},
    {"uri": _at("ann", 2), "depth": 1, "value": {
        "$type": f"{_V2}Post", "post": _post("ann", 2, _at("own", 1)), "hiddenByThreadgate": False}},
    {"uri": _at("own", 3), "depth": 2, "value": {
        "$type": f"{_V2}Post", "post": _post("own", 3, _at("ann", 2)), "hiddenByThreadgate": True}},
    {"uri": _at("x", 4), "depth": 1, "value": {"$type": f"{_V2}Blocked", "author": {}}},
    {"uri": _at("x", 5), "depth": 1, "value": {"$type": f"{_V2}NoUnauthenticated"}}]}


def status(number, parent, who="ann", body="<p>Hi</p>", **more):
    account = {"id": f"9{who}", "acct": f"{who}@m.example", "display_name": ""}
    given = {"id": number, "in_reply_to_id": parent, "account": account, "content": body, "spoiler_text": ""}
    return {**given, "created_at": "2024-05-06T07:08:09.000Z", "favourites_count": 1, "replies_count": 0,
            **more}


MASTODON = {"ancestors": [], "descendants": [
    status("112000000000000002", "112000000000000001", in_reply_to_account_id="9own", replies_count=4),
    status("112000000000000003", "112000000000000002", "own", spoiler_text="Salt <rain>"),
    status("112000000000000004", None, "bob", "<p>Orphan</p>")]}


def _discourse(number, who, answers=None, likes=0, **more):
    one = {"id": 900 + number, "post_number": number, "username": who, "name": who.title(), "user_id": len(who)}
    one |= {"cooked": "<p>Hi &amp; so</p>", "reply_to_post_number": answers,
            "created_at": "2024-01-02T03:04:05.678Z"}
    return {**one, "actions_summary": [{"id": 2, "count": likes}], "post_type": 1, "hidden": False,
            **more}


DISCOURSE = [
    {"id": 77, "title": "Rain", "posts_count": 9, "post_stream": {"stream": [*range(901, 910)], "posts": [
        _discourse(1, "owner"), _discourse(2, "ann", likes=5), _discourse(3, "owner", 2),
        _discourse(4, "bo", 1), _discourse(5, "bo", hidden=True)]}},
    {"id": 77, "post_stream": {"posts": [
        _discourse(6, "ann", user_deleted=True), *[_discourse(7, "bo", post_type=3)] * 2]}},
]
COMMENTO = {
    "version": 1, "commenters": [{"commenterHex": "h1", "name": "Ann", "email": "ann@mail.example"}], "comments": [
        {"commentHex": hexed, "parentHex": above, "commenterHex": who, "markdown": "*Hi*", "html": "<p>old</p>",
         "score": 2, "state": state, "deleted": gone, "creationDate": "2020-01-02T03:04:05Z",
         "domain": "b.example", "url": "/rain"}
        for hexed, above, who, state, gone in [
            ("a", "root", "h1", "approved", False), ("b", "a", "anonymous", "approved", False),
            ("c", "zz", "h1", "unapproved", False), ("d", "root", "h1", "flagged", False),
            ("e", "root", "h1", "approved", True)]]}


def _remark(number, parent="", orig="*Hi*", **more):
    one = {"id": number, "pid": parent, "orig": orig, "text": "<p><em>Hi</em></p>", "score": -1, "title": "Rain"}
    one |= {"user": {"id": "u1", "name": "Ann", "ip": "hash"}, "locator": {"site": "s", "url": "https://b.example"}}
    return {**one, "time": "2020-01-02T03:04:05.678-05:00", **more}


REMARK42 = [
    {"version": 1, "users": [], "posts": []},
    _remark("a"),
    _remark("b", "gone", orig=""),
    _remark("c", "a", delete=True, orig="", text=""),
]
REMARK42_TREE = {"info": {"url": "https://b.example", "count": 3}, "comments": [
    {"comment": _remark("a"), "replies": [{"comment": _remark("b", "a")}]},
     {"comment": None}]}
# Name: content, and how many comments or records of none it holds.
SAMPLES = {
    "reddit": (REDDIT, 6), "dump of Reddit": (DUMP, 4), "YouTube": (YOUTUBE, 4), "yt-dlp": (INFO, 2),
    "fetched from YouTube": (FETCHED, 2), "Guardian": (GUARDIAN, 5), "Algolia": (ALGOLIA, 3),
    "hits": (HITS, 1), "Firebase": (FIREBASE, 5), "Bluesky": (BLUESKY, 6), "Bluesky 2": (BLUESKY_2, 4),
    "Mastodon": (MASTODON, 3), "Discourse": (DISCOURSE, 7), "Commento": (COMMENTO, 5), "Remark42": (REMARK42, 3),
    "tree of Remark42": (REMARK42_TREE, 3),
}
