"""The statistics, each measured beside what it claims: `python tests/simulations` prints all."""

import importlib
import pkgutil
from types import ModuleType

# Samples a module draws, quickly and in full. One pair of groups of texts takes long.
TIMES, OF_WORDS = (400, 4_000), (100, 300)


def modules() -> dict[str, ModuleType]:
    """Every module here that has rows to show, by name and in the order of the alphabet."""
    names = [found.name for found in pkgutil.iter_modules(__path__) if found.name != "__main__"]
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if hasattr(module, "rows")}


def measured(name: str, *, quick: bool = False) -> list:
    """The rows of one of the modules."""
    fewer, more = OF_WORDS if name == "words" else TIMES
    return modules()[name].rows(fewer if quick else more)
