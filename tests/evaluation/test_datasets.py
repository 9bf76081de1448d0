"""The registry, finding files, and refusing what is not the expected data."""

import pytest

from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import MEASURES, datasets

KNOWN = datasets.known_datasets()
RATED = [name for name, one in KNOWN.items() if "sentiment" in one["tasks"]]


def test_a_dataset_is_found_in_the_folder_of_all_or_its_own(tmp_path):
    (tmp_path / "hutto_tweets.csv").mkdir()  # a folder is no file
    assert datasets.found(tmp_path) == []
    (tmp_path / "arc").mkdir()
    (tmp_path / "arc" / "arc_dev_two_sided.csv").touch()
    assert datasets.found(tmp_path) == datasets.found(tmp_path / "arc") == ["arc"]


@pytest.mark.parametrize("data", [None, b"", b"\x00\xff", b"a,b\n1,2\n", b"[1, 2"])
@pytest.mark.parametrize("name", KNOWN)
def test_a_missing_or_wrong_file_is_refused(name, data, tmp_path):
    for file in KNOWN[name]["files"] if data is not None else ():
        path = tmp_path / file["name"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    for measure in KNOWN[name]["tasks"]:
        with pytest.raises(BenchmarkError) as caught:
            MEASURES[measure][0](tmp_path, name)
        assert caught.value.file == tmp_path / KNOWN[name]["files"][0]["name"]
        assert "benchmarks.toml" in caught.value.remedy


def test_na_is_a_text_and_a_changed_file_is_refused(small_sets):
    assert datasets.rated_texts(str(small_sets), "tweets")["text"].iloc[1] == "NA"
    file = small_sets / "small" / "tweets.csv"
    file.write_text(file.read_text() + "5,1,more\n")
    with pytest.raises(BenchmarkError) as caught:
        datasets.rated_texts(small_sets, "tweets")
    assert caught.value.file == file


@pytest.mark.parametrize("name", RATED)
def test_tab_separated_text_as_published_is_judged_by_its_form(name, tmp_path):
    n = KNOWN[name]["n"]
    rows = [f'{i}_1\t{i % 9 - 4}\t"text, {i}, NA' for i in range(n)]
    path = tmp_path / KNOWN[name]["files"][0]["published"]
    path.parent.mkdir()

    def read(rows):
        path.write_text("\n".join(rows), encoding="utf-8")
        return datasets.rated_texts(tmp_path, name)

    table = read(rows)
    assert (len(table), table["text"].iloc[0]) == (n, '"text, 0, NA')
    assert table["rating"].tolist()[:3] == [-4, -3, -2]
    same = [f"{i}\t1\tx" for i in range(n)]
    for wrong in (rows[:-200], ["1\t5\tx", *rows], ["1\tmuch\tx", *rows], ["1\t\tx", *rows], same):
        with pytest.raises(BenchmarkError) as caught:
            read(wrong)
        assert caught.value.file == path


@pytest.mark.parametrize("name", KNOWN)
def test_the_data_has_its_published_size(folder, name):
    if name not in datasets.found(folder):
        pytest.skip(f"the folder does not hold {name}")
    for measure in KNOWN[name]["tasks"]:
        table = MEASURES[measure][0](folder, name)
        assert table["text"].map(len).min() > 0
        rows = table.drop_duplicates("arg_id") if name == "argkp" else table
        assert len(rows) == KNOWN[name]["n"]
