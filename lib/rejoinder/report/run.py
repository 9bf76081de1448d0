"""Notebooks read, run from top to bottom in kernels of their own, and checked."""

from __future__ import annotations

import asyncio
import json
import os
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
from rejoinder.errors import ReportError
from rejoinder.html import visible

# What a page can show, best first.
SHOWN = ("text/html", "text/markdown", "image/png", "image/jpeg", "text/plain")

_CELL_SECONDS = 900  # a cell that takes longer hangs


def run_notebooks(folder: Path) -> list[Path]:
    """Run each notebook of `folder` from top to bottom and keep its outputs in it; the notebooks.

    Nothing is kept that tells when, or by which Python, it was run. No notebook is changed unless
    all of them ran and are on disk. Raises ReportError naming the notebook and the code cell (the
    first is 1).
    """
    notebooks = read_notebooks(folder)
    execute(notebooks, folder, then=lambda name, notebook: _tidy(notebook))
    new = {Path(folder) / name: f"{nbformat.writes(one)}\n" for name, one in notebooks.items()}
    write_whole(new)
    return list(new)


def read_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """The notebooks of `folder` by file name, in order. Raises ReportError if there are none."""
    files = sorted(Path(folder).glob("*.ipynb"))
    if not files:
        raise ReportError("holds no notebooks", file=folder, remedy="Name the folder that does.")
    return {file.name: _notebook(file) for file in files}


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of `notebook`, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def execute(
    notebooks: dict[str, NotebookNode], folder: Path, *, then: Callable[[str, NotebookNode], None]
) -> None:
    """Run `notebooks` in place, as many at once as there are cores; `then` gets each when done.

    The first failure stops them all, as Ctrl-C does; no kernel is left behind. Raises ReportError
    for an error, and for what a reader would miss or should not see: see `_problem`.
    """

    async def finish_one(name: str, notebook: NotebookNode) -> None:
        async with cores:
            await _run(name, notebook, folder, environment)
        for cell in code_cells(notebook):
            for problem in filter(None, map(_problem, cell.outputs)):
                raise _failure(name, notebook, cell, problem)
        then(name, notebook)
        progress.update()

    async def finish_all() -> None:
        async with asyncio.TaskGroup() as group:
            for name, notebook in notebooks.items():
                group.create_task(finish_one(name, notebook))

    cores = asyncio.Semaphore(_core_count())
    # Otherwise a person's own IPython settings and start-up files would run in every kernel.
    with TemporaryDirectory() as settings, tqdm(total=len(notebooks), disable=None) as progress:
        environment = {**os.environ, "IPYTHONDIR": settings, "TQDM_DISABLE": "1"}
        try:
            asyncio.run(finish_all())
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None


def _core_count() -> int:
    if hasattr(os, "sched_getaffinity"):  # Linux: the cores this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Client(NotebookClient):
    """A client that leaves Ctrl-C to asyncio: nbclient's handler knows of one kernel only."""

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: object) -> AsyncIterator[None]:
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        finally:
            process = getattr(self.km.provisioner, "process", None)
            try:
                await self._async_cleanup_kernel()
            finally:  # also where the kernel was stopped while it started, and the cleanup fails
                if process is not None:  # jupyter_client does not always wait for what it killed
                    process.kill()
                    process.wait()


async def _run(name: str, notebook: NotebookNode, folder: Path, environment: dict[str, str]) -> None:
    begun: list[NotebookNode] = []
    client = _Client(
        notebook,
        # Given no folders to find kernels in, it takes the interpreter that runs this.
        km=AsyncKernelManager(
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), transport_encryption="auto"
        ),
        timeout=_CELL_SECONDS,
        record_timing=False,
        coalesce_streams=True,
        shutdown_kernel="immediate",
        on_cell_execute=lambda cell, cell_index: begun.append(cell),
    )
    try:
        await client.async_execute(cwd=str(folder), env=environment)
    except CellExecutionError as error:
        what = f"failed: {_last_line(f'{error.ename}: {error.evalue}')}"
    except CellTimeoutError:
        what = f"took longer than {_CELL_SECONDS} seconds"
    except DeadKernelError:
        if asyncio.current_task().cancelling():  # nbclient takes being stopped for a death
            raise asyncio.CancelledError from None
        what = "ended its Python process, perhaps for want of memory"
    else:
        return
    raise _failure(name, notebook, begun[-1], what)


def _failure(name: str, notebook: NotebookNode, cell: NotebookNode, what: str) -> ReportError:
    number = code_cells(notebook).index(cell) + 1
    first = cell.source.strip().splitlines()[0]
    return ReportError(
        visible(f"code cell {number} (`{first}`) {what}"),
        file=name,
        remedy="Open it in JupyterLab and run it from the top.",
    )


def _problem(output: NotebookNode) -> str | None:
    if output.output_type == "error":  # in a cell that says it may raise
        return f"failed: {_last_line(f'{output.ename}: {output.evalue}')}"
    if output.output_type == "stream":
        wrote = output.name == "stderr"
        return f"wrote to stderr: {_last_line(output.text)}" if wrote else None
    if not set(SHOWN) & set(output.data):
        return f"displayed what a page cannot show: {', '.join(output.data)}"
    for kind in output.data:
        if kind.startswith("image/") and not output.metadata.get(kind, {}).get("alt", "").strip():
            return "displayed a picture without alternative text: show it with page.figure"
    return None


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def _notebook(file: Path) -> NotebookNode:
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        for at, cell in enumerate(raw["cells"]):
            cell.setdefault("id", f"cell-{at:02}")  # nbformat would draw one by lot
        return nbformat.reads(json.dumps({**raw, "nbformat_minor": 5}), as_version=4)
    except (ValueError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise ReportError(
            f"is not a notebook of format 4 ({type(error).__name__})",
            file=file.name,
            remedy="Open it in JupyterLab and save it, or take it out of the folder.",
        ) from error


def _tidy(notebook: NotebookNode) -> None:
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in ("jupyter", "tags") if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
