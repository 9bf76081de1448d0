"""A JupyterLab of our own on a given folder, with nobody's settings, and a page of Chromium in it."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
SECONDS = 60  # for anything to happen on a machine that does other things too
TOKEN = "mine"
# Nobody may ask another host for extensions. (Of an option that is given twice JupyterLab takes neither.)
OPTIONS = ("--LabApp.extension_manager=readonly",)
_PLACES = {
    name: f"JUPYTER{'' if name.startswith('LAB') else '_'}{name}"
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR", "LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR")
}


@contextmanager
def jupyterlab(folder, *, own, options=OPTIONS):
    """The address, without a path, of a JupyterLab started in `folder`, which is what it shows unless the
    `options` name another; stopped at the end.

    What it keeps for itself goes into the folder `own`, which no notebook lies in.
    """
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *options]
    command += ["--ServerApp.port=0", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.expose_app_in_browser=True"]  # `jupyterapp`, which a test commands
    places = {variable: str(own / name) for name, variable in _PLACES.items()}
    with (own / "log").open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **places, "IPYTHONDIR": str(own / "ipython")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: server.poll() is not None or _told(own))
        assert server.poll() is None, (own / "log").read_text()
        yield json.loads(_told(own))["url"]
    finally:
        server.terminate()
        server.wait(SECONDS)


def _told(own):
    """What the server writes of itself once it listens; "" until then."""
    written = [file.read_text() for file in (own / "RUNTIME_DIR").glob("jpserver-*.json")]
    return written[0] if written and written[0].endswith("}") else ""


@contextmanager
def browser(program):
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, which is who runs tests in a container.
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=program, args=sandbox)
        yield chromium
        chromium.close()


def opened(chromium, address, notebook):
    """The notebook, by its path below the root, in a page of its own, with a kernel that is ready."""
    page = begun(chromium, f"{address}lab/tree/{quote(str(notebook))}")
    page.wait_for_function(IDLE)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    return page


def begun(chromium, address):
    """JupyterLab at the address, in a page of its own, ready to take commands."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{address}?token={TOKEN}")
    page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    return page


def run_with(page, parameters):
    """Put `parameters` into the parameters cell of the open notebook, and start all its cells."""
    page.evaluate(
        """source => {
            const cells = jupyterapp.shell.currentWidget.content.widgets;
            const tagged = cells.find(cell => cell.model.getMetadata('tags')?.includes('parameters'));
            tagged.model.sharedModel.setSource(source);
            return jupyterapp.commands.execute('notebook:run-all-cells');
        }""",
        parameters,
    )


def complaints(page, address, notebook, seeds):
    """What goes wrong when the notebook, by its path below the root, runs from top to bottom with each of
    `seeds` in its parameters cell (None: as it stands), one after the other; [] where nothing does.

    `page` is one in which JupyterLab is open. Told are cells that were not run, errors and standard error
    among the outputs, errors of the page, and what it asks of any other host. At the end the kernel is
    shut down and the notebook closed, unsaved.
    """
    heard = []
    hear = {
        "pageerror": lambda error: heard.append(f"page error: {error}"),
        "request": lambda asked: heard.extend(_foreign(asked.url, address)),
        "websocket": lambda asked: heard.extend(_foreign(asked.url, address)),
    }
    for event, listener in hear.items():
        page.on(event, listener)
    page.evaluate("path => jupyterapp.commands.execute('docmanager:open', {path})", str(notebook))
    page.wait_for_function(IDLE)
    for seed in seeds:
        heard += [f"SEED {seed}: {one}" for one in page.evaluate(_RUN, [seed, 1000 * SECONDS])]
    page.evaluate(CLOSE)
    for event, listener in hear.items():
        page.remove_listener(event, listener)
    return heard


def _foreign(url, address):
    own = address.removeprefix("http")
    mine = url.startswith(("data:", "blob:", f"http{own}", f"ws{own}"))
    return [] if mine else [f"asked another host: {url}"]


CLOSE = """async () => {
    const notebook = jupyterapp.shell.currentWidget;
    await notebook.sessionContext.shutdown();
    notebook.dispose();
}"""
# Outputs are emptied before, so that none of an earlier run is taken for one of this.
_RUN = """async ([seed, patience]) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const code = notebook.widgets.map(cell => cell.model).filter(model => model.type === 'code');
    if (seed !== null) {
        const model = code.find(model => model.getMetadata('tags')?.includes('parameters'));
        const said = model.sharedModel.getSource();
        const changed = said.replace(/^SEED = .*$/m, () => 'SEED = ' + JSON.stringify(seed));
        if (changed === said) return ['no SEED to change'];
        model.sharedModel.setSource(changed);
    }
    await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
    const run = jupyterapp.commands.execute('notebook:run-all-cells').then(() => []);
    const late = new Promise(done => setTimeout(() => done(['not done in time']), patience));
    const wrong = await Promise.race([run, late]);
    for (const model of code) {
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


def until(condition):
    """Returns when it holds; fails when it does not within SECONDS."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
