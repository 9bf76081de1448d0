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

One of them “loves” nothing [c01]. The other says that he “hate[s]
it” [c02], and the author that "rain … good" [article, c01].

## 06 More

Both speak of it [c01,
c02].
""".replace("“loves”", "'loves'").replace("hate[s]", "hate")


@pytest.fixture
def load(tmp_path):
    """Loads a page with a reading.md and, if a tone of c01 is given, a coding of it."""

    def loaded(text, tone=None):
        (tmp_path / "page").mkdir(exist_ok=True)
        (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
        (tmp_path / "page" / "reading.md").write_text(text, encoding="utf-8")
        row = f"B,person,c01,tone,{tone},,,,1,{text_sha('I love “it”.')},\n" if tone else ""
        (tmp_path / "page" / "codings.csv").write_text(f"{','.join(COLUMNS)}\n{row}")
        return rejoinder.load(tmp_path / "page.txt")

    return loaded


def test_sections_are_those_of_the_notebooks(load):
    found = load(READING).conclusions
    assert (found.analyst, found.kind, list(found.sections)) == ("K. M.", "person", ["00", "06"])
    assert found.sections["06"] == "Both speak of it [c01, c02]."


# What is replaced by what, the line in which the fault is reported, and a word of the message.
WRONG = [
    ("by: K. M. (person)", "by: K. M.", 1, "by:"),
    ("codings:\n", "", 1, "codings:"),
    (" [c01].", ".", 6, "loves"),
    ("[c01].", "[c01, c09].", 6, "'c09'"),
    ("he “hate", "he “hates", 6, "hates"),
    ("[c02],", "[c01],", 6, "hate"),  # said, but by another
    ("of it [c01,\nc02]", "of it", 11, "speak"),
    ("Both speak", "Yes [c01].\nBoth “speak”", 12, "'speak'"),
]


@pytest.mark.parametrize(("old", "new", "line", "word"), WRONG)
def test_fault_is_refused_with_file_line_and_remedy(load, old, new, line, word):
    assert old in READING
    with pytest.raises(CodebookError) as caught:
        load(READING.replace(old, new, 1))
    assert caught.value.file.endswith("page/reading.md")
    assert (caught.value.line, bool(caught.value.remedy)) == (line, True)
    assert word in caught.value.problem


def test_conclusions_from_other_codings_are_outdated(load):
    of_tone = {tone: codings_sha(load(READING, tone).codings) for tone in (None, "positive", "mixed")}
    assert len(set(of_tone.values())) == 3
    for tone in of_tone:
        for then, digits in of_tone.items():
            text = READING.replace("codings:", f"codings: {digits}")
            assert load(text, tone).conclusions.outdated == (tone != then)
