"""What rules propose for a page that nobody has read."""

import dataclasses
import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rejoinder
from rejoinder import draft
from rejoinder.corpus.codings import no_codings
from rejoinder.discussion import STATEMENT_COLUMNS, Codebook
from rejoinder.measure import themes

# Unwrapped below: a paragraph or comment a line.
PAGE = """Close the market square to cars

Donald Trump once said in Vienna that every city loves its cars.

The town council should close the market square to cars. It will lose some trade in the first year.
Cars take seven of ten places around the market square. Should we wait for the US?

The town council should close the market square to all cars. Old Trump and the U.S. are no model for us.

Comments

> Cars take seven of ten places around the market square.

Shops will lose their customers when the market square is closed.
The people in America love cars, and so do I.

GREAT ARTICLE! When the market square is closed, the shops will lose customers to the
"big\\new" market hall.

Thanks, Trump! @Mayor Johnson has a bicycle and a small dog.
"""


@pytest.fixture
def page(tmp_path):
    (tmp_path / "page.txt").write_text(re.sub("(?<!\n)\n(?!\n)", " ", PAGE), encoding="utf-8")
    return tmp_path / "page.txt"


def test_every_statement_quotes_what_stands_there(page):
    talk = rejoinder.load(page)
    book = draft.codebook(talk)
    assert (book.analyst, book.kind, book.checked_by) == ("rules", "rules", None)
    assert list(book.statements.columns) == STATEMENT_COLUMNS
    for row in book.statements.itertuples():
        assert (
            talk.raw[row.start : row.end] == row.quote
            and row.line == talk.raw[: row.start].count("\n") + 1
        )
    for row in book.points.itertuples():
        assert row.quote in talk.comments["text"][row.comment_id] and pd.isna(row.answers)


def test_claims_are_different_sentences_of_the_body_each_of_a_kind(page):
    claims = draft.codebook(rejoinder.load(page)).claims
    assert claims.index[0] == "thesis" and claims["kind"]["thesis"] == "judgement"
    assert "Close the market square to cars" not in claims["quote"].tolist()
    assert sum("should close" in text for text in claims["text"]) == 1
    assert not claims["text"].str.endswith("?").any()
    kinds = claims.set_index("text")["kind"]
    assert kinds["It will lose some trade in the first year."] == "forecast"
    assert kinds["Cars take seven of ten places around the market square."] == "fact"


def test_one_actor_has_all_its_names_and_no_word_or_handle_is_one(page):
    actors = draft.codebook(rejoinder.load(page)).actors
    found = {row.name: set(row.aliases) for row in actors.itertuples()}
    assert found == {"Donald Trump": {"Donald Trump", "Trump"}, "the US": {"US", "U.S.", "America"}}


def test_a_theme_is_named_by_words_of_the_page_and_found_in_two_texts(page):
    talk = rejoinder.load(page)
    book = draft.codebook(talk).themes
    texts = pd.concat([talk.paragraphs["normalised"], talk.comments["normalised"]], ignore_index=True)
    found = themes.presence(texts, book)[list(book.index)]
    assert "market square" in book["name"].tolist() and (found.sum() >= 2).all()
    assert all(name in talk.raw for name in book["name"]) and book["name"].is_unique


def test_members_of_a_point_are_named_its_own_comment_first(page):
    talk = draft.fill(rejoinder.load(page))
    groups = draft.members(talk)
    own = talk.codebook.points["comment_id"]
    assert all(ids[0] == own[item] for item, ids in groups.items())
    shops = {*talk.comments.index[talk.comments["text"].str.contains("lose")]}
    assert set(groups.iloc[0]) == shops and talk.codings.empty  # no coding: nobody has read them


def test_a_codebook_that_is_there_is_kept(page):
    talk = draft.fill(rejoinder.load(page))
    assert draft.fill(talk) is talk


def test_the_written_file_loads_as_the_same_codebook(page):
    talk = rejoinder.load(page)
    assert not talk.codebook
    draft.write(talk, page.parent / "page" / "codebook.toml")
    text = (page.parent / "page" / "codebook.toml").read_text(encoding="utf-8")
    assert text.startswith("# A draft by rules, unchecked.")
    same(rejoinder.load(page).codebook, draft.codebook(talk))


def same(one: Codebook, other: Codebook):
    for field in dataclasses.fields(Codebook):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(
                left.fillna("–"), right.fillna("–"), check_dtype=False, check_index_type=False
            )
        else:
            assert left == right


HOSTILE = st.text(st.sampled_from("ab \"'\\\u00a0\x07\x7f“”é\U0001f600#[]={}\u2028$<&-"), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HOSTILE, min_size=2, max_size=2))
def test_hostile_words_survive_the_file(tmp_path, odd):
    lines = [f"The {odd[0]} town should close the market square {odd[1]} to all cars.", "Comments"]
    lines += [f"Shops {one} lose customers when the {one} market square is closed." for one in odd]
    path = tmp_path / "odd.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8", newline="")
    (tmp_path / "odd" / "codebook.toml").unlink(missing_ok=True)
    try:
        talk = rejoinder.load(path)
    except rejoinder.errors.RejoinderError:
        return  # no text, or no comments
    if draft.codebook(talk).claims.empty:
        return
    draft.write(talk, tmp_path / "odd" / "codebook.toml")
    same(rejoinder.load(path).codebook, draft.codebook(talk))


def test_a_draft_is_of_what_there_is(page):
    talk = rejoinder.load(page)
    nobody = draft.codebook(
        dataclasses.replace(talk, comments=talk.comments.iloc[:0], codings=no_codings())
    )
    assert len(nobody.claims) and nobody.points.empty
    unwritten = dataclasses.replace(talk, article=talk.article.iloc[:0])
    book = draft.codebook(unwritten)
    assert book.claims.empty and len(book.points)
    with pytest.raises(rejoinder.errors.CodebookError, match="no sentence"):
        draft.write(unwritten, page.parent / "none.toml")
