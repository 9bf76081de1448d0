"""JupyterLab as `make lab` opens it, in a real browser: the page to begin on, and every notebook run."""

import json
import re
import shlex
import shutil
from pathlib import Path

import lab
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
RUN = [*sorted(NOTEBOOKS.glob("*.ipynb")), NOTEBOOKS / "desk" / "reading_room.ipynb"]
PAGE = """Why the old bridge should stay
The old bridge is a wonder, and the council wants to tear it down.

To build a new one would be a costly mistake. The old one has served us well.

Comments

I walk over it every day and I love it. Keep it!

The bridge is dangerous, and the author has no idea what repairs cost.

"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def lab_arguments():
    """The arguments that the Makefile gives to JupyterLab."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    (command,) = re.findall(r"^\t@\$\(BIN\)/jupyter lab (.*)$", makefile, re.MULTILINE)
    return shlex.split(command)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A folder with a copy of the notebooks, and beside each the page of another article."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for place in {notebook.parent for notebook in RUN}:
        (folder / place.relative_to(ROOT) / "bridge.txt").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(program, copied):
    (copied / "own").mkdir()
    # As `make lab` in the folder above the copied notebooks.
    with lab.jupyterlab(copied, own=copied / "own", options=lab_arguments()) as made:
        yield made


@pytest.fixture(scope="module")
def chromium(program, address):
    with lab.browser(program) as made:
        yield made


@pytest.fixture(scope="module")
def page(chromium, address):
    """What a browser shows that JupyterLab opens."""
    page = lab.begun(chromium, address)
    yield page
    page.close()


def title(notebook):
    first = json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]
    return "".join(first["source"]).splitlines()[0].removeprefix("# ")


def links():
    """Text and address of the links of the page to begin on, as written in it."""
    markdown = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    return re.findall(r"\[([^]]+)\]\(([^)]+)\)", markdown)


def test_make_lab_opens_the_page_to_begin_on_as_a_page(page):
    page.locator(".jp-MarkdownViewer h1", has_text="What do readers say back?").wait_for()
    assert page.locator(".jp-FileEditor, .jp-Launcher, .jp-Dialog, .jp-toast-message").count() == 0


def test_the_page_to_begin_on_names_every_notebook_with_its_question():
    named = [(text, target) for text, target in links() if text.endswith("?")]
    assert named == [(title(notebook), notebook.name) for notebook in RUN if notebook.parent == NOTEBOOKS]
    assert all((NOTEBOOKS / target).exists() for _, target in links())


@pytest.mark.parametrize("target", ["02_who_answers.ipynb", "desk/reading_room.ipynb"])
def test_a_link_of_the_page_to_begin_on_opens_the_notebook(page, target):
    (name,) = {text for text, found in links() if found == target}
    page.evaluate("jupyterapp.commands.execute('docmanager:open', {path: 'README.md'})")
    page.locator(".jp-MarkdownViewer a", has_text=name).first.click()
    page.wait_for_function("path => jupyterapp.shell.currentWidget?.context?.path === path", arg=target)
    page.wait_for_function(lab.IDLE)
    page.evaluate(lab.CLOSE)


@pytest.mark.parametrize("notebook", RUN, ids=lambda notebook: notebook.stem)
def test_a_notebook_runs_on_its_own_article_and_on_another(page, address, notebook):
    path = notebook.relative_to(NOTEBOOKS)
    assert lab.complaints(page, address, path, [None, "bridge.txt"]) == []
