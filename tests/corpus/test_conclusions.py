"""reading.md: what it gives, and that every sentence rests on comments that say what it quotes."""

import pytest

import rejoinder
from rejoinder.corpus.codings import COLUMNS, text_sha
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


@pytest.fixture
def load(tmp_path):
    """Loads a page with a reading.md and, if a tone of c01 is given, a coding of it."""

    def loaded(text, tone=""):
        (tmp_path / "page").mkdir(exist_ok=True)
        row = tone and f"B,person,c01,tone,{tone},,,,1,{text_sha('I love “it”.')},\n"
        files = {
            "page.txt": PAGE,
            "page/reading.md": text,
            "page/codings.csv": f"{','.join(COLUMNS)}\n{row}",
        }
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return rejoinder.load(tmp_path / "page.txt")

    return loaded


# What is replaced by what, the line in which the fault is reported, and a word of the message.
@pytest.mark.parametrize(("old", "new", "line", "word"), [
    (" (person)", "", 1, "by:"), ("codings:\n", "", 1, "codings:"), (" [c01,\nc02]", "", 9, "speak"),
    ("[c02]", "[c02, c09]", 5, "'c09'"), ("“hate", "“hates", 5, "hates"), ("[c02],", "[c01],", 5, "hate"),
    ("Both speak", "So [c01].\nBoth “speak”", 10, "'speak'"),
])  # fmt: skip
def test_fault_is_refused_with_file_line_and_remedy(load, old, new, line, word):
    assert old in READING
    with pytest.raises(CodebookError) as caught:
        load(READING.replace(old, new, 1))
    assert caught.value.file.endswith("page/reading.md")
    assert (caught.value.line, bool(caught.value.remedy)) == (line, True)
    assert word in caught.value.problem


def test_sections_are_those_of_the_notebooks_and_outdated_if_the_codings_changed(load):
    of_tone = {tone: codings_sha(load(READING, tone).codings) for tone in ("", "positive", "mixed")}
    for tone in of_tone:
        for then, digits in of_tone.items():
            found = load(READING.replace("codings:", f"codings: {digits}"), tone).conclusions
            assert (found.analyst, found.kind, found.outdated) == ("K. M.", "person", tone != then)
            assert (list(found.sections), found.sections["06"][-11:]) == (["00", "06"], "[c01, c02].")
