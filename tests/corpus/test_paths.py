"""Which file an id or a path means, and what is suggested where there is none."""

import shutil

import pytest

import rejoinder
from rejoinder.corpus.paths import seed_folder, seeds_folder, where
from rejoinder.errors import SeedError

SEED = "000_b03053bac9951049"
PAGE = "An article says that rain is good.\n\n\nI love it!\nI hate it.\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A project with a seed and a page of one's own; its folder `work` is the working folder and home."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(seeds_folder() / f"{SEED}.txt", tmp_path / "seeds")
    shutil.copytree(seeds_folder() / SEED, tmp_path / "seeds" / SEED)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(work))
    (work / "page.txt").write_text(PAGE)
    return work


@pytest.mark.parametrize("folder", [".", "notebooks", "notebooks/deeper", "seeds", f"seeds/{SEED}"])
def test_seeds_are_those_of_the_working_folder_or_its_nearest_parent(here, monkeypatch, folder):
    project = here.parent
    (project / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(project / folder)
    assert seeds_folder() == project / "seeds"
    assert where(SEED) == (project / "seeds" / f"{SEED}.txt", f"seeds/{SEED}.txt")
    assert seed_folder(SEED) == (project / "seeds" / SEED, f"seeds/{SEED}")
    assert rejoinder.load(SEED).source.path == f"seeds/{SEED}.txt"


def test_nearer_seeds_come_first_and_may_be_missing_altogether(here, monkeypatch, tmp_path_factory):
    (here / "seeds").mkdir()
    assert seeds_folder() == here / "seeds"
    alone = tmp_path_factory.mktemp("alone")
    monkeypatch.chdir(alone)
    assert seeds_folder() == alone / "seeds"
    with pytest.raises(SeedError):
        rejoinder.load(SEED)


@pytest.mark.parametrize("path", ["page.txt", "./page.txt", "~/page.txt", "../work/page.txt"])
def test_path_counts_from_the_working_folder_or_from_home(here, path):
    assert len(rejoinder.load(path).comments) == 2


@pytest.mark.parametrize("name", ["~mine.txt", "page", "a b.c.txt"])
def test_unusual_names_are_names(here, name):
    (here / name).write_text(PAGE)
    assert len(rejoinder.load(name).comments) == 2
    assert seed_folder(name)[0] != where(name)[0]


def test_path_of_a_seed_is_called_like_its_id(here):
    by_path, by_id = rejoinder.load(f"../seeds/{SEED}.txt"), rejoinder.load(SEED)
    assert by_path.source == by_id.source
    assert by_path.comments.equals(by_id.comments)


MISSING = [
    (SEED[:-1], SEED),
    ("no_such", SEED),
    (f"{SEED}.txt", SEED),
    (f"seeds/{SEED}.txt", SEED),
    ("pgae.txt", "page.txt"),
    ("elsewhere/page.txt", "work"),
    ("x" * 300 + ".txt", ""),
    ("a\0b.txt", ""),
    ("", "work"),
    ("empty", ""),
    (f"../seeds/{SEED}", SEED),
    ("loop.txt", ""),
    ("..txt", ""),
]


@pytest.mark.parametrize(("given", "named"), MISSING)
def test_what_may_be_meant_is_named(here, given, named):
    (here / "empty").mkdir()
    (here / "loop.txt").symlink_to("loop.txt")
    (here / "..txt").write_text(PAGE)
    with pytest.raises(SeedError) as caught:
        rejoinder.load(given)
    assert caught.value.problem
    assert named in caught.value.remedy


def test_hostile_names_of_files_stay_on_one_line(here):
    shutil.copy("page.txt", "pa\x1b[31m\nge.txt")
    with pytest.raises(SeedError) as caught:
        rejoinder.load("pa\x1b[31m\ngee.txt")
    assert not set(str(caught.value)) & set("\x1b\n")
    assert "ge.txt" in caught.value.remedy
