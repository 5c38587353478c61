"""TXT004: a word written twice by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.lexicon import load
from analyzer.records import Analysis, Check, Quote
from analyzer.rules import CONSISTENT, DOUBTFUL, inconsistent, rule

_LONG = re.compile(r"([\u4e00-\u9fff]{3,12}?)\1")
_TWO = re.compile(r"([\u4e00-\u9fff]{2})\1")
_CONNECTORS = re.compile(r"、(?:和|及|与|或|以及)、")
_AFTER_MARKER = re.compile(r"[）)、.．\d]$")  # a heading without a line's end: （一）加强宣传加强宣传是……


@rule("TXT004", "doubled-word", "warning")
def doubled_word(analysis: Analysis) -> Iterator[Check]:
    """词语重复 / A word written twice

    查什么：虚词重复（“的的”“了了”），两字以上的词语紧接着重复（“我们我们”“进一步进一步”），“、和、”。
    为什么：多是修改、粘贴时留下的，读起来不通。
    依据：文字校对的通行要求；现代汉语的重叠形式（词表见 lexicon/reduplication.toml）。
    不报：正常的重叠（常常、扎扎实实、研究研究、一件一件），两个词相接而成的重字（“目的的”“为了了解”“试点试验”），
        “落实落实再落实”一类的强调，地名人名里的重字。

    Checks: doubled function words (的的, 了了), words of two or more characters repeated at once, 、和、.
    Why: they are left over from editing and pasting.
    Source: proofreading practice; reduplication in modern Chinese (words in lexicon/reduplication.toml).
    Not flagged: reduplication (常常, 扎扎实实, 研究研究, 一件一件), characters that meet across a word border
        (目的的, 试点试验), emphasis (落实落实再落实), doubled characters in names.
    """
    text = analysis.text
    particles, words = _lexicon()
    for match in particles.finditer(text):
        yield _check(text, match) if match.lastindex else CONSISTENT
    for match in _TWO.finditer(text):
        if match.group(1) in words and not text.startswith(words[match.group(1)], match.end()):
            yield _check(text, match)
        elif match.group(1)[0] == "一":
            yield CONSISTENT
        else:
            yield DOUBTFUL  # 研究研究, 试点试验: only a dictionary of everything could tell
    for match in _LONG.finditer(text):
        if match.group(1)[0] in "一每几":
            yield CONSISTENT  # 一个节点一个节点推进
        elif _AFTER_MARKER.search(text, max(0, match.start() - 1), match.start()):
            yield DOUBTFUL
        else:
            yield _check(text, match)
    for match in _CONNECTORS.finditer(text):
        yield inconsistent(
            Quote.cut(text, *match.span()),
            f"“{match.group()[1:-1]}”两边都有顿号。连接最后一项时，用顿号或用“{match.group()[1:-1]}”，只留一个。",
            f"Both 、 and {match.group()[1:-1]} join the items here: keep one of them.",
        )


def _check(text: str, match: re.Match[str]) -> Check:
    word = match.group()[: len(match.group()) // 2]
    return inconsistent(
        Quote.cut(text, *match.span()),
        f"“{word}”连写了两遍，多半是多出来的，请删去一个。",
        f"{word} is written twice in a row: delete one.",
        word=word,
    )


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """The doubled particles (group 1 where it is a fault), and the doubled words with what may follow them."""
    lexicon = load("reduplication")
    faults, doubled = [], []
    for entry in lexicon["particles"]:
        twice = entry["word"] * 2
        behind = f"(?<![{entry['after']}{entry['word']}])" if entry["after"] else f"(?<!{entry['word']})"
        ahead = "|".join([entry["word"], *entry["before"]])
        faults.append(f"{behind}{twice}(?!{ahead})")
        doubled.append(twice)
    pattern = re.compile(rf"(?=[{''.join(twice[0] for twice in doubled)}])(?:({'|'.join(faults)})|{'|'.join(doubled)})")
    words = {word: tuple(entry["before"]) for entry in lexicon["words"] for word in entry["words"]}
    return pattern, words
