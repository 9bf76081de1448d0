"""An archive: imported once whatever happens on the way, and scored the same wherever that is done."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import zstandard

import rejoinder
from rejoinder import archive, cli, invented
from rejoinder.corpus import archived
from rejoinder.corpus.schema import read_shared_codebook
from rejoinder.errors import ExportError
from rejoinder.measure import sentiment, themes
from rejoinder.report import build

BOOK = """
[coder]
name = "A"
kind = "person"
[[actors]]
id = "council"
name = "the council"
aliases = ["council"]
[[themes]]
id = "trees"
name = "trees"
pattern = "tree"
reason = "What grows there."
"""


def records(n, start=0):
    for i in range(start, start + n):
        yield {
            "id": f"k{i}", "article_id": f"a{i % 3}", "parent_id": f"k{i - 1}" if i % 2 else None,
            "author": f"ann{i % 5}", "created_at": "2024-01-02T03:04:05Z", "body": f"Comment {i}: good",
        }  # fmt: skip


def lines(n, start=0):
    return "".join(json.dumps(one) + "\n" for one in records(n, start))


def kept(folder):
    table = pd.read_parquet(folder / "comments").sort_values("comment_id", ignore_index=True)
    return table.drop(columns="author")


@pytest.fixture
def pieces(monkeypatch):
    monkeypatch.setattr(archived, "PIECE", 10)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """An archive of three row groups."""
    folder = tmp_path_factory.mktemp("archives") / "small"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invented, "PIECE", 40)
        invented.archive(folder, articles=6, comments=100)
    return folder


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.parquet"))}


@pytest.fixture(scope="module")
def scores(small, tmp_path_factory):
    target = tmp_path_factory.mktemp("scores")
    with ThreadPoolExecutor(1) as pool:
        archive.score(small, target, executor=pool)
    return target


@pytest.mark.parametrize("kind", ["jsonl", "gz", "zst", "csv", "parquet"])
def test_every_kind_of_a_long_file_is_read_by_pieces(kind, tmp_path, pieces):
    file = tmp_path / f"comments.{kind}"
    plain = lines(35).encode()
    if kind in ("csv", "parquet"):
        table = pd.DataFrame(records(35))
        table.to_csv(file, index=False) if kind == "csv" else table.to_parquet(file)
    else:
        file.write_bytes({"gz": gzip.compress, "zst": zstandard.compress}.get(kind, bytes)(plain))
    ledger = archive.import_files([file], tmp_path / "to")
    assert ledger[["reason", "n"]].to_numpy().tolist() == [["", 35]]
    found = pd.read_parquet(tmp_path / "to" / "comments")
    assert len(list((tmp_path / "to" / "comments").iterdir())) == 4
    assert found["comment_id"].tolist() == [f"k{i}" for i in range(35)]
    assert found["author"].nunique() == 5 and not found["author"].str.contains("ann").any()
    assert found["parent_id"].count() == 17
    assert sorted(pd.read_parquet(tmp_path / "to" / "articles")["article_id"]) == ["a0", "a1", "a2"]


def test_a_long_table_is_read_in_its_encoding_or_not_at_all(tmp_path, monkeypatch):
    for name, said in (
        ("cp1252", "Ça n’a été qu’un élève parmi d’autres"),
        ("cp1251", "Это очень плохая идея"),
    ):
        rows = "".join(f"{i},{said}\n" for i in range(20_000))
        (tmp_path / f"{name}.csv").write_bytes(f"id,text\n{rows}".encode(name))
    archive.import_files([tmp_path / "cp1252.csv"], tmp_path / "to")
    with pytest.raises(ExportError, match="encoding"):
        archive.import_files([tmp_path / "cp1251.csv"], tmp_path / "to")
    monkeypatch.setenv("REJOINDER_ENCODING", "cp1251")
    archive.import_files([tmp_path / "cp1251.csv"], tmp_path / "to")
    found = pd.read_parquet(tmp_path / "to" / "comments").groupby("article_id")["text"].unique()
    assert found.map(list).to_dict() == {
        "cp1251": ["Это очень плохая идея"],
        "cp1252": ["Ça n’a été qu’un élève parmi d’autres"],
    }


def test_a_format_that_is_no_list_of_records_is_read_whole(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps({"title": "T", "comments": [*records(4)]}))
    archive.import_files([tmp_path / "one.json"], tmp_path / "to")
    assert len(pd.read_parquet(tmp_path / "to" / "comments")) == 4


def test_importing_again_adds_only_what_is_new(tmp_path, pieces):
    file, to = tmp_path / "comments.jsonl", tmp_path / "to"
    file.write_text(lines(25) + "no JSON\n")
    for _ in range(2):
        ledger = archive.import_files([file], to).set_index("reason")["n"]
        assert ledger.to_dict() == {"": 25, "not JSON": 1}
    file.write_text(lines(30))
    ledger = archive.import_files([file], to).set_index("reason")["n"]
    assert ledger.to_dict() == {"": 30, "not JSON": 1, archived.KNOWN: 25}
    assert kept(to)["comment_id"].is_unique and len(kept(to)) == 30


def test_a_record_without_an_id_gets_one_of_the_whole_file(tmp_path, pieces):
    file = tmp_path / "comments.jsonl"
    file.write_text("".join(json.dumps({"body": f"Text {i}", "author": "x"}) + "\n" for i in range(12)))
    archive.import_files([file], tmp_path / "to")
    assert kept(tmp_path / "to")["comment_id"].tolist() == [f"c{i:02d}" for i in range(1, 13)]
    assert set(kept(tmp_path / "to")["article_id"]) == {"comments"}


def test_import_that_stopped_goes_on(tmp_path, pieces, monkeypatch):
    file, to = tmp_path / "comments.jsonl", tmp_path / "to"
    file.write_text(lines(45))
    write, calls = archived.write_table, iter(range(100))
    monkeypatch.setattr(archived, "write_table", lambda *given: 1 / (next(calls) < 7) and write(*given))
    with pytest.raises(ZeroDivisionError):
        archive.import_files([file], to)
    monkeypatch.undo()
    monkeypatch.setattr(archived, "PIECE", 10)
    assert archive.import_files([file], to)["n"].tolist() == [45]
    assert len(kept(to)) == 45


def test_every_comment_gets_the_scores_of_the_measures(small, scores):
    found = pd.read_parquet(scores)
    assert found["error"].isna().all() and len(found) == 100
    texts = pd.read_parquet(small / "comments").set_index("comment_id")["text"]
    alone = sentiment.score(texts, words=False)
    columns = ["polarity", "textblob", "vader", "coverage", "tone"]
    pd.testing.assert_frame_equal(
        found.set_index("comment_id")[columns], alone[columns], check_names=False, check_dtype=False
    )
    assert set(found["language"]) == {"en"} and (found["quoted"] == 0).all()


def test_quoted_lines_foreign_comments_and_what_a_codebook_names(tmp_path):
    (tmp_path / "book.toml").write_text(BOOK)
    book = read_shared_codebook(tmp_path / "book.toml")
    texts = [
        "> A terrible tree\nThe council is good",
        "Das ist eine wirklich sehr schöne und gute Idee",
        None,
    ]
    rows = pd.DataFrame({"article_id": "a", "comment_id": ["1", "2", "3"], "text": texts})
    found = archive.scored(rows, book).set_index("comment_id")
    assert found["actors"].tolist() == [["council"], [], []] and found["themes"].tolist() == [[], [], []]
    assert found["polarity"]["1"] > 0 and found["polarity"][["2", "3"]].isna().all()
    assert found["language"].tolist()[1] == "de" and found["words"].tolist() == [4, 9, 0]
    assert 0.4 < found["quoted"]["1"] < 0.6 and np.isnan(found["quoted"]["3"])


def test_any_executor_gives_the_same_bytes_and_processes_too(small, scores, tmp_path):
    archive.score(small, tmp_path)
    assert bytes_of(tmp_path) == bytes_of(scores)


@pytest.fixture
def cluster():
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as local, distributed.Client(local) as client:
        yield client


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the cluster's own packages
def test_a_cluster_of_two_workers_gives_the_same_bytes(small, scores, tmp_path, cluster):
    archive.score(small, tmp_path, executor=cluster.get_executor())
    assert bytes_of(tmp_path) == bytes_of(scores)


def test_scores_that_are_there_are_not_made_again(small, scores, tmp_path):
    archive.score(small, tmp_path)
    times = {file: file.stat().st_mtime_ns for file in tmp_path.glob("*.parquet")}
    [*times][1].unlink()
    archive.score(small, tmp_path)
    again = {file: file.stat().st_mtime_ns for file in times}
    assert [again[file] == time for file, time in times.items()] == [True, False, True]
    assert bytes_of(tmp_path) == bytes_of(scores)


@pytest.mark.slow
def test_killed_at_any_moment_the_rest_is_done_later(small, scores, tmp_path):
    command = [sys.executable, "-m", "rejoinder", "archive", "score", str(small), "-o", str(tmp_path)]
    for wait in (lambda: time.sleep(1), lambda: any(tmp_path.glob("*.parquet"))):
        run = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
        while run.poll() is None and wait() is False:
            time.sleep(0.01)
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert bytes_of(tmp_path).items() <= bytes_of(scores).items()
    assert cli.main(command[3:]) == 0
    assert bytes_of(tmp_path) == bytes_of(scores)


@pytest.mark.slow
@pytest.mark.parametrize("deaths", [1, 3])
def test_a_process_that_dies_is_replaced_twice(small, scores, tmp_path, monkeypatch, deaths):
    pools = []
    real = archive.ProcessPoolExecutor

    class Pool(real):
        def submit(self, *given):
            done = super().submit(*given)
            if len(pools) <= deaths:
                for process in self._processes.values():
                    process.kill()
            return done

        def __init__(self, **options):
            super().__init__(max_workers=1, **options)
            pools.append(self)

    monkeypatch.setattr(archive, "ProcessPoolExecutor", Pool)
    if deaths == 3:
        with pytest.raises(ExportError):
            archive.score(small, tmp_path)
    else:
        archive.score(small, tmp_path)
        assert bytes_of(tmp_path) == bytes_of(scores)
    assert len(pools) == min(deaths + 1, 3)


def test_a_comment_that_breaks_a_measure_is_reported_and_stops_nothing(
    small, scores, tmp_path, monkeypatch
):
    def present(texts, book):
        if texts.str.contains("parking").any():
            raise ValueError("it broke")
        return [[]] * len(texts)

    monkeypatch.setattr(archive, "_present", present)
    with ThreadPoolExecutor(1) as pool:
        archive.score(small, tmp_path, executor=pool)
    found, whole = (pd.read_parquet(one).set_index("comment_id") for one in (tmp_path, scores))
    broken = pd.read_parquet(small / "comments").set_index("comment_id")["text"].str.contains("parking")
    assert (found["error"].notna() == broken).all() and 0 < broken.sum() < 100
    assert set(found["error"].dropna()) == {"ValueError: it broke"}
    assert found["polarity"][~broken].equals(whole["polarity"][~broken])


def test_scores_with_another_codebook_are_not_mixed(small, scores, tmp_path):
    (tmp_path / "book.toml").write_text(BOOK)
    with pytest.raises(ExportError):
        archive.score(small, scores, codebook=read_shared_codebook(tmp_path / "book.toml"))
    with pytest.raises(ExportError):
        archive.score(tmp_path, tmp_path / "scores")


def test_an_article_of_an_archive_is_opened_as_a_discussion(small):
    talk = rejoinder.load(small, article_id="a00001")
    rows = pd.read_parquet(small / "comments").query("article_id == 'a00001'")
    assert talk.comments["text"].tolist() == rows["text"].tolist()
    assert talk.source.author == pd.read_parquet(small / "articles")["author"][1]
    assert talk.seed == "a00001"
    with pytest.raises(ExportError):
        rejoinder.load(small, article_id="none")


def test_archive_without_comments_is_not_scored_and_a_folder_not_imported(tmp_path):
    (tmp_path / "essay.md").write_text("# A title\n\nIt is good.\n")
    archive.import_files([tmp_path / "essay.md"], tmp_path / "to")
    with pytest.raises(ExportError, match="no comment"):
        archive.score(tmp_path / "to", tmp_path / "scores")
    with pytest.raises(ExportError, match="folder"):
        archive.import_files([tmp_path / "to"], tmp_path / "other")
    assert not (tmp_path / "scores").exists() and not (tmp_path / "other").exists()
    (tmp_path / "essay.comments.csv").write_text("id,text\n1,It is bad.\n")
    assert (
        cli.main(["archive", "import", str(tmp_path / "essay.comments.csv"), "-o", str(tmp_path / "to")])
        == 0
    )
    talk = rejoinder.load(tmp_path / "to", article_id="essay")
    assert (
        talk.comments["text"].tolist() == ["It is bad."]
        and "It is good." in talk.article["text"].tolist()
    )


@pytest.mark.slow
@pytest.mark.parametrize("said", ["Я не знаю почему", "I saw a chair"])
def test_report_on_an_archive_of_one_article_with_nothing_to_score(tmp_path, said):
    (tmp_path / "one.csv").write_text(f"id,text\n1,{said}\n2,{said} 2\n", encoding="utf-8")
    archive.import_files([tmp_path / "one.csv"], tmp_path / "to")
    html = build.build(tmp_path / "to", out=tmp_path / "reports").read_text(encoding="utf-8")
    assert "cannot be compared" in html and "by no value" not in html


@pytest.mark.slow
def test_report_on_an_archive_is_one_page_that_can_be_made_again(small, tmp_path):
    page = build.build(small, out=tmp_path)
    html = page.read_text(encoding="utf-8")
    assert [one.name for one in page.parent.glob("*.html")] == ["index.html"] and len(html) < 2e6
    assert "over 6 articles" in html and str(small.parent) not in html
    assert build.verify(page.parent, seed=small).empty
    before = page.stat().st_mtime_ns
    assert build.build(small, out=tmp_path).stat().st_mtime_ns == before


def test_sample_has_all_strata_and_its_weights_add_up():
    strata = pd.Series([*"a" * 80, *"b" * 17, *"c" * 3], index=[f"u{i}" for i in range(100)])
    drawn = archive.sample(strata, 10, rng=np.random.default_rng(0))
    assert drawn["stratum"].value_counts().to_dict() == {"a": 8, "b": 1, "c": 1}
    assert drawn.groupby("stratum")["weight"].sum().to_dict() == pytest.approx({"a": 80, "b": 17, "c": 3})
    assert drawn.index.is_unique and drawn["stratum"].equals(strata[drawn.index].rename("stratum"))
    with pytest.raises(ValueError):
        archive.sample(strata, 2, rng=np.random.default_rng(0))


def test_the_invented_archive_has_what_is_planted(tmp_path):
    invented.archive(tmp_path, articles=200, comments=20_000)
    comments = pd.read_parquet(tmp_path / "comments")
    cold = comments["text"].str.contains("terrible|ugly|stupid|hate|shameful|horrible")
    readers = ~comments["by_article_author"]
    shares = cold[readers].groupby(comments["parent_id"].notna()[readers]).mean()
    assert shares[True] - shares[False] == pytest.approx(0.1, abs=0.03)
    assert archive.scored(comments.head(300))["tone"].eq("negative").equals(cold.head(300))


def test_themes_are_those_of_the_measure():
    book = pd.DataFrame({"pattern": ["tree", "tram"]}, index=["trees", "trams"])
    texts = pd.Series(["A tree", "A tram by a tree", ""])
    found = archive._present(texts, book)
    assert found == [["trees"], ["trees", "trams"], []]
    assert themes.presence(texts, book)["none"].tolist() == [False, False, True]


@pytest.mark.slow
def test_the_notebook_is_a_small_page():
    from nbconvert import HTMLExporter

    file = Path(__file__).parents[1] / "notebooks" / "12_what_holds_across_many_articles.ipynb"
    page, _ = HTMLExporter().from_filename(str(file))
    assert "planted" in page and len(page.encode()) < 2_000_000
