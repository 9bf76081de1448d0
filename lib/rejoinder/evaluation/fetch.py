"""Labelled data from its own public home, when somebody asks for a set by its name and never else."""

from __future__ import annotations

import logging
from pathlib import Path

from rejoinder.errors import BenchmarkError, known
from rejoinder.evaluation.dataset_registry import sets


def default_folder() -> Path:
    """Where fetched data is kept: a folder of this user's cache."""
    import pooch

    return Path(pooch.os_cache("rejoinder")) / "labelled"


def fetch(name: str, folder: str | Path) -> list[Path]:
    """The files of the set `name`, below `folder`; those that are not there are downloaded.

    Each is known by its checksum: what is not that file is not kept. Raises BenchmarkError for a set
    that its home does not publish in the form that is read here, for one that cannot be reached, and
    for a file that is another than it should be; NameNotKnown for a set that there is not.
    """
    one = sets()[known(name, sets(), "labelled set")]
    if one.fetch:
        raise BenchmarkError(
            f"“{name}” cannot be fetched: {one.fetch}",
            remedy=f"Get it from {one.home}, and put it as {one.files[0].name} into {folder}.",
        )
    import pooch

    pooch.get_logger().setLevel(logging.WARNING)  # where a file goes is told when it is there
    paths = []
    for file in one.files:
        path = Path(folder) / file.name
        try:
            pooch.retrieve(file.url, f"sha256:{file.sha256}", fname=path.name, path=path.parent)
        except ValueError as error:  # as pooch tells of a checksum
            raise BenchmarkError(
                f"what {file.url} gives is not the file that was measured",
                file=path,
                remedy="Nothing was kept of it. Look whether the set has moved or has a new version.",
            ) from error
        except OSError as error:  # as requests tells of a network, and the system of a disk
            raise BenchmarkError(
                f"{file.url} cannot be reached or kept ({type(error).__name__})",
                file=path,
                remedy=f"Check the network and the folder, or get the data by hand from {one.home}.",
            ) from error
        paths.append(path)
    return paths
