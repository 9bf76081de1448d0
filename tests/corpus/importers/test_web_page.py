# ruff: noqa: E501 - the markup of pages and exports
"""Saved web pages: each system marks its comments in its own way, and much around them looks like one."""

import base64
import quopri
from pathlib import Path

import pandas as pd
import pytest

from rejoinder.corpus.importers import Export, read_export
from rejoinder.errors import ExportError

ARTICLE = """<article><h1>Close the square</h1><p class="byline">By <a rel="author">Mona Quill</a></p>
<p>The market square of our town is loud, and nobody who lives there has slept well for a whole year now.</p>
<h2>What it costs</h2><p>Two shops have moved out since spring, and the third says that it will follow soon.</p>
<p>The council should close it to cars, plant forty trees and put benches where the lorries stop today.</p>
</article>"""
TEXTS = ["The market square", "## What it costs", "Two shops have", "The council should"]
SIDE = """<aside><ul class="widget recent-comments"><li class="comment"><span class="author">Zed</span> on <a
href="/old#comment-3">An older piece</a> <time datetime="2020-01-01">1 January 2020</time></li><li class="comment"><span
class="author">Yan</span> on <a href="/old#comment-4">It</a> <time datetime="2020-01-02">2 January</time></li></ul>
<div class="related"><h3>Related</h3><div class="card"><span class="author">Ida Moss</span> <time
datetime="2020-01-01">1 January 2020</time><a href="/x">A related piece</a></div></div></aside>"""
RULES = """<ul><li>Open until <time datetime="2021-04-01">April</time></li><li>Read from <time
datetime="2021-05-01">May</time></li></ul>"""
FORM = """<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form id="commentform"><p>Your email address
will not be published.</p><textarea id="comment" name="comment"></textarea></form></div>"""


def page(comments, *, head="", side=SIDE):
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Close the square</title>
<meta property="article:published_time" content="2021-03-01T08:00:00+01:00">
<link rel="canonical" href="https://example.org/square">{head}</head><body class="single comments-open">
<nav><a href="#comments">5 comments</a></nav><main>{ARTICLE}{comments}</main>{side}</body></html>"""


def wordpress(n, name, text, below="", more=""):
    below = f'<ol class="children">{below}</ol>' if below else ""
    return f"""<li id="comment-{n}" class="comment even depth-1 {more}"><article id="div-comment-{n}"
class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" class="avatar"/>
<b class="fn"><a rel="external" href="http://{name}.example">{name}</a></b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="#comment-{n}"><time datetime="2021-03-0{n}T10:00:00+00:00">March {n}, 2021 at
10:00 am</time></a></div></footer><div class="comment-content">{text}</div><div class="reply"><a
class="comment-reply-link" data-commentid="{n}" href="?replytocom={n}#respond">Reply</a></div></article>{below}</li>"""


PENDING = '<p class="comment-awaiting-moderation">Your comment is awaiting moderation.</p><p>Hm.</p>'


def words_only(n, name, text, more=""):
    return f"""<li class="comment" id="li-comment-{n}"><div id="comment-{n}" class="comment-body"><div
class="comment-author vcard"><cite class="fn">{name}</cite> <span class="says">wrote:</span></div><div
class="comment-meta commentmetadata"><a href="#comment-{n}">March {n}, 2021 at 10:00 am</a></div>{more}{text}
<div class="reply"><a href="#">Reply</a></div></div></li>"""


def drupal(n, name, text):
    return f"""<a id="comment-{n}"></a><article class="comment"><h3 class="comment-title"><a href="#comment-{n}"
rel="bookmark">{text[:9]}</a></h3><p class="submitted">Submitted by <span class="username">{name}</span> on Wed,
2021-03-0{n} 10:00</p><div class="field-name-comment-body"><p>{text}</p></div><ul class="links"><li><a>reply</a></li>
</ul></article>"""


def microdata(name, text):
    return f"""<div itemscope itemtype="http://schema.org/comment"><span itemprop="author">{name}</span>
<meta itemprop="datePublished" content="2021-03-02T10:00:00+01:00"/><p itemprop="text">{text}</p><button>Like</button>
</div>"""


def card(n, name, text, parent="", below="", more=""):
    return f"""<div class="post-card post-{n}" data-id="{n}" data-parent="{parent}" {more}><div class="top"><a
class="user-name">{name}</a><span class="when"><time datetime="2021-03-0{n}T10:00:00Z">3 days ago</time></span></div>
<div class="bubble"><p>{text}</p></div><div class="bar"><button>Reply</button><span class="like-count">1{n}</span>
<a>Report</a> · <a>Share</a></div>{below}</div>"""


LD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Close the square", "commentCount": 8,
"comment": [{"@type": "Comment", "@id": "k1", "text": "First.", "dateCreated": "2021-03-02T10:00:00Z", "upvoteCount": 4,
"author": {"name": "Ann"}, "comment": [{"@id": "k2", "text": "Second.", "author": "Bo"}]},
{"@id": "k3", "text": "Third.", "author": {"name": "Cy"}, "parentItem": {"@id": "k2"}}]}</script>"""
# Of each page: ids, texts, parents, authors, whether times are known, what was left out, the stated number.
ABC, AUTHORS = ["First.", "Second.", "Third."], ["reader 1", "reader 2", "reader 3"]
PAGES = {
    "WordPress": (
        page(f"""<div id="comments"><h2 class="comments-title">5 thoughts on “Close the square”</h2><ol
        class="comment-list">{wordpress(1, "Ann", "<p>First.</p>", wordpress(2, "Bo", "<p>Second.</p>", more="bypostauthor"))}
        {wordpress(3, "Cy", "<p>Third.</p>")}<li id="comment-4" class="pingback even"><div class="comment-body">Pingback:
        <a href="x">Some blog</a></div></li>{wordpress(5, "Di", PENDING)}</ol>{FORM}</div>"""),
        {"1": "First.", "2": "Second.", "3": "Third."}, {"2": "1"}, AUTHORS, True,
        {"pingback": ["4"], "pending": ["5"]}, 5,
    ),
    "WordPress, times in words": (
        page(f"""<h3 id="comments">3 Responses to “Close the square”</h3><ol class="commentlist">
        {words_only(1, "Ann", "<p>First.</p>")}{words_only(2, "Bo", "<p>Second.</p>")}{words_only(3, "Cy", "<p>Third.</p>")}
        </ol>{FORM}"""),
        {"1": "First.", "2": "Second.", "3": "Third."}, {}, AUTHORS, True, {}, 3,
    ),
    "Drupal": (
        page(f"""<section id="comments" class="comments"><h2>Comments</h2>{drupal(1, "Ann", "First.")}<div
        class="indented">{drupal(2, "Bo", "Second.")}<div class="indented">{drupal(3, "Cy", "Third.")}</div></div>
        {drupal(4, "Ann", "Fourth.")}</section>"""),
        {"1": "First.", "2": "Second.", "3": "Third.", "4": "Fourth."}, {"2": "1", "3": "2"},
        [*AUTHORS, "reader 1"], True, {}, None,
    ),
    "cite below the text": (
        page("""<h2 id="comments">3 Comments</h2><ol id="commentlist">""" + "".join(
            f"""<li id="comment-{n}"><p>{text}</p><p><cite>{kind} by <a href="x">{name}</a> — March {n}, 2021 @ <a
            href="#comment-{n}">10:00 am</a></cite></p></li>"""
            for n, text, kind, name in [(1, "First.", "Comment", "Ann"), (2, "Second.", "Comment", "Bo"),
                                        (3, "A blog", "Pingback", "B")]) + f"</ol>{FORM}"),
        {"1": "First.", "2": "Second."}, {}, AUTHORS[:2], True, {"pingback": ["3"]}, 3,
    ),
    "own system with titles": (
        page("""<ul class="comments"><li id="comment-81"><h2>A title</h2><span class="author">Ann</span><span
        class="date">21. Jan. 2015, 19:04</span><div class="text"><p>First.</p></div><ul><li id="comment-82"><h2>Re</h2>
        <span class="author">Bo</span><span class="date">22. Jan. 2015, 19:04</span><div class="text"><p>Second.</p></div>
        </li></ul></li></ul>"""),
        {"81": "A title\n\nFirst.", "82": "Re\n\nSecond."}, {"82": "81"}, AUTHORS[:2], True, {}, None,
    ),
    "microdata": (
        page("<section>" + "".join(map(microdata, ["Ann", "Bo", "Cy"], ABC)) + "</section>"),
        {"c01": "First.", "c02": "Second.", "c03": "Third."}, {}, AUTHORS, True, {}, None,
    ),
    "itemprop on the text alone": (
        page('<section class="talk">' + "".join(f'<div class="row"><div itemprop="comment"><p>{text}</p></div></div>'
             for text in ABC) + "</section>"),
        {"c01": "First.", "c02": "Second.", "c03": "Third."}, {}, [], False, {}, None,
    ),
    "JSON-LD": (
        page("", head=LD), {"k1": "First.", "k2": "Second.", "k3": "Third."}, {"k2": "k1", "k3": "k2"},
        AUTHORS, True, {}, 8,
    ),
    "alike, with buttons": (
        page(f"""<section class="discussion"><h3>Comments (12)</h3><div class="list">{card(1, "Ann", "First.",
        below=f'<div class="replies">{card(2, "Bo", "Second.")}</div>')}{card(3, "Cy", "Third.", parent=2)}<div
        class="post-card"><a>Load more comments</a></div></div></section>"""),
        {"1": "First.", "2": "Second.", "3": "Third."}, {"2": "1", "3": "2"}, AUTHORS, True,
        {"page furniture": ["c04"]}, 12,
    ),
    "alike, below a heading, without classes": (
        page("<h2>Readers' comments</h2><div>" + "".join(
            f"""<div><b>{name}</b> <i>March {n}, 2021</i><p>{text}</p><a>Reply</a></div>"""
            for n, name, text in zip((1, 2, 3), ["Ann", "Bo", "Cy"], ABC, strict=True)) + "</div>", side=""),
        {"c01": "First.", "c02": "Second.", "c03": "Third."}, {}, AUTHORS, True, {}, None,
    ),
    "paragraphs below a heading": (
        page("<section><h2>Comments</h2>" + "".join(f"<p>{text}</p>" for text in ABC) + "</section>", side=""),
        {"c01": "First.", "c02": "Second.", "c03": "Third."}, {}, [], False, {}, None,
    ),
}  # fmt: skip


def read(folder, data, name="page.html") -> Export:
    path = Path(folder) / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_export(path)


@pytest.mark.parametrize("kind", PAGES)
def test_comments_of_each_kind_of_page(tmp_path, kind):
    html, texts, parents, authors, timed, left, stated = PAGES[kind]
    export = read(tmp_path, html)
    rows = export.comments.set_index("comment_id")
    assert rows["text"].to_dict() == texts
    assert rows["parent_id"].dropna().to_dict() == parents
    assert list(rows["author"].dropna()) == authors
    if kind != "JSON-LD":  # of which one has a time
        assert list(rows["posted_at"].notna()) == [timed] * len(texts)
    assert dict(zip(export.left_out["reason"], export.left_out["ids"], strict=True)) == left
    (one,) = export.articles.to_dict("records")
    parts = one["text"].split("\n\n")
    assert all(part.startswith(start) for part, start in zip(parts, TEXTS, strict=True))
    assert (one["title"], one["url"]) == ("Close the square", "https://example.org/square")
    assert (None if pd.isna(one["stated"]) else one["stated"]) == stated


def mhtml(html, *, encoding="quoted-printable", mime="text/html", url="https://example.org/square"):
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}
    return b"\r\n".join([
        b"From: <Saved by Blink>", f"Snapshot-Content-Location: {url}".encode(), b"Subject: =?utf-8?Q?Close?=",
        b"MIME-Version: 1.0", b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--X"', b"", b"",
        b"----X", f"Content-Type: {mime}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: cid:frame".encode(), b"",
        coded[encoding](html.encode()), b"----X", b"Content-Type: text/css\r\n", b"p { color: red }", b"----X--", b"",
    ])  # fmt: skip


WORDPRESS = PAGES["WordPress"][0]
CARDS = PAGES["alike, with buttons"][0]
SAME = {
    "MHTML": mhtml(WORDPRESS.replace('<link rel="canonical" href="https://example.org/square">', "")), "MHTML in base64": mhtml(WORDPRESS, encoding="base64"),
    "MHTML in 8 bit": mhtml(WORDPRESS, encoding="8bit"), "byte order mark": "\ufeff" + WORDPRESS,
    "UTF-16": WORDPRESS.encode("utf-16"), "comment first": f"<!-- saved from url=(0025)x -->\n{WORDPRESS}",
    "XHTML": '<?xml version="1.0" encoding="iso-8859-1"?>\n' + WORDPRESS,
    "wrong declaration": WORDPRESS.replace("utf-8", "iso-8859-1"),
    "no declaration": WORDPRESS.replace('<meta charset="utf-8">', ""),
    "Windows letters": WORDPRESS.replace('<meta charset="utf-8">', "").encode("cp1252"),
    "upper case": WORDPRESS.replace("<!DOCTYPE html><html", "<!DOCTYPE HTML><HTML").replace("</html>", "</HTML>"),
    "end missing": WORDPRESS.partition("</main>")[0],
    "Wayback toolbar": WORDPRESS.replace("<nav>", '<div id="wm-ipp-base"><p>12 captures of this page, made from 2012 to'
                                         " 2019, are in the archive</p></div><nav>")
                                .replace('href="https://example.org', 'href="https://web.archive.org/web/2015im_/https://example.org'),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME)
def test_page_is_read_alike_however_it_was_saved(tmp_path, kind):
    found, as_it_was = read(tmp_path, SAME[kind]), read(tmp_path, WORDPRESS)
    assert found.comments.equals(as_it_was.comments)
    assert found.articles.equals(as_it_was.articles)


def test_writer_time_votes_and_the_author_among_readers(tmp_path):
    rows = read(tmp_path, WORDPRESS).comments
    assert list(rows["by_article_author"].fillna(False)) == [False, True, False]
    assert rows["posted_at"][0].isoformat() == "2021-03-01T10:00:00+00:00"
    assert list(read(tmp_path, CARDS).comments["votes"]) == [11, 12, 13]
    one = read(tmp_path, WORDPRESS).articles.iloc[0]
    assert (one["author"], one["posted_at"].isoformat()) == ("Mona Quill", "2021-03-01T07:00:00+00:00")
    # A day without an hour, as trafilatura finds it, leaves the comments their zone.
    dated = WORDPRESS.replace("T08:00:00+01:00", "")
    assert read(tmp_path, dated).comments["posted_at"].equals(rows["posted_at"])
    more = WORDPRESS.replace(FORM, '<a href="/square/comment-page-2/#comments">Newer</a>')
    assert any("further pages" in one for one in read(tmp_path, more).remarks)
    words = read(tmp_path, PAGES["cite below the text"][0])
    assert words.comments["posted_at"][0].isoformat() == "2021-03-01T10:00:00"


def test_words_of_a_comment_stay_and_what_is_around_them_goes(tmp_path):
    said = """<p>I saw it on <a href="x">Facebook</a>: "share".</p><blockquote><cite>Ann</cite> 3 likes</blockquote><h4>So</h4><p>2 &lt; 3
    &amp;amp; so</p><script>alert(1)</script><p onclick="x()">Report</p>"""
    text = read(tmp_path, page(f"<ol>{wordpress(1, 'Ann', said)}</ol>")).comments["text"][0]
    assert text == 'I saw it on Facebook: "share".\n\n> Ann 3 likes\n\nSo\n\n2 < 3 &amp; so\n\nReport'
    # A name in a quotation is not the writer's.
    end, quote = (
        "<p>No.</p><p><cite>Comment by Ann — March 1, 2021 @ 10:00 am</cite></p></li>",
        "<blockquote><cite>Zed</cite>: yes</blockquote>",
    )
    export = read(tmp_path, page(f'<ol><li id="comment-1">{end}<li id="comment-2">{quote}{end}</ol>'))
    assert list(export.comments["author"]) == ["reader 1", "reader 1"]


def test_article_ends_before_the_comments_where_both_stand_in_one_block(tmp_path):
    html = PAGES["paragraphs below a heading"][0].replace("</h1>", "</h1><p>3 comments</p>")
    for tag in ("article", "section", "main"):
        html = html.replace(f"<{tag}>", "<div>").replace(f"</{tag}>", "</div>")
    export = read(tmp_path, html)
    assert list(export.comments["text"]) == ABC
    text = export.articles["text"][0]
    assert (text[:17], text[-19:]) == ("The market square", "lorries stop today.")


def test_letters_stay_where_the_file_ends_within_one(tmp_path):
    whole = mhtml(CARDS.replace("First", "F\u00e9").replace("Third", "T\u00e9"), encoding="8bit")
    cut = whole.rpartition(b"\xa9")[0]
    export = read(tmp_path, cut)
    assert list(export.comments["text"]) == ["F\u00e9.", "Second.", "T"]
    assert any("cut off" in one for one in export.remarks)


def test_stated_answer_counts_before_nesting(tmp_path):
    link = '<p>In reply to <a href="#comment-2">Bo</a></p>'
    html = page("".join(words_only(n, "Ann", f"<p>{n}</p>", link * (n > 2)) for n in (1, 2, 3)))
    assert list(read(tmp_path, html).comments["parent_id"].fillna("")) == ["", "", "2"]
    assert list(read(tmp_path, CARDS).comments["parent_id"].fillna("")) == ["", "1", "2"]


@pytest.mark.parametrize(("name", "embed"), [
    ("Disqus", '<div id="disqus_thread"></div>'), ("Coral", '<div id="coral_thread"></div>'), ("", ""),
    ("OpenWeb", '<script src="https://launcher.spot.im/spot/sp_1"></script>'),
    ("Facebook", '<div class="fb-comments" data-href="x"></div>'),
    ("giscus", '<script src="https://giscus.app/client.js"></script>'),
])  # fmt: skip
def test_page_without_comments_says_so_and_names_the_platform(tmp_path, name, embed):
    around = f"<section id='comments'><h2>Comments</h2>{RULES}{embed and '<p>Be kind.</p>'}{embed}</section>{FORM}"
    export = read(tmp_path, page(around))
    assert (len(export.comments), len(export.articles)) == (0, 1)
    said = [one for one in export.remarks if "holds no comment" in one]
    assert len(said) == 1
    assert f"from {name}," in said[0] if name else "from" not in said[0]


XML, RSS = '<?xml version="1.0" encoding="utf-8"?>\n', '<rss xmlns:wp="http://wordpress.org/export/1.2/">'
BOMB = '<!DOCTYPE rss [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)
HOSTILE = '<p>Hm.</p><img src=x onerror="alert(1)"><svg onload=alert(1)>x</svg></article></li></ol><h2>Comments</h2>'
BAD = {  # what is read, and a word of the error; a line, if it is known; or of a remark, where it can be read
    "entity bomb": (f"{XML}{BOMB}]>\n{RSS}&a9;</rss>", "XML|entities", None),
    "external entity": (f'{XML}<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n{RSS}&x;</rss>', "entities", None),
    "entity in an attribute": (f"{XML}{BOMB}]>\n<rss a='&a9;'></rss>", "XML|entities", None),
    "stray backtick": ("`" + XML + "<disqus></disqus>", "XML", 1),
    "unquoted attribute": (XML + "<disqus>\n<thread id=5></thread></disqus>", "XML", 3),
    "entity that is not XML": (f"{XML}{RSS}<channel>\n<item>&nbsp;</item></channel></rss>", "XML", 3),
    "truncated XML": (f"{XML}{RSS}<channel><item>\n<wp:comment><wp:comment_id>5", "XML", 3),
    "wrong encoding declaration": (f"{XML}{RSS}<channel>\n<title>caf\xe9</title>".encode("latin-1"), "XML", 3),
    "unknown encoding": ('<?xml version="1.0" encoding="klingon"?><rss></rss>', "XML", 1),
    "deep XML": (f"{XML}{RSS}{'<item>' * 50_000}", "XML", 2),
    "unknown XML": (XML + "<recipe>tea</recipe>", "unknown kind", None),
    "plain RSS": (XML + "<rss><channel><item><title>A</title></item></channel></rss>", "unknown kind", None),
    "plain Atom": (XML + "<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "unknown kind", None),
    "WordPress without an item": (f"{XML}{RSS}<channel><wp:wxr_version>1.2</wp:wxr_version></channel></rss>", "holds no", None),
    "empty Disqus": (XML + "<disqus/>", "holds no", None),
    "deep page": ("<html><body>" + "<div>" * 50_000 + "x", "deep", 1),
    "empty page": ("<!doctype html><html></html>", "holds no", None),
    "page of white space": ("<html><body> \n </body></html>", "holds no", None),
    "only an embed": ('<html><body><div id="disqus_thread"></div></body></html>', "Disqus", None),
    "only scripts": ("<html><body><div id=root></div><script>go()</script></body></html>", "Scripts", None),
    "MHTML without HTML": (mhtml("x", mime="text/css"), "without HTML", None),
    "MHTML with an empty page": (mhtml(""), "empty", None),
    "MHTML cut in its head": (mhtml(WORDPRESS)[:220], "without HTML", None),
}  # fmt: skip
DEEP = f"{XML}{RSS}<channel><item><wp:comment><wp:comment_content><![CDATA[{'<div>' * 50_000}x]]>"
ODD = {  # what is read all the same: how many comments, how many were left out, and a word of a remark
    "MHTML cut in the middle": (mhtml(CARDS).partition(b"Third")[0], (2, 1), "cut off"),
    "hostile markup in a comment": (page(f"<ol>{wordpress(1, 'Ann', HOSTILE)}{wordpress(2, 'Bo', 'No.')}</ol>"), (2, 0), ""),
    "one id for two comments": (page(words_only(1, "Ann", "A.") + words_only(1, "Bo", "B.")), (1, 1), ""),
    "deep comment in XML": (f"{DEEP}</wp:comment_content></wp:comment></item></channel></rss>", (1, 0), ""),
    "broken JSON-LD": (WORDPRESS.replace("</head>", '<script type="application/ld+json">{"comment": [</script></head>'), (3, 2), ""),
    "JSON-LD of other types": (page("", head='<script type="application/ld+json">[{"comment": ["x", 5, null, {"text": 7}]}]</script>'), (1, 3), ""),
    "deep JSON-LD": (page("", head=f'<script type="application/ld+json">{"[" * 50_000}</script>'), (0, 0), "no comment"),
    "letters of no encoding": (WORDPRESS.encode().replace(b"First", b"\xff\xfe\x81"), (3, 2), ""),
    "NUL": (WORDPRESS.replace("First", "Fi\0rst"), (3, 2), ""),
    "comments without an article": ("<html><body><ol>" + wordpress(1, "Ann", "A.") + "</ol></body></html>", (1, 0), "no text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_input(tmp_path, kind):
    data, word, line = BAD[kind]
    with pytest.raises(ExportError, match=word) as caught:
        read(tmp_path, data, "export.xml")
    assert Path(caught.value.file).name == "export.xml" and caught.value.remedy.endswith(".")
    assert caught.value.line == line or (line is None and caught.value.line in (None, 1, 2, 3))


@pytest.mark.parametrize("kind", ODD)
def test_odd_input(tmp_path, kind):
    data, sums, remark = ODD[kind]
    export = read(tmp_path, data)
    assert (len(export.comments), export.left_out["n"].sum()) == sums
    assert any(remark in one for one in export.remarks) or not remark
    assert "alert" not in export.comments.to_csv() + export.articles.to_csv()
