# ruff: noqa: E501 - the markup of pages and exports
"""Exports of Blogger: posts, comments, pages, settings and templates in one feed."""

import pytest

from rejoinder.corpus.importers import Export, read_export

BLOG = "tag:blogger.com,1999:blog-5"


def entry(key, kind, text, more="", who="Ann Reed", time="2012-01-02T03:04:05.000-08:00"):
    return f"""<entry><id>{BLOG}.post-{key}</id><published>{time}</published><updated>{time}</updated>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{kind}"/>
<title type="text">Close &amp;amp; plant</title><content type="html">{text}</content>
<link rel="edit" href="http://www.blogger.com/feeds/5/1/comments/default/{key}"/><author><name>{who}</name>
<uri>http://www.blogger.com/profile/{len(who)}</uri><email>noreply@blogger.com</email></author>{more}</entry>
"""


def new(key, kind, text, status="LIVE", more="", who="Ann Reed"):
    return f"""<entry><id>{BLOG}.post-{key}</id><blogger:type>{kind}</blogger:type>
<blogger:status>{status}</blogger:status><author><name>{who}</name><uri></uri>
<blogger:type>ANONYMOUS</blogger:type></author><title>Close &amp;amp; plant</title><content type="html">{text}</content>
<published>2012-01-02T11:04:05Z</published>{more}</entry>
"""


TO = f'<thr:in-reply-to href="x" ref="{BLOG}.post-1" type="text/html"/>'
RELATED = '<link rel="related" href="http://www.blogger.com/feeds/5/1/comments/default/11"/>'
POST = "Loud square.&lt;br /&gt;&lt;br /&gt;Plant trees."
DRAFT = "<app:control><app:draft>yes</app:draft></app:control>"
OLD = "".join([
    '<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x" type="text/css"?><feed xmlns="http://www.w3.org/',
    '2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><id>tag:blogger.com,1999:blog-5.archive</id>',
    entry("T", "template", "&lt;html&gt;"), entry("S", "settings", "yes"),
    entry(1, "post", POST, '<link rel="alternate" href="http://a.example/1.html"/><thr:total>6</thr:total>', "Mona Quill"),
    entry(2, "post", "Not yet.", DRAFT, "Mona Quill"), entry(3, "post", "", DRAFT),
    entry(11, "comment", "First.&lt;br /&gt;Second.", TO), entry(12, "comment", "No.", TO + RELATED, "Mona Quill"),
    entry(13, "comment", "This comment has been removed by the author.", TO, "Anonymous"),
    entry(14, "comment", "Stray.", TO.replace("post-1", "post-77")), "</feed>",
])  # fmt: skip
PARENT = f"<blogger:parent>{BLOG}.post-1</blogger:parent>"
NEW = "".join([
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" ',
    'xmlns:blogger="http://schemas.google.com/blogger/2018">',
    new(1, "POST", POST, who="Mona Quill"), new(2, "POST", "Not yet.", "DRAFT"), new(3, "POST", "", "DRAFT"),
    new(11, "COMMENT", "First.", more=PARENT + "<blogger:inReplyTo/>"),
    new(12, "COMMENT", "No.", more=f"{PARENT}<blogger:inReplyTo>{BLOG}.post-11</blogger:inReplyTo>", who="Mona Quill"),
    new(15, "COMMENT", "Buy.", "SPAM_COMMENT", PARENT), new(16, "COMMENT", "Hm.", "SOFT_TRASHED", PARENT),
    new(17, "COMMENT", "Hm.", "PENDING", PARENT), new(18, "COMMENT", "Hm.", "GHOSTED", PARENT), "</feed>",
])  # fmt: skip


def read(folder, text) -> Export:
    (folder / "feed.atom").write_text(text, encoding="utf-8")
    return read_export(folder / "feed.atom")


@pytest.mark.parametrize(
    ("file", "kept", "left"),
    [
        (OLD, ["11", "12", "14"], {"deleted": ["13"]}),
        (NEW, ["11", "12"], {"spam": ["15"], "trashed": ["16"], "pending": ["17"], "hidden": ["18"]}),
    ],
    ids=["old", "Takeout"],
)
def test_comments_are_told_from_other_entries(tmp_path, file, kept, left):
    export = read(tmp_path, file)
    start = f"{BLOG}.post-"
    rows = export.comments.assign(
        comment_id=[one.removeprefix(start) for one in export.comments["comment_id"]]
    )
    assert list(rows["comment_id"]) == kept
    ids = [[one.removeprefix(start) for one in ids] for ids in export.left_out["ids"]]
    assert dict(zip(export.left_out["reason"], ids, strict=True)) == left
    rows = rows.set_index("comment_id")
    assert rows["parent_id"].dropna().to_dict() == {"12": f"{start}11"}
    assert rows.loc["11", "posted_at"].isoformat() == "2012-01-02T11:04:05+00:00"
    assert rows["by_article_author"].to_dict().items() >= {"11": False, "12": True}.items()
    assert list(export.articles["article_id"])[:2] == [f"{start}1", f"{start}2"]
    assert any("1 article (draft" in one for one in export.remarks)


def test_article_and_its_stated_count(tmp_path):
    export = read(tmp_path, OLD)
    one = export.articles.iloc[0]
    assert one["text"] == "Loud square.\n\nPlant trees."
    assert (one["title"], one["author"], one["url"]) == (
        "Close & plant",
        "Mona Quill",
        "http://a.example/1.html",
    )
    assert one["stated"] == 6
    assert export.comments["text"][0] == "First.\nSecond."
    assert list(export.articles["article_id"])[2] == f"{BLOG}.post-77"  # named by a comment only


def test_undeclared_prefix_is_forgiven(tmp_path):
    export = read(tmp_path, OLD)
    assert any("not declared (app)" in one for one in export.remarks)
