"""The command line: python -m rejoinder COMMAND, or rejoinder COMMAND; --help tells the rest."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from rejoinder import manual
from rejoinder.errors import RejoinderError
from rejoinder.html import one_line


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0, or 1 after an error that was explained in one message on stderr."""
    options = _parser().parse_args(arguments)
    try:
        options.do(options)
    except RejoinderError as error:
        print(f"rejoinder: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read what is printed has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.filename is None:  # not of a file: nobody has foreseen it
            raise
        told = RejoinderError(
            f"cannot be read or written ({error.strerror})",
            file=error.filename,
            remedy="Check the path, its permissions, and whether there is room on the disk.",
        )
        print(f"rejoinder: {told}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rejoinder: stopped.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    called = "rejoinder" if Path(sys.argv[0]).stem == "rejoinder" else "python -m rejoinder"
    page = manual.PROGRAM
    parser = _Parser(
        prog=called,
        description=page.what,
        epilog=page.more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version, and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    report = _command(commands, "report", _report, manual.REPORT)
    _seed(report)
    report.add_argument(
        "-o", "--out", type=Path, default=Path("reports"), metavar="FOLDER", help="default: %(default)s"
    )
    report.add_argument(
        "--fresh", action="store_true", help="run every notebook, also where nothing has changed"
    )

    sheet = _command(commands, "sheet", _sheet, manual.SHEET)
    _seed(sheet)
    sheet.add_argument(
        "--out", type=Path, metavar="FILE", help="the sheet; default: <seed>.csv in the folder sheets"
    )
    sheet.add_argument(
        "-n", type=int, metavar="COUNT", help="draw so many comments at random; default: all"
    )
    sheet.add_argument(
        "--order",
        type=int,
        metavar="NUMBER",
        default=0,
        help="seed of the shuffled order and of the draw; default: 0",
    )
    _which_text(sheet)

    codings = _command(commands, "codings", _codings, manual.CODINGS)
    _seed(codings)
    codings.add_argument("sheet", type=Path, help="the sheet, as a spreadsheet saved it: CSV")
    codings.add_argument("--coder", required=True, help="who coded: a name, or initials")
    codings.add_argument("--kind", required=True, choices=["person", "language model"])
    _which_text(codings)

    run = _command(commands, "run", _run, manual.RUN)
    run.add_argument("folder", type=Path, help="that holds the notebooks")

    readme = _command(commands, "readme", _readme, manual.README)
    readme.add_argument(
        "--report", action="store_true", help="make the report, and take a picture of its first page"
    )

    validate = _command(commands, "validate", _validate, manual.VALIDATE)
    validate.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder of the labelled data; default: where --fetch puts it",
    )
    validate.add_argument(
        "--fetch",
        action="append",
        default=[],
        metavar="NAME",
        help="download a dataset into DIR first; may be given more than once",
    )
    validate.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="the results; default: the recorded results in a checkout, else results.json",
    )
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(one_line(message))  # which repeats the names of files


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # only here: it takes its time

        print(f"rejoinder {version('rejoinder')}")
        parser.exit()


def _command(
    commands: argparse._SubParsersAction,
    name: str,
    do: Callable[[argparse.Namespace], None],
    page: manual.Page,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=page.short,
        description=page.what,
        epilog=page.more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(do=do)
    return command


def _seed(command: argparse.ArgumentParser) -> None:
    command.add_argument("seed", help="an id in seeds/, or the path of a text file")


def _which_text(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--reading", metavar="NAME", help="one of the readings of the text in its layout"
    )
    command.add_argument("--encoding", metavar="NAME", help="of the text; default: UTF-8")


def _print_paths(*paths: Path) -> None:
    for path in paths:
        print(one_line(os.path.relpath(path)))


# Each imports what it needs, so that --help and a wrong command are answered at once.


def _report(options: argparse.Namespace) -> None:
    from rejoinder.report import build

    index = build.build(options.seed, out=options.out, fresh=options.fresh)
    _print_paths(index)


def _sheet(options: argparse.Namespace) -> None:
    import rejoinder
    from rejoinder import coding

    talk = rejoinder.load(options.seed, reading=options.reading, encoding=options.encoding)
    path = options.out or coding.sheet_path(talk)
    _print_paths(path, coding.write_sheet(talk, path, n=options.n, order=options.order))


def _codings(options: argparse.Namespace) -> None:
    from rejoinder import coding

    done = coding.add_codings(
        options.seed,
        options.sheet,
        coder=options.coder,
        kind=options.kind,
        reading=options.reading,
        encoding=options.encoding,
    )
    for remark in done["remarks"][:20]:
        print("noticed:", one_line(remark)[:300])
    if len(done["remarks"]) > 20:
        print(f"noticed: {len(done['remarks']) - 20:,} more of this kind")
    print(
        f"{done['added']:,} codings of {options.coder} added, {done['known']:,} were there already; "
        f"{done['empty']:,} cells of the sheet are still empty."
    )


def _run(options: argparse.Namespace) -> None:
    from rejoinder.report import run

    _print_paths(*run.run_notebooks(options.folder))


def _readme(options: argparse.Namespace) -> None:
    from rejoinder.report import readme

    _print_paths(*readme.write())


def _validate(options: argparse.Namespace) -> None:
    import pooch

    from rejoinder import evaluation
    from rejoinder.evaluation import datasets
    from rejoinder.tables import accuracy

    folder = options.data or Path(pooch.os_cache("rejoinder"), "labelled")
    for name in options.fetch:
        _print_paths(*datasets.fetch(name, folder))
    there = datasets.found(folder)
    out = evaluation.write(folder, options.out)
    table = accuracy.beside(out)
    columns = ["dataset", "metric", "n", "chance", "TextBlob", "VADER", "other_rule", "rejoinder"]
    columns += ["low", "high", "one_human", "best_published"]
    print(table[columns].to_string(index=False, na_rep="–", float_format="%.2f"))
    kept = [name for name in table["dataset"].unique() if name not in there]
    print(f"Measured now: {', '.join(there)}. From earlier runs: {', '.join(kept) or 'none'}.")
    _print_paths(out)


if __name__ == "__main__":
    sys.exit(main())
