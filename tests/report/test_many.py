"""A page of thousands of comments: what is shown stays small, and says of what it is a part."""

import hashlib
import json
import random
from pathlib import Path

import pytest

import rejoinder
from rejoinder.report import run

SEEDS = Path(__file__).parents[2] / "seeds"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
COMMENTS = 5_000
MOST_BYTES = 5_000_000


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The first seed's article with thousands of comments made of its sentences; half are answers."""
    draw = random.Random(1)
    talk = rejoinder.load("000_b03053bac9951049")
    sentences = [" ".join(text.split()) for text in talk.comment_sentences["text"]]
    sentences += [
        " ".join(text.split()) for text in talk.article.loc[talk.article["role"] == "body", "text"]
    ]
    article = (SEEDS / f"{talk.seed}.txt").read_text(encoding="utf-8").split("\n")[:24]
    comments = [" ".join(draw.choices(sentences, k=draw.randint(1, 5))) for _ in range(COMMENTS)]
    folder = tmp_path_factory.mktemp("many")
    path, first = folder / "many.txt", len(article) + 3
    text = "\n".join([*article, "", "", *comments, ""]).encode()
    path.write_bytes(text)
    layout = [
        *("[source]", f'sha256 = "{hashlib.sha256(text).hexdigest()}"', "[article]"),
        *("body = [[1, 14], [16, 22]]", "heading = [[15, 15]]"),
        *("boilerplate = [[23, 24]]", "[readings.lines]", 'about = "A line is a comment."'),
    ]
    for at in range(COMMENTS):
        line = first + at
        layout += ["[[readings.lines.comments]]", f'id = "c{at:04}"', f"lines = [{line}, {line}]",
                   'certainty = "likely"', 'reason = "A line of its own."']  # fmt: skip
        if at % 2:
            layout += [f'reply_to = "c{at - 1:04}"', 'reply_certainty = "likely"',
                       'reply_reason = "It takes up its words."']  # fmt: skip
    beside = folder / "many"
    beside.mkdir()
    (beside / "layout.toml").write_text("\n".join(layout), encoding="utf-8")
    book = (SEEDS / talk.seed / "codebook.toml").read_text(encoding="utf-8")
    (beside / "codebook.toml").write_text(book, encoding="utf-8")
    return path


def shown(name, page, tmp_path):
    """What the notebook of that name displays for the page, as it is kept."""
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = f"SEED = {str(page)!r}"
        if (
            "answers.held(" in source
        ):  # tested for itself, and its figures are no longer for more comments
            cell["source"] = ""
    (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    run.run_notebooks(tmp_path)
    return (tmp_path / f"{name}.ipynb").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "02_who_answers",
            ["The first 100 of 5,000 rows", "A sample of 20 of n", "of the largest threads"],
        ),
        ("03_how_do_readers_feel", ["The first 100 of 5,000 rows", "every 125th"]),
    ],
)
def test_a_page_of_thousands_of_comments_is_small_and_says_what_it_leaves_out(name, told, page, tmp_path):
    kept = shown(name, page, tmp_path)
    assert len(kept.encode()) < MOST_BYTES / 2  # HTML and words stand in it twice
    assert [words for words in told if words not in kept] == []
