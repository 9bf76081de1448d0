"""An export is a discussion like any other, and can be kept as a seed."""

import json

import pytest

import rejoinder
from rejoinder.cli import main
from rejoinder.corpus.imported import import_seeds, read_seed
from rejoinder.errors import ExportError

ARTICLE = """# Close the centre

It is time to close the old town to cars. No shop has lost by it.

## Why

The mayor should be bold.
"""
COMMENTS = """id,author,parent,published,text,status,score
a.1,Ann,,2025-03-01T10:00:00Z,High time. Keep the cars out.,approved,3
2,Bob,a.1,2025-03-02T10:00:00Z,"Ann wrote:
> Keep the cars out.

A terrible idea.

Really.",approved,
3,Ann,77,2025-03-03T10:00:00Z,"Das ist doch alles Unsinn, was der Autor hier schreibt.",,
4,Cy,a.1,2025-03-03T10:00:00Z,[deleted],,
5,Cy,3,2025-03-03T10:00:00Z,Buy pills,spam,
6,Cy,3,2025-03-03T10:00:00Z,=SUM(A1) is a wonderful idea.,,-2
7,,,,NaT,,
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    return tmp_path


def same(one, other):
    assert one.raw == other.raw and one.source.sha256 == other.source.sha256
    for name in ("article", "comments", "left_out"):
        a, b = getattr(one, name), getattr(other, name)
        assert a.astype(str).equals(b.astype(str)), name


def test_both_halves_make_a_discussion_with_exact_offsets(here):
    talk = rejoinder.load("article.md", comments="comments.csv")
    assert list(talk.comments.index) == ["a.1", "2", "3", "6", "7"]
    for table in (talk.comments, talk.article, talk.paragraphs, talk.comment_sentences):
        spans = zip(table["start"], table["end"], strict=True)
        assert [talk.raw[a:b] for a, b in spans] == list(table["text"])
    assert talk.article["role"].value_counts().to_dict() == {"body": 3, "heading": 2}
    assert talk.left_out[["reason", "n"]].to_numpy().tolist() == [["deleted", 1], ["spam", 1]]
    assert talk.source.title == "Close the centre" and talk.seed == "article"
    same(talk, rejoinder.load("comments.csv", article="article.md"))


def test_quoted_words_and_other_languages_are_not_measured(here):
    talk = rejoinder.load("article.md", comments="comments.csv")
    assert talk.comments["normalised"]["2"].split() == ["A", "terrible", "idea.", "Really."]
    assert talk.comments["normalised"]["3"].strip() == "" and talk.comments["language"]["3"] == "de"
    assert talk.comments["normalised"].str.len().equals(talk.comments["text"].str.len())
    assert "3" not in set(talk.comment_sentences["comment_id"])
    assert not talk.comment_sentences["text"].str.contains("Keep the cars out").iloc[2:].any()


def test_an_orphan_is_a_reply_but_not_to_a_comment_that_is_there(here):
    talk = rejoinder.load("article.md", comments="comments.csv")
    assert talk.comments["reply_to"].dropna().to_dict() == {"2": "a.1", "3": "77", "6": "3"}
    assert talk.threads["6"] == talk.threads["3"] == "77"


def test_one_half_alone(here):
    only = rejoinder.load("comments.csv")
    assert only.article.empty and only.article_text == "" and len(only.comments) == 5
    only = rejoinder.load("article.md", comments="none")
    assert only.comments.empty and len(only.paragraphs) == 2


def test_an_import_is_the_same_discussion_and_can_be_coded(here):
    (folder,) = import_seeds(here / "article.md", comments="comments.csv")
    (here / "seeds" / "article" / "codebook.toml").write_text(
        '[coder]\nname = "KM"\nkind = "person"\n[thesis]\ntext = "Cars should go."\nkind = "judgement"\n'
        'quote = "close the old town to cars"\n[[statements]]\nid = "idea"\n'
        'by = "readers"\ncomment = "2"\n'
        'kind = "judgement"\ntext = "It is a bad idea."\nquote = "A terrible idea."\n'
    )
    talk = rejoinder.load("article")
    same(talk, rejoinder.load("article.md", comments="comments.csv"))
    assert talk.raw[slice(*talk.codebook.points[["start", "end"]].iloc[0])] == "A terrible idea."
    assert folder == here / "seeds" / "article" and talk.source.path == "seeds/article"
    assert "Ann" not in (folder / "comments.csv").read_text().replace("Ann wrote", "")


def test_a_second_import_keeps_corrections_and_refuses_another_file(here):
    (folder,) = import_seeds(here / "article.md", comments="comments.csv")
    table = folder / "comments.csv"
    table.write_text(table.read_text().replace("High time.", "High  time."))
    import_seeds(here / "article.md", comments="comments.csv")
    assert "High  time." in table.read_text()
    table.write_text(table.read_text().replace(",NaT,", ",,"))
    emptied = read_seed(folder)
    assert len(emptied.comments) == 4 and emptied.left_out.iloc[-1].tolist() == ["empty", 1, ["7"]]
    (here / "comments.csv").write_text(COMMENTS + "8,Cy,3,2025-03-03T10:00:00Z,More.,,\n")
    import_seeds(here / "article.md", comments="comments.csv")
    assert "High  time." not in table.read_text()
    assert "7" in list(read_seed(folder).comments["comment_id"])
    other = here / "other"
    other.mkdir()
    (other / "article.md").write_text(ARTICLE)
    with pytest.raises(ExportError, match="import of"):
        import_seeds(other / "article.md", comments="comments.csv")


def test_several_articles_are_listed_or_all_imported(here, capsys):
    rows = [{"article_id": i, "id": n, "text": f"Comment {n}."} for n, i in enumerate("xyx", start=1)]
    (here / "many.json").write_text(json.dumps(rows))
    with pytest.raises(ExportError, match=r"x \(“no title”, 2 comments\) and y"):
        rejoinder.load("many.json")
    assert list(rejoinder.load("many.json", article="y").comments.index) == ["2"]
    with pytest.raises(ExportError, match="no article 'z'"):
        rejoinder.load("many.json", article="z")
    assert main(["import", "many.json", "--all"]) == 0
    assert capsys.readouterr().out.split() == ["seeds/many-1", "seeds/many-2"]
    assert [len(rejoinder.load(f"many-{n}").comments) for n in (1, 2)] == [2, 1]


@pytest.mark.parametrize(("file", "content", "said"), [
    ("source.toml", "file = ", "TOML"), ("comments.csv", "id,words\n1,No.\n", "comment_id"),
    ("comments.csv", 'comment_id,text\n1,"No.\n', "row 2"), ("article.md", None, "article.md"),
])  # fmt: skip
def test_a_broken_seed_says_what_and_where(here, file, content, said):
    (folder,) = import_seeds(here / "article.md", comments="comments.csv")
    (folder / file).unlink() if content is None else (folder / file).write_text(content)
    with pytest.raises(ExportError, match=said):
        rejoinder.load("article")


@pytest.mark.parametrize("columns", ["text", "text=", "text=body", "colour=score"])
def test_wrong_columns_are_refused_in_a_line(here, columns, capsys):
    assert main(["import", "comments.csv", "--columns", columns]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1 and not (here / "seeds").exists()


def test_a_text_of_comments_is_refused_and_an_article_is_not_lost(here, capsys):
    (here / "words.txt").write_text("I agree.\n\nI do not.\n")
    assert main(["import", "article.md", "--comments", "words.txt"]) == 1
    assert main(["import", "words.txt"]) == 1
    assert "perhaps with comments" in capsys.readouterr().err and not (here / "seeds").exists()
    assert main(["import", "comments.csv", "--article", "article.md"]) == 0
    assert main(["import", "comments.csv"]) == 1 and "would be lost" in capsys.readouterr().err
    assert "Close the centre" in (here / "seeds" / "comments" / "article.md").read_text()


def test_a_comment_may_be_called_as_the_article_is(here):
    (here / "odd.csv").write_text("id,author,text\narticle,A,Yes.\nat://x y/<b>,B,No.\n")
    assert list(rejoinder.load("odd.csv").comments.index) == ["comment-article", "at://x y/<b>"]
