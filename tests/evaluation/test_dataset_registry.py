"""Which labelled data there is, and which of it a folder holds."""

import re

import pytest

from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import dataset_registry


def test_every_set_says_whose_it_is_and_how_it_is_known():
    for name, one in dataset_registry.sets().items():
        assert one.name == name
        assert all((one.measure, one.task, one.title, one.rows, one.kin, one.cite, one.licence)), name
        assert one.home.startswith("https://")
        assert one.n > 0
        for file in one.files:
            assert re.fullmatch(r"([0-9a-f]{64})?", file.sha256), file.name
            # What can be fetched is known by its checksum; what cannot, says why.
            assert bool(one.fetch) != bool(file.url and file.sha256), file.name


def test_titles_and_files_are_no_other_sets():
    sets = dataset_registry.sets().values()
    assert len({one.title for one in sets}) == len(sets)
    files = [file.name for one in sets for file in one.files]
    assert len(set(files)) == len(files)


def test_a_set_is_found_in_the_folder_of_all_or_in_its_own(tmp_path):
    assert dataset_registry.found(tmp_path) == []
    (tmp_path / "arc").mkdir()
    (tmp_path / "arc" / "arc_dev_two_sided.csv").touch()
    assert dataset_registry.found(tmp_path) == dataset_registry.found(tmp_path / "arc") == ["arc"]


def test_a_set_of_which_a_file_is_missing_is_found_and_then_named(tmp_path):
    (tmp_path / "labels_dev.csv").touch()
    assert dataset_registry.found(tmp_path) == ["argkp"]
    with pytest.raises(BenchmarkError, match="cannot be read") as caught:
        dataset_registry.checksums(tmp_path, "argkp")
    assert caught.value.file == tmp_path / "argkp" / "arguments_dev.csv"
    assert "argkp/" in caught.value.remedy


def test_checksums_are_those_of_the_files(small_sets):
    known = dataset_registry.sets()["tweets"].files[0]
    assert dataset_registry.checksums(small_sets, "tweets") == {"tweets.csv": known.sha256}


def test_a_folder_in_place_of_a_file_is_no_file(tmp_path):
    (tmp_path / "hutto_tweets.csv").mkdir()
    assert dataset_registry.found(tmp_path) == []
