import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder import sentence_split
from rejoinder.text import normalise, sentences

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds sentence_splitting/"
)


def parts(line):
    return [line[a:b].strip() for a, b in pairwise([*sentence_split.starts(line), len(line)])]


def parts_by_pysbd(line):
    """What pysbd alone makes of the whole line."""
    import pysbd

    at, starts = 0, {0}
    for piece in pysbd.Segmenter(language="en", clean=False).segment(line):
        found = line.find(piece, at)
        if found >= 0:
            starts.add(found)
            at = found + len(piece)
    return [line[a:b].strip() for a, b in pairwise([*sorted(starts), len(line)])]


PLAIN = [
    "It is over. He left.",
    "is it over? he left! what a day! Yes.",
    "We won!!! Great!! No?! Never.",
    "I waited... and then... She came.",
    "See example.org or version 2.5 of it. Then go.",
    'He said "no." to (all of. Them) it. Good.',
    "Mr. Smith and Dr. Jones met J. Brown. They talked.",
    "Cats, dogs, etc. are here. It was me. They left.",
    "In 2019. Then 1,000 came in no. 5 of it.",
    "NATO met. #tag it. @you go. :) fine",
]


@pytest.mark.parametrize("line", PLAIN)
def test_plain_line_is_split_as_by_pysbd_without_asking_it(line, monkeypatch):
    expected = parts_by_pysbd(line)
    monkeypatch.setattr(sentence_split, "_by_pysbd", lambda text: pytest.fail(f"asked about {text!r}"))
    assert parts(line) == expected


DOUBTFUL = [
    "I live in the U.S. How about you? Fine.",
    "So. He said 'This is it. Or not.' She left. Good.",
    "Well. 1. The first. 2. The second. Done.",
    "Well. a) the first. b) the second.",
    "Yes. (Not so. Really.) He left. Fine.",
    'Yes. "Go away." He left. "No" Then.',
    'Yes. "He is "" gone."" The rest.',
    "No. Yahoo! is here. Yum! Foods too.",
    "Well. (It is here. Now (of it) See. Fine.",
    "The boys' way. He said 'so. It'ly. Then.",
    "I am with you . . .",
    "A -- b. C -- d. E",
    "The boys' way. He said 'x.y. Z' so. It's off.",
    "Good.. bad. See en.m.wikipedia.org. Fine.",
    "I did. I. Newton did. vs. I like ice. I eat it.",
    "?! is. !! so",
    r"a \" b. \" C",
    "The end.[1] It. Yes.5 No.",
    "Da 。Ga！ So. No",
    "At it. Co. I went. Etc. (no) Rd. 5",
]


@pytest.mark.parametrize("line", DOUBTFUL)
def test_doubtful_line_is_split_as_by_pysbd(line):
    assert parts(line) == parts_by_pysbd(line)


PIECES = """
    the House a I it's don't word etc Mr no is me U.S e.g J 3 12 2019 3.5 a.b NATO Orbán co (x)
    (So. It) "go" "Go." "What?" 'tis boys' [1] -- :) @me $5 Yahoo é a) ii) 😀 B 100%
"""
ENDS = [
    ".",
    ". ",
    ".  ",
    "! ",
    "? ",
    "!! ",
    "?! ",
    "... ",
    "...",
    ", ",
    " ",
    " ",
    " ",
    '." ',
    '" ',
    ".) ",
]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from(ENDS)), max_size=8))
def test_any_line_is_split_as_by_pysbd(pieces):
    line = "".join(word + end for word, end in pieces)
    assert parts(line) == parts_by_pysbd(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("At 5 a.m. Mr. Smith left.", ["At 5 a.m. Mr. Smith left."]),
        ("By 6 P.M. Trump was gone.", ["By 6 P.M. Trump was gone."]),
        ("On Monday at 9:30 a.m. President Xi spoke.", ["On Monday at 9:30 a.m. President Xi spoke."]),
        ("On 3 May 2020, at about 5 p.m. Xi came.", ["On 3 May 2020, at about 5 p.m. Xi came."]),
        ("From 9 a.m. to 5 p.m. Putin spoke.", ["From 9 a.m. to 5 p.m. Putin spoke."]),
        ("He left. Shortly after 5 p.m. I came.", ["He left.", "Shortly after 5 p.m. I came."]),
        ("He came at 5 p.m. At 6 p.m. Xi left.", ["He came at 5 p.m.", "At 6 p.m. Xi left."]),
        # must not change
        ("At 5 p.m. all left. She stayed.", ["At 5 p.m. all left.", "She stayed."]),
        ("At 5 p.m. The train left.", ["At 5 p.m.", "The train left."]),
        ("He left at 5 p.m. Mr. Smith stayed.", ["He left at 5 p.m.", "Mr. Smith stayed."]),
        ("It was 5 p.m. Trump spoke.", ["It was 5 p.m.", "Trump spoke."]),
        ("The shop opens at 9 a.m. Xi waits.", ["The shop opens at 9 a.m.", "Xi waits."]),
        ("When? At 5 p.m. Mr. Smith saw him.", ["When?", "At 5 p.m.", "Mr. Smith saw him."]),
    ],
)
def test_time_that_opens_a_sentence_does_not_end_it(line, expected):
    assert parts(line) == expected


@needs_data
def test_all_golden_rules_hold():
    lines = (Path(FOLDER) / "sentence_splitting" / "golden_rules.jsonl").read_text(encoding="utf-8")
    rules = [json.loads(line) for line in lines.splitlines()]
    assert len(rules) == 48
    for rule in rules:
        found = [rule["text"][a:b] for a, b in sentences(rule["text"])]
        assert found == [sentence.strip() for sentence in rule["sentences"]]


@pytest.mark.parametrize(
    "text",
    ["He said “Go away.” It’s over. ‘So’ it is.", "The boys’ ‘plan.’ Not mine. “No?” Yes."],
)
def test_curly_quotes_move_no_border(text):
    assert sentences(text) == sentences(normalise(text))
