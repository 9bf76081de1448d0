"""Bluesky: both versions of a thread, with posts that cannot be seen."""

from json_exports import BLUESKY, BLUESKY_2, by_id, left_out, read


def short(ids):
    return [uri.rpartition("/")[2] for uri in ids.fillna("")]


def test_thread(tmp_path):
    export = read(tmp_path, BLUESKY)
    comments, (article,) = by_id(export), export.articles.to_dict("records")
    assert short(comments.index.to_series()) == ["2", "3"] and short(comments["parent_id"]) == ["", "2"]
    assert comments["by_article_author"].to_list() == [False, True]
    assert (comments["votes"] == 2).all() and comments["posted_at"].notna().all()
    assert {why: len(ids) for why, ids in left_out(export).items()} == dict.fromkeys(
        ["blocked", "deleted", "hidden", "empty"], 1
    )
    assert (article["text"], article["author"]) == ("Rain & sun", "Same Name")
    assert article["url"] == "https://bsky.app/profile/did:plc:own/post/1"
    assert any("2 announced" in one for one in export.remarks)


def test_thread_asked_for_from_within(tmp_path):
    root, reply = BLUESKY["thread"], BLUESKY["thread"]["replies"][0]
    above = {key: value for key, value in root.items() if key != "replies"}
    export = read(tmp_path, {"thread": {**reply, "parent": above}})
    assert short(export.comments["comment_id"]) == ["2"]
    assert export.articles["text"].to_list() == ["Rain & sun"]


def test_flat_thread(tmp_path):
    export = read(tmp_path, BLUESKY_2)
    assert short(export.comments["comment_id"]) == ["2"] and export.articles["text"].to_list() == ["Hi"]
    assert export.left_out.set_index("reason")["n"].to_dict() == {"hidden": 2, "blocked": 1}
