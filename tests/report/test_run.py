"""Notebooks run in kernels of their own: their outputs kept, or one error that names the cell."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from notebook_files import write_notebook

from rejoinder.errors import ReportError
from rejoinder.report import run

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DISPLAY = "from IPython.display import display\ndisplay({data!r}, raw=True)"
BAR = "import os\nassert os.environ['TQDM_DISABLE']"
SLEEP = "import os, pathlib, time\npathlib.Path(f'{os.getpid()}.pid').touch()\ntime.sleep(300)"

pytestmark = pytest.mark.slow


def test_outputs_are_kept_the_same_twice(tmp_path):
    write_notebook(tmp_path, "00_a", "print('kept')", "", "2 + 2", BAR)
    assert run.run_notebooks(tmp_path) == [tmp_path / "00_a.ipynb"]
    text = (tmp_path / "00_a.ipynb").read_text()
    cells = json.loads(text)["cells"]
    assert [cell["execution_count"] for cell in cells if "outputs" in cell] == [1, 2, None, 3, 4]
    assert cells[2]["outputs"][0]["text"] == ["kept\n"]
    assert cells[5]["outputs"] == []  # no progress bar
    assert [cell["id"] for cell in cells] == ["c0", "c1", "c2", "c3", "c4", "c5"]
    assert [cell["metadata"] for cell in cells] == [{}, {"tags": ["parameters"]}, {}, {}, {}, {}]
    run.run_notebooks(tmp_path)
    assert (tmp_path / "00_a.ipynb").read_text() == text


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("\nraise ValueError('first\\nlast \\x1b[31mline')", "last \ufffd[31mline"),
        ("import os\nos._exit(1)", "Python process"),
        ("import sys\nprint('oh', file=sys.stderr)", "stderr: oh"),
        (DISPLAY.format(data={"image/png": PNG}), "alternative text"),
        (DISPLAY.format(data={"image/svg+xml": "<svg/>"}), "image/svg"),
        ("import rejoinder\nrejoinder.load('000_b03053bac995104')", "SeedError: "),
    ],
    ids=["error", "crash", "stderr", "picture", "unknown kind", "error raised on purpose"],
)
def test_a_failure_names_notebook_and_cell_and_changes_nothing(tmp_path, cell, reason):
    write_notebook(tmp_path, "00_a", "print('kept')")
    write_notebook(tmp_path, "01_b", "md words", "x = 1", cell, "x = 2")
    before = (tmp_path / "00_a.ipynb").read_text()
    with pytest.raises(ReportError) as caught:
        run.run_notebooks(tmp_path)
    assert caught.value.file == "01_b.ipynb"
    assert caught.value.problem.startswith("code cell 3 (`")
    assert reason in caught.value.problem
    assert "\n" not in str(caught.value)
    assert (tmp_path / "00_a.ipynb").read_text() == before


def test_a_kernel_that_does_not_start_is_reported(tmp_path, monkeypatch):
    async def wait_for_ready(*_, **__):
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr("jupyter_client.AsyncKernelClient.wait_for_ready", wait_for_ready)
    write_notebook(tmp_path, "00_a")
    with pytest.raises(ReportError) as caught:
        run.run_notebooks(tmp_path)
    assert caught.value.file == "00_a.ipynb"
    assert "kernel_info" in caught.value.problem


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 1}'])
def test_a_broken_notebook_is_named(tmp_path, text):
    (tmp_path / "00_a.ipynb").write_text(text)
    with pytest.raises(ReportError) as caught:
        run.run_notebooks(tmp_path)
    assert caught.value.file == "00_a.ipynb"


@pytest.mark.skipif(run.core_count() < 2, reason="one core: one notebook at a time")
def test_notebooks_run_at_the_same_time(tmp_path):
    wait = "import pathlib, time\npathlib.Path({mine!r}).touch()\n"
    wait += "while not pathlib.Path({other!r}).exists():\n    time.sleep(0.01)"
    write_notebook(tmp_path, "00_a", wait.format(mine="a", other="b"))
    write_notebook(tmp_path, "01_b", wait.format(mine="b", other="a"))
    run.run_notebooks(tmp_path)


def test_kernels_use_no_settings_of_a_person_and_need_no_home(tmp_path, monkeypatch):
    (tmp_path / "rc").write_text("lines.linewidth: 33\nnonsense\n")
    (tmp_path / "ipython" / "profile_default" / "startup").mkdir(parents=True)
    (tmp_path / "ipython" / "profile_default" / "startup" / "a.py").write_text("print('started')")
    for name, value in (("MATPLOTLIBRC", "rc"), ("MPLCONFIGDIR", "rc"), ("IPYTHONDIR", "ipython")):
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("HOME", os.devnull)  # where nothing can be written
    drawn = "from matplotlib import pyplot as plt\nprint(plt.subplots()[1].plot([1])[0].get_linewidth())"
    drawn += "\nplt.close()"
    write_notebook(tmp_path / "notebooks", "00_a", drawn)
    run.run_notebooks(tmp_path / "notebooks")
    cells = json.loads((tmp_path / "notebooks" / "00_a.ipynb").read_text())["cells"]
    assert cells[2]["outputs"][0]["text"] == ["1.5\n"]


def test_ctrl_c_leaves_no_kernel_behind(tmp_path):
    for stem in ("00_a", "01_b"):
        write_notebook(tmp_path, stem, SLEEP)
    command = [sys.executable, "-m", "rejoinder", "run", str(tmp_path)]
    # Where tests run in the background, Ctrl-C is ignored, and a child would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    expected, end = min(2, run.core_count()), time.monotonic() + 120
    while len(kernels := list(tmp_path.glob("*.pid"))) < expected:
        assert time.monotonic() < end
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, message = started.communicate(timeout=60)
    assert started.returncode == 130
    assert message.count("\n") == 1
    for kernel in kernels:
        with pytest.raises(ProcessLookupError):
            os.kill(int(kernel.stem), 0)
