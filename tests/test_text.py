import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.text import QUOTATION, normalise, sentences, tokens


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("it’s “so”", 'it\'s "so"'),
        ("a\u00a0b\tc", "a b c"),
        ("un‑unite", "un-unite"),
        ("wait…", "wait."),
        # must not change
        ("Orbán ÄÖ ß", "Orbán ÄÖ ß"),
        ("a – b—c", "a – b—c"),
        ("$x$ <b> 5%", "$x$ <b> 5%"),
        ("", ""),
    ],
)
def test_normalise(text, plain):
    assert normalise(text) == plain


@given(st.text())
def test_normalise_keeps_every_place(text):
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two!", ["One.", "Two!"]),
        ("Dr. Smith went to the U.S. in May.", ["Dr. Smith went to the U.S. in May."]),
        ("“It’s over.” He left.", ["“It’s over.”", "He left."]),
        ("no stop", ["no stop"]),
        ("a\nb", ["a", "b"]),
        ("  lead. \n\n tail  ", ["lead.", "tail"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences(text, parts):
    assert [text[a:b] for a, b in sentences(text)] == parts


@pytest.mark.parametrize("wrapped", [False, True])
@given(text=st.text(alphabet=st.sampled_from("aB1 .!?…“”’()\n\r\t-–—:;😀é")))
def test_every_letter_is_in_exactly_one_sentence(wrapped, text):
    at = 0
    for start, end in sentences(text, wrapped=wrapped):
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert not text[at:].strip()


def test_a_very_long_line_is_read_in_reasonable_time():
    begun = time.perf_counter()
    assert len(sentences("hello world. " * 8_000)) == 8_000
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s over", ["it's", "over"]),
        ("un-unite Europe", ["un-unite", "europe"]),
        ("war—bad 2 years", ["war", "bad", "2", "years"]),
        ("Dostoïvsky, 上海!", ["dostoïvsky", "上海"]),
        ("-- ' …", []),
    ],
)
def test_tokens(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("he said “so be it” and left", ["“so be it”"]),
        ('he said "so" and "so"', ['"so"', '"so"']),
        ("„so“ oder »so« oder «so»", ["„so“", "«so»"]),
        ('a 5" pipe', []),
        ("it's the readers' 'own' word", []),
        ("“open\nand closed”", []),
        ('""', []),
    ],
)
def test_quotations_stand_between_double_marks_of_one_line(text, quoted):
    assert QUOTATION.findall(text) == quoted


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("I love it. 🙂", 1),
        ("I love it! 📌📌 Really.", 2),
        ("Is it so? !!! Yes.", 2),
        ("🙂 I love it.", 1),
        ("I love it.\n🙂", 2),  # a line of its own
        ("🙂", 1),
        ("It has 3. 4 are here.", 2),
    ],
)
def test_signs_alone_are_no_sentence_after_another(text, n):
    found = sentences(text)
    assert len(found) == n
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == "".join(text.split())
