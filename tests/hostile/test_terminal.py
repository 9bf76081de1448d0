"""Names and texts of strangers in what the command line prints: no terminal obeys them."""

from hashlib import sha256

import pytest

from hostile.payloads import BY_NAME, PAYLOADS, UNSEEN
from hostile.seed import NAME, write_seed
from rejoinder import coding, load
from rejoinder.cli import main
from rejoinder.corpus.codings import COLUMNS, text_sha
from rejoinder.corpus.csv_io import read_cells
from rejoinder.csv_cells import write_cells
from rejoinder.errors import RejoinderError
from rejoinder.report import pages

NAMES = {
    "escape": "a\x1b[31m\x1b]0;owned\x07.txt", "eight bits": "a\x9b31m\x9d0;owned\x9c.txt",
    "line": "a\nrejoinder: all is well\r.txt", "reordered": "a\u202etxt.exe\u2066.txt",
    "lone surrogate": "a\udcff\udc80.txt",
    "an option": "--out=hurt.txt", "another option": "-rf.txt",
    "markup": "<img src=x onerror=window.hurt=1>.txt",
    "spaces": "  a b  .txt",
    "dollars": "$(touch hurt) `touch hurt`;&|.txt",
    "long": f"{'n' * 200}.txt", "device": "CON.txt", "number": "1e5.txt", "proto": "__proto__.txt",
}  # fmt: skip
PAGE = "An article says that rain is good.\n\nComments\n\nI love it!\n\nI hate it.\n"
# An analyst's files, each with a place where only one word is right.
FILES = {
    "layout.toml": f"""[source]
sha256 = "{sha256(PAGE.encode()).hexdigest()}"
[article]
body = [[1, 1]]
boilerplate = [[3, 3]]
[readings.mine]
{{}} = "about it"
each_line = [5, 7]
certainty = "likely"
""",
    "codebook.toml": """[coder]
name = "A"
kind = "person"
[thesis]
text = "Rain is good."
kind = {}
quote = "rain is good"
[[statements]]
id = "k1"
text = "Rain is wet."
kind = "fact"
quote = "rain"
""",
    "codings.csv": f"""{",".join(COLUMNS)}
A,person,l5,tone,{{}},,,,1,{text_sha("I love it!")},
""",
}
RIGHT = {"layout.toml": "about", "codebook.toml": '"judgement"', "codings.csv": "positive"}


@pytest.fixture
def said(capfd, tmp_path, monkeypatch):
    """Runs the command line in an empty folder: the exit status, and all that was printed."""
    monkeypatch.chdir(tmp_path)

    def printed(*arguments):
        try:
            status = main(list(arguments))
        except SystemExit as stopped:  # not a command
            status = stopped.code
        told = "".join(capfd.readouterr())
        assert told.strip() and not UNSEEN.search(told)
        assert "Traceback" not in told
        return status, told

    return printed


def write_page(folder, name, text=PAGE):
    (folder / name).write_text(text, encoding="utf-8")
    return f"./{name}"  # as a shell completes a name that begins with a dash


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_page_is_named_safely(said, tmp_path, monkeypatch, name):
    assert said("report", f"./{name}")[0] == 1  # not there
    assert said("report", "one", f"./{name}")[0] == 2  # too many
    assert said(f"./{name}")[0] == 2  # not a command
    assert said("sheet", write_page(tmp_path, name, "only an article, and nothing else in it"))[0] == 1
    status, told = said("sheet", write_page(tmp_path, name))
    assert (status, told.count("\n")) == (0, 2), told
    assert {file.name for file in tmp_path.iterdir()} == {name, "sheets"}
    assert len([file for file in (tmp_path / "sheets").iterdir() if file.suffix == ".csv"]) == 1
    monkeypatch.setattr(pages, "write_pages", lambda folder, *_, **__: (folder / "index.html").touch())
    status, told = said("report", f"./{name}", "--out", "out")
    assert (status, told.count("\n")) == (0, 1), told
    assert {file.name for file in tmp_path.iterdir()} == {name, "out", "sheets"}
    assert [file.name for file in (tmp_path / "out").iterdir()] == [name.removesuffix(".txt")]


@pytest.mark.parametrize("name", ["...txt", "..", ".", "../../etc", "/", ""])
def test_a_name_of_dots_makes_no_folder(said, tmp_path, name):
    if name == "...txt":
        write_page(tmp_path, name)
    before = set(tmp_path.parent.iterdir())
    assert said("report", name, "--out", "out")[0] == 1 and set(tmp_path.parent.iterdir()) == before
    assert not (tmp_path / "out").exists()


def test_remarks_and_refusals_of_a_hostile_sheet_are_printed_safely(said, tmp_path):
    page, sheet = write_seed(tmp_path), tmp_path / "s\x1b[31m.csv"
    coding.write_sheet(load(page), sheet)
    rows = list(read_cells(sheet).rows.values())
    for row in rows[:-1]:
        row |= {"tone": " MIXED\t", "tone note": row["text"]}
    write_cells(sheet, rows[0], (row.values() for row in rows))
    arguments = ("codings", f"./{NAME}.txt", sheet.name, "--kind", "person", "--coder")
    status, told = said(*arguments, "me")
    assert status == 0
    assert 3 < told.count("\n") < 30  # of many remarks the first
    assert said(*arguments, "a\x1b[31m")[0] == 1
    for row, payload in zip(rows[:-1], PAYLOADS, strict=True):
        row |= {"comment_id": payload.text, "tone": BY_NAME["ansi-title"].text}
    write_cells(sheet, rows[0], (row.values() for row in rows))
    assert said(*arguments, "another")[0] == 1


@pytest.mark.parametrize("file", FILES)
def test_a_payload_in_an_analysts_file_is_refused_safely(tmp_path, file):
    write_page(tmp_path, "page.txt")
    (tmp_path / "page").mkdir()
    for name, text in FILES.items():
        (tmp_path / "page" / name).write_text(text.format(RIGHT[name]), encoding="utf-8")
    assert len(load(tmp_path / "page.txt").codings) == 1
    for payload in PAYLOADS:
        wrong = toml(payload.text) if file.endswith("toml") else quoted(payload.text)
        (tmp_path / "page" / file).write_text(FILES[file].format(wrong), encoding="utf-8", newline="")
        with pytest.raises(RejoinderError) as refused:
            load(tmp_path / "page.txt")
        assert refused.value.file.endswith(file), payload.name
        assert not UNSEEN.search(str(refused.value)), payload.name
        assert "\n" not in str(refused.value)


def toml(text):
    kept = (c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{"".join(kept)}"'


def quoted(text):
    return '"{}"'.format(text.replace('"', '""'))


def test_what_no_text_file_may_hold_is_refused(said, tmp_path):
    # NUL, a lone surrogate, no UTF-8, nothing visible.
    for content in (b"a\0b", b"\xed\xa0\x80", b"\xff\xfe\x1b[31m", "\u2028\x1c".encode()):
        (tmp_path / "page.txt").write_bytes(content)
        assert said("sheet", "page.txt")[0] == 1
