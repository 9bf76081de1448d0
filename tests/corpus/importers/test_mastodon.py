"""Mastodon: a context has everything but the post asked for."""

import pytest
from json_exports import MASTODON, by_id, read, status

ROOT = status("112000000000000001", None, "own", "<p>Rain</p>", url="https://m.example/1")


def test_context_alone(tmp_path):
    export = read(tmp_path, MASTODON)
    comments = by_id(export)
    assert [parent[-1:] for parent in comments["parent_id"].fillna("")] == ["", "2", ""]
    assert comments["by_article_author"].to_list() == [False, True, False]
    assert comments["text"].iat[1] == "Salt <rain>\n\nHi"
    assert export.articles["article_id"].to_list() == [ROOT["id"]]
    assert any("3 announced" in one for one in export.remarks)
    assert any("lacks the post" in one for one in export.remarks)


@pytest.mark.parametrize("data", [
    [ROOT, MASTODON], {"status": ROOT, "context": MASTODON}, {**MASTODON, "status": ROOT},
    {**MASTODON, "ancestors": [ROOT]}, [MASTODON, ROOT],
    [ROOT, *MASTODON["descendants"][:2], MASTODON["descendants"][1] | {"id": "5"}],
])  # fmt: skip
def test_post_beside_its_context(tmp_path, data):
    export = read(tmp_path, data)
    assert export.articles[["text", "url"]].to_numpy().tolist() == [["Rain", "https://m.example/1"]]
    assert len(export.comments) == 3 and not any("lacks" in one for one in export.remarks)
