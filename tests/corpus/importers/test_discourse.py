"""Discourse: the first post is the article; a topic is paged."""

from json_exports import DISCOURSE, by_id, left_out, read


def test_pages_of_a_topic(tmp_path):
    export = read(tmp_path, DISCOURSE)
    comments, (article,) = by_id(export), export.articles.to_dict("records")
    assert comments["parent_id"].fillna("").to_dict() == {"2": "", "3": "2", "4": ""}
    assert comments["votes"].to_list() == [5, 0, 0]
    assert comments["by_article_author"].to_list() == [False, True, False]
    assert left_out(export) == {"hidden": ["5"], "deleted": ["6"], "not a comment": ["7", "7"]}
    assert [article[key] for key in ("article_id", "title", "text", "stated")] == [
        "77",
        "Rain",
        "Hi & so",
        8,
    ]
    assert any("7 of 9 posts" in one for one in export.remarks)


def test_later_page_alone(tmp_path):
    export = read(
        tmp_path, {**DISCOURSE[0], "post_stream": {"posts": DISCOURSE[0]["post_stream"]["posts"][1:]}}
    )
    assert export.articles[["title", "text"]].to_numpy().tolist() == [["Rain", ""]]
    assert len(export.comments) == 3
