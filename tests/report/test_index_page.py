from rejoinder.answers.answer import Answer
from rejoinder.report.index_page import front

ANSWERS = [
    Answer("Who <b>answers</b>?", "Nobody, “x”.", "One line.", "02_who_answers"),
    Answer("How?", "So.", "Firmly.", "03_how"),
]


def test_an_answer_says_how_sure_and_leads_to_its_notebook():
    html = front(ANSWERS, {"03": "holds"}).html
    assert '<a href="02_who_answers.ipynb">Who &lt;b&gt;answers&lt;/b&gt;?</a>' in html
    assert "<b>How sure:</b> One line." in html
    assert html.count("One left out") == 1
    assert "<b>One left out:</b> holds" in html


def test_plain_text_says_the_same():
    assert front(ANSWERS, {"03": "holds"}).plain == (
        "Who <b>answers</b>?\nNobody, “x”.\nHow sure: One line.\n\n"
        "How?\nSo.\nHow sure: Firmly.\nOne left out: holds"
    )
