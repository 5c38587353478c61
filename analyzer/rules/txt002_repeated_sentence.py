"""TXT002: the same sentence twice in one report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from analyzer.records import Analysis, Check, Part, Quote, Related, Span
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")  # what ends a line without a mark is no sentence
_HAN = "[一二三四五六七八九十]{1,3}"
_MARKER = re.compile(
    rf"[\s　”’]*(?:{_HAN}[是、]|第{_HAN}[，、]|[（(](?:{_HAN}|\d{{1,2}})[）)]|\d{{1,2}}[.．、](?!\d)|[①-⑳])?[\s　]*"
)
_ENDS = "。！？；"
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"[^，。：:]{1,8}[：:]")  # 责任单位：…… stands under every item of a list
_FORMAL = re.compile(r"如下|以下|现将|下列")
_QUOTED = re.compile(r"[“‘《][^“”‘’《》]*[”’》]?[。！？；]\Z")
_GLOSSARY = re.compile(r"\n[※*#（(【\s]*(?:有关)?(?:名词|词语|用语|术语)(?:解释|注释|说明)")
_SHORT = 14  # characters without punctuation: what is shorter may well be said twice
_SHORT_WITH_FIGURES = 24  # 人口自然增长率控制在6.5‰以下 is once the target and once the result
_TWICE = 2  # three times is a refrain
_OPENS = "。！？；”’：\n 　"  # before a sentence; anything else is a list marker's end ("" at the text's beginning too)
_FAR = 500  # characters looked back for the period that a paragraph is about
_GAP = 6  # a list marker between two sentences


@rule("TXT002", "repeated-sentence", "info")
def repeated_sentence(analysis: Analysis) -> Iterator[Check]:
    """同一句话出现两次 / The same sentence twice in one report

    查什么：除标点外一字不差的句子（14字以上）是否在正文里出现两次；相连的几句一起重复，只报一处。
    为什么：多是拼接、粘贴时留下的；有的是总结部分的话原样搬进了计划部分。
    依据：文字校对的通行要求；《党政机关公文格式》对内容没有这样的规定，所以只作提示。
    不报：标题、表格、注释和名词解释；书名和引语；“现将情况报告如下”“责任单位：”一类格式用语；
        只有数字不同的句子；同一指标的目标和结果；正文说过、又列入清单的事项；五年回顾与上年回顾；
        出现三次以上、有意反复的话。

    Checks: whether a sentence of 14 or more characters stands twice in the body, alike but for punctuation; several in
        a row are one finding.
    Why: it is left over from pasting, or a sentence of the review was carried into the plan.
    Source: proofreading practice; no standard forbids it, so it is for information.
    Not flagged: headings, tables, notes and glossaries; quotations; set phrases (现将情况报告如下, 责任单位：);
        sentences that differ in a figure; an indicator's target and result; what a numbered list takes up again; a
        review of five years beside one of a year; what is said three times on purpose.
    """
    groups: dict[str, list[Quote]] = defaultdict(list)
    for words, sentence in _sentences(analysis):
        groups[words].append(sentence)
    pairs = []
    for places in groups.values():
        if len(places) == 1:
            yield CONSISTENT
        elif len(places) > _TWICE or _on_purpose(analysis.text, *places):
            yield DOUBTFUL
        else:
            pairs.append((places[0], places[1]))
    for first, second in _joined(analysis.text, pairs):
        yield inconsistent(
            second,
            "这句话前面已经写过，一字不差。请核对：如是多余，删去一处；如两处说的不是一件事，请改写其中一处。",
            "The same words stand earlier in the report. Delete one, or rewrite it where it speaks of something else.",
            [Related.of(first, role="previous")],
        )


def _sentences(analysis: Analysis) -> Iterator[tuple[str, Quote]]:
    """The sentences of the body that are long enough to be compared, without their list markers, after their words."""
    text = analysis.text
    glossary = _GLOSSARY.search(text)
    skipped = _left_out(analysis)
    starts = [span.start for span in skipped]
    for match in _SENTENCE.finditer(text, 0, glossary.start() if glossary else len(text)):
        if match.end() - match.start() <= _SHORT or text[match.end() - 1] not in _ENDS:
            continue
        marker = _MARKER.match(text, *match.span())
        start = marker.end() if marker else match.start()
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < skipped[at].end:
            continue
        sentence = Quote.cut(text, start, match.end())
        words = _SIGNS.sub("", sentence.quote)
        if len(words) >= (_SHORT_WITH_FIGURES if _DIGIT.search(words) else _SHORT) and not (
            _LABEL.match(sentence.quote) or _FORMAL.search(words) or _QUOTED.match(sentence.quote)
        ):
            yield words, sentence


def _on_purpose(text: str, first: Quote, second: Quote) -> bool:
    """Whether one place is a list that takes up the other, or looks back on five years and the other on one."""
    lists = [text[place.start - 1 : place.start] not in _OPENS for place in (first, second)]
    before = [text[max(0, place.start - _FAR) : place.start].rpartition("\n")[2] for place in (first, second)]
    five = ["五年" in words for words in before]
    return lists[0] != lists[1] or five[0] != five[1]


def _left_out(analysis: Analysis) -> list[Span]:
    """Headings, tables and notes, in text order."""
    spans = [Span(section.start, section.end) for section in analysis.outline.sections]
    spans += [Span(each.start, each.end) for each in analysis.report.paragraphs if each.part is not Part.BODY]
    return sorted(spans, key=lambda span: span.start)


def _joined(text: str, pairs: list[tuple[Quote, Quote]]) -> Iterator[tuple[Quote, Quote]]:
    """The pairs, with those that follow each other in both places made one."""
    for number, (first, second) in enumerate(pairs):
        if number and _follows(text, pairs[number - 1], (first, second)):
            continue
        last = number
        while last + 1 < len(pairs) and _follows(text, pairs[last], pairs[last + 1]):
            last += 1
        yield Quote.cut(text, first.start, pairs[last][0].end), Quote.cut(text, second.start, pairs[last][1].end)


def _follows(text: str, pair: tuple[Quote, Quote], after: tuple[Quote, Quote]) -> bool:
    return all(
        one.end <= other.start <= one.end + _GAP and "\n" not in text[one.end : other.start]
        for one, other in zip(pair, after, strict=True)
    )
