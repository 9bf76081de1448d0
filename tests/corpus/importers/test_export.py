# ruff: noqa: E501 - a table of times
"""What importers find becomes one result: ids as text, parents, people, times, and sums that add up."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.corpus.importers.export import OTHER_ARTICLE, export_of
from rejoinder.corpus.importers.records import Records


def export(*comments, articles=()):
    records = Records("a test")
    for article in articles:
        records.article(**article)
    for number, comment in enumerate(comments, start=1):
        given_ = {"name": str(number), "body": f"Text {number}.", "markup": "text", **comment}
        records.comment(given_.pop("name"), **given_)
    return export_of(records)


def left(found):
    return dict(zip(found.left_out["reason"], found.left_out["ids"], strict=True))


@pytest.mark.parametrize("name", [139792451, 139792451.0, "139792451"])
def test_ids_are_text(name):
    found = export({"name": name}, {"name": "2", "parent": name})
    assert list(found.comments["comment_id"]) == ["139792451", "2"]
    assert found.comments["parent_id"][1] == "139792451"


@pytest.mark.parametrize("parent", [None, "", "0", 0, 0.0, "root", float("nan"), "t3_a", "NULL"])
def test_answering_the_article_is_answering_nobody(parent):
    found = export({"parent": parent}, articles=[{"name": "t3_a", "title": "A", "body": "Prose."}])
    assert found.comments["parent_id"].isna().all()


def test_a_parent_that_is_not_there_is_kept_apart_from_no_parent():
    found = export({}, {"parent": "77"}, {"parent": "3", "name": "3"})
    assert list(found.comments["parent_id"].fillna("–")) == ["–", "77", "–"]  # a reply to itself is none
    assert any("not there: 1." in one for one in found.remarks)


def test_people_are_told_apart_by_id_and_shown_as_pseudonyms():
    same_name = [{"author": "Ann", "author_id": i} for i in (5, 6.0, "5")]
    found = export(*same_name, {"author": "Bob"}, {"author": "[deleted]"}, {"author": "Anonymous"}, {})
    authors = ["reader 1", "reader 2", "reader 1", "reader 3", *"–––"]
    assert list(found.comments["author"].fillna("–")) == authors
    assert "Ann" not in found.comments.to_csv()


def test_the_authors_own_comments_are_marked_where_that_is_known():
    article = [{"name": "a", "author": "Jane Doe", "body": "Prose."}]
    comments = {"author": "jane doe"}, {"author": "X"}, {}, {"author": "X", "by_author": True}
    found = export(*comments, articles=article)
    assert list(found.comments["by_article_author"].astype(object)) == [True, False, pd.NA, True]


def test_records_are_comments_or_left_out_with_a_reason():
    again = {"name": "9", "body": "Text 4."}, {"name": "9", "body": "Other words."}
    first = {"body": "[deleted]"}, {"body": " \u200b "}, {"left_out": "spam"}, {"name": "9"}
    found = export(*first, *again, {"body": "NA"})
    assert list(found.comments["comment_id"]) == ["9", "7"]
    once = {"deleted": ["1"], "empty": ["2"], "spam": ["3"], "repeated": ["9"], "id used twice": ["9"]}
    assert left(found) == once
    assert len(found.comments) + found.left_out["n"].sum() == 7


def test_one_of_several_articles_keeps_the_sum():
    found = export(*({"article": one} for one in "aba"), {"article": "b", "left_out": "spam"})
    one = found.of("a")
    assert list(one.articles["article_id"]) == ["a"] and len(one.comments) == 2
    assert left(one) == {"spam": ["4"], OTHER_ARTICLE: ["2"]}


def test_comments_without_an_article_get_one_without_a_text():
    found = export({}, {})
    assert len(found.articles) == 1 and found.articles["text"][0] == ""
    assert set(found.comments["article_id"]) == {*found.articles["article_id"]}


@pytest.mark.parametrize(("times", "first"), [
    (["2025-03-01T10:00:00Z", None], "2025-03-01 10:00:00+00:00"),
    (["2025-03-01T10:00:00+02:00", ""], "2025-03-01 08:00:00+00:00"),
    ([1740823200, "1740823200.0"], "2025-03-01 10:00:00+00:00"),
    (["1740823200000"], "2025-03-01 10:00:00+00:00"),
    (["Sat, 01 Mar 2025 10:00:00 +0000"], "2025-03-01 10:00:00+00:00"),
    (["2025-03-01 10:00"], "2025-03-01 10:00:00"), (["March 1, 2025 10:00"], "2025-03-01 10:00:00"),
    (["2025-03-01 10:00", "2025-03-01T10:00:00Z"], "2025-03-01 10:00:00"),
    (["01/03/2025", "31/03/2025"], "2025-03-01 00:00:00"), (["03/01/2025", "03/31/2025"], "2025-03-01 00:00:00"),
    (["01/03/2025"], "NaT"), (["two years ago"], "NaT"), (["2025"], "NaT"), (["soon"], "NaT"), (["March 2025"], "NaT"),
])  # fmt: skip
def test_times_are_read_and_an_unstated_zone_stays_unknown(times, first):
    found = export(*({"time": time} for time in times))
    assert str(found.comments["posted_at"][0]) == first
    unread = [time for time in times if time] if first == "NaT" else []
    assert sum("could not be read" in one for one in found.remarks) == bool(unread)


def test_votes_may_be_missing_or_no_numbers():
    found = export(*({"votes": votes} for votes in (3, "-2", "1.2K", None, float("nan"))))
    assert list(found.comments["votes"].fillna(0)) == [3, -2, 1200, 0, 0]


VALUE = st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.just([1]))
FIELDS = ("name", "article", "parent", "body", "author", "author_id", "time", "votes")


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({field: VALUE for field in FIELDS}), max_size=8))
def test_whatever_a_file_holds_the_sums_add_up(rows):
    records = Records("a test")
    for row in rows:
        records.comment(row.pop("name"), markup="text", **row)
    found = export_of(records)
    assert len(found.comments) + found.left_out["n"].sum() == len(rows)
    assert not found.comments.duplicated(["article_id", "comment_id"]).any()
    assert found.comments["text"].str.strip().ne("").all()
    assert found.comments["article_id"].isin(found.articles["article_id"]).all()
