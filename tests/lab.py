"""A JupyterLab of our own on a given folder, with nobody's settings, and Chromium to look at it."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
SECONDS = 120  # for anything to happen on a busy machine
TOKEN = "mine"
# No request for extensions. (JupyterLab ignores an option that is given twice.)
OPTIONS = ("--LabApp.extension_manager=readonly",)
_PLACES = {
    name: f"JUPYTER{'' if name.startswith('LAB') else '_'}{name}"
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR", "LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR")
}


@contextmanager
def jupyterlab(folder, *, own, options=OPTIONS):
    """The address, without a path, of a JupyterLab started in `folder`, its root unless `options` differ.

    What it keeps for itself goes into the folder `own`, which holds no notebook.
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
        until(lambda: server.poll() is not None or _said(own))
        assert server.poll() is None, (own / "log").read_text()
        yield json.loads(_said(own))["url"]
    finally:
        server.terminate()
        server.wait(SECONDS)


def _said(own):
    """What the server writes about itself once it listens; "" until then."""
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


def show(page, notebook):
    """Open a notebook, by its path below the root, in a page in which JupyterLab is open."""
    page.evaluate(
        "path => jupyterapp.commands.execute('docmanager:open', {path}).then(() => null)", str(notebook)
    )
    current = "jupyterapp.shell.currentWidget?.context?.path === path"
    page.wait_for_function(f"path => {current} && {IDLE}", arg=str(notebook))


def close(page):
    """Shut the kernel of the current notebook down, and close the notebook unsaved."""
    page.evaluate("""async () => {
        const notebook = jupyterapp.shell.currentWidget;
        await notebook.sessionContext.shutdown();
        notebook.dispose();
    }""")


def run_with(page, parameters):
    """Put `parameters` into the parameters cell of the current notebook, and start all its cells."""
    page.evaluate(
        """source => {
            const cells = jupyterapp.shell.currentWidget.content.widgets;
            const tagged = cells.find(cell => cell.model.getMetadata('tags')?.includes('parameters'));
            tagged.model.sharedModel.setSource(source);
            window.run = jupyterapp.commands.execute('notebook:run-all-cells');
        }""",
        parameters,
    )


def until(condition):
    """Returns when it holds; fails when it does not within SECONDS."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
