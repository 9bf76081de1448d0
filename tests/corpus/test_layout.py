import hashlib
import shutil

import pytest

import rejoinder
from rejoinder.corpus.load import SEEDS
from rejoinder.errors import LayoutError, SeedError

PAGE = "Prose one.\nHeading\n\nFirst.\nSecond.\nThird.\n"
LAYOUT = """
[source]
sha256 = "{sha256}"
[article]
body = [[1, 1]]
heading = [[2, 2]]
[readings.mine]
about = "Mine."
[[readings.mine.comments]]
id = "a"
lines = [4, 5]
certainty = "likely"
reason = "because"
[[readings.mine.comments]]
id = "b"
lines = [6, 6]
certainty = "certain"
reason = "because"
reply_to = "a"
reply_certainty = "possible"
reply_reason = "because"
[readings.each]
about = "Each."
each_line = [4, 6]
certainty = "possible"
"""

REPLY = '\nreply_certainty = "likely"\nreply_reason = "because"'


def seed(tmp_path, layout=LAYOUT, page=PAGE):
    path = tmp_path / "page.txt"
    path.write_text(page, encoding="utf-8")
    (tmp_path / "page").mkdir(exist_ok=True)
    sha256 = hashlib.sha256(page.encode()).hexdigest()
    (tmp_path / "page" / "layout.toml").write_text(layout.replace("{sha256}", sha256), encoding="utf-8")
    return path


def test_a_layout_decides_lines_replies_and_readings(tmp_path):
    talk = rejoinder.load(seed(tmp_path))
    assert list(talk.comments["text"]) == ["First.\nSecond.", "Third."]
    assert list(talk.comments["reply_to"].fillna("nobody")) == ["nobody", "a"]
    assert list(talk.article["role"]) == ["body", "heading"]
    assert talk.reading == "mine"
    assert dict(talk.readings["comments"]) == {"mine": 2, "each": 3}
    assert talk.guesses == ()
    assert list(rejoinder.load(seed(tmp_path), reading="each").comments.index) == ["l4", "l5", "l6"]


def test_a_wrapped_article_has_paragraphs_of_several_lines(tmp_path):
    page = "One sentence that\ngoes on. And two.\n\nAnother.\n\nA comment.\n"
    layout = LAYOUT.split("[readings.mine]")[0].replace("heading = [[2, 2]]", "wrapped = true")
    layout = layout.replace("[[1, 1]]", "[[1, 4]]") + '[readings.r]\nabout = "x"\neach_line = [6, 6]\n'
    talk = rejoinder.load(seed(tmp_path, layout + 'certainty = "certain"\n', page))
    assert list(talk.article["text"]) == ["One sentence that\ngoes on.", "And two.", "Another."]
    assert list(talk.article["paragraph"]) == [1, 1, 2]
    assert list(talk.article["line"]) == [1, 2, 4]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("lines = [4, 5]", "lines = [4, 50]", "are not in"),
        ("lines = [4, 5]", "lines = [0, 5]", "are not in"),
        ("lines = [4, 5]", "lines = [5, 4]", "are not in"),
        ("lines = [4, 5]", "lines = [3, 5]", "line 3 is blank"),
        ("lines = [4, 5]", "lines = [4, 6]", "line 6 is claimed twice"),
        ("lines = [4, 5]", "lines = [2, 5]", "line 2 is claimed twice"),
        ("lines = [4, 5]", "lines = [4, 4]", "leaves out line 5"),
        ("lines = [4, 5]", 'lines = "4-5"', "is str, not list"),
        ("lines = [4, 5]", "lines = [4.0, 5]", r"lines are \[4.0, 5\]"),
        ('reply_to = "a"', 'reply_to = "b"', "replies to itself"),
        ('reply_to = "a"', 'reply_to = "z"', "which is nobody"),
        ('id = "a"', 'id = "a"\nreply_to = "b"' + REPLY, "which comes later"),
        ('id = "a"', 'id = "a"\nreply_reason = "so"', "has reply_reason alone"),
        ('about = "Mine."', 'about = "Mine."\ncertainty = "likely"', "beside its comments"),
        ("[article]", "unknown = [1]\n[article]", "'unknown' holds 1"),
        ('id = "b"', 'id = "a"', "stands twice"),
        ('id = "b"', "", "has no 'id'"),
        ('id = "b"', 'id = " "', "is empty"),
        ('certainty = "likely"', 'certainty = "surely"', "certainty is 'surely'"),
        ('reply_certainty = "possible"', "", "reply_to and reply_reason alone"),
        ('reply_certainty = "possible"', 'reply_certainty = "so"', "reply_certainty is 'so'"),
        ("body = [[1, 1]]\n", "", "has no 'body'"),
        ("body = [[1, 1]]", "body = [1, 1]", r"body = \[\[3, 13\]\]"),
        ('sha256 = "{sha256}"', "", 'Add sha256 = "[0-9a-f]{64}"'),
        ("body = [[1, 1]]", "body = []", "has no body line"),
        ("body = [[1, 1]]", "body = [[1, 2]]", "line 2 is claimed twice"),
        ("[article]", "[artikel]", "unknown key 'artikel'|has no 'article'"),
        ("each_line = [4, 6]", "", "either comments or each_line"),
        ("[source]", "[source", "not valid TOML"),
    ],
)
def test_a_wrong_layout_is_refused_naming_file_line_and_remedy(tmp_path, old, new, says):
    path = seed(tmp_path, LAYOUT.replace(old, new, 1))
    with pytest.raises(LayoutError, match=says) as caught:
        rejoinder.load(path)
    assert caught.value.file.endswith("page/layout.toml")
    assert caught.value.line is not None
    assert caught.value.remedy


def test_an_error_names_the_line_where_the_comment_stands(tmp_path):
    path = seed(tmp_path, LAYOUT.replace('reply_to = "a"', 'reply_to = "z"'))
    with pytest.raises(LayoutError) as caught:
        rejoinder.load(path)
    assert LAYOUT.splitlines()[caught.value.line - 1] == 'id = "b"'


def test_comments_out_of_order_are_refused(tmp_path):
    layout = LAYOUT.replace("lines = [6, 6]", "lines = [4, 4]").replace("[4, 5]", "[5, 6]")
    with pytest.raises(LayoutError, match="not in the order"):
        rejoinder.load(seed(tmp_path, layout))


def test_a_layout_that_cannot_be_read_is_not_passed_over(tmp_path):
    path = seed(tmp_path)
    layout = tmp_path / "page" / "layout.toml"
    layout.unlink()
    layout.symlink_to("nowhere")
    with pytest.raises(LayoutError, match="cannot be read"):
        rejoinder.load(path)
    layout.unlink()
    layout.mkdir()
    with pytest.raises(LayoutError, match="cannot be read"):
        rejoinder.load(path)
    layout.rmdir()
    layout.write_text("a = " + "[" * 5_000, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"layout\.toml"):
        rejoinder.load(path)


def test_an_unknown_reading_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(LayoutError, match="mine, each"):
        rejoinder.load(seed(tmp_path), reading="yours")


def test_a_changed_raw_file_is_an_error_that_says_so(tmp_path):
    path = seed(tmp_path)
    path.write_text(PAGE.replace("First", "Worst"), encoding="utf-8")
    with pytest.raises(LayoutError, match="has changed") as caught:
        rejoinder.load(path)
    assert caught.value.file == str(path)


def test_one_changed_byte_of_the_first_seed_is_noticed(tmp_path):
    name = "000_b03053bac9951049"
    shutil.copytree(SEEDS / name, tmp_path / name)
    data = bytearray((SEEDS / f"{name}.txt").read_bytes())
    data[-1] ^= 1
    (tmp_path / f"{name}.txt").write_bytes(data)
    with pytest.raises((LayoutError, SeedError), match="has changed"):
        rejoinder.load(tmp_path / f"{name}.txt")
