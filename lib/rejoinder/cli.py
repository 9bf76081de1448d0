"""The command line: `python -m rejoinder COMMAND`, or `rejoinder COMMAND`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from rejoinder.errors import RejoinderError
from rejoinder.html import one_line

_ABOUT = """Compare an opinion article with what its readers say back.

For an article of your own, paste it and its comments into a text file, with a line
"Comments" between them and a blank line between comments. Then:
  1. rejoinder report page.txt    what can be said before anybody has read the comments
  2. rejoinder sheet page.txt     a blank sheet, to code what each comment says
  3. rejoinder codings page.txt sheets/page.csv --coder KM --kind person
  4. rejoinder report page.txt    again, now with stance and agreement between coders"""
_STATUS = "Exit status: 0 done; 1 failed, nothing was changed; 2 wrong arguments; 130 stopped by Ctrl-C."
_REPORT = """Run the notebooks on a text and write what they show as web pages that need neither
Jupyter nor a network: OUT/<name>/index.html, and beside it a page for each question,
the article and every comment. If nothing has changed since the last report, nothing runs."""
_SHEET = """Write a table with a row per comment and a column per thing to code. Fill it in with any
spreadsheet, save it as CSV, and give it to the command codings. Rows are in random order.
Coders who are to be compared need the same -n and the same --order."""
_CODINGS = """Add a filled sheet to the codings of a text. A sheet with mistakes is refused as a whole,
and each mistake is listed. Existing codings are never replaced; a half-filled sheet can be added again
when there is more in it."""
_VALIDATE = """Measure how often each method is right on the public labelled data in a folder, and print
and record the results. rejoinder/evaluation/benchmarks.toml says where each dataset is published."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status. Expected errors become one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        options.do(options)
    except RejoinderError as error:
        print(f"rejoinder: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if error.filename is None:  # not about a file, so unexpected
            raise
        problem = f"cannot be read or written ({error.strerror})"
        remedy = "Check the path, its permissions, and the free space on the disk."
        print(
            f"rejoinder: {RejoinderError(problem, file=error.filename, remedy=remedy)}", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        print("rejoinder: stopped.", file=sys.stderr)
        return 130
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(one_line(message))  # which repeats names of files


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # slow to import

        print(f"rejoinder {version('rejoinder')}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    called = "rejoinder" if Path(sys.argv[0]).stem == "rejoinder" else "python -m rejoinder"
    form = {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": _STATUS}
    parser = _Parser(prog=called, description=_ABOUT, **form)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    def command(do, short: str, about: str = "", *, text: bool = True) -> argparse.ArgumentParser:
        name = do.__name__.lstrip("_")
        made = commands.add_parser(name, help=short, description=about or short, **form)
        made.set_defaults(do=do)
        if text:
            made.add_argument("seed", help="an id in the folder seeds, or the path of a text file")
        return made

    def reading_options(made: argparse.ArgumentParser) -> None:
        made.add_argument("--reading", metavar="NAME", help="a reading of the text named in its layout")
        made.add_argument("--encoding", metavar="NAME", help="of the text; default: UTF-8")

    report = command(_report, "run the notebooks on a text and write a report", _REPORT)
    report.add_argument(
        "-o", "--out", type=Path, default=Path("reports"), metavar="FOLDER", help="default: %(default)s"
    )
    report.add_argument(
        "--fresh", action="store_true", help="run the notebooks even if nothing has changed"
    )
    sheet = command(_sheet, "write a blank coding sheet, and the rules for coding beside it", _SHEET)
    sheet.add_argument(
        "--out", type=Path, metavar="FILE", help="default: <name>.csv in the folder sheets"
    )
    sheet.add_argument(
        "-n", type=int, metavar="COUNT", help="draw so many comments at random; default: all"
    )
    sheet.add_argument(
        "--order", type=int, metavar="NUMBER", default=0, help="random seed of order and draw; default: 0"
    )
    reading_options(sheet)
    codings = command(_codings, "add a filled coding sheet to the codings of a text", _CODINGS)
    codings.add_argument("sheet", type=Path, help="the sheet as a CSV file")
    codings.add_argument("--coder", required=True, help="who coded: a name or initials")
    codings.add_argument(
        "--kind", required=True, choices=["person", "language model"], help="what the coder is"
    )
    reading_options(codings)
    run = command(_run, "run the notebooks of a folder and keep their outputs in them", text=False)
    run.add_argument("folder", type=Path, help="the folder that holds the notebooks")
    command(_readme, "write the findings in README.md anew", text=False)
    validate = command(
        _validate, "measure how often each method is right on labelled data", _VALIDATE, text=False
    )
    validate.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="with the labelled data; default: where --fetch puts it",
    )
    validate.add_argument(
        "--fetch",
        action="append",
        default=[],
        metavar="NAME",
        help="download this dataset first; repeatable",
    )
    return parser


def _print_paths(*paths: Path) -> None:
    for path in paths:
        print(one_line(os.path.relpath(path)))


# Each command imports what it needs, so that --help is fast.


def _report(options: argparse.Namespace) -> None:
    from rejoinder.report.build import build

    _print_paths(build(options.seed, out=options.out, fresh=options.fresh))


def _sheet(options: argparse.Namespace) -> None:
    import rejoinder
    from rejoinder import coding

    talk = rejoinder.load(options.seed, reading=options.reading, encoding=options.encoding)
    path = options.out or coding.sheet_path(talk)
    _print_paths(path, coding.write_sheet(talk, path, n=options.n, order=options.order))


def _codings(options: argparse.Namespace) -> None:
    from rejoinder.coding import add_codings

    given = {key: getattr(options, key) for key in ("coder", "kind", "reading", "encoding")}
    done = add_codings(options.seed, options.sheet, **given)
    for remark in done["remarks"][:20]:
        print("note:", one_line(remark)[:300])
    if len(done["remarks"]) > 20:
        print(f"note: {len(done['remarks']) - 20:,} more of this kind")
    print(
        f"{done['added']:,} codings added, {done['known']:,} known already, {done['empty']:,} cells empty"
    )


def _run(options: argparse.Namespace) -> None:
    from rejoinder.report.run import run_notebooks

    _print_paths(*run_notebooks(options.folder))


def _readme(options: argparse.Namespace) -> None:
    from rejoinder.report import readme

    _print_paths(readme.write())


def _validate(options: argparse.Namespace) -> None:
    from rejoinder import evaluation
    from rejoinder.evaluation import datasets, results

    folder = options.data or datasets.default_folder()
    for name in options.fetch:
        _print_paths(*datasets.fetch(name, folder))
    written = evaluation.write(folder)
    print(results.table("scores").to_string(index=False))
    _print_paths(written)


if __name__ == "__main__":
    sys.exit(main())
