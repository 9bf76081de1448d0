"""Remark42: a backup, or the tree of its API."""

from json_exports import REMARK42, REMARK42_TREE, by_id, left_out, read


def test_backup(tmp_path):
    export = read(tmp_path, REMARK42, "backup.jsonl")
    comments = by_id(export)
    assert comments["parent_id"].fillna("").to_dict() == {"a": "", "b": "gone"}
    assert comments["text"].to_list() == ["Hi", "Hi"]  # from its source, or rendered
    assert str(comments["posted_at"].iat[0]) == "2020-01-02 08:04:05.678000+00:00"
    assert left_out(export) == {"deleted": ["c"]}
    assert export.articles[["title", "url"]].to_numpy().tolist() == [["Rain", "https://b.example"]]


def test_tree(tmp_path):
    export = read(tmp_path, REMARK42_TREE)
    assert by_id(export)["parent_id"].fillna("").to_dict() == {"a": "", "b": "a"}
    assert export.articles["stated"].to_list() == [3]
