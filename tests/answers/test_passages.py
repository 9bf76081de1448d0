import dataclasses

from rejoinder.answers import passages
from rejoinder.corpus.load import load


def test_passages_are_where_their_words_stand(talk):
    table = passages.theme_passages(talk)
    assert {"author", "readers"} == set(table["side"])
    for row in table.itertuples():
        texts = talk.paragraphs if row.side == "author" else talk.comments
        assert 0 <= row.start < row.end <= len(texts.loc[row.unit, "text"])


def test_a_quotation_over_two_paragraphs_is_marked_in_both(talk):
    first, second = talk.paragraphs.loc[1], talk.paragraphs.loc[2]
    claims = talk.codebook.claims.head(1).assign(start=first["end"] - 10, end=second["start"] + 10)
    book = dataclasses.replace(talk.codebook, claims=claims)
    table = passages.claim_passages(dataclasses.replace(talk, codebook=book))
    assert list(table["unit"]) == [1, 2]
    assert list(table["end"] - table["start"]) == [10, 10]


def test_the_nearest_paragraphs_share_words_with_the_comment(tmp_path):
    text = "An article that argues for rain.\n\nComments\n\nRain is what we argue about.\n\nZebra!\n"
    (tmp_path / "page.txt").write_text(text)
    talk = load(tmp_path / "page.txt")
    assert list(passages.nearest_paragraphs(talk, "c01").index) == [1]
    assert passages.nearest_paragraphs(talk, "c02").empty


def test_without_a_codebook_there_are_none(bare):
    for table in (passages.theme_passages, passages.actor_passages, passages.claim_passages):
        assert list(table(bare).columns) == passages.COLUMNS
        assert table(bare).empty
