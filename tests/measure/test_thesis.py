import re

import numpy as np
import pandas as pd
import pytest

from rejoinder.measure.thesis import rank

ESSAY = [
    [
        "Almost every pupil owns a phone today.",
        "It rings in the bus and at the table.",
        "At school, phones are a useful tool.",
    ],
    ["They find words quickly.", "A dictionary takes far longer to open.", "Lessons move on faster."],
    ["Parents can call when a bus is late.", "Nobody waits in the rain.", "That calms everybody."],
    ["A drawer by the door holds the phones in between.", "It costs nothing.", "So everybody gains."],
]
OP_ED = [
    ["The tram will close in May.", "The council announced it on Monday."],
    ["Last year three thousand people took it each day.", "It was built in 1920."],
    ["Twice the council tried to close it.", "Twice a court stopped the plan."],
    ["Its cars are forty years old.", "One breaks down each week."],
    ["The line loses two million a year.", "Buses would need a new depot."],
    ["A depot takes six years to build."],
    ["The council hopes for a quiet vote."],
    ["But closing the tram is more likely to cost money than to save it.", "Streets fill up with cars."],
    ["The vote takes place in spring."],
]
SHORT = [
    "Plastic bags are handy.",
    "They litter the river and kill fish.",
    "The city should ban them from shops.",
    "Paper must be offered in their place.",
    "Paper hardly costs more.",
]


def ranked(paragraphs, **options):
    """Sentences of a text that is given by paragraphs, likeliest thesis first."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    numbers = [i for i, paragraph in enumerate(paragraphs, 1) for _ in paragraph]
    scores = rank(sentences, paragraphs=numbers, **options)
    return [sentences[i] for i in np.argsort(-scores)]


def with_sentence(text, paragraph, at, sentence):
    changed = [list(one) for one in text]
    changed[paragraph][at] = sentence
    return changed


def test_short_text_states_its_thesis_in_the_first_demand_else_in_the_first_sentence():
    assert ranked([SHORT])[0] == SHORT[2]
    without = [s.replace("should ban", "wants to ban").replace("must be", "is") for s in SHORT]
    assert ranked([without])[0] == without[0]


def test_essay_states_its_thesis_at_the_end_of_its_first_paragraph():
    assert ranked(ESSAY)[:2] == [ESSAY[0][-1], ESSAY[-1][-1]]


@pytest.mark.parametrize(("paragraph", "at", "sentence"), [
    (0, 1, "In my opinion, they belong into every school bag."),
    (0, 0, "I firmly believe that a phone helps every pupil."),
    (3, 0, "To sum up, I disagree with those who ban them."), (3, 2, "Schools should let phones in."),
])  # fmt: skip
def test_strong_cue_at_either_end_of_an_essay_beats_place(paragraph, at, sentence):
    assert ranked(with_sentence(ESSAY, paragraph, at, sentence))[0] == sentence


def test_op_ed_comes_to_its_thesis_late_where_it_turns():
    assert ranked(OP_ED)[0] == OP_ED[7][0]


@pytest.mark.parametrize("sentence", [
    "On the contrary, the line pays for itself.", "Rather than close it, Leeds can mend it.",
    "In short, the line pays for itself.", "It’s time for new cars.",
])  # fmt: skip
def test_cue_words_of_an_op_ed_raise_a_late_sentence(sentence):
    plain = with_sentence(OP_ED, 7, 0, "The line pays for itself, with new cars.")
    assert ranked(with_sentence(plain, 7, 1, sentence))[0] == sentence
    assert ranked(plain)[0] != plain[7][1]


@pytest.mark.parametrize("sentence", [
    "Should phones be a tool at school?", "“Phones should be a tool at school?”",
    "Many parents think that phones should be banned at school.",
    "According to the minister, phones must go.",
    "“All phones must leave the school at once,” the minister said.",
    "‘I believe it’s a useful tool at school.’", "“I believe that phones are a useful tool at school.",
    "Of course, phones must be switched off.", "This essay will discuss phones at school.",
])  # fmt: skip
def test_questions_others_views_concessions_and_announcements_do_not_win(sentence):
    text = with_sentence(ESSAY, 0, -1, sentence)
    assert sentence not in ranked(text)[:2]
    assert ranked([[sentence, *SHORT]])[0] == SHORT[2]


@pytest.mark.parametrize("sentence", [
    "Some parents think that phones must go, but I believe that they help.",
    "I agree with those who said that phones help.",
    "Of course, phones ring, but schools should allow them.", "Phones are “smart” and a useful tool.",
    "Don't forget that phones are the pupils' tool.",
])  # fmt: skip
def test_own_view_is_not_taken_for_a_concession_or_for_that_of_others(sentence):
    assert ranked(with_sentence(ESSAY, 0, -1, sentence))[0] == sentence


@pytest.mark.parametrize(("before", "after"), [
    ("By Jane Smith", "Jane Smith is a professor of transport at the University of Leeds."),
    ("by Jane M. Smith", "This article should be republished under the same licence."),
    ("A Tool We Need", "Jane Smith is the paper’s transport correspondent."),
])  # fmt: skip
def test_bylines_and_headings_do_not_win_nor_take_the_place_of_a_paragraph(before, after):
    assert ranked([[before], *ESSAY, [after]])[0] == ESSAY[0][-1]
    assert ranked([[before], *ESSAY, [after]])[1] == ESSAY[-1][-1]
    assert ranked([[before], *OP_ED, [after]])[0] == OP_ED[7][0]


def test_sentences_without_a_paragraph_are_outside_where_others_have_one():
    numbers = [None, 1, 1, 1, 2, 2, pd.NA, 3, 3, float("nan")]
    sentences = ["Phones", "One.", "Two.", "Three.", "A.", "B.", "Reasons", "C.", "D.", "E."]
    assert rank(sentences, paragraphs=numbers).argmax() == 3


def test_likeness_to_the_title_raises():
    plain = rank(SHORT, paragraphs=[1] * 5)
    titled = rank(SHORT, paragraphs=[1] * 5, title="Who killed the fish in our rivers?")
    assert (titled - plain).argmax() == 1
    assert titled[1] > plain[1] + 0.1
    assert titled[1] == rank(SHORT, paragraphs=[1] * 5, title="Who killed the fish in our river?")[1]
    assert titled[4] == plain[4]


@pytest.mark.parametrize("unknown", [None, pd.NA, float("nan")])
def test_place_alone_counts_where_paragraphs_are_unknown(unknown):
    short = rank(SHORT, paragraphs=[unknown] * 5)
    assert list(short) == list(rank(SHORT, paragraphs=[1] * 5))
    flat = [sentence for paragraph in ESSAY for sentence in paragraph]
    assert rank(flat, paragraphs=[unknown] * 12).argmax() in (3, 11)
    assert list(rank(flat, paragraphs=[unknown] * 12)) == list(rank(flat, paragraphs=[1] * 12))
    op_ed = [sentence for paragraph in OP_ED * 2 for sentence in paragraph]
    assert rank(op_ed, paragraphs=[unknown] * len(op_ed)).argmax() == len(op_ed) - 3


def test_missing_and_blank_sentences_score_lowest_and_a_single_one_has_a_score():
    scores = rank(["One.", None, "By Jane Smith", " ", float("nan"), pd.NA], paragraphs=[1] * 6)
    assert list(np.isneginf(scores)) == [False, True, False, True, True, True]
    assert rank(pd.Series([], dtype="str"), paragraphs=[]).shape == (0,)
    for only in ("Ban them.", "By Jane Smith", "?!", "Why?"):
        assert np.isfinite(rank([only], paragraphs=[1])).tolist() == [True]


def test_equal_sentences_have_different_scores_and_the_earlier_is_higher():
    scores = rank(["Trams help."] * 400, paragraphs=[1 + i // 4 for i in range(400)])
    assert len(set(scores)) == 400
    assert scores[60] > scores[61]


def test_names_that_take_each_others_place_change_nothing():
    names = ["Ann", "Xi Jinping", "the Reds", "Bo"]
    texts = ["Ann should go.", "Xi Jinping met Ann.", "Bo likes the Reds.", "In short, Bo is right."]
    other = dict(zip(names, [*names[1:], names[0]], strict=True))
    swapped = [re.sub("|".join(names), lambda found: other[found[0]], text) for text in texts]
    numbers = range(len(texts))
    first = rank(texts, paragraphs=numbers, title="Ann and Bo", names=names)
    again = rank(swapped, paragraphs=numbers, title="Xi Jinping and Ann", names=names)
    assert first.tolist() == again.tolist()
    assert first.tolist() != rank(texts, paragraphs=numbers, title="Ann and Bo").tolist()


@pytest.mark.parametrize(("sentences", "paragraphs", "title", "error"), [
    (["a", "b", "c"], [1, 1], None, ValueError), (["a", "b"], ["one", "two"], None, ValueError),
    (["a", 3], [1, 1], None, TypeError), ("ab", [1, 1], None, TypeError),
    (["a", "b"], [1, 1], 3, TypeError), ([["a"], "b"], [1, 1], None, TypeError),
])  # fmt: skip
def test_input_that_does_not_fit_is_refused(sentences, paragraphs, title, error):
    with pytest.raises(error):
        rank(sentences, paragraphs=paragraphs, title=title)
