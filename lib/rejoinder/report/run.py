"""Notebooks read, run from top to bottom in kernels of their own, and checked."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

from rejoinder.atomic_write import write_whole
from rejoinder.display import FILES
from rejoinder.errors import ReportError
from rejoinder.html import visible

# What a page can show, best first.
SHOWN = ("text/html", "text/markdown", "image/png", "image/jpeg", "text/plain")

_CELL_SECONDS = 900
# As JupyterLab writes it; any other form would mark a notebook as changed when it is opened.
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def run_notebooks(folder: Path) -> list[Path]:
    """Run each notebook of `folder` from top to bottom and keep its outputs; the paths.

    The files have the form that JupyterLab gives them, without times. No file changes unless all
    notebooks ran. Raises ReportError naming the notebook and the code cell (the first is 1).
    """
    notebooks = read_notebooks(folder)
    execute(notebooks, folder, then=lambda name, notebook: _tidy(notebook))
    written = {Path(folder) / name: f"{nbformat.writes(one)}\n" for name, one in notebooks.items()}
    write_whole(written)
    return list(written)


def read_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """The notebooks of `folder` by file name, in order. Raises ReportError for none, or a broken one."""
    files = sorted(Path(folder).glob("*.ipynb"))
    if not files:
        raise ReportError("holds no notebooks", file=folder, remedy="Name the folder that does.")
    notebooks = {}
    for file in files:
        try:
            notebooks[file.name] = nbformat.read(file, as_version=4)
        except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
            what = f"is not a notebook of format 4 ({type(error).__name__})"
            remedy = "Open it in JupyterLab and save it, or move it out of the folder."
            raise ReportError(what, file=file.name, remedy=remedy) from error
    return notebooks


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of `notebook`, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def execute(
    notebooks: dict[str, NotebookNode],
    folder: Path,
    *,
    then: Callable[[str, NotebookNode], None],
    files: Path | None = None,
) -> None:
    """Run `notebooks` in place with `folder` as working folder, as many at once as there are cores.

    `then` gets each one when it is done; tables and figures are written to `files` too. Kernels use none
    of a person's settings for IPython and
    matplotlib. The first failure, or Ctrl-C, stops all kernels. Raises ReportError for an error in a
    cell, and for an output that a page cannot show.
    """

    async def finish_one(name: str, notebook: NotebookNode) -> None:
        async with cores:
            place = {FILES: str(files.absolute() / name.partition("_")[0])} if files else {}
            await _run(name, notebook, folder, {**environment, **place})
        for cell in code_cells(notebook):
            for problem in filter(None, map(_problem, cell.outputs)):
                raise _failure(name, notebook, cell, problem)
        then(name, notebook)
        progress.update()

    async def finish_all() -> None:
        async with asyncio.TaskGroup() as group:
            for name, notebook in notebooks.items():
                group.create_task(finish_one(name, notebook))

    cores = asyncio.Semaphore(core_count())
    with TemporaryDirectory() as own, tqdm(total=len(notebooks), disable=None) as progress:
        environment = {**os.environ, "IPYTHONDIR": own, "MPLCONFIGDIR": own, "TQDM_DISABLE": "1"}
        for setting in ("MATPLOTLIBRC", "MPLBACKEND"):
            environment.pop(setting, None)
        # matplotlib looks for the fonts once; in a kernel it would report that as a warning.
        fonts = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(fonts, env=environment, stderr=subprocess.DEVNULL, check=False)
        try:
            asyncio.run(finish_all())
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None


def core_count() -> int:
    """The number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Client(NotebookClient):
    """Leaves Ctrl-C to asyncio, since nbclient's own handler knows only one kernel."""

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: object) -> AsyncIterator[None]:
        manager = self.km
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        finally:
            process = getattr(manager.provisioner, "process", None)
            try:
                if self.km is not None:  # a kernel that did not start is cleaned up already
                    await self._async_cleanup_kernel()
            finally:  # jupyter_client does not always wait for what it killed
                if process is not None:
                    process.kill()
                    process.wait()


async def _run(name: str, notebook: NotebookNode, folder: Path, environment: dict[str, str]) -> None:
    begun: list[NotebookNode] = []
    # Without folders to find kernels in, it takes the interpreter that runs this.
    specs = KernelSpecManager(kernel_dirs=[])
    client = _Client(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=specs, transport_encryption="auto"),
        timeout=_CELL_SECONDS,
        record_timing=False,
        coalesce_streams=True,
        shutdown_kernel="immediate",
        on_cell_execute=lambda cell, cell_index: begun.append(cell),
    )
    try:
        await client.async_execute(cwd=str(folder), env=environment)
    except CellExecutionError as error:
        what = _failed(error)
    except CellTimeoutError:
        what = f"took longer than {_CELL_SECONDS} seconds"
    except DeadKernelError:
        if asyncio.current_task().cancelling():  # nbclient mistakes being stopped for a crash
            raise asyncio.CancelledError from None
        what = "ended its Python process, perhaps for lack of memory"
    except RuntimeError as error:
        what = visible(f"could not be run, since its Python process did not start: {error}")
        raise ReportError(what, file=name, remedy="Try again.") from error
    else:
        return
    raise _failure(name, notebook, begun[-1], what)


def _failure(name: str, notebook: NotebookNode, cell: NotebookNode, what: str) -> ReportError:
    number, first = code_cells(notebook).index(cell) + 1, cell.source.strip().splitlines()[0]
    remedy = "Open it in JupyterLab and run it from the top."
    return ReportError(visible(f"code cell {number} (`{first}`) {what}"), file=name, remedy=remedy)


def _failed(error: CellExecutionError | NotebookNode) -> str:
    return "failed: " + f"{error.ename}: {error.evalue}".strip().rpartition("\n")[2]


def _problem(output: NotebookNode) -> str | None:
    """What is wrong with an output of a cell."""
    if output.output_type == "error":  # in a cell that is allowed to raise
        return _failed(output)
    if output.output_type == "stream":
        last = output.text.strip().rpartition("\n")[2]
        return f"wrote to stderr: {last}" if output.name == "stderr" else None
    if not set(SHOWN) & set(output.data):
        return f"displayed what a page cannot show: {', '.join(output.data)}"
    for kind in output.data:
        if kind.startswith("image/") and not output.metadata.get(kind, {}).get("alt", "").strip():
            return "displayed a picture without alternative text: show it with display.figure"
    return None


def _tidy(notebook: NotebookNode) -> None:
    language = notebook.metadata.get("language_info", {"name": "python"})
    notebook.metadata = nbformat.from_dict({"kernelspec": _KERNEL, "language_info": language})
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
