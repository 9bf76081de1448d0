"""The coding app in JupyterLab, in a real browser: keys, mouse, and what is left after a kill."""

import os
import shutil
import signal
from pathlib import Path

import lab
import pytest

from rejoinder.corpus.csv_io import read_cells

ROOT = Path(__file__).parents[1]
LONG = f"An article that argues.\n\nComments\n\n{'long' * 100}\n\nNo.\n"
CELLS = "jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.type)"
SEED = "000_b03053bac9951049"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project with the first seed and a copy of the notebook."""
    made = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", made / "seeds")
    (made / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "desk" / "coding_desk.ipynb", made / "notebooks")
    (made / "long.txt").write_text(LONG, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def page(program, folder):
    with lab.jupyterlab(folder / "notebooks", own=folder) as address, lab.browser(program) as chromium:
        yield lab.opened(chromium, address, "coding_desk.ipynb")


def begin(page, folder, coder, seed=SEED):
    """Run the notebook for a coder, and click on the comment; the path of the sheet."""
    pid = f"import os, pathlib; pathlib.Path({str(folder / 'pid')!r}).write_text(str(os.getpid()))"
    lab.run_with(page, f"SEED, CODER = {str(seed)!r}, {coder!r}\n{pid}")
    page.locator(".rj-head", has_text=f"-{coder}.csv").wait_for()
    page.wait_for_function("window.rejoinderDesk")
    page.locator(".rj-text").click()
    return folder / "sheets" / f"{Path(seed).stem}-{coder}.csv"


def act(page, do):
    """Do it, and wait until the app has been drawn anew."""
    before = page.locator(".rj-desk").get_attribute("class")
    do()
    drawn = "before => document.querySelector('.rj-desk').className !== before"
    page.wait_for_function(drawn, arg=before)


def press(page, *keys):
    for key in keys:
        act(page, lambda key=key: page.keyboard.press(key))


def click(page, words):
    act(page, page.locator(".rj-desk button", has_text=words).click)


def quote(page):
    """Select the first word of the comment and press the key that quotes it; the word."""
    page.locator(".rj-text blockquote").dblclick(position={"x": 24, "y": 12})
    word = page.evaluate("String(window.getSelection()).trim()")
    press(page, "q")
    page.keyboard.press("Escape")
    return word


def values(sheet, *columns, row=0):
    """The cells of a row of the sheet on disk."""
    cells = list(read_cells(sheet).rows.values())[row]
    return [cells[column] for column in columns]


def place(page):
    """The number of the comment, the item, and how many answers are given, as the page shows them."""
    head = page.locator(".rj-head").inner_text().split()
    item = page.locator(".rj-item.mod-primary").inner_text().split()[0]
    return int(head[head.index("Comment") + 1]), item, int(head[head.index("answers,") - 3])


def test_keys_and_mouse_answer_and_every_answer_is_on_disk(page, folder):
    sheet = begin(page, folder, "keys")
    assert place(page) == (1, "tone", 0)
    press(page, "2", "1", "4", "ArrowDown")
    word = quote(page)
    press(page, "i", "3")
    assert values(sheet, "tone", "sarcasm", "thesis", "k1") == ["mixed", "no", "silent", ""]
    assert word and values(sheet, "k2", "k2 basis", "k2 quote") == ["mixed", "implied", word]
    press(page, "4", "ArrowRight", "ArrowRight", "ArrowLeft", "4", "ArrowLeft")
    assert place(page) == (1, "k1", 6)
    click(page, "k4 ·")
    click(page, "4 silent")
    click(page, "next →")
    assert place(page) == (2, "sarcasm", 7)
    press(page, "1")
    assert values(sheet, "tone", "sarcasm", row=1) == ["positive", "no"]
    # Tab leads from button to button, Enter presses one.
    page.keyboard.press("Tab")
    press(page, "Enter")
    assert place(page)[0] == 1


def test_keys_are_letters_in_the_note_and_never_reach_jupyterlab(page, folder):
    sheet, before = begin(page, folder, "note"), page.evaluate(CELLS)
    page.keyboard.press("n")
    page.keyboard.type("1 d d “so 2” =3")
    page.keyboard.press("ArrowLeft")
    assert place(page) == (1, "tone", 0)
    press(page, "Enter", "2")
    assert values(sheet, "tone", "tone note") == ["mixed", "1 d d “so 2” =3"]
    # A note in the field is saved also if the answer is clicked.
    page.locator(".rj-words-note textarea").fill("clicked")
    page.locator(".rj-desk button", has_text="2 yes").click()
    page.locator(".rj-head", has_text="2 of 237").wait_for()
    page.wait_for_timeout(500)  # until the rest is drawn too
    assert values(sheet, "sarcasm", "sarcasm note") == ["yes", "clicked"]
    for key in [*"ddxabmr600", "Shift+M", "Delete", " ", "Enter"]:
        page.keyboard.press(key)
    press(page, "i", "i", "4", "4")
    assert (page.evaluate(CELLS), place(page)) == (before, (1, "k2", 4))
    assert page.locator(".jp-Dialog").count() == 0
    assert page.evaluate("jupyterapp.shell.currentWidget.content.mode") == "command"


def test_held_key_and_repeated_click_answer_only_what_is_shown(page, folder):
    sheet = begin(page, folder, "twice")
    act(page, lambda: page.keyboard.down("1"))
    for _ in range(20):
        page.keyboard.down("1")
    page.keyboard.up("1")
    # Faster than the kernel can draw the next item.
    clicks = "for (let n = 0; n < 5; n++) document.querySelector('.rj-key-1').click()"
    act(page, lambda: page.evaluate(f"() => {{{clicks}}}"))
    press(page, "4")
    assert place(page) == (1, "k1", 3)
    assert values(sheet, "tone", "sarcasm", "thesis", "k1") == ["negative", "no", "silent", ""]


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_sticks_out_of_the_app(page, folder, width):
    page.set_viewport_size({"width": width, "height": 1000})
    for seed in (SEED, folder / "long.txt"):
        begin(page, folder, f"width{width}", seed=seed)
        page.wait_for_timeout(100)
        right = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
        edge = page.locator(".rj-desk").evaluate_all(right)
        assert edge <= width
        assert page.locator(".rj-desk *").evaluate_all(right) <= edge + 1


def test_after_the_kernel_is_killed_every_answer_is_there(page, folder):
    sheet = begin(page, folder, "killed")
    press(page, *"11", *"4" * 23, "2")
    page.keyboard.press("2")  # nobody waits for this one
    os.kill(int((folder / "pid").read_text()), signal.SIGKILL)
    assert values(sheet, "tone", *(f"r{n}" for n in range(1, 13))) == ["negative", *["silent"] * 12]
    tone, sarcasm = values(sheet, "tone", "sarcasm", row=1)
    assert tone == "mixed"
    page.locator(".jp-Dialog .jp-mod-accept").click()  # JupyterLab reports it and starts another
    page.wait_for_function(lab.IDLE)
    begin(page, folder, "killed")
    assert place(page) == (2, "thesis" if sarcasm else "sarcasm", 26 + bool(sarcasm))
