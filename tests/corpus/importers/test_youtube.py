"""YouTube: pages of the Data API, and what two programs write."""

from json_exports import FETCHED, INFO, YOUTUBE, by_id, left_out, read, youtube_comment


def test_pages_of_threads_replies_and_videos(tmp_path):
    export = read(tmp_path, YOUTUBE)
    comments, (video,) = by_id(export), export.articles.to_dict("records")
    assert comments["parent_id"].fillna("").to_dict() == {"A": "", "A.1": "A", "A.2": "A"}
    assert comments["article_id"].unique().tolist() == ["v1"]  # the page of replies does not name it
    assert comments["author"].to_list() == ["reader 1", "reader 2", "reader 1"]
    assert comments["by_article_author"].to_list() == [False, True, False]
    assert comments["text"].unique().tolist() == ["a & b\nc"]  # plain or rendered
    assert left_out(export) == {"pending": ["B"]}
    assert (video["title"], video["text"], video["stated"]) == ("Rain", "On rain.", 20)
    assert any("5 announced" in one for one in export.remarks)
    assert any("More pages" in one for one in export.remarks)


def test_pages_without_their_videos(tmp_path):
    one = youtube_comment("B", "ann", videoId="v2", channelId="UCann")
    page = {"kind": "youtube#commentListResponse", "items": [one]}
    export = read(tmp_path, [YOUTUBE[0], page, YOUTUBE[1]])
    assert export.articles["url"].str[-4:].to_list() == ["v=v1", "v=v2"]
    assert by_id(export)["article_id"].to_dict() == {"A": "v1", "A.1": "v1", "B": "v2", "A.2": "v1"}
    assert by_id(export)["by_article_author"].to_list() == [False, True, True, False]


def test_info_of_yt_dlp(tmp_path):
    export = read(tmp_path, INFO)
    comments, (video,) = by_id(export), export.articles.to_dict("records")
    assert comments["parent_id"].fillna("").to_dict() == {"A": "", "A.1": "A"}
    assert comments["votes"].fillna(-1).to_list() == [-1, 2]
    assert comments["by_article_author"].to_list() == [False, True]
    assert (video["article_id"], video["stated"], str(video["posted_at"])[:10]) == ("v1", 9, "2024-01-02")
    assert comments["posted_at"].dt.tz is not None
    assert any("2 years ago" in one for one in export.remarks)


def test_info_without_comments_is_an_article(tmp_path):
    assert len(read(tmp_path, {**INFO, "comments": None}).articles) == 1


def test_lines_of_youtube_comment_downloader(tmp_path):
    export = read(tmp_path, FETCHED, "a.jsonl")
    comments = by_id(export)
    assert comments["parent_id"].fillna("").to_dict() == {"A": "", "A.1": "A"}
    assert comments["votes"].to_list() == [1200, 0]
    assert comments["posted_at"].isna().to_list() == [False, True]  # words are no time
    assert any("2 announced" in one for one in export.remarks)
