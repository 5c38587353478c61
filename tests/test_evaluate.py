"""Evaluation: figures counted by hand, broken annotations, and the texts that the role model learned from."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.errors import GoldError
from analyzer.evaluate import LAYERS, Evaluation, Score, evaluate
from analyzer.gold import LABELS, digest
from analyzer.pipeline import analyze
from analyzer.render.evaluation import _WORDS

CORPUS = Path(__file__).parents[1] / "corpus" / "gold"
SCORED = os.environ.get("ANALYZER_SCORED", "")  # a folder with gold/ and another program that scores, eval/score.py

TEXT = """云水乡2023年工作总结
一、主要工作
全年发放宣传资料800余份，开展讲座12场次，排查隐患36处。
二、存在的不足
主要存在以下不足：一是宣传形式不够多样；二是执法力量较为薄弱。
"""
QUANTITIES = [
    {
        "quote": "800余份",
        "nth": 0,
        "value": 800,
        "upper": None,
        "unit": "份",
        "hedge": "余",
        "indicator": "发放宣传资料",
    },
    {"quote": "12场次", "nth": 0, "value": 12, "upper": None, "unit": "场次", "hedge": "约", "indicator": ""},
    {"quote": "36处", "nth": 0, "value": 63, "upper": None, "unit": "处", "hedge": "", "indicator": "修建道路"},
    {"quote": "2023年", "nth": 0, "value": 2023, "upper": None, "unit": "年", "hedge": "", "indicator": ""},
]
LISTS = [
    {"first_quote": "一是宣传形式不够多样", "markers": ["一是", "二是", "三是"], "declared": None},
    {"first_quote": "全年发放", "markers": ["一是", "二是"], "declared": 2},
]
SHORTCOMINGS = [{"first_clause": 7, "last_clause": 7}, {"first_clause": 8, "last_clause": 8}]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One report. Its clauses are labelled as the analyzer labels them, so that no other model changes the figures."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "云水.txt").write_text(TEXT, encoding="utf-8")
    letters = {role: letter for letter, role in LABELS.items()}
    clauses = [(clause.start, clause.end, letters[clause.role]) for clause in analyze(TEXT).clauses]
    write_clauses(tmp_path, clauses)
    for name, lines in (("quantities", QUANTITIES), ("enumerations", LISTS), ("shortcomings", SHORTCOMINGS)):
        write_lines(tmp_path, name, lines)
    return tmp_path


def write_clauses(folder: Path, clauses: list[tuple[int, int, str]]) -> None:
    rows = [
        f"{n}\t{start}\t{end}\t{label}\t{' '.join(TEXT[start:end].split())}"
        for n, (start, end, label) in enumerate(clauses)
    ]
    (folder / "云水.clauses.tsv").write_text("\n".join(["n\tstart\tend\tlabel\tclause", *rows, ""]), encoding="utf-8")


def write_lines(folder: Path, name: str, lines: list[dict]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / f"云水.{name}.jsonl").write_text(text, encoding="utf-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)], env={"COLUMNS": "80"})


def test_quantities_by_hand(gold: Path) -> None:
    layers = evaluate(gold).layers
    assert layers["quantity_spans"] == Score(3, 3, 4)  # a year is no quantity
    assert layers["quantity_values"] == Score(2, 3, 4)  # 63 is not 36
    assert layers["quantities"] == Score(1, 3, 4)  # 12场次 is not about 12
    assert layers["indicators"] == Score(1, 2, 2)  # of the two that are annotated at right places
    assert layers["quantity_values"].precision == 2 / 3
    assert layers["quantity_values"].recall == 0.5
    assert layers["quantity_values"].f1 == pytest.approx(4 / 7)


def test_lists_by_hand(gold: Path) -> None:
    layers = evaluate(gold).layers
    found = len(analyze(TEXT).enumerations)
    assert layers["enumerations"] == Score(1, found, 2)
    assert layers["item_counts"] == Score(0, 1, 1)  # three are annotated, two stand there
    assert layers["declared_counts"] == Score(1, 1, 1)


def test_shortcomings_by_hand(gold: Path) -> None:
    found = len(analyze(TEXT).shortcomings)
    assert evaluate(gold).layers["shortcomings"] == Score(2, found, 2)
    write_lines(gold, "shortcomings", [{"first_clause": 0, "last_clause": 7}, SHORTCOMINGS[1]])
    assert evaluate(gold).layers["shortcomings"] == Score(1, found, 2)  # the first shares too little with any
    write_lines(gold, "shortcomings", [SHORTCOMINGS[0], SHORTCOMINGS[0]])
    assert evaluate(gold).layers["shortcomings"] == Score(1, found, 2)  # one is found once only


def test_roles_by_hand(gold: Path) -> None:
    right = evaluate(gold)
    assert (right.accuracy, right.macro_f1) == (1, 1)
    clauses = analyze(TEXT).clauses
    letters = {role: letter for letter, role in LABELS.items()}
    wrong = [(clause.start, clause.end, letters[clause.role]) for clause in clauses]
    number = [clause.role for clause in clauses].index("shortcoming")
    stated = sum(clause.role == "shortcoming" for clause in clauses)
    wrong[number] = (*wrong[number][:2], "C")
    write_clauses(gold, wrong)
    evaluation = evaluate(gold)
    assert evaluation.confusion["cause", "shortcoming"] == 1
    assert evaluation.accuracy == (len(clauses) - 1) / len(clauses)
    assert evaluation.role("shortcoming") == Score(stated - 1, stated, stated - 1)
    assert evaluation.role("cause") == Score(0, 0, 1)
    annotated = {LABELS[letter] for *_, letter in wrong}
    f1 = 2 * (stated - 1) / (2 * stated - 1)
    assert evaluation.macro_f1 == pytest.approx((len(annotated) - 2 + f1) / len(annotated))
    assert evaluation.layers["shortcoming_clauses"].f1 == 1  # a cause taken for a shortcoming is still one of the two


def test_a_clause_cut_otherwise_has_the_role_of_most_of_its_characters(gold: Path) -> None:
    (gold / "云水.shortcomings.jsonl").unlink()  # counts the clauses as they are
    first = analyze(TEXT).clauses[0]
    write_clauses(gold, [(first.start, first.end + 2, "H"), (len(TEXT) - 1, len(TEXT), "O")])
    confusion = evaluate(gold).confusion
    assert confusion["heading", "heading"] == 1
    assert confusion["other", ""] == 1  # the last line end belongs to no clause


@pytest.mark.parametrize("layer", ["clauses.tsv", "quantities.jsonl", "enumerations.jsonl", "shortcomings.jsonl"])
def test_a_layer_that_is_not_annotated_is_left_out(gold: Path, layer: str) -> None:
    (gold / f"云水.{layer}").unlink()
    if layer == "clauses.tsv":  # shortcomings are annotated by clause
        (gold / "云水.shortcomings.jsonl").unlink()
    left = {
        "clauses.tsv": {"measures", "shortcoming_clauses", "shortcomings"},
        "quantities.jsonl": {"quantity_spans", "quantity_values", "quantities", "indicators"},
        "enumerations.jsonl": {"enumerations", "item_counts", "declared_counts"},
        "shortcomings.jsonl": {"shortcomings"},
    }[layer]
    assert list(evaluate(gold).layers) == [name for name in LAYERS if name not in left]
    shown = run(gold).stdout
    for name in LAYERS:
        assert (_WORDS["zh"][name] in shown) == (name not in left)
    assert ("roles" in json.loads(run(gold, "-f", "json").stdout)) == (layer != "clauses.tsv")
    assert ("混淆表" in shown) == (layer != "clauses.tsv")


def test_shares_of_nothing_are_not_figures() -> None:
    nothing = Score(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    empty = Evaluation(0, Counter(), {}, None)
    assert (empty.accuracy, empty.macro_f1, empty.layers) == (None, None, {})


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("clauses.tsv", "n\tstart\tend\tlabel\tclause\n0\t0\t5\tQ\t云\n", "第2行.*label"),
        ("clauses.tsv", "n\tstart\tend\tlabel\tclause\n0\t0\t5000\tH\t云\n", "第2行.*不在正文里"),
        ("clauses.tsv", "n\tstart\tend\tlabel\tclause\n0\t4\t8\tH\t云\n1\t0\t4\tH\t云\n", "第3行.*没有接在"),
        ("quantities.jsonl", "{quote}\n", "第1行：不是 JSON"),
        ("quantities.jsonl", '{"quote": "800余份"}\n', "第1行：缺少 nth"),
        ("quantities.jsonl", "\n" + json.dumps({**QUANTITIES[0], "nth": 1}) + "\n", "第2行：正文里没有第2处“800余份”"),
        ("quantities.jsonl", json.dumps({**QUANTITIES[0], "value": "八百"}) + "\n", "第1行"),
        (
            "enumerations.jsonl",
            json.dumps({**LISTS[0], "first_quote": "一是没有"}) + "\n",
            "第1行：正文里没有“一是没有”",
        ),
        ("shortcomings.jsonl", '{"first_clause": 6, "last_clause": 66}\n', "第1行：没有子句 6–66"),
        ("shortcomings.jsonl", "[1]\n", "第1行"),
    ],
)
def test_a_broken_annotation_is_named_with_file_and_line(gold: Path, file: str, content: str, what: str) -> None:
    (gold / f"云水.{file}").write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=rf"云水\.{re.escape(file)} {what}"):
        evaluate(gold)
    assert run(gold).exit_code == 2
    assert "GOLD_DIR" in run(gold).stderr


def test_annotations_in_another_encoding_are_named(gold: Path) -> None:
    (gold / "云水.quantities.jsonl").write_bytes(json.dumps(QUANTITIES[0], ensure_ascii=False).encode("gb18030"))
    with pytest.raises(GoldError, match=r"云水\.quantities\.jsonl：.*UTF-8"):
        evaluate(gold)


def test_a_folder_without_annotated_texts_says_what_is_expected(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "text/名称.txt" in "".join(result.stderr.split()).replace("│", "")


def test_figures_are_shown_in_both_languages(gold: Path) -> None:
    for lang in ("zh", "en"):
        shown = run(gold, "--lang", lang).stdout
        assert "0.667   0.500  0.571" in shown
        assert "…" not in shown
        assert all(_WORDS[lang][name] in shown for name in LAYERS)


def test_json_has_the_same_figures(gold: Path) -> None:
    document = json.loads(run(gold, "--format", "json").stdout)
    evaluation = evaluate(gold)
    assert list(document["layers"]) == list(LAYERS)
    assert document["layers"]["quantity_values"] == {
        "precision": 2 / 3,
        "recall": 0.5,
        "f1": pytest.approx(4 / 7),
        "hits": 2,
        "found": 3,
        "gold": 4,
    }
    assert document["trained_on_these"] is False
    confusion = document["roles"]["confusion"]
    assert sum(sum(row.values()) for row in confusion.values()) == evaluation.confusion.total()


def test_the_texts_that_the_model_learned_from_are_known(gold: Path, tmp_path: Path) -> None:
    provenance = json.loads(
        (CORPUS.parents[1] / "analyzer/extract/role_model/provenance.json").read_text(encoding="utf-8")
    )
    assert (digest(CORPUS) == provenance["sha256"]) == ("注意" in run(CORPUS).stdout)
    assert "注意" not in run(gold).stdout
    copy = tmp_path / "copy"
    shutil.copytree(CORPUS, copy)
    assert digest(copy) == digest(CORPUS)
    next(copy.glob("*.clauses.tsv")).unlink()
    assert digest(copy) != digest(CORPUS)


@pytest.mark.skipif(not SCORED, reason="ANALYZER_SCORED names no other program to agree with")
def test_figures_agree_with_another_program(tmp_path: Path) -> None:
    folder, output = Path(SCORED, "gold"), tmp_path / "out.json"
    assert CliRunner().invoke(app, ["extract", str(folder / "text"), "-o", str(output)]).exit_code == 0
    command = [sys.executable, str(Path(SCORED, "eval", "score.py")), str(folder), str(output)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    theirs = {line.split()[0] + (" full" if " full" in line else ""): line for line in lines}
    evaluation = evaluate(folder)
    assert f"accuracy {evaluation.accuracy:.3f} macro-F1 {evaluation.macro_f1:.3f} " in theirs["roles"]
    assert f"over {evaluation.confusion.total()} clauses" in theirs["roles"]
    for name, prefix in (
        ("measures", "measures"),
        ("shortcoming_clauses", "shortcoming"),
        ("shortcomings", "shortcomings"),
        ("quantity_spans", "quantity"),
        ("quantities", "quantity full"),
        ("enumerations", "enumerations"),
    ):
        score = evaluation.layers[name]
        figures = f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
        assert f"{figures} ({score.hits}/{score.found} found, {score.gold} gold)" in theirs[prefix]
    layers = evaluation.layers
    assert f"value+unit {layers['quantity_values'].hits};" in theirs["quantity full"]
    assert f"indicator {layers['indicators'].hits}/{layers['indicators'].gold}" in theirs["quantity full"]
    assert f"item count right {layers['item_counts'].hits};" in theirs["enumerations"]
    assert f"declared right {layers['declared_counts'].hits}" in theirs["enumerations"]
