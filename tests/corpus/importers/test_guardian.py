"""The Guardian: the stated parent, moderated comments, and pages."""

from json_exports import GUARDIAN, by_id, left_out, read


def test_page(tmp_path):
    export = read(tmp_path, GUARDIAN)
    comments, (article,) = by_id(export), export.articles.to_dict("records")
    assert comments["parent_id"].fillna("").to_dict() == {"11": "", "12": "11", "13": "12"}
    assert comments["author"].to_list() == ["reader 1", "reader 2", "reader 1"]
    assert (comments["votes"] == 3).all() and str(
        comments["posted_at"].iat[0]
    ) == "2015-10-12 12:23:00+00:00"
    assert left_out(export) == {"blocked": ["14"], "empty": ["c05"]}
    assert [article[key] for key in ("article_id", "title", "url", "stated")] == [
        "/p/4a", "Rain", "https://g.example/a", 9]  # fmt: skip
    assert any("1 of 4 pages" in one for one in export.remarks)


def test_pages_are_joined_and_repeated_ones_counted(tmp_path):
    export = read(tmp_path, [GUARDIAN, GUARDIAN, {**GUARDIAN, "currentPage": 2}])
    assert len(export.articles) == 1 and len(export.comments) == 3
    assert left_out(export)["repeated"] == ["11", "12", "13"] * 2
    assert any("2 of 4 pages" in one for one in export.remarks)


def test_unthreaded_discussion_says_so(tmp_path):
    page = {**GUARDIAN, "discussion": {**GUARDIAN["discussion"], "isThreaded": False}}
    assert any("answer others" in one for one in read(tmp_path, page).remarks)
