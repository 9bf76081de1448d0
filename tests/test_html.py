"""Text for a page and for a terminal; hostile text is tested in hostile/test_shown.py."""

from rejoinder.html import Fragment


def test_plain_text_is_that_of_the_page():
    html = "<p>a <b>&lt;c&gt;</b> 5\u00a0%</p><table><tr><th>x</th><td>1–\u20602</td></tr></table>"
    assert Fragment(html).plain == "a <c> 5 %\nx  1–2"
