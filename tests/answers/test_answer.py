"""What every answer is made of, and how one shows itself."""

import pytest

from rejoinder import answers
from rejoinder.answers.answer import Answer
from rejoinder.errors import NameNotKnown, known

HOSTILE = '<script>owned()</script> <img src=x onerror="owned()"> \u202eevil\x1b[31m'


def test_an_answer_shows_question_answer_ground_and_notebook():
    answer = Answer("Who?", "Nine.", "As read.", "02_who_answers")
    assert repr(answer) == "Who?\nNine.\nAs read.\nMore in notebook 02_who_answers"
    html = answer._repr_html_()
    places = [html.index(one) for one in ("Who?", "Nine.", "As read.", "02_who_answers")]
    assert places == sorted(places)


@pytest.mark.parametrize("at", range(4))
def test_hostile_text_in_an_answer_stays_text(at):
    answer = Answer(*(HOSTILE if at == i else "x" for i in range(4)))
    html = answer._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    for form in (html, repr(answer)):
        assert not set(form) & set("\u202e\x1b")


def test_a_name_that_there_is_not_is_told_with_the_nearest():
    assert known("k1", ["k1", "k2"], "claim") == "k1"
    with pytest.raises(
        NameNotKnown, match=r"there is no claim 'thesi'. Did you mean 'thesis'\? There are"
    ):
        known("thesi", ["thesis", "k1"], "claim")
    with pytest.raises(NameNotKnown, match=r"there is no claim 7\. There are: none\."):
        known(7, [], "claim")


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda talk: answers.held(talk, "3"), "03"),
        (lambda talk: answers.unshared_words(talk, "reader"), "readers"),
        (lambda talk: answers.leading_themes(talk, "Author"), "author"),
        (lambda talk: answers.actor_sentences(talk, "writers"), "readers"),
    ],
)
def test_a_side_or_notebook_that_there_is_not_is_told(talk, ask, near):
    with pytest.raises(NameNotKnown, match=f"there is no .*{near}"):
        ask(talk)
