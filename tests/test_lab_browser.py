"""JupyterLab as `make lab` opens it, in a real browser: the start page, and notebooks opened and run."""

import json
import re
import shlex
import shutil
from pathlib import Path

import lab
import pytest
from notebook_files import write_notebook
from watch import watched

from rejoinder.report.run import run_notebooks

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
NAMES = sorted(file.name for file in NOTEBOOKS.glob("*.ipynb"))
PAGE = """Why the old bridge should stay
The old bridge is a wonder, and the council wants to tear it down.

To build a new one would be a costly mistake. The old one has served us well.

Comments

I walk over it every day and I love it. Keep it!

The bridge is dangerous, and the author has no idea what repairs cost.

"""
# Cells that were not run, errors, and standard error.
WRONG = """async () => {
    await window.run;
    const wrong = [];
    for (const {model} of jupyterapp.shell.currentWidget.content.widgets) {
        if (model.type !== 'code') continue;
        const first = model.sharedModel.getSource().split('\\n')[0];
        if (!model.executionCount) wrong.push('not run: ' + first);
        for (const output of model.outputs.toJSON()) {
            const text = [output.text ?? output.evalue].flat().join('');
            if (output.output_type === 'error') wrong.push(`${first}: ${output.ename}: ${text}`);
            if (output.name === 'stderr') wrong.push(`${first}: standard error: ${text}`);
        }
    }
    return wrong;
}"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def lab_arguments():
    """The arguments that the Makefile gives to JupyterLab."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    (command,) = re.findall(r"^\t@\$\(BIN\)/jupyter lab (.*)$", makefile, re.MULTILINE)
    return shlex.split(command)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project with copies of the notebooks, a small one that was kept, and another article."""
    made = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, made / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (made / "notebooks" / "bridge.txt").write_text(PAGE, encoding="utf-8")
    write_notebook(made / "small", "00_kept", "1 + 1", "print('kept')")
    run_notebooks(made / "small")
    (made / "small" / "00_kept.ipynb").rename(made / "notebooks" / "kept.ipynb")
    (made / "own").mkdir()
    return made


@pytest.fixture(scope="module")
def page(program, folder):
    # As `make lab` in the folder above the notebooks.
    started = lab.jupyterlab(folder, own=folder / "own", options=lab_arguments())
    with started as address, lab.browser(program) as chromium:
        page = lab.begun(chromium, address)
        page.hurt = watched(page)
        page.locator(".jp-MarkdownViewer h1").wait_for()
        yield page


def test_the_start_page_is_shown_and_links_to_every_notebook(page):
    assert page.locator(".jp-FileEditor, .jp-Launcher, .jp-Dialog, .jp-toast-message").count() == 0
    markdown = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    links = dict(re.findall(r"\[([^]]+)\]\(([^)]+)\)", markdown))
    assert all((NOTEBOOKS / target).exists() for target in links.values())
    for name in NAMES:
        first = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"][0]
        assert links["".join(first["source"]).splitlines()[0].removeprefix("# ")] == name
    question, name = next(link for link in links.items() if link[0].endswith("?"))
    page.locator(".jp-MarkdownViewer a", has_text=question).first.click()
    page.wait_for_function("path => jupyterapp.shell.currentWidget?.context?.path === path", arg=name)
    page.wait_for_function(lab.IDLE)
    lab.close(page)


def test_opening_a_notebook_does_not_change_it(page, folder):
    before = (folder / "notebooks" / "kept.ipynb").read_bytes()
    lab.show(page, "kept.ipynb")
    page.wait_for_timeout(1000)
    assert page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty") is False
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    lab.close(page)
    assert (folder / "notebooks" / "kept.ipynb").read_bytes() == before


@pytest.mark.parametrize("name", [NAMES[0], NAMES[3]])
def test_a_notebook_runs_on_another_article(page, name):
    cells = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]
    (parameters,) = [one["source"] for one in cells if "parameters" in one["metadata"].get("tags", [])]
    lab.show(page, name)
    lab.run_with(page, re.sub("(?m)^SEED = .*$", "SEED = 'bridge.txt'", "".join(parameters)))
    assert page.evaluate(WRONG) == []
    lab.close(page)
    assert page.hurt == []
