"""Hacker News: a tree, hits of a search, or single items."""

from json_exports import ALGOLIA, FIREBASE, HITS, by_id, left_out, read


def test_tree(tmp_path):
    export = read(tmp_path, ALGOLIA)
    comments = by_id(export)
    assert comments["parent_id"].fillna("").to_dict() == {"2": "", "3": "2"}
    assert comments["by_article_author"].to_list() == [False, True]
    assert comments.at["2", "text"] == "It's\n\nrain"
    assert left_out(export) == {"deleted": ["4"]}
    assert export.articles[["article_id", "title", "author"]].to_numpy().tolist() == [
        ["1", "Rain", "bob"]
    ]


def test_tree_below_a_comment(tmp_path):
    top = ALGOLIA["children"][0]
    export = read(tmp_path, {**top, "children": [{**top["children"][0], "parent_id": None}]})
    assert by_id(export)["parent_id"].fillna("").to_dict() == {"2": "", "3": "2"}
    assert export.articles["article_id"].to_list() == ["1"]


def test_hits_of_a_search(tmp_path):
    export = read(tmp_path, HITS)
    assert export.comments[["comment_id", "article_id", "text"]].to_numpy().tolist() == [["2", "1", "Hi"]]
    assert export.articles[["article_id", "title"]].to_numpy().tolist() == [["1", "Rain"], ["7", "Sun"]]
    assert any("2 of 50 hits" in one for one in export.remarks)


def test_items_in_any_order(tmp_path):
    export = read(tmp_path, FIREBASE, "items.jsonl")
    assert by_id(export)["article_id"].to_dict() == {"3": "1", "2": "1"}
    assert by_id(export)["parent_id"].fillna("").to_dict() == {"3": "2", "2": ""}
    assert left_out(export) == {"deleted": ["5"], "removed": ["6"], "not a comment": ["c05"]}
    assert export.articles["stated"].fillna(-1).to_list() == [6, -1]
    assert any("1 announced" in one for one in export.remarks)


def test_items_that_answer_in_a_circle(tmp_path):
    items = [
        {"id": i, "by": "a", "parent": 3 - i, "text": f"{i}", "time": 1, "type": "comment"}
        for i in (1, 2)
    ]
    assert read(tmp_path, items).comments["parent_id"].to_list() == ["2", "1"]
