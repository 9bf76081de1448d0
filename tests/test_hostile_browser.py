"""A seed of attacks in a real browser: the report, the notebooks in JupyterLab, and the tools there.

Each payload must be shown as it was written, what cannot be seen made visible, and do nothing.
"""

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

import lab
import nbformat
import pytest
from hostile.payloads import PAYLOADS
from hostile.seed import NAME, SHARP, write_seed
from nbformat import v4
from nbformat.sign import NotebookNotary

from rejoinder.html import visible
from rejoinder.report import build

NAMES = [one.name for one in PAYLOADS]
NOTEBOOKS = [file.name for file in sorted(build.NOTEBOOKS.glob("*.ipynb"))]
# Reorders, or is not seen. U+2060 stands between figures of ours.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2061-\u2069\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# What the report is made of; text that became an element would bring others.
ELEMENTS = re.compile(
    "a|article|b|bdi|blockquote|body|br|caption|code|col|colgroup|dd|details|"
    "div|dl|dt|em|figcaption|figure|footer|h1|h2|h3|h4|head|header|html|i|img|"
    "kbd|li|link|main|mark|meta|nav|ol|p|pre|section|small|span|strong|style|"
    "sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
# Elements that nothing shown in an output of JupyterLab is made of.
ACTING = (
    "script,iframe,object,embed,svg,math,form,input,video,audio,link,meta,base,style,template,"
    "mjx-container,marquee,textarea,button"
)
RTL = re.compile("[\u0590-\u08ff]")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Seen:
    """What a page showed and did: its `text`, `html`, what `hurt`, and what it `asked` of others."""

    text: str = ""
    html: str = ""
    hurt: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    found: dict = field(default_factory=dict)


def one_line(text):
    """As it can be compared: a page breaks lines elsewhere, and keeps figures together."""
    return " ".join(text.replace("\u2060", "").split())


def watched(page):
    """What the page will have done, as it goes on."""
    seen = Seen()
    page.on("pageerror", lambda error: seen.hurt.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (seen.hurt.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda other: seen.hurt.append(f"popup: {other.url}"))
    page.on("download", lambda other: seen.hurt.append(f"download: {other.url}"))
    own = ("file:", "data:", "blob:", "http://localhost", "http://127.0.0.1", "ws://localhost")
    page.on("request", lambda asked: None if asked.url.startswith(own) else seen.asked.append(asked.url))
    return seen


def acted(page):
    """What set the flag, as a list of at most one."""
    # An element with that id would be found by the name, too.
    flag = page.evaluate("window.hurt === undefined ? null : String(window.hurt)")
    return [] if flag is None else [f"flag: {flag}"]


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    return write_seed(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def built(program, seed, tmp_path_factory):
    """The folder of the report; not built where there is no browser to look at it."""
    # By a process of its own: while a browser is open, playwright keeps the event loop of this thread.
    out = tmp_path_factory.mktemp("reports")
    command = [sys.executable, "-m", "rejoinder", "report", str(seed), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not UNSEEN.search(done.stdout + done.stderr)
    assert {folder.name for folder in out.iterdir()} <= {NAME, ".kept"}
    return out / NAME


@pytest.fixture(scope="module")
def chromium(program):
    with lab.browser(program) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(chromium, built):
    """Each page of the report, by file name: what was seen of it in light and dark together."""
    files = sorted(built.rglob("*.html"))
    return {file.name: looked_at(chromium, file) for file in files}


def looked_at(chromium, file):
    page = chromium.new_page()
    seen = watched(page)
    page.on("console", lambda message: seen.hurt.append(f"console: {message.text}"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        # As a person would who looks at all of it: unfolds, moves the mouse over it, tabs through.
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for _ in range(10):
            page.keyboard.press("Tab")
        page.mouse.move(300, 300)
        page.mouse.wheel(0, 3000)
        page.mouse.move(310, 400)
    seen.text = one_line(page.evaluate("document.body.innerText"))
    seen.html = page.content()
    seen.hurt += acted(page)
    seen.found = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll('*')];
            const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const apart = [];
            while (words.nextNode()) {
                const node = words.currentNode;
                if (!node.parentElement.closest('[dir=auto], bdi, code, pre')) apart.push(node.data);
            }
            return {
                elements: [...new Set(all.map(one => one.tagName.toLowerCase()))],
                attributes: [...new Set(all.flatMap(one => one.getAttributeNames()))],
                addresses: all.flatMap(one => ['href', 'src'].map(key => one.getAttribute(key) ?? '')),
                covering: all.filter(one => getComputedStyle(one).position === 'fixed').length,
                sheets: document.styleSheets.length,
                scripts: document.scripts.length,
                title: document.title,
                apart,
            };
        }"""
    )
    page.close()
    return seen


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_a_payload_is_shown_as_written_and_did_nothing(pages, payload):
    written = one_line(visible(payload.text))
    assert any(written in seen.text for seen in pages.values())
    for seen in pages.values():
        assert not [one for one in seen.hurt + seen.asked if one.endswith(payload.name)]


def test_the_appendix_has_every_comment_in_full(pages):
    text = " ".join(seen.text for name, seen in pages.items() if name.startswith("comments"))
    assert [one.name for one in PAYLOADS if one_line(visible(one.text)) not in text] == []


def test_nothing_ran_and_nobody_was_asked(pages):
    assert {name: seen.hurt for name, seen in pages.items() if seen.hurt} == {}
    assert {name: seen.asked for name, seen in pages.items() if seen.asked} == {}


def test_no_text_became_an_element(pages):
    for seen in pages.values():
        assert [one for one in seen.found["elements"] if not ELEMENTS.fullmatch(one)] == []
        assert [one for one in seen.found["attributes"] if one == "style" or one.startswith("on")] == []
        assert (seen.found["sheets"], seen.found["scripts"], seen.found["covering"]) == (1, 0, 0)


def test_links_lead_to_pages_only(pages):
    inside = re.compile(r"#[^:/]+|[\w-]+\.html(#[\w-]+)?|data:(,|image/png;base64,[\w+/=]+)")
    for seen in pages.values():
        led = filter(None, seen.found["addresses"])
        assert [one[:80] for one in led if not inside.fullmatch(one)] == []


def test_nothing_reorders_or_hides(pages):
    """Neither the text of the seed nor the name of its file."""
    assert UNSEEN.search(NAME)
    for name, seen in pages.items():
        assert {f"U+{ord(one):04X}" for one in UNSEEN.findall(seen.html)} == set(), name
        assert not UNSEEN.search(seen.found["title"])


def test_right_to_left_text_is_isolated(pages):
    for name, seen in pages.items():
        assert [one[:80] for one in seen.found["apart"] if RTL.search(one)] == [], name


# Every comment, as quotation and as row; the notebooks show some of so many.
EVERYTHING = """from rejoinder.report import page
told = talk.comments[["text", "reason"]].assign(source=talk.comments["reply_reason"].fillna("-"))
display(page.quotes(told, most=len(told)), page.table(told, most=len(told)))"""
# Does run a script and typeset a formula, so that both could be seen.
CONTROL = """from IPython.display import HTML
HTML("<script>window.control = 1</script><p class='control'>$x^2$</p>")"""


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory):
    """The address of a JupyterLab with trusted copies of the notebooks, all of whose cells are drawn; and
    the folder in which it keeps what was open."""
    root, own = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("own")
    (own / "DATA_DIR").mkdir()
    notary = NotebookNotary(data_dir=str(own / "DATA_DIR"))
    for file in [*build.NOTEBOOKS.glob("*.ipynb"), *build.NOTEBOOKS.glob("desk/*.ipynb")]:
        notebook = nbformat.read(file, as_version=4)
        if file.name == NOTEBOOKS[0]:
            notebook.cells.append(v4.new_code_cell(EVERYTHING))
        notebook.cells.append(v4.new_code_cell(CONTROL))
        for cell in notebook.cells:  # its sheets are to lie here
            cell.source = re.sub(
                r"(?<=\(SEED, CODER)(?=[,)])", f", folder={str(own / 'sheets')!r}", cell.source
            )
        copy = root / file.relative_to(build.NOTEBOOKS)
        copy.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, copy)
        notary.sign(nbformat.read(copy, as_version=4))
    settings = own / "LAB_SETTINGS_DIR" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    with lab.jupyterlab(root, own=own) as address:
        yield address, own / "LAB_WORKSPACES_DIR"


@contextmanager
def ran(chromium, served, notebook, parameters):
    """The notebook run with `parameters`, and what it does meanwhile and afterwards."""
    address, workspaces = served
    for file in workspaces.glob("*"):  # else what was open in the page before would be opened again
        file.unlink()
    page = lab.opened(chromium, address, notebook)
    seen = watched(page)
    lab.run_with(page, parameters)
    yield page, seen
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.close()


def outputs(page):
    """The outputs of the notebook but for that of the control: a locator."""
    return page.locator(".jp-OutputArea-output:not(:has(.control))")


@pytest.fixture(scope="module")
def in_lab(chromium, served, seed):
    """Each notebook, run on the seed in JupyterLab: what was seen of its outputs."""
    return {name: run_in_lab(chromium, served, name, f"SEED = {str(seed)!r}") for name in NOTEBOOKS}


def run_in_lab(chromium, served, notebook, parameters):
    with ran(chromium, served, notebook, parameters) as (page, seen):
        page.locator(".control mjx-container").wait_for()
        assert page.evaluate("window.control") == 1
        shown = outputs(page)
        seen.text = one_line("\n".join(shown.all_inner_texts()))
        seen.html = "".join(shown.evaluate_all("all => all.map(one => one.innerHTML)"))
        seen.found = {
            "acting": shown.locator(ACTING).evaluate_all("all => all.map(one => one.outerHTML)"),
            "addresses": shown.locator("a").evaluate_all("all => all.map(one => one.protocol)"),
            "pictures": shown.locator("img").evaluate_all("all => all.map(one => one.src.slice(0, 22))"),
            "dialogs": page.locator(".jp-Dialog").count(),
            "errors": page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts(),
            "cells": page.evaluate(
                "jupyterapp.shell.currentWidget.content.widgets.map(one => one.model.executionCount)"
            ),
        }
        seen.hurt += acted(page)
    return seen


@pytest.mark.parametrize("payload", PAYLOADS, ids=NAMES)
def test_in_jupyterlab_a_payload_is_shown_as_written_and_did_nothing(in_lab, payload):
    written = one_line(visible(payload.text))
    assert in_lab[NOTEBOOKS[0]].text.count(written) >= 2
    for seen in in_lab.values():
        assert not [one for one in seen.hurt + seen.asked if one.endswith(payload.name)]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_in_jupyterlab_nothing_ran_and_nothing_was_typeset(in_lab, notebook):
    seen = in_lab[notebook]
    assert (seen.hurt, seen.asked) == ([], [])
    assert (seen.found["acting"], seen.found["dialogs"], seen.found["errors"]) == ([], 0, [])
    assert set(seen.found["addresses"]) <= {"http:", "https:"}
    assert set(seen.found["pictures"]) <= {"data:image/png;base64,"}
    assert UNSEEN.findall(seen.html) == []


MISTAKEN = {
    "a name": "SEED = \"<img src=x onerror=window.hurt='name'> $x^2$ \\x1b[31m\\u202e\\n<b>b</b>.txt\"",
    "an id": "SEED = \"<svg onload=window.hurt='id'>\"",
    "half a surrogate": "SEED = 'x\\udcff<img src=x onerror=window.hurt=1>.txt'",
    "Python's own": "SEED = {}[\"<img src=x onerror=window.hurt='own'> $x^2$ \\x1b]0;own\\x07\\u202e\"]",
}


@pytest.mark.parametrize("parameters", MISTAKEN.values(), ids=MISTAKEN)
def test_in_jupyterlab_an_error_is_text(chromium, served, parameters):
    with ran(chromium, served, NOTEBOOKS[2], parameters) as (page, seen):
        error = outputs(page).last
        error.wait_for()
        assert re.search(r"SeedError|KeyError", error.inner_text())
        assert error.locator(ACTING + ",img,b").count() == 0
        assert not UNSEEN.search(error.inner_html())
        assert (seen.hurt + acted(page), seen.asked) == ([], [])


def test_at_the_coding_desk_every_comment_is_shown_as_written_and_does_nothing(chromium, served, seed):
    parameters = f"SEED, CODER = {str(seed)!r}, 'me'"
    # Its class has a number that goes up when all is drawn; meanwhile it has none.
    drawn = "document.querySelector('.rj-desk').className.match(/rj-drawn-\\d+/)?.[0]"
    shown = set()
    with ran(chromium, served, "desk/coding_desk.ipynb", parameters) as (page, seen):
        desk = page.locator(".rj-desk")
        page.wait_for_function("window.rejoinderDesk")
        page.locator(".rj-text").click()
        for at, _ in enumerate(PAYLOADS, start=1):
            shown.add(one_line(page.locator(".rj-text blockquote").inner_text()))
            assert desk.locator(ACTING.replace(",textarea,button", "").replace(",style", "")).count() == 0
            before = page.evaluate(drawn)
            page.keyboard.press("ArrowRight")
            if at < len(PAYLOADS):
                page.wait_for_function(f"before => {drawn} && {drawn} !== before", arg=before)
        assert desk.locator("img").count() == 0
        assert not UNSEEN.search(desk.inner_html())
        assert (seen.hurt + acted(page), seen.asked) == ([], [])
    assert shown == {one_line(visible(one.text)) for one in PAYLOADS}


def test_in_the_reading_room_every_comment_is_shown_as_written_and_does_nothing(chromium, served, seed):
    drawn = "[...document.querySelectorAll('.rj-room [data-drawn]')].map(one => one.dataset.drawn).join()"
    shown = ""
    with ran(chromium, served, "desk/reading_room.ipynb", f"SEED = {str(seed)!r}") as (page, seen):
        room = page.locator(".rj-room")

        def then(do):
            """Do it, and wait until the comments have been drawn anew; what the room shows."""
            before = page.evaluate(drawn)
            do()
            page.wait_for_function(f"before => {drawn} !== before", arg=before)
            assert room.locator(ACTING.replace(",textarea,button", "").replace(",input", "")).count() <= 1
            assert room.locator("img").count() == 0
            regions = room.locator(".rj-region")  # ipywidgets has signs of its own around them
            assert not UNSEEN.search(
                "".join(regions.evaluate_all("all => all.map(one => one.innerHTML)"))
            )
            return one_line(room.inner_text())

        page.locator(".rj-room [data-drawn]").last.wait_for()
        for kind in ("theme", "actor", "comment", "claim"):
            button = room.locator("button.widget-toggle-button", has_text=kind)
            assert one_line(visible(SHARP[0].text)) in then(button.click)
        shown += then(room.locator("input[type=checkbox]").check)
        onward = room.locator("button", has_text="next →")
        while onward.is_enabled():
            shown += then(onward.click)
        assert (seen.hurt + acted(page), seen.asked) == ([], [])
    assert [one.name for one in PAYLOADS if one_line(visible(one.text)) not in shown] == []
