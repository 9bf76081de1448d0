import json
import os
from itertools import pairwise
from pathlib import Path

import pysbd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rejoinder.text as rules
from rejoinder.text import (
    QUOTATION,
    normalise,
    quoted_spans,
    sentences,
    tokens,
    without_addresses,
    without_markdown,
)  # fmt: skip

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")


def parts(text, **options):
    return [text[a:b] for a, b in sentences(text, **options)]


@pytest.mark.parametrize(("text", "plain"), [
    ("it’s “so”", 'it\'s "so"'), ("a\u00a0b\tc", "a b c"), ("un‑unite", "un-unite"), ("wait…", "wait."),
    ("Orbán ÄÖ ß", "Orbán ÄÖ ß"), ("a – b—c", "a – b—c"), ("$x$ <b> 5%", "$x$ <b> 5%"), ("", ""),
])  # fmt: skip
def test_normalise(text, plain):
    assert normalise(text) == plain


@settings(deadline=None)
@given(st.text())
def test_normalise_keeps_every_place(text):
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize(("text", "words"), [
    ("It’s over", ["it's", "over"]), ("un-unite Europe", ["un-unite", "europe"]),
    ("war—bad 2 years", ["war", "bad", "2", "years"]), ("Dostoïvsky, 上海!", ["dostoïvsky", "上海"]),
    ("-- ' …", []),
])  # fmt: skip
def test_tokens(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(("text", "quoted"), [
    ("he said “so be it” and left", ["“so be it”"]), ('he said "so" and "so"', ['"so"', '"so"']),
    ("„so“ oder »so« oder «so»", ["„so“", "«so»"]), ('a 5" pipe', []),
    ("it's the readers' 'own' word", []), ("“open\nand closed”", []), ('""', []),
])  # fmt: skip
def test_quotations_stand_between_double_marks_of_one_line(text, quoted):
    assert QUOTATION.findall(text) == quoted


@pytest.mark.parametrize(("text", "quotation", "found"), [
    ("it’s “so”, twice “so”", "it's \"so\"", ["it’s “so”"]), ("it’s so", "“it's so”", ["it’s so"]),
    ("a\u00a0b\n c", " a b  c", ["a\u00a0b\n c"]), ("wait… what", "wait... what", ["wait", "what"]),
    ("a b c d", "a … d", ["a", "d"]), ("a b a c", "b [...] a...c", ["b", "a", "c"]),
    # is not there
    ("a b", "b … a", []), ("a b", "a … c", []), ("ab", "a b", []), ("A – b", "a – b", []),
    ("abc", "a.c", []), ("a", "", []), ("a.", " “…” ", []),
])  # fmt: skip
def test_quotation_is_found_whatever_its_marks_and_white_space(text, quotation, found):
    assert [text[a:b] for a, b in quoted_spans(text, quotation)] == found


@pytest.mark.parametrize(("text", "found"), [
    ("“It’s over.” He left.", ["“It’s over.”", "He left."]), ("no stop", ["no stop"]),
    ("a\nb", ["a", "b"]), ("  lead. \n\n tail  ", ["lead.", "tail"]), (" \n ", []), ("", []),
    ("I love it. 🙂", ["I love it. 🙂"]), ("I love it! 📌📌 Really.", ["I love it!", "📌📌 Really."]),
    ("🙂 I love it.\n🙂", ["🙂 I love it.", "🙂"]),
    ("At 5 a.m. Mr. Smith left.", ["At 5 a.m. Mr. Smith left."]),
    ("On 3 May 2020, at about 5 p.m. Xi came.", ["On 3 May 2020, at about 5 p.m. Xi came."]),
    ("From 9 a.m. to 5 p.m. Putin spoke.", ["From 9 a.m. to 5 p.m. Putin spoke."]),
    ("He left. Shortly after 5 p.m. I came.", ["He left.", "Shortly after 5 p.m. I came."]),
    ("At 5 p.m. The train left.", ["At 5 p.m.", "The train left."]),
    ("He left at 5 p.m. Mr. Smith stayed.", ["He left at 5 p.m.", "Mr. Smith stayed."]),
    ("When? At 5 p.m. Mr. Smith saw him.", ["When?", "At 5 p.m.", "Mr. Smith saw him."]),
])  # fmt: skip
def test_sentences(text, found):
    assert parts(text) == found


def test_line_break_ends_a_sentence_unless_the_text_is_wrapped():
    text = "It is\nover. He\nleft."
    assert parts(text) == ["It is", "over.", "He", "left."]
    assert parts(text, wrapped=True) == ["It is\nover.", "He\nleft."]


@pytest.mark.parametrize("wrapped", [False, True])
@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aB1 .!?…“”’()\n\r\t-–—:;😀é")))
def test_every_letter_is_in_exactly_one_sentence(wrapped, text):
    at = 0
    for start, end in sentences(text, wrapped=wrapped):
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert not text[at:].strip()


def test_a_very_long_line_is_split():
    assert len(sentences("hello world. " * 8_000)) == 8_000


def parts_by_pysbd(line):
    starts, at = {0}, 0
    for piece in pysbd.Segmenter(language="en", clean=False).segment(line):
        if (start := line.find(piece, at)) >= 0:
            starts.add(start)
            at = start + len(piece)
    found = []
    for left, right in pairwise([*sorted(starts), len(line)]):
        if found and not any(map(str.isalnum, line[left:right])):
            left = found.pop()[0]
        found.append((left, right))
    return [line[left:right].strip() for left, right in found if line[left:right].strip()]


@pytest.mark.parametrize("line", [
    "Mr. Smith and Dr. Jones met J. Brown. They talked.", "I am with you . . .", "(So. It) e.g. 3.5 a.b",
    "Cats, dogs, etc. are here. It was me. They left.", "Yahoo!! 'tis boys' \"go\"? NATO... [1] $5.", "IYahoo!! no",
    "I did. I. Newton did. vs. I like ice. I eat it.", "It's don't word?! i) ii) 😀. 100% co. The House",
    "I live in the U.S. How about you? Fine. At it. Co. I went.",
])  # fmt: skip
def test_line_is_split_as_by_pysbd(line):
    assert parts(line) == parts_by_pysbd(line)


PIECES = """
    I It The no me is Mr Dr vs art U.S. etc e.g p.m. great NATO in 12 2016 3 3.5 (yes) (a "so called"
    "no. Yes" it's boys' 'tis , ; : - -- — . ! ? ... .. !! !!! ?!
    :) i a b 100% x. Inc Co. may I'm rev Yahoo!
"""


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PIECES.split()), st.sampled_from([*[" "] * 4, "", ". ", "! ", "? ", "... "])
        ),
        max_size=12,
    )
)
def test_line_that_needs_few_rules_is_cut_as_by_all(pieces):
    line = "".join(word + gap for word, gap in pieces).strip()
    if line and (starts := rules._ordinary_starts(line)):
        assert starts == rules._starts_by_pysbd(line)


@pytest.mark.parametrize(
    "text", ["He said “Go away.” It’s over. ‘So’ it is.", "The boys’ ‘plan.’ Not mine. “No?” Yes."]
)
def test_curly_quotes_move_no_border(text):
    assert sentences(text) == sentences(normalise(text))


@pytest.mark.skipif(FOLDER is None, reason="REJOINDER_BENCHMARKS does not name a folder of labelled data")
def test_all_golden_rules_hold():
    lines = (Path(FOLDER) / "sentence_splitting" / "golden_rules.jsonl").read_text(encoding="utf-8")
    rules = [json.loads(line) for line in lines.splitlines()]
    assert len(rules) == 48
    for rule in rules:
        assert parts(rule["text"]) == [sentence.strip() for sentence in rule["sentences"]]


MARKDOWN = {
    'See [the plan](https://example.org/a_(b).html?c=d "Its title."), please.': "See the plan , please.",
    "A [long\nlabel](x) here": "A long\nlabel here",
    "[![alt](a.jpg)](https://example.org) Under it": "Under it",
    "https://example.org/best/great. www.example.org?": ". ?",
    "It is **really *very* good** and __sure__, _too_.": "It is really very good and sure , too .",
    "## The plan\n> He said\n- one": "The plan\nHe said\none",
    "The `mayor` said": "The mayor said",
}
NO_MARKDOWN = [
    "2 * 3 * 4 = 24", "f*** you, and f***ing too", "snake_case_name and _private",
    "#now is not # a heading", "He said [sic] (twice) [1]", "A* search, B*", "> ", "the `60s",
    "example.org",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_marks_and_addresses_give_way_to_spaces(text):
    plain = without_markdown(text)
    assert [" ".join(line.split()) for line in plain.split("\n")] == MARKDOWN[text].split("\n")
    assert all(new in (old, " ") for new, old in zip(plain, text, strict=True))


@pytest.mark.parametrize("text", NO_MARKDOWN)
def test_text_that_only_looks_like_markdown_stays(text):
    assert without_markdown(text).strip(" ") == text.strip("> ")


@given(st.text(alphabet='ab \n*_`[]()!#>-:/."', max_size=60))
def test_no_markdown_changes_a_length(text):
    assert all(new in (old, " ") for new, old in zip(without_markdown(text), text, strict=True))


@pytest.mark.parametrize(("text", "words"), [
    ("see https://example.org/best/great?a=b&c. It", ["see", "it"]),
    ("(www.great.example/a_(b)), yes", ["yes"]), ("mail love@example.org!", ["mail"]),
    ("@angry_bob: what? @me@social.example", ["what"]),
    ("[so](https://x.org/hate) nytimes.com/awful", ["so"]),
    ('terrible<br>awful <a href="https://x.org">link</a>&nbsp;&#39;', ["terrible", "awful", "link"]),
    ("bit.ly/great, mailto:hate@x.org u/angry_man in r/worstof", ["in"]),
    ("and/or, his/her r/d good.Bad", ["and", "or", "his", "her", "r", "d", "good", "bad"]),
    ("a @ b, 5@3, cr@p", ["a", "b", "5", "3", "cr", "p"]),
    ("terrible.Awful U.S. a.b", ["terrible", "awful", "u", "s", "a", "b"]),
    ("x <b and y> z, I <i mean it>", ["x", "b", "and", "y", "z", "i", "i", "mean", "it"]),
    ("http is a protocol: www", ["http", "is", "a", "protocol", "www"]),
    ("#great AT&T", ["great", "at", "t"]),
])  # fmt: skip
def test_addresses_and_handles_are_no_words(text, words):
    assert tokens(text) == words


ADDRESSES = [
    "https://", "www.", "@", "a@b.c", ".com", "<br>", "<a b=", "&amp;", "é.", "/", ")", " ", "\n", "x",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(ADDRESSES) | st.text(max_size=2)).map("".join), st.booleans())
def test_leaving_out_addresses_keeps_every_place(text, handles):
    bare = without_addresses(text, handles=handles)
    assert len(bare) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, bare, strict=True))


@pytest.mark.parametrize("text", [
    "There is nothing: 1. good, 2. great or 3. lovely in it.",
    "I see three faults: 1. The cost, 2. The noise and 3. The dust.",
    "It is (1) too dear, (2) too loud and (3) too late.",
    "It is too dear 1) for me 2) for you 3) for all.", "We want a) peace, b) bread and c) land.",
    "As Smith et al. [2004] show, roads fill up.", "So say Smith et al. (2004) and others.",
    "It is approx. 5 km.",
])  # fmt: skip
def test_list_within_a_sentence_and_citation_do_not_cut_it(text):
    assert parts(text) == [text]


@pytest.mark.parametrize(("text", "found"), [
    ("1. The cost. 2. The noise.", ["1. The cost.", "2. The noise."]),
    ("1. The cost 2. The noise", ["1. The cost", "2. The noise"]),
    ("Two faults: 1. It costs. 2. It stinks.", ["Two faults: 1. It costs.", "2. It stinks."]),
    ("He came in 2004. She left.", ["He came in 2004.", "She left."]),
    ("By Smith et al. The rest is new.", ["By Smith et al.", "The rest is new."]),
    ("He lives in the U.S. Nobody asked him.", ["He lives in the U.S.", "Nobody asked him."]),
    ("The U.S. Army left.", ["The U.S. Army left."]),
])  # fmt: skip
def test_items_that_are_sentences_are_split(text, found):
    assert parts(text) == found
