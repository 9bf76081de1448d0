"""JupyterLab as `make lab` opens it, in a real browser: the start page, and every notebook on attacks."""

import json
import re
import shlex
import shutil
from pathlib import Path

import lab
import nbformat
import pytest
from hostile.payloads import PAYLOADS
from hostile.seed import write_seed
from nbformat import v4
from nbformat.sign import NotebookNotary
from notebook_files import write_notebook
from watch import HIDING, acted, one_line, watched

from rejoinder.html import visible
from rejoinder.report.run import run_notebooks

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
NAMES = sorted(file.name for file in NOTEBOOKS.glob("*.ipynb"))
# Every comment, as quotation and as row; the notebooks show some of so many.
EVERYTHING = """from rejoinder import display as shown
told = talk.comments[["text", "reason"]].assign(source=talk.comments["reply_reason"].fillna("-"))
display(shown.quotes(told, most=len(told)), shown.table(told, most=len(told)))"""
# Does run a script and typeset a formula, so that either would be seen.
CONTROL = """from IPython.display import HTML
HTML("<script>window.control = 1</script><p class='control'>$x^2$</p>")"""
MISTAKES = (
    "\"<img src=x onerror=window.hurt='name'> $x^2$ \\x1b[31m\\u202e\\n<b>b</b>.txt\"",
    "\"<svg onload=window.hurt='id'>\"",
    "'x\\udcff<img src=x onerror=window.hurt=1>.txt'",
    "{}[\"<img src=x onerror=window.hurt='own'> $x^2$ \\x1b]0;own\\x07\\u202e\"]",
)
# Elements that no output in JupyterLab is made of.
ACTING = (
    "script,iframe,object,embed,svg,math,form,input,video,audio,link,meta,base,style,template,"
    "mjx-container,marquee,textarea,button"
)
OPEN = "path => jupyterapp.commands.execute('docmanager:open', {path})"
CLOSE = """async () => {
    const notebook = jupyterapp.shell.currentWidget;
    await notebook.sessionContext.shutdown();
    notebook.dispose();
}"""
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
    """A project with trusted copies of the notebooks, and small ones beside them."""
    made = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, made / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    write_notebook(made / "small", "00_kept", "1 + 1", "print('kept')")
    run_notebooks(made / "small")
    (made / "small" / "00_kept.ipynb").rename(made / "notebooks" / "kept.ipynb")
    loads = [
        v4.new_code_cell(f"import rejoinder\nrejoinder.load({text})", metadata={"tags": ["raises-exception"]})
        for text in MISTAKES
    ]
    nbformat.write(v4.new_notebook(cells=loads), made / "notebooks" / "mistakes.ipynb")
    (made / "own" / "DATA_DIR").mkdir(parents=True)
    notary = NotebookNotary(data_dir=str(made / "own" / "DATA_DIR"))
    for name in NAMES:
        notebook = nbformat.read(made / "notebooks" / name, as_version=4)
        notebook.cells += [v4.new_code_cell(EVERYTHING)] if name == NAMES[0] else []
        notebook.cells.append(v4.new_code_cell(CONTROL))
        nbformat.write(notebook, made / "notebooks" / name)
        notary.sign(notebook)
    settings = made / "own" / "LAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)  # every cell is drawn, also those out of sight
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    return made


@pytest.fixture(scope="module")
def seed(folder):
    return write_seed(folder)


@pytest.fixture(scope="module")
def page(program, folder):
    # As `make lab` in the folder above the notebooks.
    with lab.jupyterlab(folder, own=folder / "own", options=lab_arguments()) as address:
        with lab.browser(program) as chromium:
            page = lab.begun(chromium, address)
            page.hurt = watched(page)
            yield page


def links():
    """Text and address of the links of the start page, as written in it."""
    markdown = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    return re.findall(r"\[([^]]+)\]\(([^)]+)\)", markdown)


def outputs(page):
    """The outputs of the current notebook except that of the control: a locator."""
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)").locator(
        ".jp-OutputArea-output:not(:has(.control))"
    )


def test_the_start_page_is_shown_and_links_to_every_notebook(page):
    page.locator(".jp-MarkdownViewer h1").wait_for()
    assert page.locator(".jp-FileEditor, .jp-Launcher, .jp-Dialog, .jp-toast-message").count() == 0
    titles = {}
    for name in NAMES:
        first = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"][0]
        titles["".join(first["source"]).splitlines()[0].removeprefix("# ")] = name
    assert {text: target for text, target in links() if text.endswith("?")} == titles
    assert all((NOTEBOOKS / target).exists() for _, target in links())
    question, name = next(iter(titles.items()))
    page.locator(".jp-MarkdownViewer a", has_text=question).first.click()
    page.wait_for_function("path => jupyterapp.shell.currentWidget?.context?.path === path", arg=name)
    page.wait_for_function(lab.IDLE)
    page.evaluate(CLOSE)


def test_opening_a_notebook_does_not_change_it(page, folder):
    before = (folder / "notebooks" / "kept.ipynb").read_bytes()
    page.evaluate(OPEN, "kept.ipynb")
    page.wait_for_function(lab.IDLE)
    page.wait_for_timeout(1000)
    assert page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty") is False
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.evaluate(CLOSE)
    assert (folder / "notebooks" / "kept.ipynb").read_bytes() == before


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_on_attacks_and_none_of_them_acts(page, seed, name):
    page.evaluate(OPEN, name)
    page.wait_for_function(lab.IDLE)
    lab.run_with(page, f"SEED = {str(seed)!r}")
    assert page.evaluate(WRONG) == []
    page.locator(".control mjx-container").wait_for()
    assert page.evaluate("window.control") == 1
    shown = outputs(page)
    if name == NAMES[0]:
        text = one_line("\n".join(shown.all_inner_texts()))
        assert [one.name for one in PAYLOADS if text.count(one_line(visible(one.text))) < 2] == []
    acting = shown.locator(ACTING).evaluate_all("all => all.map(one => one.outerHTML)")
    protocols = shown.locator("a").evaluate_all("all => all.map(one => one.protocol)")
    pictures = shown.locator("img").evaluate_all("all => all.map(one => one.src.slice(0, 22))")
    html = "".join(shown.evaluate_all("all => all.map(one => one.innerHTML)"))
    page.evaluate(CLOSE)
    assert acting == []
    assert set(protocols) <= {"http:", "https:"}
    assert set(pictures) <= {"data:image/png;base64,"}
    assert HIDING.findall(html) == []
    assert (acted(page), page.hurt) == ([], [])


def test_an_error_is_text(page):
    page.evaluate(OPEN, "mistakes.ipynb")
    page.wait_for_function(lab.IDLE)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    errors = outputs(page)
    assert errors.count() == len(MISTAKES)
    for text in errors.all_inner_texts():
        assert re.search(r"SeedError|KeyError", text)
    assert errors.locator(ACTING + ",img,b").count() == 0
    assert not HIDING.search("".join(errors.evaluate_all("all => all.map(one => one.innerHTML)")))
    page.evaluate(CLOSE)
    assert (acted(page), page.hurt) == ([], [])


def test_the_coding_app_shows_every_comment_as_written(page, seed):
    page.evaluate(OPEN, "desk/coding_desk.ipynb")
    page.wait_for_function(lab.IDLE)
    lab.run_with(page, f"SEED, CODER = {str(seed)!r}, 'me'")
    # The class has a number that goes up when all is drawn; meanwhile it has none.
    drawn = "document.querySelector('.rj-desk').className.match(/rj-drawn-\\d+/)?.[0]"
    desk, shown = page.locator(".rj-desk"), set()
    page.wait_for_function("window.rejoinderDesk")
    page.locator(".rj-text").click()
    for at, _ in enumerate(PAYLOADS, start=1):
        shown.add(one_line(page.locator(".rj-text blockquote").inner_text()))
        acting = ACTING.replace(",textarea,button", "").replace(",style", "") + ",img"
        assert desk.locator(acting).count() == 0
        before = page.evaluate(drawn)
        page.keyboard.press("ArrowRight")
        if at < len(PAYLOADS):
            page.wait_for_function(f"before => {drawn} && {drawn} !== before", arg=before)
    assert not HIDING.search(desk.inner_html())
    page.evaluate(CLOSE)
    assert shown == {one_line(visible(one.text)) for one in PAYLOADS}
    assert (acted(page), page.hurt) == ([], [])
