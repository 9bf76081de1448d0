"""Every loader gives its table, and refuses a file that is not what its name says."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import dataset_registry, datasets

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds hutto/"
)

LOADERS = {
    **{name: lambda folder, name=name: datasets.ratings(folder, name) for name in datasets.GENRES},
    **{name: lambda folder, name=name: datasets.rated_mentions(folder, name) for name in datasets.NEWS},
    "argkp": datasets.key_point_arguments,
    "arc": datasets.debates,
    "sentences": datasets.golden_rules,
    "tweeteval": datasets.stance_tweets,
}
# Of each set one row that is right, and what to put in its place to make it wrong.
ROWS = {
    "hutto": ('id,mean_rating,text\n1,0.5,"x"\n2,1,y\n', "0.5", ["5", "much", ""]),
    "newsmtsc": (
        '{"sentence": "Ann came.", "mention": "Ann", "from": 0, "to": 3, "polarity": 1}\n',
        '"polarity": 1',
        ['"polarity": 2', '"polarity": null'],
    ),
    "arc": (
        "debate_id,title,question,thesis,comment_id,comment,sarcastic,gold\n1,t,q,Yes,2,No,False,disagree\n",
        "disagree",
        ["no", ""],
    ),
    "sentence_splitting": (
        '{"text": "A. B.", "sentences": ["A.", "B."]}\n',
        '["A.", "B."]',
        ['"A. B."', "[1]"],
    ),
}


@pytest.fixture
def unpinned(monkeypatch):
    """The sets as they are, of one row each and without a checksum."""

    def one_row(one):
        n = 5 if one.name == "tweeteval" else 2 if one.measure == "sentiment" else 1
        return replace(one, n=n, files=tuple(replace(file, sha256="") for file in one.files))

    changed = {name: one_row(one) for name, one in dataset_registry.sets().items()}
    monkeypatch.setattr(datasets, "sets", lambda: changed)
    return changed


def put(folder, file, text):
    path = Path(folder) / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", LOADERS)
def test_missing_file_is_named_with_a_remedy(name, tmp_path):
    with pytest.raises(BenchmarkError, match="cannot be read") as caught:
        LOADERS[name](tmp_path)
    file = dataset_registry.sets()[name].files[0]
    assert Path(caught.value.file) == tmp_path / file.name
    assert "benchmarks.toml" in caught.value.remedy
    assert "No such file" in caught.value.problem


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("text", ["", "\n", "nothing like it\n1\n2\n", "\x00\x01", "[1, 2"])
def test_a_file_that_is_something_else_is_refused(name, text, tmp_path):
    one = dataset_registry.sets()[name]
    for file in one.files:
        put(tmp_path, file, text)
    with pytest.raises(BenchmarkError):
        LOADERS[name](tmp_path)


@pytest.mark.parametrize("name", ["movies", "editorials"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00a", b"id,mean_rating,text\n1,0.5,x\n", b"a,b\n1,2\n"]
)
def test_a_set_without_a_checksum_is_known_by_its_form(name, data, tmp_path):
    path = tmp_path / dataset_registry.sets()[name].files[0].name
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(BenchmarkError, match="not the labelled data that its name says"):
        LOADERS[name](tmp_path)


@pytest.mark.parametrize("name", ["movies", "editorials"])
def test_a_set_without_a_checksum_is_taken_in_its_form(name, tmp_path):
    one = dataset_registry.sets()[name]
    rows = [f'{i},{i % 9 - 4},"text, {i}"' for i in range(one.n)]
    put(tmp_path, one.files[0], "\n".join(["id,mean_rating,text", *rows]))
    table = datasets.ratings(tmp_path, name)
    assert table["rating"].tolist()[:3] == [-4, -3, -2]
    assert table["text"].iloc[0] == "text, 0"


@pytest.mark.parametrize("name", datasets.GENRES)
def test_the_text_with_tabs_that_its_home_publishes_will_do(name, tmp_path):
    one = dataset_registry.sets()[name]
    rows = [f'{i}_1\t{i % 9 - 4}\t"text, {i}, NA' for i in range(one.n)]
    path = tmp_path / one.files[0].published
    path.parent.mkdir()
    path.write_text("\n".join(rows), encoding="utf-8")
    assert dataset_registry.found(tmp_path) == dataset_registry.found(path.parent) == [name]
    table = datasets.ratings(tmp_path, name)
    assert (len(table), table["text"].iloc[0]) == (one.n, '"text, 0, NA')
    path.write_text("\n".join(rows[:-200]), encoding="utf-8")
    with pytest.raises(BenchmarkError, match="rows, and"):
        datasets.ratings(tmp_path, name)


@pytest.mark.parametrize("name", [n for n in LOADERS if n not in ("argkp", "tweeteval")])
def test_a_label_that_cannot_be_is_refused_with_its_row(name, tmp_path, unpinned):
    file = unpinned[name].files[0]
    right, place, wrong = ROWS[file.name.split("/")[0]]
    put(tmp_path, file, right)
    assert len(LOADERS[name](tmp_path)) == unpinned[name].n
    for value in wrong:
        put(tmp_path, file, right.replace(place, value))
        with pytest.raises(BenchmarkError, match="row 1 of the table"):
            LOADERS[name](tmp_path)


def test_texts_that_look_like_numbers_are_texts_and_ratings_have_to_differ(tmp_path, unpinned):
    file = unpinned["movies"].files[0]
    put(tmp_path, file, "id,mean_rating,text\n1,1,5\n2,2,True\n")
    assert datasets.ratings(tmp_path, "movies")["text"].tolist() == ["5", "True"]
    put(tmp_path, file, "id,mean_rating,text\n1,1,5\n2,1,True\n")
    with pytest.raises(BenchmarkError, match="the same rating"):
        datasets.ratings(tmp_path, "movies")


def test_offsets_that_miss_the_mention_are_refused(tmp_path, unpinned):
    put(tmp_path, unpinned["newsmtsc-mt"].files[0], ROWS["newsmtsc"][0].replace('"to": 3', '"to": 2'))
    with pytest.raises(BenchmarkError, match="do not hold the mention"):
        datasets.rated_mentions(tmp_path, "newsmtsc-mt")


def test_key_points_need_their_labels(tmp_path, unpinned):
    arguments, points, labels = unpinned["argkp"].files
    put(tmp_path, arguments, "arg_id,argument,topic,stance\na,x,t,1\n")
    put(tmp_path, points, "key_point_id,key_point,topic,stance\nk,y,t,1\n")
    put(tmp_path, labels, "arg_id,key_point_id,label\na,k,1\n")
    assert [len(table) for table in datasets.key_point_arguments(tmp_path)] == [1, 1, 1]
    put(tmp_path, labels, "arg_id,key_point_id,label\na,k,7\n")
    with pytest.raises(BenchmarkError, match="neither 0 nor 1") as caught:
        datasets.key_point_arguments(tmp_path)
    assert Path(caught.value.file).name == "labels_dev.csv"


def test_tweets_have_one_label_each_and_a_thesis_for_their_subject(tmp_path, unpinned):
    files = unpinned["tweeteval"].files
    for file in files:
        put(tmp_path, file, "2\n" if file.name.endswith("labels.txt") else "it is so\n")
    table = datasets.stance_tweets(tmp_path)
    assert table["subject"].tolist() == list(datasets.SUBJECTS)
    assert set(table["gold"]) == {"agree"}
    put(tmp_path, files[1], "1\n0\n")
    with pytest.raises(BenchmarkError, match="2 labels, and there are 1 tweets"):
        datasets.stance_tweets(tmp_path)
    put(tmp_path, files[1], "1\n")
    put(tmp_path, files[5], "3\n")
    with pytest.raises(BenchmarkError, match="not 0, 1 or 2") as caught:
        datasets.stance_tweets(tmp_path)
    assert Path(caught.value.file) == tmp_path / files[5].name


def test_changed_file_is_refused(small_sets):
    file = small_sets / "reviews.csv"
    file.write_text(file.read_text(encoding="utf-8") + "5,1,more\n", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="not the version") as caught:
        datasets.ratings(small_sets, "reviews")
    assert Path(caught.value.file) == file


def test_ratings_are_one_row_per_text(small_sets):
    table = datasets.ratings(str(small_sets), "tweets")
    assert list(table.columns) == ["text", "rating"]
    assert table.index.is_unique
    assert table["rating"].tolist() == [2.5, -1.5, 0.5, -3.0]


def test_text_that_looks_like_a_missing_value_is_a_text(small_sets):
    assert "NA" in datasets.ratings(small_sets, "tweets")["text"].tolist()


@needs_data
def test_the_sets_have_their_published_size():
    for name in dataset_registry.found(FOLDER):
        table = LOADERS[name](FOLDER)
        first = table[0] if isinstance(table, tuple) else table
        assert len(first) == dataset_registry.sets()[name].n, name
    arguments, key_points, labels = datasets.key_point_arguments(FOLDER)
    assert (len(arguments), len(key_points)) == (932, 36)
    assert set(labels["label"]) == {0, 1}
    debates = datasets.debates(FOLDER)
    assert debates["debate_id"].nunique() == 61
    assert debates["gold"].value_counts().to_dict() == {"agree": 1158, "disagree": 1158}
