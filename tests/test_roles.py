"""The role model: it is the one its provenance describes, it reads clear clauses right, and it needs numpy only."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.extract.role_features import names
from analyzer.extract.role_grams import packed
from analyzer.extract.role_rules import roles_by_rules
from analyzer.extract.role_training import examples, fit, scores
from analyzer.extract.roles import ROLES, model, shifted
from analyzer.gold import digest, read_gold
from analyzer.pipeline import analyze
from tests.test_segment import CORPUS

PROVENANCE = json.loads((files("analyzer.extract") / "role_model" / "provenance.json").read_text(encoding="utf-8"))

REPORT = """清水铺镇2023年法治政府建设工作总结
今年以来，在县委、县政府的正确领导下，我镇坚持以习近平法治思想为指导，成立法治建设领导小组。现将有关情况汇报如下：
一、主要举措及成效
（一）加强组织领导。召开专题会议6次，印发工作要点，分解任务32项。群众满意度达到98%。
（二）强化普法宣传。举办法治讲座8场，发放宣传资料5200份，有效提升了群众的法治意识。
二、存在的不足和原因
一是执法力量薄弱，主要原因是编制紧缺、人员流动频繁。二是普法形式单一，针对性不强。
三、下一步工作打算
（一）充实执法力量。新增持证执法人员3名，组织业务培训4期。
（二）创新普法方式。开设短视频栏目，力争群众满意度达到99%以上。
"""

CLEAR = {
    "清水铺镇2023年法治政府建设工作总结": "heading",
    "今年以来，": "background",
    "在县委、县政府的正确领导下，": "background",
    "现将有关情况汇报如下：": "other",
    "（一）加强组织领导。": "heading",
    "召开专题会议6次，": "measure",
    "分解任务32项。": "measure",
    "群众满意度达到98%。": "result",
    "有效提升了群众的法治意识。": "result",
    "一是执法力量薄弱，": "shortcoming",
    "主要原因是编制紧缺、人员流动频繁。": "cause",
    "二是普法形式单一，": "shortcoming",
    "组织业务培训4期。": "plan",
    "力争群众满意度达到99%以上。": "target",
}


def test_clear_clauses() -> None:
    analysis = analyze(REPORT)
    found = {REPORT[clause.start : clause.end].strip(): clause.role for clause in analysis.clauses}
    assert {clause: found[clause] for clause in CLEAR} == CLEAR


def test_every_clause_has_a_role() -> None:
    assert {clause.role for clause in analyze(REPORT).clauses} <= set(ROLES)
    assert analyze("　\n").clauses == ()
    assert [clause.role in ROLES for clause in analyze("一、工作\n坏字\ud800，开展检查8次。\n").clauses] == [True] * 3


@given(st.text(alphabet="一二是（）、，。：；\n 全镇开展8%《》“”😀将存在不足", max_size=60))
def test_any_text_gets_through(text: str) -> None:
    for clause in analyze("\n" + text).clauses:
        assert clause.role in ROLES


def test_the_model_is_the_one_of_the_labelled_texts() -> None:
    assert PROVENANCE["sha256"] == digest(CORPUS / "gold"), "retrain: python -m analyzer.extract.role_training"
    table = PROVENANCE["cross_validation"]
    assert table["both steps"]["accuracy"] >= table["first step"]["accuracy"] > table["rules"]["accuracy"]
    assert table["both steps"]["accuracy"] > 0.85


def test_the_labelled_texts_are_as_many_as_said() -> None:
    golds = [gold.clauses for gold in read_gold(CORPUS / "gold") if gold.clauses]
    assert f"{len(golds)} reports, {sum(map(len, golds))} clauses" in PROVENANCE["trained_from"]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list:
    """Eight labelled reports."""
    folder = tmp_path_factory.mktemp("gold")
    (folder / "text").mkdir()
    for text in sorted((CORPUS / "gold" / "text").glob("*.txt"))[:8]:
        shutil.copy(text, folder / "text")
        shutil.copy(CORPUS / "gold" / f"{text.stem}.clauses.tsv", folder)
    return examples(folder)


def test_training_learns_what_the_model_then_applies(few: list) -> None:
    """Of a report not trained on, both steps know more than the rules; of one trained on, the first nearly all."""
    fitted = fit(few[1:])
    unseen, seen = few[0], few[1]
    rules = np.array([ROLES.index(role) for role in roles_by_rules(unseen.features)])
    assert np.mean(fitted.roles(unseen.features) == unseen.roles) > np.mean(rules == unseen.roles)
    assert np.mean(np.argmax(fitted.first(seen.features), axis=1) == seen.roles) > 0.95


def test_scores() -> None:
    gold, found = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])
    assert scores(gold, found) == {"accuracy": 0.75, "macro_f1": 0.734, "f1": {"heading": 0.667, "measure": 0.8}}


def test_features_have_names() -> None:
    assert len(names()) == len(set(names())) == model().own.shape[0]


@given(st.lists(st.integers(1, 0xFFFF), min_size=1, max_size=9))
def test_a_key_holds_its_characters(codes: list[int]) -> None:
    keys = packed(np.array(codes))
    for size in range(1, 5):
        for at in range(len(codes) - size + 1):
            wanted = sum(code << (16 * n) for n, code in enumerate(codes[at : at + size]))
            assert int(keys[size - 1][at]) & (2**64 - 1) == wanted


@pytest.mark.parametrize("by", [-2, 0, 1])
def test_shifted(by: int) -> None:
    rows = np.arange(1, 5, dtype=np.float32).reshape(4, 1)
    assert [float(row[0]) for row in shifted(rows, by)] == [
        float(n + by + 1) if 0 <= n + by < 4 else 0.0 for n in range(4)
    ]


def test_applying_it_imports_no_scikit_learn() -> None:
    program = (
        "import sys; from analyzer.pipeline import analyze; analyze('一、成效\\n举办讲座8场。\\n').clauses[0].role;"
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
