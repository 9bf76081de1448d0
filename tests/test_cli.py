"""The command line: its manual is true, its examples can be typed, and it leaves nothing half-written."""

import re
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from rejoinder import cli as command
from rejoinder import manual
from rejoinder.errors import SeedError

ROOT = Path(__file__).parents[1]
COMMANDS = ("report", "sheet", "codings", "run", "readme", "validate")
CALLED = "python -m rejoinder"


@pytest.fixture
def helped(capsys):
    """The help that a command line asks for."""

    def help_of(*arguments):
        with pytest.raises(SystemExit) as left:
            command.main([*arguments, "--help"])
        assert left.value.code == 0
        return capsys.readouterr().out

    return help_of


def test_help_lists_every_command_and_the_order_of_their_use(helped):
    shown = helped()
    for name in COMMANDS:
        assert re.search(rf"^    {name} +\w", shown, re.MULTILINE), name
    order = re.findall(r"^  \d\. (\w+)", shown, re.MULTILINE)
    assert order == ["report", "sheet", "codings", "report"]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_tells_what_it_does_writes_and_returns(helped, name):
    shown = helped(name)
    for heading in ("usage:", "files", "examples:", "exit status:"):
        assert re.search(rf"^{heading}", shown, re.MULTILINE), heading
    assert max(map(len, shown.splitlines())) <= 90


@pytest.mark.parametrize("name", [(), *((name,) for name in COMMANDS)])
def test_the_examples_are_understood(helped, name):
    shown = helped(*name)
    typed = re.findall(rf"^  {CALLED} (.*)", shown.rpartition("examples:")[2], re.MULTILINE)
    bare = [line for line in shown.splitlines() if line.strip() == f"{CALLED} {' '.join(name)}"]
    assert typed or bare
    for line in typed:
        arguments = shlex.split(line)
        if "--help" not in arguments:
            assert command._parser().parse_args(arguments).do


def test_every_argument_is_explained():
    for action in command._parser()._subparsers._group_actions[0].choices.values():
        for argument in action._actions:
            assert argument.help or argument.choices, argument.dest


def test_the_files_that_are_told_are_those_of_the_library(helped):
    from rejoinder.evaluation.datasets import REGISTRY, known_datasets
    from rejoinder.evaluation.results import RESULTS
    from rejoinder.report import readme

    shown = manual.README.more
    for path in (readme.README, readme.PICTURE):
        assert str(path.relative_to(ROOT)) in shown
    for path in (RESULTS, REGISTRY):
        assert str(path.relative_to(ROOT / "lib")) in manual.VALIDATE.more
    fetched = [name for name, one in known_datasets().items() if "not_fetched" not in one]
    assert ", ".join(fetched) in manual.VALIDATE.more


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as left:
        command.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"rejoinder {version('rejoinder')}\n"


def test_the_script_is_the_same_program(monkeypatch, helped):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, function = project["scripts"]["rejoinder"].partition(":")
    assert getattr(import_module(module), function) is command.main
    monkeypatch.setattr(sys, "argv", ["/somewhere/bin/rejoinder"])
    assert helped().startswith("usage: rejoinder ")
    assert "\n  rejoinder sheet " in helped("sheet")


def stopped_by(monkeypatch, error):
    def do(_):
        raise error

    monkeypatch.setattr(command, "_readme", do)
    return command.main(["readme"])


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (
            SeedError("is odd\x1b[31m\n", file="p", remedy="Mend it."),
            1,
            "p: is odd\ufffd[31m\ufffd. Mend",
        ),
        (OSError(28, "No space left on device", "/full/README.md"), 1, "/full/README.md: cannot be read"),
        (KeyboardInterrupt(), 130, "stopped."),
    ],
)
def test_what_stops_it_is_told_in_one_line(monkeypatch, capsys, error, status, told):
    assert stopped_by(monkeypatch, error) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"rejoinder: {told}")
    assert shown.err.count("\n") == 1


def test_an_error_that_nobody_has_foreseen_is_not_hidden(monkeypatch):
    with pytest.raises(ConnectionError):
        stopped_by(monkeypatch, ConnectionError("no kernel"))


def test_sheet_prints_the_files_it_has_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.txt").write_text("An article of one sentence.\n\n\nA comment.\n")
    assert command.main(["sheet", "p.txt", "--out", "s.csv"]) == 0
    printed = capsys.readouterr().out.split()
    assert printed == ["s.csv", "s.how-to-code.md"]
    assert all(Path(name).exists() for name in printed)


def test_help_is_answered_without_loading_what_a_command_needs():
    code = (
        "import sys\nfrom rejoinder.cli import main\ntry: main(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "print({'matplotlib', 'scipy', 'sklearn', 'IPython', 'nbformat', 'tqdm'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
