"""Topics and clusters of made-up reports, whose themes are known."""

from __future__ import annotations

import pandas
import pytest

from analyzer.compare.clusters import clusters
from analyzer.compare.topics import topics

THEMES = {
    "果树": "山坡果树、果园灌溉与果农合作社的果品冷库，果树苗木和果品包装",
    "调解": "民间纠纷的调解员与调解室，纠纷台账、调解卷宗和纠纷当事人",
    "水库": "水库大坝与灌溉渠道的巡查员，水库泄洪、堤坝渗漏和渠道清淤",
}


def line(theme: str, number: int) -> str:
    """A paragraph of one theme, each a little different."""
    words = THEMES[theme].split("、")
    return f"第{number}段，" + "、".join(words[number % len(words) :] + words) + "。"


def reports(themes: dict[str, list[str]]) -> pandas.DataFrame:
    rows = [
        (place, place, "\n".join(line(theme, number) for number in range(8) for theme in mix))
        for place, mix in themes.items()
    ]
    return pandas.DataFrame(rows, columns=["path", "place", "text"]).astype("string").assign(year=2024)


MIXED = reports({"甲镇": ["果树"], "乙镇": ["调解"], "丙镇": ["水库"], "丁镇": ["果树", "水库"]})


def test_each_theme_is_a_topic() -> None:
    terms, weights = topics(MIXED, 3)
    first = terms[terms["rank"] == 1].set_index("topic").term
    labels = {
        theme: next(label for label in weights.columns if any(word in label for word in found))
        for theme, found in {"果树": ["果树", "果品"], "调解": ["纠纷", "调解"], "水库": ["水库", "渠道"]}.items()
    }
    assert len({*labels.values()}) == len(first) == 3
    assert weights.index.tolist() == ["甲镇", "乙镇", "丙镇", "丁镇"]
    assert weights.loc["甲镇", labels["果树"]] > 0.9
    assert weights.loc["乙镇", labels["调解"]] > 0.9
    assert 0.2 < weights.loc["丁镇", labels["水库"]] < 0.8
    assert weights.sum(axis=1).tolist() == pytest.approx([1] * 4)


def test_the_topic_most_spoken_of_comes_first_and_labels_are_its_terms() -> None:
    frame = reports({"甲镇": ["果树"] * 3, "乙镇": ["调解"], "丙镇": ["调解"], "丁镇": ["水库"]})
    terms, weights = topics(frame, 3)
    assert weights.sum().is_monotonic_decreasing
    assert "纠纷" in weights.columns[0]  # most reports, though not most paragraphs
    for column, (topic, rows) in zip(weights.columns, terms.groupby("topic"), strict=True):
        assert column == f"{topic} {rows.label.iloc[0]}"
        assert rows.label.iloc[0] == "·".join(rows.term[:3])
        assert rows.weight.is_monotonic_decreasing


def test_same_reports_same_topics_and_clusters() -> None:
    for one, other in zip(topics(MIXED), topics(MIXED), strict=True):
        pandas.testing.assert_frame_equal(one, other)
    pandas.testing.assert_frame_equal(clusters(MIXED), clusters(MIXED))


def test_few_paragraphs_have_few_topics() -> None:
    assert topics(MIXED.head(1))[1].shape == (1, 2)
    assert topics(MIXED)[1].shape[1] == 2  # 40 paragraphs
    for nothing in (
        MIXED.head(0),
        MIXED.head(1).assign(text="果树果园\n" * 9),
        MIXED.head(1).assign(text=line("果树", 0)),
    ):
        terms, weights = topics(nothing)
        assert terms.empty
        assert weights.shape == (len(nothing), 0)


def test_a_report_that_speaks_of_no_topic() -> None:
    frame = pandas.concat([MIXED, MIXED.head(1).assign(path="戊镇", text="无")])
    assert topics(frame, 3)[1].loc["戊镇"].tolist() == [0, 0, 0]


def test_clusters_are_the_themes() -> None:
    frame = reports(
        {f"{theme}{number}镇": [theme] for theme in THEMES for number in range(3 if theme == "果树" else 2)}
    )
    found = clusters(frame)
    assert found.groupby("cluster").place.apply(lambda places: {place[:2] for place in places}).tolist() in (
        [{"果树"}, {"调解"}, {"水库"}],
        [{"果树"}, {"水库"}, {"调解"}],
    )
    assert found.cluster.tolist() == [1, 1, 1, 2, 2, 3, 3]
    assert (found.silhouette > 0.5).all()
    assert any(word in found.terms.iloc[0] for word in ("果树", "果品"))
    spread = found.groupby("cluster")[["x", "y"]].std().max().max()
    assert found[["x", "y"]].std().max() > 3 * spread


def test_what_all_have_holds_no_cluster_together() -> None:
    frame = reports({f"{theme}{number}镇": [theme] for theme in THEMES for number in range(2)})
    found = clusters(frame.assign(text=frame.text + "\n" + "鱼塘" * 5000))
    assert not found.terms.str.startswith("鱼塘").any()


def test_a_place_has_all_its_reports() -> None:
    frame = pandas.concat([MIXED, MIXED.head(1).assign(path="甲镇2")])
    assert clusters(frame).set_index("place").reports.to_dict() == {"甲镇": 2, "乙镇": 1, "丙镇": 1, "丁镇": 1}
    frame.loc[0, "place"] = pandas.NA
    assert set(clusters(frame).place) == {"甲镇", "甲镇2", "乙镇", "丙镇", "丁镇"}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_few_places_are_one_cluster(number: int) -> None:
    found = clusters(MIXED.head(number))
    assert found.cluster.tolist() == [1] * number
    assert found.silhouette.tolist() == [0] * number


def test_like_places_are_one_cluster() -> None:
    same = pandas.concat([MIXED.head(1).assign(path=name, place=name) for name in "甲乙丙丁戊"])
    assert clusters(same).cluster.tolist() == [1] * 5


def test_no_places_and_no_words() -> None:
    assert clusters(MIXED.head(0)).empty
    assert clusters(MIXED.assign(text="。")).terms.tolist() == [""] * 4
