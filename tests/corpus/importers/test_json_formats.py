# ruff: noqa: E501 - tables of what is expected
"""What each platform exports as JSON: parents, people, states, the article, and what the file lacks."""

import json_exports as made
import pandas as pd
import pytest
from json_exports import by_id, left_out, read, records_in, reddit_comment, status, youtube_comment

R1, R2 = "reader 1", "reader 2"
# Of each sample: the parents of its comments, some of their columns, the ids that are left out, what is
# known of the first article, and words of the remarks. Ids are shown by what follows their last slash.
# fmt: off
EXPECTED = {
    "reddit": ({"t1_1": "", "t1_2": "t1_1", "t1_3": "t1_gone", "t1_4": ""},
               {"author": [R1, R2, R1, None], "votes": [3, 3, None, 3], "by_article_author": [False, True, False, None],
                "text": ["No rain", "> No rain\n\nYes rain", "Stands below 1, answers another", "Still here"]},
               {"removed": ["t1_5"], "moderator's note": ["t1_6"]},
               {"title": "Rain & sun", "url": "https://n.example/?a=1&b=2", "stated": 52, "author": "bob", "text": ""},
               ["43 comments", "elsewhere: 1."]),
    "dump of Reddit": ({"t1_1": "", "t1_3": ""}, {"article_id": ["t3_a", "t3_b"]},
                       {"deleted": ["t1_2"], "not a comment": ["z"]}, {"text": "It rains."}, []),
    "YouTube": ({"A": "", "A.1": "A", "A.2": "A"},
                {"author": [R1, R2, R1], "by_article_author": [False, True, False], "text": ["a & b\nc"] * 3,
                 "article_id": ["v1"] * 3},  # the page of replies does not name it
                {"pending": ["B"]}, {"title": "Rain", "text": "On rain.", "stated": 20}, ["5 announced", "More pages"]),
    "yt-dlp": ({"A": "", "A.1": "A"}, {"votes": [None, 2], "by_article_author": [False, True]}, {},
               {"article_id": "v1", "stated": 9, "posted_at": pd.Timestamp("2024-01-02", tz="UTC")}, ["2 years ago"]),
    "fetched from YouTube": ({"A": "", "A.1": "A"},  # words are no time
                             {"votes": [1200, 0], "posted_at": [pd.Timestamp(1704200000, unit="s", tz="UTC"), None]},
                             {}, {}, ["2 announced"]),
    "Guardian": ({"11": "", "12": "11", "13": "12"},
                 {"author": [R1, R2, R1], "votes": [3] * 3,
                  "posted_at": [pd.Timestamp("2015-10-12 12:23", tz="UTC")] * 3},
                 {"blocked": ["14"], "empty": ["c05"]},
                 {"article_id": "/p/4a", "title": "Rain", "url": "https://g.example/a", "stated": 9}, ["1 of 4 pages"]),
    "Algolia": ({"2": "", "3": "2"}, {"by_article_author": [False, True], "text": ["It's\n\nrain", "No"]},
                {"deleted": ["4"]}, {"article_id": "1", "title": "Rain", "author": "bob"}, []),
    "hits": ({"2": ""}, {"article_id": ["1"], "text": ["Hi"]}, {}, {"article_id": "1", "title": "Rain"}, ["2 of 50 hits"]),
    "Firebase": ({"3": "2", "2": ""}, {"article_id": ["1", "1"]},
                 {"deleted": ["5"], "removed": ["6"], "not a comment": ["c05"]}, {"stated": 6}, ["1 announced"]),
    "Bluesky": ({"2": "", "3": "2"}, {"by_article_author": [False, True], "votes": [2, 2]},
                {"blocked": ["4"], "deleted": ["5"], "hidden": ["6"], "empty": ["7"]},
                {"text": "Rain & sun", "author": "Same Name", "url": "https://bsky.app/profile/did:plc:own/post/1"},
                ["2 announced"]),
    "Bluesky 2": ({"2": ""}, {}, {"hidden": ["3", "5"], "blocked": ["4"]}, {"text": "Hi"}, []),
    "Mastodon": ({"112000000000000002": "", "112000000000000003": "112000000000000002", "112000000000000004": ""},
                 {"by_article_author": [False, True, False], "text": ["Hi", "Salt <rain>\n\nHi", "Orphan"]}, {},
                 {"article_id": "112000000000000001"}, ["3 announced", "lacks the post"]),
    "Discourse": ({"2": "", "3": "2", "4": ""}, {"votes": [5, 0, 0], "by_article_author": [False, True, False]},
                  {"hidden": ["5"], "deleted": ["6"], "not a comment": ["7", "7"]},
                  {"article_id": "77", "title": "Rain", "text": "Hi & so", "stated": 8}, ["7 of 9 posts"]),
    "Commento": ({"a": "", "b": "a"}, {"author": [R1, None], "text": ["Hi", "Hi"], "votes": [2, 2]},
                 {"pending": ["c"], "spam": ["d"], "deleted": ["e"]},
                 {"article_id": "/rain", "url": "b.example/rain"}, []),
    "Remark42": ({"a": "", "b": "gone"},
                 {"text": ["Hi", "Hi"],  # from its source, or rendered
                  "posted_at": [pd.Timestamp("2020-01-02 08:04:05.678", tz="UTC")] * 2},
                 {"deleted": ["c"]}, {"title": "Rain", "url": "https://b.example"}, []),
    "tree of Remark42": ({"a": "", "b": "a"}, {}, {"empty": ["c03"]}, {"stated": 3}, []),
}
# fmt: on


@pytest.mark.parametrize("kind", EXPECTED)
def test_sample(tmp_path, kind):
    (data, n), (parents, columns, left, about, said) = made.SAMPLES[kind], EXPECTED[kind]
    export = read(tmp_path, data, "export.jsonl" if isinstance(data, list) else "export.json")
    comments = export.comments.astype(object).where(export.comments.notna(), None)
    ids = [comments[name].fillna("").str.rpartition("/")[2] for name in ("comment_id", "parent_id")]
    assert dict(zip(*ids, strict=True)) == parents
    assert {name: list(comments[name]) for name in columns} == columns
    found = left_out(export)
    assert {why: [i.rpartition("/")[2] for i in found[why]] for why in found} == left
    assert {name: export.articles[name][0] for name in about} == about
    assert all(any(word in one for one in export.remarks) for word in said)
    assert records_in(export) == n == records_in(read(tmp_path, data))
    assert "mail" not in f"{comments}{export.articles}{export}"


def test_submission_from_a_second_file(tmp_path):
    (tmp_path / "two").mkdir()
    read(tmp_path / "two", [made.DUMP[1]], "RS.jsonl")
    export = read(tmp_path, [made.DUMP[0]], "RC.jsonl", article=tmp_path / "two" / "RS.jsonl")
    assert export.articles[["article_id", "title"]].to_numpy().tolist() == [["t3_a", "Rain"]]


def test_one_comment_of_reddit_or_a_wrapped_thread(tmp_path):
    one = reddit_comment("1", "t3_a", "Hi", {"name": "ann"})
    for data in (one, {"kind": "t1", "data": one}, {"submission": made.DUMP[1], "comments": [one]}):
        found = read(tmp_path, data).comments[["author", "article_id"]]
        assert found.to_numpy().tolist() == [[R1, "t3_a"]]


def test_pages_of_youtube_without_their_videos(tmp_path):
    one = youtube_comment("B", "ann", videoId="v2", channelId="UCann")
    page = {"kind": "youtube#commentListResponse", "items": [one]}
    export = read(tmp_path, [made.YOUTUBE[0], page, made.YOUTUBE[1]])
    assert export.articles["url"].str[-4:].to_list() == ["v=v1", "v=v2"]
    assert by_id(export)["article_id"].to_dict() == {"A": "v1", "A.1": "v1", "B": "v2", "A.2": "v1"}
    assert by_id(export)["by_article_author"].to_list() == [False, True, True, False]
    assert len(read(tmp_path, {**made.INFO, "comments": None}).articles) == 1


def test_pages_of_the_guardian_are_joined_and_repeated_ones_counted(tmp_path):
    flat = {**made.GUARDIAN["discussion"], "isThreaded": False}
    export = read(
        tmp_path, [made.GUARDIAN, made.GUARDIAN, {**made.GUARDIAN, "currentPage": 2, "discussion": flat}]
    )
    assert len(export.articles) == 1 and len(export.comments) == 3
    assert left_out(export)["repeated"] == ["11", "12", "13"] * 2
    assert any("2 of 4 pages" in one for one in export.remarks)
    assert any("answer others" in one for one in export.remarks)


def test_tree_of_hacker_news_below_a_comment(tmp_path):
    top = made.ALGOLIA["children"][0]
    export = read(tmp_path, {**top, "children": [{**top["children"][0], "parent_id": None}]})
    assert by_id(export)["parent_id"].fillna("").to_dict() == {"2": "", "3": "2"}
    assert export.articles["article_id"].to_list() == ["1"]


def test_items_that_answer_in_a_circle(tmp_path):
    one = {"by": "a", "time": 1, "type": "comment"}
    items = [{"id": 1, "parent": 2, "text": "1", **one}, {"id": 2, "parent": 1, "text": "2", **one}]
    assert read(tmp_path, items).comments["parent_id"].to_list() == ["2", "1"]


def test_thread_of_bluesky_asked_for_from_within(tmp_path):
    root, reply = made.BLUESKY["thread"], made.BLUESKY["thread"]["replies"][0]
    above = {key: value for key, value in root.items() if key != "replies"}
    export = read(tmp_path, {"thread": {**reply, "parent": above}})
    assert export.comments["comment_id"].str[-1].to_list() == ["2"]
    assert export.articles["text"].to_list() == ["Rain & sun"]


ROOT = status("112000000000000001", None, "own", "<p>Rain</p>", url="https://m.example/1")


@pytest.mark.parametrize("data", [
    [ROOT, made.MASTODON], {"status": ROOT, "context": made.MASTODON}, {**made.MASTODON, "status": ROOT},
    {**made.MASTODON, "ancestors": [ROOT]}, [made.MASTODON, ROOT],
    [ROOT, *made.MASTODON["descendants"][:2], made.MASTODON["descendants"][1] | {"id": "5"}],
])  # fmt: skip
def test_post_of_mastodon_beside_its_context(tmp_path, data):
    export = read(tmp_path, data)
    assert export.articles[["text", "url"]].to_numpy().tolist() == [["Rain", "https://m.example/1"]]
    assert len(export.comments) == 3 and not any("lacks" in one for one in export.remarks)


def test_later_page_of_discourse_alone(tmp_path):
    later = {"posts": made.DISCOURSE[0]["post_stream"]["posts"][1:]}
    export = read(tmp_path, {**made.DISCOURSE[0], "post_stream": later})
    assert export.articles[["title", "text"]].to_numpy().tolist() == [["Rain", ""]]
    assert len(export.comments) == 3
