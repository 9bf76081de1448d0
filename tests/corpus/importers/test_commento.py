"""Commento: people by their key, states apart, no e-mail address."""

from json_exports import COMMENTO, by_id, left_out, read


def test_export(tmp_path):
    export = read(tmp_path, COMMENTO)
    comments = by_id(export)
    assert comments["parent_id"].fillna("").to_dict() == {"a": "", "b": "a"}
    assert comments["author"].fillna("").to_list() == ["reader 1", ""]
    assert comments["text"].to_list() == ["Hi", "Hi"] and (comments["votes"] == 2).all()
    assert left_out(export) == {"pending": ["c"], "spam": ["d"], "deleted": ["e"]}
    assert export.articles[["article_id", "url"]].to_numpy().tolist() == [["/rain", "b.example/rain"]]
    assert "mail" not in f"{comments}{export.articles}{export}"
