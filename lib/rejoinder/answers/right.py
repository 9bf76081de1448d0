"""How often is the method right? The record of what was measured on public labelled data."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rejoinder.answers.answer import Answer, count, joined
from rejoinder.discussion import Discussion
from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.results import method_scores, published, record

# Under what names the methods of the record stand beside each other.
COLUMNS = {
    "chance": ("chance", "random", "always agree"),
    "TextBlob": ("textblob", "sign of TextBlob"),
    "VADER": ("vader", "sign of VADER"),
    "rejoinder": ("rejoinder",),
}
METRICS = {
    "pearson_r": "r",
    "macro_f1": "macro-F1",
    "strict_map": "strict mAP",
    "relaxed_map": "relaxed mAP",
    "best_or_none": "best claim or none",
    "v_measure": "V-measure",
    "answered": "share answered",
    "right_where_answered": "right where answered",
    "all_right": "all sentences right",
}
# The figure that stands for a measure where there is room for one.
HEADLINES = {
    "sentiment": "pearson_r",
    "tone toward": "macro_f1",
    "links": "strict_map",
    "clusters": "v_measure",
    "stance": "right_where_answered",
    "sentences": "all_right",
}
CLUSTERS = "groups of arguments"
# What the short answer tells of, and by which name.
BRIEFLY = {
    "sentiment": "Tone",
    "tone toward": "Tone toward somebody",
    "links": "The claim that a text speaks to",
    "stance": "Stance, seldom named",
}


def how_often_is_the_method_right(_: Discussion | None = None) -> Answer:
    """Notebook 10: each measure between chance and one human, on public labelled data; the same for every
    discussion."""
    table = rungs()
    shown = table[table["measure"].isin(BRIEFLY)]
    parts = [_brief(part) for _, part in shown.groupby("measure", sort=False)]
    told = record()["sets"]
    rows = sum(sets()[name].n for name in told)
    near = [sets()[name].title for name in told if sets()[name].comments]
    sure = (
        f"Measured on {rows:,} labelled rows of {count(len(told), 'public set')}. The constants of the "
        "methods were chosen on these or kindred texts, so that elsewhere they will do somewhat worse. "
        f"Comments under opinion pieces are only in: {joined(near) or 'none'}."
    )
    return Answer(
        "How often is the method right?",
        "It depends on the method, and on the text. " + " ".join(parts),
        sure,
        "10_how_often_is_the_method_right",
    )


def ladder() -> pd.DataFrame:
    """What was measured, a row for each set and metric: `set`, `measure`, `n`, `metric`, then from chance
    to human `chance`, `TextBlob`, `VADER`, `other rule` (the best of those that are no tone), `rejoinder`
    (with its 95 % interval), `one human`, `best published` and its `source`; as text, "–" where
    nobody has measured it or it does not apply."""
    rows = []
    for (dataset, metric), part in method_scores().groupby(["dataset", "metric"], sort=False):
        by_method = part.set_index("method")
        ours = by_method.loc["rejoinder"]
        others = _other_rules(dataset, metric)
        told = {
            column: next((f"{by_method['value'][m]:.2f}" for m in names if m in by_method.index), "–")
            for column, names in COLUMNS.items()
        }
        if metric == "answered":
            told["chance"] = "–"  # to answer always is no merit
        human, known_best = (_published(dataset, metric, who) for who in ("one human", "best published"))
        rows.append(
            {
                "set": dataset,
                "measure": ours["measure"],
                "n": ours["n"],
                "metric": METRICS[metric],
                **told,
                "rejoinder": f"{ours['value']:.2f} ({ours['low']:.2f}–{ours['high']:.2f})",
                "one human": f"{human['value']:g}" if human is not None else "–",
                "best published": f"{known_best['value']:g}" if known_best is not None else "–",
                "source": _source(known_best if known_best is not None else human),
                "other rule": f"{others[0][1]:.2f} ({others[0][0]})" if others else "–",
            }
        )
    columns = ["set", "measure", "n", "metric", "chance", "TextBlob", "VADER", "other rule"]
    return pd.DataFrame(rows, columns=[*columns, "rejoinder", "one human", "best published", "source"])


def ladder_as_text() -> str:
    """`ladder` for a terminal, the sources below it, each where its number stands."""
    table = ladder().drop(columns="other rule")
    sources = list(dict.fromkeys(table["source"][table["best published"] != "–"]))
    number = {source: f" [{at}]" for at, source in enumerate(sources, start=1)}
    shown = [
        best if best == "–" else best + number[source]
        for best, source in zip(table["best published"], table["source"], strict=True)
    ]
    table = table.assign(**{"best published": shown}).drop(columns="source")
    notes = [f"[{at}] {source}" for at, source in enumerate(sources, start=1)]
    return "\n".join([table.to_string(index=False), "", *notes])


def rungs() -> pd.DataFrame:
    """The ladder of the headline metric of each measure and set, for `plots.ladder`: one row per rung,
    with `measure`, `dataset`, `task` (both in words), `metric`, `n`, `who` (chance, TextBlob, VADER,
    rejoinder, one human, best published), `value`, `low`, `high` (NaN where there is no interval)."""
    kept = method_scores()
    kept = kept[kept["metric"] == kept["measure"].map(HEADLINES)]
    # Held against the thesis alone, one may be right without having read it.
    kept = kept[kept["dataset"] != "newspaper debates, thesis"]
    names = {method: column for column, methods in COLUMNS.items() for method in methods}
    tasks = [
        CLUSTERS if measure == "clusters" else sets()[name].task
        for measure, name in zip(kept["measure"], kept["set"], strict=True)
    ]
    kept = kept.assign(task=tasks, who=kept["method"].map(names)).dropna(subset="who")
    shared = ["measure", "dataset", "task", "metric", "n"]
    others = published().merge(
        kept[shared].drop_duplicates(["dataset", "metric"]), on=["dataset", "metric"]
    )
    table = pd.concat([kept, others.assign(low=np.nan, high=np.nan)], ignore_index=True)
    order = {task: at for at, task in enumerate(kept["task"].unique())}
    table = table.sort_values("task", key=lambda column: column.map(order), kind="stable")
    table["metric"] = table["metric"].map(METRICS)
    return table[[*shared, "who", "value", "low", "high"]].reset_index(drop=True)


def what_to_trust() -> pd.DataFrame:
    """What the figures allow, in words, read off the intervals: one row per measure and set, `measure`,
    `on`, `trust`. The figures beside ours are taken as they are."""
    kept, rows = method_scores(), []
    for (measure, dataset), part in rungs().groupby(["measure", "dataset"], sort=False):
        value = part.set_index("who")["value"]
        ours = part.set_index("who").loc["rejoinder"]
        own = kept[(kept["measure"] == measure) & (kept["dataset"] == dataset)]
        said = _beside_lists(own)
        for rule, other in _other_rules(dataset, HEADLINES[measure])[:1]:
            said.append(f"{'better' if ours['low'] > other else 'not surely better'} than {rule}")
        if "chance" in value.index and ours["low"] <= value["chance"]:
            said.append("not surely better than chance")
        for who, named in (("one human", "one human"), ("best published", "the best published figure")):
            if who in value.index:
                below = ours["high"] < value[who]
                short = f"{value[who] - ours['value']:.2f} short of" if below else "not measurably below"
                said.append(f"{short} {named}")
        rows.append((measure, dataset, "; ".join(said) or "nothing to compare it with"))
    return pd.DataFrame(rows, columns=["measure", "on", "trust"])


def _beside_lists(scores: pd.DataFrame) -> list[str]:
    """How our figures on one set stand to those of the better of the two published word lists."""
    table = scores.set_index(["metric", "method"])
    lists = [*COLUMNS["TextBlob"], *COLUMNS["VADER"]]
    ahead: dict[bool, list[str]] = {}
    for metric, part in scores.groupby("metric", sort=False):
        theirs = part.loc[part["method"].isin(lists), "value"]
        if len(theirs) and metric != "answered":
            surely = table.loc[(metric, "rejoinder"), "low"] > theirs.max()
            ahead.setdefault(bool(surely), []).append(METRICS[metric])
    if ("answered", "rejoinder") in table.index:
        answered = table.loc[("answered", "rejoinder"), "value"]
        sure = "more" if True in ahead else "not surely more"
        return [
            f"names a side in {answered:.2f} of the pairs only; of these answers {sure} are right than "
            "of those of either word list, which answers nearly all"
        ]
    words = {True: "better than either word list by", False: "not surely better than either by"}
    return [f"{words[surely]} {joined(ahead[surely])}" for surely in (True, False) if surely in ahead]


def _other_rules(dataset: str, metric: str) -> list[tuple[str, float]]:
    """Methods that are no tone and not ours, with what they reach on a set, the best first."""
    kept = method_scores()
    kept = kept[(kept["dataset"] == dataset) & (kept["metric"] == metric)]
    kept = kept[~kept["method"].isin([method for names in COLUMNS.values() for method in names])]
    kept = kept.sort_values("value", ascending=False, kind="stable")
    return list(zip(kept["method"], kept["value"], strict=True))


def _brief(part: pd.DataFrame) -> str:
    """The figures of a measure on all its sets, as a sentence."""
    each = []
    for _, of_set in part.groupby("dataset", sort=False):
        value = of_set.set_index("who")
        top = next((who for who in ("one human", "best published", "chance") if who in value.index), None)
        named = "the best published" if top == "best published" else top
        beside = f", where {named} has {value['value'][top]:.2f}" if top else ""
        each.append(f"{said(value.loc['rejoinder'])} on {rows_of(value['dataset'].iloc[0])}{beside}")
    return f"{BRIEFLY[part['measure'].iloc[0]]}: {'; '.join(each)}."


def said(ours: pd.Series) -> str:
    """A figure of `rungs` with its interval and n."""
    return (
        f"{ours['metric']} = {ours['value']:.2f} (95 % {ours['low']:.2f}–{ours['high']:.2f}, "
        f"n = {ours['n']:,}{_of_all(ours['dataset'])})"
    )


def _of_all(dataset: str) -> str:
    """Of how many a method that may be silent answers, where that was measured."""
    kept = method_scores().query("method == 'rejoinder' and metric == 'answered'")
    kept = kept[kept["dataset"] == dataset]
    return f", which is {kept['value'].iloc[0]:.2f} of all" if len(kept) else ""


def rows_of(dataset: str) -> str:
    """What the rows of a set are, in the plural; the two halves of the debates have one name."""
    titles = {one.title: one.rows for one in sets().values()}
    return titles.get(dataset) or titles[dataset.partition(",")[0]]


def _published(dataset: str, metric: str, who: str) -> pd.Series | None:
    table = published()
    found = table[(table["dataset"] == dataset) & (table["metric"] == metric) & (table["who"] == who)]
    return found.iloc[0] if len(found) else None


def _source(row: pd.Series | None) -> str:
    if row is None:
        return "–"
    on = f" (on {row['on']})" if row["on"] else ""
    return f"{row['source']}{on}"
