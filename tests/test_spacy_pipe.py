"""Reports as spaCy documents: words, span groups, sentences, what survives a round trip."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

import analyzer
from analyzer.spacy_pipe import GROUPS, annotate, to_doc, view

ROOT = Path(__file__).parents[1]
REPORTS = sorted((ROOT / "corpus" / "reports").iterdir())

TEXT = """云水乡2023年法治政府建设工作总结
一、工作成效
（一）规范执法。全年开展执法检查86次，发现问题12个；办结案件9件，制发《执法规范》800余份。群众说：“办得好。”干部很受鼓舞。
二、存在的不足
当前还存在两个方面的不足：一是宣传形式不够多样；二是执法力量较为薄弱；三是制度落实不够到位。
三、下一步打算
加强执法队伍建设，开展业务培训4期。
"""


def spans(doc: Doc, group: str) -> list[tuple[int, int, str]]:
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans[group]]


def all_spans(doc: Doc) -> dict[str, list[tuple[int, int, str]]]:
    return {group: spans(doc, group) for group in GROUPS}


def sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
    | st.sampled_from([TEXT, "", " ", "\n\n", "甲\r\n乙"])
)
@settings(max_examples=200)
def test_tokens_are_the_words_of_the_analysis_and_lose_nothing(text: str) -> None:
    doc = analyzer.nlp()(text)
    words = analyzer.analyze(analyzer.readers.report_of_text(text)).words
    assert doc.text == text
    assert tuple(token.text for token in doc) == words.words
    assert tuple(token.tag_ for token in doc) == words.tags
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text


def test_what_must_stay_whole_is_one_token() -> None:
    tags = {token.text: token.tag_ for token in analyzer.nlp()(TEXT)}
    assert {word: tags.get(word) for word in ("86次", "800余份", "一是", "《执法规范》")} == {
        "86次": "m",
        "800余份": "m",
        "一是": "x",
        "《执法规范》": "nz",
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_span_groups_are_the_analysis(path: Path) -> None:
    audit = analyzer.audit(path)
    doc = to_doc(audit.analysis)
    assert list(doc.spans) == list(GROUPS)
    edges = {token.idx for token in doc} | {len(doc.text)}
    for name, group in GROUPS.items():
        records = group.records(audit)
        assert len(doc.spans[name]) == len(records)
        for span, record in zip(doc.spans[name], records, strict=True):
            assert span.label_ == group.label(record)
            assert span._.record == record
            assert span.start_char == max(edge for edge in edges if edge <= record.start)
            assert span.end_char == min(edge for edge in edges if edge >= record.end)
    for name in ("sections", "clauses", "quantities", "measures", "shortcomings"):  # whole words here: offset by offset
        records = GROUPS[name].records(audit)
        assert [span[:2] for span in spans(doc, name)] == [(record.start, record.end) for record in records]


def test_labels_say_role_kind_and_rule() -> None:
    doc = analyzer.nlp()(TEXT)
    assert ("一、工作成效", "level 1") in [(span.text, span.label_) for span in doc.spans["sections"]]
    assert ("800余份", "count") in [(span.text, span.label_) for span in doc.spans["quantities"]]
    assert {span.label_ for span in doc.spans["measures"]} <= {"done", "planned"}
    assert [(span.text, span.label_) for span in doc.spans["findings"]] == [("两个方面", "ENU001")]
    assert doc._.audit.findings[0].rule == "ENU001"
    assert doc._.analysis.text == TEXT


def test_sentences_end_at_semicolons_and_lines_and_keep_closing_marks() -> None:
    assert sentences(analyzer.nlp()(TEXT)) == [
        "云水乡2023年法治政府建设工作总结",
        "一、工作成效",
        "（一）规范执法。",
        "全年开展执法检查86次，发现问题12个；",
        "办结案件9件，制发《执法规范》800余份。",
        "群众说：“办得好。”",
        "干部很受鼓舞。",
        "二、存在的不足",
        "当前还存在两个方面的不足：一是宣传形式不够多样；",
        "二是执法力量较为薄弱；",
        "三是制度落实不够到位。",
        "三、下一步打算",
        "加强执法队伍建设，开展业务培训4期。",
    ]


def test_other_tokenizers_get_the_same_spans() -> None:
    nlp = spacy.blank("zh")  # a token a character: no record begins inside one
    nlp.add_pipe("report_analysis")
    audit = analyzer.audit(TEXT)
    doc = nlp(TEXT)
    for name, group in GROUPS.items():
        assert [span[:2] for span in spans(doc, name)] == [(each.start, each.end) for each in group.records(audit)]
    assert sentences(doc) == sentences(analyzer.nlp()(TEXT))
    wide = spacy.blank("en")  # tokens that run over commas and marks
    wide.add_pipe("report_analysis")
    doc = wide(TEXT)
    for span in doc.spans["quantities"]:
        assert span.start_char <= span._.record.start
        assert span.end_char >= span._.record.end


def test_sentences_of_another_component_are_kept() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["，"]})
    nlp.add_pipe("report_analysis")
    assert [sentence.text for sentence in nlp("甲，乙；丙").sents] == ["甲，", "乙；丙"]


@pytest.mark.parametrize(
    "program",
    [
        "nlp = spacy.blank('zh'); nlp.add_pipe('report_analysis'); assert nlp('开展检查4次。').spans['quantities']",
        "nlp = spacy.blank('zh', config={'nlp': {'tokenizer': {'@tokenizers': 'analyzer.words.v1'}}});"
        "assert [token.text for token in nlp('开展检查4次。')] == ['开展', '检查', '4次', '。']",
    ],
    ids=["component", "tokenizer"],
)
def test_entry_points_work_without_an_import_of_analyzer(program: str) -> None:
    subprocess.run([sys.executable, "-c", f"import spacy; {program}"], check=True)


def test_a_saved_pipeline_loads_again(tmp_path: Path) -> None:
    analyzer.nlp().to_disk(tmp_path)
    assert all_spans(spacy.load(tmp_path)(TEXT)) == all_spans(analyzer.nlp()(TEXT))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_many_processes_give_what_one_gives(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {method}")
    monkeypatch.setattr("spacy.language.mp", multiprocessing.get_context(method))
    texts = [TEXT.replace("86次", f"{number}次") for number in range(6)]
    docs = list(analyzer.nlp().pipe(texts, n_process=2, batch_size=2))
    assert [doc.text for doc in docs] == texts
    for doc, text in zip(docs, texts, strict=True):
        alone = analyzer.nlp()(text)
        assert all_spans(doc) == all_spans(alone)
        assert doc._.analysis == alone._.analysis
        assert [span._.record for span in doc.spans["findings"]] == list(alone._.audit.findings)


def test_docbin_round_trip(tmp_path: Path) -> None:
    paths = [path for path in REPORTS if path.name.startswith("石磬乡")]
    assert {path.suffix for path in paths} == {".pdf", ".docx", ".txt"}
    analyzer.to_docbin(paths).to_disk(tmp_path / "报告.spacy")
    docs = list(DocBin().from_disk(tmp_path / "报告.spacy").get_docs(spacy.blank("zh").vocab))
    for doc, path in zip(docs, paths, strict=True):
        before = to_doc(path)
        assert doc.text == before.text
        assert [token.tag_ for token in doc] == [token.tag_ for token in before]
        assert sentences(doc) == sentences(before)
        assert all_spans(doc) == all_spans(before)
        assert doc._.analysis == before._.analysis, "with the pages, cells and heading levels of the file"
        assert doc._.analysis.report.path == str(path)
        assert doc.spans["quantities"][0]._.record == before._.analysis.quantities[0]


def test_docbin_takes_analyses_and_texts() -> None:
    docbin = analyzer.to_docbin([analyzer.analyze(TEXT), TEXT, analyzer.analyze(TEXT, profile="none")])
    first, second, unprofiled = docbin.get_docs(analyzer.nlp().vocab)
    assert (first._.analysis.profile, unprofiled._.analysis.profile) == ("auto", "none")
    assert all_spans(first) == all_spans(second) == all_spans(analyzer.nlp()(TEXT))


def test_displacy_view_has_the_text_and_a_legend() -> None:
    doc = to_doc(TEXT.replace("《执法规范》", "<b>"))
    html = view(doc)._repr_html_()
    assert 'class="legend"' in html
    assert "不足" in html
    assert "&lt;" in html
    assert "<b>" not in html
    assert "ENU001" in view(doc, "findings")
    with pytest.raises(KeyError):
        view(doc, "nosuch")


def test_without_spacy_the_error_says_what_to_install() -> None:
    program = "import sys; sys.modules['spacy'] = None; import analyzer; analyzer.nlp()"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode
    assert 'pip install "analyzer[research]"' in run.stderr


def test_a_long_report_takes_no_longer_than_its_length() -> None:
    doc = Doc(analyzer.nlp().vocab, words=["甲", "。"] * 40_000, spaces=[False] * 80_000)
    assert doc._.audit
    start = perf_counter()
    annotate(doc)
    assert perf_counter() - start < 5, "token by token, spaCy takes minutes to set sentence starts"
    assert len(list(doc.sents)) == 40_000
