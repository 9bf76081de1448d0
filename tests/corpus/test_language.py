"""Other languages are recognised; English in doubt."""

import pytest

from rejoinder.corpus.language import language


@pytest.mark.parametrize(("text", "code"), [
    ("Das ist doch alles Unsinn, was der Autor hier schreibt.", "de"),
    ("C'est n'importe quoi, cet article est nul et bête.", "fr"), ("привет как дела", "ru"),
    ("你好世界这是", "zh"), ("The author is right about this.", "en"),
    ("LOL Putin Trump NATO Ukraine Russia Moscow", "en"),
    ("gr8 post thx so much m8 lol keep em coming", "en"), ("Nice one mate", None), ("👍👍", None),
    ("", None),
])  # fmt: skip
def test_language(text, code):
    assert language(text) == code
