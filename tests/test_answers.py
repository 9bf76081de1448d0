import dataclasses
from pathlib import Path

import rejoinder
from rejoinder import answers
from rejoinder.stats.estimate import share

SEED = "000_b03053bac9951049"
NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))[1:]  # not the first: 00


def test_every_question_has_an_answer_and_a_notebook(talk, bare):
    for discussion in (talk, bare):
        found = answers.what_do_readers_say_back(discussion)
        assert [a.notebook for a in found] == [file.stem for file in NOTEBOOKS]
        assert all(a.question.endswith("?") and a.short and a.sure for a in found)


def test_the_answers_say_that_a_coder_is_a_language_model(talk):
    for question in (answers.what_does_the_author_argue, answers.what_do_readers_talk_about):
        assert "language model" in question(talk).sure


def test_shares_count_comments(talk):
    assert "3 of 9 comments (0.33" in answers.reply_share(talk)
    table = answers.theme_shares(talk)
    by_hand = talk.comments["text"].str.contains("oligarch", case=False).sum()
    readers, alone = table.loc["oligarchs", "readers"], share(int(by_hand), 9)
    assert (readers.count, readers.n) == (alone.count, 9)
    assert readers.high - readers.low > alone.high - alone.low  # threads
    assert table.loc["oligarchs", "side"] == "readers"
    assert table.loc["deal", "author"].n == talk.article["paragraph"].max()


def test_another_reading_changes_what_is_counted(talk):
    lines = rejoinder.load(SEED, reading="lines")
    assert "15 comments" in answers.who_answers(lines).short
    assert "none of them" in answers.reply_share(lines)
    assert answers.theme_shares(lines)["readers"].iloc[0].n == 15


def test_without_a_codebook_the_answer_is_cannot_tell(bare):
    assert answers.what_does_the_author_argue(bare).short.startswith("Can't tell")
    assert answers.what_do_readers_talk_about(bare).short.startswith("Can't tell")
    assert answers.theme_shares(bare).empty
    assert answers.theme_examples(bare).empty
    assert answers.claim_places(bare).empty
    assert "has not been coded" in answers.in_a_nutshell(bare)


def test_unknown_replies_are_not_taken_for_none(bare):
    assert "was not decided" in answers.who_answers(bare).short
    assert "answer another reader" not in answers.who_answers(bare).short


def test_an_unscored_comment_is_counted_as_such(bare):
    short = answers.how_do_readers_feel(bare).short
    assert "1 without a scored word" in short
    assert answers.mean_tone(bare).n == 2


def test_warm_words_make_a_warm_verdict_and_cold_ones_a_cold(tmp_path):
    for line, verdict in (("I love this.", "warm"), ("I hate this.", "cold")):
        path = tmp_path / f"{verdict}.txt"
        path.write_text("An article.\n\n\n" + f"{line}\nReally, {line}\n" * 3, encoding="utf-8")
        assert answers.verdict(answers.mean_tone(rejoinder.load(path))) == verdict


def test_claims_stand_in_the_order_of_their_offsets(talk):
    places = answers.claim_places(talk)
    assert places["place"].between(0, 1).all()
    by_offset = talk.codebook.claims["start"].sort_values().index
    assert list(places["place"].sort_values().index) == list(by_offset)


def test_every_scored_word_is_marked_where_it_stands(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "An article.\n\n\nA nice start, I hate this plan, a nice end.\nNo.\n", encoding="utf-8"
    )
    row = answers.marked_comments(rejoinder.load(path), ["c01"]).iloc[0]
    assert [(row["text"][a:b], kind) for a, b, kind in row["mark"]] == [
        ("nice", "positive"),
        ("hate", "negative"),
        ("nice", "positive"),
    ]


def test_the_weightiest_words_come_first(talk):
    assert answers.tones(talk)["drivers"]["c01"].startswith("joke +, many +")


def test_contrary_sentences_have_contrary_signs(talk):
    table = answers.contrary_sentences(talk)
    assert ((table["textblob"] * table["vader"]) < 0).all()
    assert len(table)


def test_unshared_words_stand_on_one_side_only(talk):
    article = " ".join(talk.paragraphs["text"]).lower()
    words = answers.unshared_words(talk, "readers")
    assert "oligarchs" in words.index
    assert "oligarchs" not in article
    assert (words["comments"] >= 3).all()


def test_a_neutral_band_that_is_wider_finds_fewer_cold_and_warm(talk, bare):
    table = answers.tone_choices(talk).set_index("choice")
    of_all = table[["cold", "warm", "neither or unscored"]].sum(axis=1)
    assert list(of_all) == [9] * 5 + [10, 15]  # the other readings find more comments
    faint = bare.comments.assign(text=["I love it.", "It is affronted.", "I hate it."])  # +0.025
    small = answers.tone_choices(dataclasses.replace(bare, comments=faint)).set_index("choice")
    wide, above = small.iloc[1], small.loc["as above"]
    assert (above["neither or unscored"], wide["neither or unscored"]) == (0, 1)
    tone = answers.tones(talk)["tone"]
    assert table.loc["as above", "cold"] == (tone == "negative").sum()


def test_a_codebook_without_themes_is_answered(talk):
    book = dataclasses.replace(talk.codebook, themes=talk.codebook.themes.head(0))
    less = dataclasses.replace(talk, codebook=book)
    assert "names no themes" in answers.what_do_readers_talk_about(less).short
    assert "argues" in answers.in_a_nutshell(less)


def test_the_cast_of_the_article_goes_by_its_paragraphs(talk):
    counts = [int(text.split()[0]) for text in answers.author_cast(talk)["paragraphs"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_theme_sentences_hold_the_matched_words(talk):
    found = answers.theme_sentences(talk)
    economy = found[found["theme_id"] == "economy"]
    assert set(economy["side"]) == {"author", "readers"}
    assert all(
        text[a:b] for text, mark in zip(found["text"], found["mark"], strict=True) for a, b, _ in mark
    )


def test_masking_moves_a_score(talk):
    tone = answers.tones(talk)
    assert (tone["polarity"] != tone["polarity_unmasked"]).any()
