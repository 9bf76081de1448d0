"""Attacks in a real browser: report and JupyterLab show each payload as written, and it does nothing."""

import copy
import re
import shutil
from pathlib import Path

import lab
import nbformat
import pytest
from hostile.payloads import PAYLOADS
from hostile.seed import NAME, write_seed
from nbformat import v4
from nbformat.sign import NotebookNotary
from watch import HIDING, acted, one_line, watched

from rejoinder.html import visible
from rejoinder.report import pages as report_pages
from rejoinder.report.build import build
from rejoinder.report.run import execute, read_notebooks

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(file.name for file in NOTEBOOKS.glob("*.ipynb") if file.name < "12")
# Every comment, as quotation and as row; the notebooks show some of so many.
EVERYTHING = """from rejoinder import display as shown
told = talk.comments[["text", "reason"]].assign(source=talk.comments["reply_reason"].fillna("-"))
display(shown.quotes(told, most=len(told)), shown.table(told, most=len(told)))"""
# Does run a script and typeset a formula in JupyterLab, so that either would be seen.
CONTROL = """from IPython.display import HTML
HTML("<script>window.control = 1</script><p class='control'>$x^2$</p>")"""
MISTAKES = (
    "\"<img src=x onerror=window.hurt='name'> $x^2$ \\x1b[31m\\u202e\\n<b>b</b>.txt\"",
    "\"<svg onload=window.hurt='id'>\"",
    "'x\\udcff<img src=x onerror=window.hurt=1>.txt'",
    "{}[\"<img src=x onerror=window.hurt='own'> $x^2$ \\x1b]0;own\\x07\\u202e\"]",
)
# What the report is made of; text that became an element would bring others.
ELEMENTS = re.compile(
    "a|b|bdi|blockquote|body|br|caption|code|col|colgroup|dd|details|div|dl|dt|em|figure|footer|h[1-4]|head|"
    "header|html|i|img|input|label|li|link|main|meta|nav|ol|optgroup|option|p|pre|section|select|small|span|strong|style|su[bp]|summary|"
    "table|tbody|td|tfoot|th|thead|title|tr|ul"
)
ADDRESS = re.compile(r"#[^:/]+|[\w-]+\.html(#[\w-]+)?|data:(,|image/png;base64,[\w+/=]+)|")
# Elements that no output in JupyterLab is made of.
ACTING = (
    "script,iframe,object,embed,svg,math,form,input,video,audio,link,meta,base,style,template,"
    "mjx-container,marquee,textarea,button"
)
LOOK = """() => {
    const all = [...document.querySelectorAll('*')];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const apart = [];
    while (words.nextNode()) {
        const node = words.currentNode;
        if (!node.parentElement.closest('[dir=auto], bdi, code, pre, style')) apart.push(node.data);
    }
    return {
        text: document.body.innerText,
        elements: [...new Set(all.map(one => one.tagName.toLowerCase()))],
        attributes: [...new Set(all.flatMap(one => one.getAttributeNames()))],
        addresses: all.flatMap(one => ['href', 'src'].map(key => one.getAttribute(key) ?? '')),
        covering: all.filter(one => getComputedStyle(one).position === 'fixed').length,
        sheets: document.styleSheets.length,
        scripts: document.scripts.length,
        apart,
    };
}"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    return write_seed(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def executed(program, seed):
    """The notebooks, run once on the attacks, each with the control as its last cell."""
    notebooks = {name: one for name, one in read_notebooks(NOTEBOOKS).items() if name in NAMES}
    for name, notebook in notebooks.items():
        (parameters,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
        parameters.source = re.sub(
            "(?m)^SEED = .*$", lambda _: f"SEED = {str(seed)!r}", parameters.source
        )
        added = [EVERYTHING, CONTROL] if name == NAMES[0] else [CONTROL]
        notebook.cells += [v4.new_code_cell(source, id=f"added-{len(source)}") for source in added]
    execute(notebooks, NOTEBOOKS, then=lambda name, notebook: None)
    return notebooks


@pytest.fixture(scope="module")
def report(executed, seed, tmp_path_factory):
    """The pages of the report made of them."""

    def finished(sources, folder, *, then, files):
        for name in sources:
            then(name, copy.deepcopy(executed[name]))

    out = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_pages, "execute", finished)
        build(seed, notebooks=NOTEBOOKS, out=out)
    assert [folder.name for folder in out.iterdir()] == [NAME]
    return sorted((out / NAME).glob("*.html"))


@pytest.fixture(scope="module")
def chromium(program, report):
    # After `report`: an open playwright keeps the event loop.
    with lab.browser(program) as made:
        yield made


@pytest.fixture(scope="module")
def seen(chromium, report):
    """What was found on each page of the report, and what it did (`hurt`), by file name."""
    return {file.name: looked_at(chromium, file) for file in report}


def looked_at(chromium, file):
    page = chromium.new_page()
    hurt = watched(page)
    page.on("console", lambda message: hurt.append(f"console: {message.text}"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        # As a person who looks at all of it: unfolds, moves the mouse over it, tabs through.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for _ in range(10):
            page.keyboard.press("Tab")
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 3000)
        page.mouse.move(310, 400)
    found = page.evaluate(LOOK) | {"html": page.content(), "hurt": hurt + acted(page)}
    page.close()
    return found


def test_the_report_shows_every_payload_as_written(seen):
    comments = " ".join(
        one_line(one["text"]) for name, one in seen.items() if name.startswith("comments")
    )
    assert [one.name for one in PAYLOADS if one_line(visible(one.text)) not in comments] == []


def test_in_the_report_nothing_acts_and_nothing_is_more_than_text(seen):
    assert HIDING.search(NAME)
    for name, page in seen.items():
        assert page["hurt"] == [], name
        assert [one for one in page["elements"] if not ELEMENTS.fullmatch(one)] == [], name
        assert [one for one in page["attributes"] if one == "style" or one.startswith("on")] == [], name
        sheets = 2 if name == "find.html" else 1  # whose groups have rules of their own
        assert (page["sheets"], page["scripts"], page["covering"]) == (sheets, 0, 0), name
        assert [one[:80] for one in page["addresses"] if not ADDRESS.fullmatch(one)] == [], name
        assert not HIDING.search(page["html"]), name
        assert [one[:80] for one in page["apart"] if re.search("[\u0590-\u08ff]", one)] == [], name


@pytest.fixture(scope="module")
def page(chromium, executed, tmp_path_factory):
    """JupyterLab with the executed notebooks, trusted, so that their outputs may do all they can."""
    root, own = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("own")
    shutil.copytree(NOTEBOOKS / "desk", root / "desk")
    loads = [
        v4.new_code_cell(
            f"import rejoinder\nrejoinder.load({text})", metadata={"tags": ["raises-exception"]}
        )
        for text in MISTAKES
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "name": "python3"}}
    nbformat.write(v4.new_notebook(cells=loads, metadata=kernel), root / "mistakes.ipynb")
    (own / "DATA_DIR").mkdir()
    notary = NotebookNotary(data_dir=str(own / "DATA_DIR"))
    for name, notebook in executed.items():
        nbformat.write(notebook, root / name)
        notary.sign(nbformat.read(root / name, as_version=4))
    settings = own / "LAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)  # every cell is drawn, also those out of sight
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    with lab.jupyterlab(root, own=own) as address:
        page = lab.begun(chromium, f"{address}lab")
        page.hurt = watched(page)
        yield page


def outputs(page):
    """The outputs of the current notebook except that of the control: a locator."""
    return page.locator(".jp-OutputArea-output:not(:has(.control))")


@pytest.mark.parametrize("name", NAMES)
def test_in_jupyterlab_a_notebook_shows_text_and_nothing_acts(page, name):
    page.evaluate("window.control = 0")
    lab.show(page, name)
    page.locator(".control mjx-container").wait_for()
    page.wait_for_function("window.control === 1")
    shown = outputs(page)
    if name == NAMES[0]:
        text = one_line("\n".join(shown.all_inner_texts()))
        assert [one.name for one in PAYLOADS if text.count(one_line(visible(one.text))) < 2] == []
    acting = shown.locator(ACTING).evaluate_all("all => all.map(one => one.outerHTML)")
    protocols = shown.locator("a").evaluate_all("all => all.map(one => one.protocol)")
    pictures = shown.locator("img").evaluate_all("all => all.map(one => one.src.slice(0, 22))")
    html = "".join(shown.evaluate_all("all => all.map(one => one.innerHTML)"))
    lab.close(page)
    assert acting == []
    assert set(protocols) <= {"http:", "https:"}
    assert set(pictures) <= {"data:image/png;base64,"}
    assert HIDING.findall(html) == []
    assert (acted(page), page.hurt) == ([], [])


def test_in_jupyterlab_an_error_is_text(page):
    lab.show(page, "mistakes.ipynb")
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    errors = outputs(page)
    errors.nth(len(MISTAKES) - 1).wait_for()
    for text in errors.all_inner_texts():
        assert re.search(r"SeedError|KeyError", text)
    assert errors.locator(ACTING + ",img,b").count() == 0
    assert not HIDING.search("".join(errors.evaluate_all("all => all.map(one => one.innerHTML)")))
    lab.close(page)
    assert (acted(page), page.hurt) == ([], [])


def test_the_coding_app_shows_every_comment_as_written(page, seed):
    lab.show(page, "desk/coding_desk.ipynb")
    lab.run_with(page, f"SEED, CODER = {str(seed)!r}, 'me'")
    # The class has a number that goes up when all is drawn; meanwhile it has none.
    drawn = "document.querySelector('.rj-desk').className.match(/rj-drawn-\\d+/)?.[0]"
    desk, shown = page.locator(".rj-desk"), set()
    page.wait_for_function("window.rejoinderDesk")
    page.locator(".rj-text").click()
    acting = ACTING.replace(",textarea,button", "").replace(",style", "") + ",img"
    for at, _ in enumerate(PAYLOADS, start=1):
        shown.add(one_line(page.locator(".rj-text blockquote").inner_text()))
        assert desk.locator(acting).count() == 0
        before = page.evaluate(drawn)
        page.keyboard.press("ArrowRight")
        if at < len(PAYLOADS):
            page.wait_for_function(f"before => {drawn} && {drawn} !== before", arg=before)
    assert not HIDING.search(desk.inner_html())
    lab.close(page)
    assert shown == {one_line(visible(one.text)) for one in PAYLOADS}
    assert (acted(page), page.hurt) == ([], [])
