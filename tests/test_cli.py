"""The command line: what it explains, what it returns, and errors in one line."""

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import rejoinder
from rejoinder import cli
from rejoinder.errors import SeedError
from rejoinder.report import build

ROOT = Path(__file__).parents[1]
COMMANDS = ("report", "sheet", "codings", "code", "draft", "run", "validate")


def printed(capsys, *arguments, status=0):
    with pytest.raises(SystemExit) as left:
        cli.main([*arguments])
    assert left.value.code == status
    shown = capsys.readouterr()
    return shown.out + shown.err


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_argument_is_explained(capsys, monkeypatch, name):
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/rejoinder"])
    assert f"\n    {name} " in printed(capsys, "--help")
    shown = printed(capsys, name, "--help")
    assert shown.startswith(f"usage: rejoinder {name} ")
    options = [line.split(maxsplit=2) for line in shown.splitlines() if line.startswith("  -")]
    assert options
    assert "130" in shown


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["report"], ["codings", "a", "b", "--kind", "x"]]
)
def test_a_wrong_command_line_is_refused_without_a_traceback(capsys, arguments):
    assert "Traceback" not in printed(capsys, *arguments, status=2)


def test_the_script_is_the_same_program_and_version(capsys):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["rejoinder"].partition(":")
    assert getattr(import_module(module), function) is cli.main
    assert printed(capsys, "--version") == f"rejoinder {version('rejoinder')}\n"


@pytest.mark.parametrize(("error", "status", "said"), [
    (SeedError("is odd\x1b[31m", file="p", remedy="Mend it."), 1, "p: is odd\ufffd[31m. Mend"),
    (OSError(28, "No space left on device", "/full/README.md"), 1, "/full/README.md"),
    (KeyboardInterrupt(), 130, "stopped"),
])  # fmt: skip
def test_what_stops_a_command_is_one_line(monkeypatch, capsys, error, status, said):
    def stopped(*_, **__):
        raise error

    monkeypatch.setattr(build, "build", stopped)
    assert cli.main(["report", "page.txt"]) == status
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert said in shown.err


def test_an_unexpected_error_is_not_hidden(monkeypatch):
    def broken(*_, **__):
        raise ConnectionError("no kernel")

    monkeypatch.setattr(build, "build", broken)
    with pytest.raises(ConnectionError):
        cli.main(["report", "page.txt"])


def test_sheet_prints_the_files_it_has_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.txt").write_text("An article of one sentence.\n\n\nA comment.\n")
    assert cli.main(["sheet", "p.txt", "--out", "s.csv"]) == 0
    names = capsys.readouterr().out.split()
    assert names == ["s.csv", "s.how-to-code.md"]
    assert all(Path(name).exists() for name in names)


def test_what_an_output_cannot_show_stops_no_command(tmp_path):
    (tmp_path / "Straße.txt").write_text("An article of one sentence.\n\n\nA comment.\n")
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for arguments, status in ((["sheet", "Straße.txt"], 0), (["sheet", "Straß.txt"], 1), (["--help"], 0)):
        command = [sys.executable, "-m", "rejoinder", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=ascii_only, capture_output=True)
        assert (done.returncode, b"Traceback" in done.stderr) == (status, False), done.stderr
    assert len(list((tmp_path / "sheets").glob("Straße*"))) == 2


def test_help_is_answered_without_loading_what_a_command_needs():
    code = (
        "import sys\nfrom rejoinder.cli import main\ntry: main(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "print({'matplotlib', 'scipy', 'sklearn', 'IPython', 'nbformat', 'tqdm'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")


def test_draft_writes_a_codebook_that_loads_and_replaces_none(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(
        "Shops in the centre should be open on Sundays too.\n\nComments\n\nNo, they should be closed.\n"
    )
    assert cli.main(["draft", "page.txt"]) == 0
    assert capsys.readouterr().out == "page/codebook.toml\n"
    assert rejoinder.load("page.txt").codebook.kind == "rules"
    assert cli.main(["draft", "page.txt"]) == 1
    assert "page/codebook.toml: exists already" in capsys.readouterr().err
