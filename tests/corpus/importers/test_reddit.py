"""Reddit: stubs are counted, states kept apart, dumps joined by their ids."""

from json_exports import DUMP, REDDIT, by_id, left_out, read, reddit_comment


def test_listing(tmp_path):
    export = read(tmp_path, REDDIT)
    comments, (article,) = by_id(export), export.articles.to_dict("records")
    assert [*comments.index] == ["t1_1", "t1_2", "t1_3", "t1_4"]
    assert comments["parent_id"].fillna("").to_list() == ["", "t1_1", "t1_gone", ""]
    assert comments["author"].fillna("").to_list() == ["reader 1", "reader 2", "reader 1", ""]
    assert comments["by_article_author"].to_list()[:3] == [False, True, False]
    assert comments["votes"].fillna(-1).to_list() == [3, 3, -1, 3]
    assert comments.at["t1_2", "text"] == "> No rain\n\nYes rain"
    assert left_out(export) == {"removed": ["t1_5"], "moderator's note": ["t1_6"]}
    assert (article["title"], article["url"]) == ("Rain & sun", "https://n.example/?a=1&b=2")
    assert (article["stated"], article["author"], article["text"]) == (52, "bob", "")
    assert "43 comments" in export.remarks[0] and export.remarks[1].endswith(": 1.")


def test_dump_of_several_threads_in_any_order(tmp_path):
    export = read(tmp_path, DUMP, "RC.jsonl")
    assert by_id(export)["article_id"].to_dict() == {"t1_1": "t3_a", "t1_3": "t3_b"}
    assert export.comments["parent_id"].isna().all()  # also in a thread whose submission is not there
    assert [str(time) for time in export.comments["posted_at"].dt.date] == ["2008-12-23", "2008-12-23"]
    assert left_out(export) == {"deleted": ["t1_2"], "not a comment": ["z"]}
    assert export.articles["text"].to_list() == ["It rains.", ""]


def test_submission_from_a_second_file(tmp_path):
    (tmp_path / "two").mkdir()
    read(tmp_path / "two", [DUMP[1]], "RS.jsonl")
    export = read(tmp_path, [DUMP[0]], "RC.jsonl", article=tmp_path / "two" / "RS.jsonl")
    assert export.articles[["article_id", "title"]].to_numpy().tolist() == [["t3_a", "Rain"]]


def test_one_comment_or_a_wrapped_thread(tmp_path):
    one = reddit_comment("1", "t3_a", "Hi", {"name": "ann"})
    for data in (one, {"kind": "t1", "data": one}, {"submission": DUMP[1], "comments": [one]}):
        assert read(tmp_path, data).comments[["author", "article_id"]].to_numpy().tolist() == [
            ["reader 1", "t3_a"]
        ]
