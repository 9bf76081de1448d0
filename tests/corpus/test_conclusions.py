"""reading.md: what it gives, and that every sentence rests on comments that say what it quotes."""

import pytest

import rejoinder
from rejoinder.corpus.conclusions import codings_sha
from rejoinder.errors import CodebookError

PAGE = "An article says that rain is good.\n\n\nI love “it”.\n\nI hate it.\n"
READING = """by: K. M. (person)
codings:

## 00 What is said?
The other says that he “hate
it” [c02], and the author that "rain … good" [article, c01].

## 06 More
Both speak of it [c01,
c02].
"""


def load(folder, text):
    (folder / "page").mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "page" / "reading.md").write_text(text, encoding="utf-8")
    return rejoinder.load(folder / "page.txt").conclusions


# What is replaced by what, the line in which the fault is reported, and a word of the message.
@pytest.mark.parametrize(("old", "new", "line", "word"), [
    (" (person)", "", 1, "by:"), ("codings:\n", "", 1, "codings:"), (" [c01,\nc02]", "", 9, "speak"),
    ("[c02]", "[c02, c09]", 5, "'c09'"), ("“hate", "“hates", 5, "hates"), ("[c02],", "[c01],", 5, "hate"),
    ("Both speak", 'So [c01].\nBoth "speak"', 10, "'speak'"), ("## 06 More", "## 00", 8, "00"),
])  # fmt: skip
def test_fault_is_refused_with_file_line_and_remedy(tmp_path, old, new, line, word):
    assert old in READING
    with pytest.raises(CodebookError) as caught:
        load(tmp_path, READING.replace(old, new, 1))
    assert caught.value.file.endswith("page/reading.md")
    assert (caught.value.line, bool(caught.value.remedy)) == (line, True)
    assert word in caught.value.problem


@pytest.mark.parametrize(("codings", "outdated"), [("codings:", False), ("codings: 1a2b3c4d5e", True)])
def test_sections_are_those_of_the_notebooks_and_may_be_of_other_codings(tmp_path, codings, outdated):
    found = load(tmp_path, READING.replace("codings:", codings))
    assert (found.analyst, found.kind, found.outdated) == ("K. M.", "person", outdated)
    assert (list(found.sections), found.sections["06"]) == (["00", "06"], "Both speak of it [c01, c02].")


def test_digits_change_with_the_codings_and_not_with_their_order_or_notes():
    codings = rejoinder.load("000_b03053bac9951049").codings
    same = [codings, codings[::-1], codings.assign(note="new")]
    others = [codings[1:], codings.assign(value="agree"), codings.assign(basis=""), codings[:0]]
    assert [len({*map(codings_sha, tables)}) for tables in (same, others, same + others)] == [1, 4, 5]
