"""TOML files written by hand: read them so that every mistake is met with its file and line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rejoinder.errors import RejoinderError


@dataclass(frozen=True)
class TomlFile:
    """A parsed file that can say where a thing stands in it. `error` is raised for any mistake."""

    name: str
    text: str
    table: dict[str, Any]
    error: type[RejoinderError]

    def fail(self, problem: str, remedy: str, *, near: str | None = None):
        """Raise `error`, naming the first line that holds `near`."""
        at = self.text.find(near) if near else -1
        line = self.text.count("\n", 0, at) + 1 if at >= 0 else None
        raise self.error(problem, file=self.name, line=line, remedy=remedy)

    def check(self, table: Any, what: str, *, near: str, needs: dict, may: dict | None = None) -> dict:
        """`table` itself, once it has all keys of `needs`, none beyond `may`, each of its type."""
        if not isinstance(table, dict):
            self.fail(f"{what} is not a table", f"Write it as [{near}] with keys.", near=near)
        known = {**needs, **(may or {})}
        for key in needs.keys() - table.keys():
            self.fail(f"{what} has no {key!r}", f"Add the key {key}.", near=near)
        for key, value in table.items():
            if key not in known:
                self.fail(
                    f"{what} has the unknown key {key!r}",
                    f"Known are: {', '.join(known)}.",
                    near=f"{key} =" if f"{key} =" in self.text else near,
                )
            if type(value) is not known[key]:
                self.fail(
                    f"{what}: {key!r} is {type(value).__name__}, not {known[key].__name__}",
                    f"Write it as {known[key].__name__}.",
                    near=near,
                )
            if isinstance(value, str) and not value.strip():
                self.fail(f"{what}: {key!r} is empty", "Fill it in, or leave the key out.", near=near)
        return table

    def strings(self, table: dict, key: str, what: str, *, near: str, at_least: int = 0) -> tuple:
        """The list `table[key]` (empty if there is none), every item of which is a filled str."""
        items = table.get(key, [])
        for item in items:
            if not isinstance(item, str) or not item.strip():
                self.fail(f"{what}: {key!r} holds {item!r}", "List texts that are not empty.", near=near)
        if len(items) < at_least:
            self.fail(f"{what}: {key!r} lists nothing", f"Give at least {at_least}.", near=near)
        return tuple(items)

    def one_of(self, value: str, allowed: tuple[str, ...], what: str, *, near: str) -> str:
        """`value` itself, if it is one of `allowed`."""
        if value not in allowed:
            self.fail(f"{what} is {value!r}", f"Use one of: {', '.join(allowed)}.", near=near)
        return value

    def unique(self, names: list[str], what: str) -> None:
        """Fail if a name stands twice."""
        for name, times in Counter(names).items():
            if times > 1:
                self.fail(
                    f"{what} {name!r} stands twice",
                    "Give each a name of its own.",
                    near=f'"{name}"',
                )


def check_id(file: TomlFile, name: str, what: str, *, near: str, taken: frozenset = frozenset()) -> None:
    """Fail unless `name` can stand as a column or a row of a table: letters, digits, . _ - and not one
    of `taken`."""
    if not re.fullmatch(r"\w[\w.-]*", name) or name in taken:
        file.fail(
            f"{what} {name!r} cannot be used",
            "Make ids of letters, digits, . _ and -"
            + (f"; these are taken: {', '.join(sorted(taken))}." if taken else "."),
            near=near,
        )


def near_id(entry: object, otherwise: str) -> str:
    """What to look for in a file to find the line of `entry`: its id if it has one."""
    return f'id = "{entry["id"]}"' if isinstance(entry, dict) and "id" in entry else otherwise


def read_toml(path: Path, name: str, error: type[RejoinderError]) -> TomlFile:
    """The file at `path`, called `name` in messages. Raises `error` if it is not TOML in UTF-8."""
    try:
        if path.exists() and not path.is_file():
            raise OSError(0, "not a file")
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(name, text, tomllib.loads(text), error)
    except UnicodeDecodeError as bad:
        raise error("is not UTF-8 text", file=name, remedy="Save it as UTF-8.") from bad
    except tomllib.TOMLDecodeError as bad:
        line = re.search(r"at line (\d+)", str(bad))
        raise error(
            f"is not valid TOML: {bad}",
            file=name,
            line=int(line[1]) if line else None,
            remedy="Mend that line; strings need quotes, tables need [brackets].",
        ) from bad
    except OSError as bad:
        raise error(
            f"cannot be read ({bad.strerror})", file=name, remedy="Mend the file, or take it away."
        ) from bad
    except (RecursionError, ValueError) as bad:
        raise error(
            f"is not a file of settings ({bad})", file=name, remedy="seeds/README.md shows one."
        ) from bad
