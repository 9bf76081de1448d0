# ruff: noqa: E501 - the markup of pages and exports
"""Exports of Disqus: flat threads and posts, and one article under several addresses."""

import pytest

from rejoinder.corpus.importers import Export, read_export


def thread(key, link, title="Close the square ", deleted="false"):
    return f"""<thread dsq:id="{key}"><id>/square</id><forum>town</forum><link>{link}</link>
<title>{title}</title><message></message><createdAt>2014-05-01T09:00:00Z</createdAt>
<author><name>Mona Quill</name><username>mona</username></author><isClosed>false</isClosed>
<isDeleted>{deleted}</isDeleted></thread>
"""


def post(
    key,
    to,
    text="<p>A view.</p>",
    *,
    parent="",
    deleted="false",
    spam="false",
    who="ann",
    anonymous="false",
):
    user = f"<username>{who}</username>" if anonymous == "false" else ""
    parent = f'<parent dsq:id="{parent}"/>' if parent else ""
    return f"""<post dsq:id="{key}"><id></id><message><![CDATA[{text}]]></message>
<createdAt>2014-05-02T10:00:00Z</createdAt><isDeleted>{deleted}</isDeleted><isSpam>{spam}</isSpam>
<author><email>{who}@example.org</email><name>Sam</name><isAnonymous>{anonymous}</isAnonymous>{user}</author>
<ipAddress>192.0.2.9</ipAddress><thread dsq:id="{to}"/>{parent}</post>
"""


FILE = "".join([
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/',
    'disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><category dsq:id="1"><title>General',
    "</title></category>", thread(1, "http://www.example.org/square/"), thread(2, "https://example.org/square", "example.org/square"),
    thread(3, "http://localhost:4000/square/"), thread(4, "https://example.org/other", "Other"),
    thread(5, "https://example.org/none", "None"), thread(6, "https://example.org/gone", "Gone", "true"),
    thread(7, "http://[bad", ""),
    post(11, 1, "<p>First.</p><p>Last &amp; <i>least</i>.</p>"), post(12, 2, parent=11, who="bo"), post(13, 1, parent=15),
    post(14, 3, anonymous="true"), post(15, 1, deleted="true"), post(16, 4, spam="true", deleted="true"),
    post(17, 6), post(18, 4, "@ann: no"), post(19, 7), post(20, 1, ""), post(21, 999), "</disqus>",
])  # fmt: skip


@pytest.fixture(scope="module")
def export(tmp_path_factory) -> Export:
    path = tmp_path_factory.mktemp("disqus") / "export.xml"
    path.write_text(FILE, encoding="utf-8")
    return read_export(path)


def test_each_post_is_a_comment_or_left_out_once(export):
    assert list(export.comments["comment_id"]) == ["11", "12", "13", "14", "18", "19", "21"]
    left = dict(zip(export.left_out["reason"], export.left_out["ids"], strict=True))
    assert left == {"deleted": ["15"], "spam": ["16"], "hidden": ["17"], "empty": ["20"]}
    assert len(export.comments) + export.left_out["n"].sum() == FILE.count("<post ")


def test_threads_on_one_article_are_joined_and_empty_ones_left_aside(export):
    articles = export.comments.set_index("comment_id")["article_id"].to_dict()
    assert articles == {"11": "1", "12": "1", "13": "1", "14": "1", "18": "4", "19": "7", "21": "999"}
    assert set(export.articles["article_id"]) == {"1", "4", "6", "7", "999"}
    assert any("2 threads joined" in one for one in export.remarks)
    assert any("1 thread without a post" in one for one in export.remarks)
    one = export.articles.set_index("article_id").loc["1"]
    assert (one["title"], one["text"], one["url"]) == (
        "Close the square",
        "",
        "http://www.example.org/square/",
    )


def test_parent_author_and_time(export):
    rows = export.comments.set_index("comment_id")
    assert rows["parent_id"].dropna().to_dict() == {"12": "11", "13": "15"}
    assert rows.loc["11", "text"] == "First.\n\nLast & least."
    assert rows.loc["11", "posted_at"].isoformat() == "2014-05-02T10:00:00+00:00"
    # All are called Sam: the user name tells them apart, and who gave none is somebody else.
    assert rows["author"].nunique() == 3
    assert (
        rows.loc["11", "author"] == rows.loc["13", "author"] not in set(rows.loc[["12", "14"], "author"])
    )


def test_the_form_that_disqus_imports_is_one_of_wordpress(tmp_path):
    path = tmp_path / "import.xml"
    path.write_text(
        '<?xml version="1.0"?><rss xmlns:dsq="http://www.disqus.com/" xmlns:wp="http://wordpress.org/export/1.0/">'
        "<channel><item><title>A</title><dsq:thread_identifier>t1</dsq:thread_identifier><wp:comment>"
        "<wp:comment_id>5</wp:comment_id><wp:comment_content>Hm.</wp:comment_content></wp:comment></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    export = read_export(path)
    assert "WordPress" in export.format
    assert list(export.comments["comment_id"]) == ["5"]
