"""What a person sees: the spot under its words at any width, every place quoted, the checks counted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from analyzer.pipeline import audit
from analyzer.readers import report_of_text
from analyzer.records import Analysis, Check, Failure, Quote, Related
from analyzer.render import BINARY, FORMATS, writer
from analyzer.render.excerpt import excerpt, fold
from analyzer.render.words import ROLES, WORDS
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

TEXT = """云水乡2023年法治政府建设工作总结
2023年，云水乡认真落实县委决策部署,扎实推进法治政府建设。现将工作情况总结如下。
一、工作成效
一年来，云水乡坚持把法治宣传教育摆在突出位置，利用赶集日、农闲时、“6·26”国际禁毒日等时间节点，组织干部走村入户。
二、存在的不足
一年来虽然取得了一定成绩，但是对照上级要求和群众期盼还有差距，主要表现在两个方面：一是宣传形式不够多样，群众参与的积极性不高；二是执法力量较为薄弱；三是制度落实不够到位。
"""


@rule("ENU901", "declared-count", "error")
def declared(analysis: Analysis) -> Iterator[Check]:
    """自己写的规则 / A rule of one's own"""
    text = analysis.text
    at = text.find("两个方面")
    if at < 0:
        yield CONSISTENT
        return
    items = [Related.cut(text, *match.span(), role="item") for match in re.finditer("[一二三]是[^；。]+[；。]", text)]
    declared = Quote.cut(text, at, at + 4)
    yield inconsistent(declared, "宣布“两个方面”（2项），后面列出3项。", "Announces 2 but lists 3.", items, listed=3)


@rule("TXT901", "punctuation", "warning")
def punctuation(analysis: Analysis) -> Iterator[Check]:
    """自己写的规则 / A rule of one's own"""
    yield DOUBTFUL
    for match in re.finditer(",.*", analysis.text):
        quote = Quote.cut(analysis.text, *match.span())
        yield inconsistent(quote, "这里用了半角逗号“,”，请改为“，”。" * 3, "A half-width comma. " * 6)


RULES = [declared, punctuation]
CHARACTERS = st.text(st.sampled_from("云水乡，。a1 \t\u3000“…①é𠅤\u200b\x07"), max_size=120)


def shown(text: str = TEXT, width: int = 80, lang: str = "zh", failures: tuple[Failure, ...] = ()) -> str:
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        writer("terminal")([audit(report_of_text(text, "云水乡.txt"), RULES)], failures, stream, lang)
    return stream.getvalue()


@pytest.mark.parametrize(("width", "lang"), [(80, "zh"), (120, "zh"), (80, "en")])
def test_looks(snapshot: SnapshotAssertion, width: int, lang: str) -> None:
    output = shown(width=width, lang=lang, failures=(Failure("坏.docx", "文件已损坏。请重新下载。"),))
    assert output == snapshot
    assert all(cell_len(line) <= width for line in output.splitlines())


def test_a_clean_report(snapshot: SnapshotAssertion) -> None:
    assert shown(TEXT.replace("两个", "三个").replace(",", "，")) == snapshot


def test_the_spot_is_marked_under_its_words() -> None:
    lines = shown().splitlines()
    number = next(number for number, line in enumerate(lines) if "^" in line and "│" in lines[number - 1])
    for number, line in enumerate(lines):
        if "^" in line:
            marked = lines[number - 1]
            before = cell_len(line[: line.index("^")])
            at = next(index for index in range(len(marked)) if cell_len(marked[:index]) == before)
            spot = next(index for index in range(at, len(marked) + 1) if cell_len(marked[at:index]) == line.count("^"))
            assert marked[at:spot] in TEXT


def test_a_page_is_named_where_the_format_has_pages() -> None:
    found = audit(TEXT, RULES)
    report = found.analysis.report
    paged = replace(report, paragraphs=tuple(replace(each, page=7) for each in report.paragraphs))
    stream = io.StringIO()
    writer("terminal")([replace(found, analysis=replace(found.analysis, report=paged))], [], stream, "zh")
    assert "  2:20 第7页  " in stream.getvalue()


@given(CHARACTERS, CHARACTERS, CHARACTERS, st.integers(12, 60))
def test_excerpt_shows_the_spot_and_fits(before: str, spot: str, after: str, width: int) -> None:
    text = f"上一行\n{before}{spot}{after}\n下一行"
    start = 4 + len(before)
    words, mark, stop = found = excerpt(text, start, start + len(spot), width)
    assert cell_len(words) <= width
    assert cell_len(found.underline()) <= width + 1
    assert "上" not in words
    assert "下" not in words
    plain = str.maketrans("\t\u200b\x07", "   ")
    assert spot.translate(plain).startswith(words[mark:stop])
    assert words[mark:stop] or not spot
    if cell_len(spot.translate(plain)) <= width - 2:
        assert words[mark:stop] == spot.translate(plain)


def test_excerpt_of_an_endless_line_is_short() -> None:
    text = "云水乡" * 10_000
    words, mark, stop = excerpt(text, 15_000, 15_003, 40)
    assert words[mark:stop] == "云水乡"
    assert words.startswith("…")
    assert words.endswith("…")
    assert 38 <= cell_len(words) <= 40


@given(CHARACTERS, st.integers(10, 60))
def test_fold_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = fold(text, width)
    plain = text.translate(str.maketrans("\u200b\x07", "  "))
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(cell_len(line) <= width for line in lines)


def test_fold_cuts_no_number_and_begins_no_line_with_a_mark() -> None:
    assert fold("全年调解纠纷1234件，宣传", 18) == ["全年调解纠纷", "1234件，宣传"]
    assert fold("全年调解纠纷，宣传", 16) == ["全年调解纠纷，", "宣传"]
    assert fold("two words", 11) == ["two", "words"]


def test_both_languages_have_all_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    assert ROLES["zh"].keys() == ROLES["en"].keys()


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in BINARY])
def test_every_format_of_text_writes(name: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    writer(name)([audit(TEXT)], [Failure("坏.docx", "文件已损坏。")], stream, "zh")
    stream.seek(0)
    assert "两个方面" in stream.read()
