"""Reports as spaCy documents: our words as tokens, everything that was read out as span groups.

    nlp = analyzer.nlp()
    doc = nlp(text)
    [(span.text, span.label_, span._.record) for span in doc.spans["quantities"]]

Tokens are the words of `Analysis.words` with their tags in `token.tag_`; joined they are the text. A span covers every
token that its record touches: a record that begins or ends inside a word (a finding that quotes some characters of
context, an item inside a title) gives a span that much wider, under any tokenizer, and `span._.record` has the exact
offsets.

Span groups and sentence starts are stored with a document, and so is what its file said beyond the text (path, pages,
heading levels). They survive `n_process`, `DocBin` with `store_user_data=True` and `Doc.to_bytes`. `doc._.analysis`,
`doc._.audit` and `span._.record` do not travel: they are recomputed from the document where they are first asked for.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from analyzer.errors import MissingLibrary
from analyzer.notebook import Html, legend_of, with_legend
from analyzer.pipeline import analyze, audit
from analyzer.readers import report_of_text
from analyzer.records import Analysis, Audit, Paragraph, Part, Report
from analyzer.records import Span as Range

try:
    import spacy
    from spacy import displacy
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Span, SpanGroup
    from spacy.util import DummyTokenizer, registry
    from spacy.vocab import Vocab
except ImportError as error:
    raise MissingLibrary('没有安装 spaCy，请先运行 · spaCy is missing: pip install "analyzer[research]"') from error

Source = Analysis | Report | str | os.PathLike[str]


class Group(NamedTuple):
    """A span group: its records, and the label of each."""

    records: Callable[[Audit], Sequence[Range]]
    label: Callable[[Any], str]


GROUPS = {
    "sections": Group(lambda audit: audit.analysis.outline.sections, lambda section: f"level {section.level}"),
    "clauses": Group(lambda audit: audit.analysis.clauses, lambda clause: clause.role),
    "enumerations": Group(lambda audit: audit.analysis.enumerations, lambda enumeration: enumeration.style),
    "quantities": Group(lambda audit: audit.analysis.quantities, lambda quantity: quantity.kind),
    "measures": Group(lambda audit: audit.analysis.measures, lambda measure: measure.status),
    "shortcomings": Group(lambda audit: audit.analysis.shortcomings, lambda _: "shortcoming"),
    "citations": Group(lambda audit: audit.analysis.citations, lambda citation: citation.kind),
    "findings": Group(lambda audit: audit.findings, lambda finding: finding.rule),
}

_REPORT = "analyzer.report"  # key of Doc.user_data for what a Report knows beyond the text, as plain values
_TOKENIZER = "analyzer.words.v1"
_COMPONENT = "report_analysis"

_BEGINS, _NOT = 1, -1  # spaCy's values of SENT_START
_PAUSES = ("，", "：", ",", ":")
_AFTER_END = re.compile(r"(?:[”’」』）)》】\s]|\\r\\n|\\n)*")

_ANALYSES: WeakKeyDictionary[Doc, Analysis] = WeakKeyDictionary()
_AUDITS: WeakKeyDictionary[Doc, Audit] = WeakKeyDictionary()


@cache
def nlp() -> Language:
    """The Chinese pipeline of this project: its tokenizer and the component `report_analysis`. Made once."""
    made = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    made.add_pipe(_COMPONENT)
    return made


def to_doc(source: Source) -> Doc:
    """The document of one report, with all that its file says. Takes and raises what `analyze` does."""
    analysis = source if isinstance(source, Analysis) else analyze(source)
    doc = _doc_of(analysis, nlp().vocab)
    report = analysis.report
    doc.user_data[_REPORT] = {
        "path": report.path,
        "format": report.format,
        "paragraphs": [list(astuple(paragraph)) for paragraph in report.paragraphs],
        "profile": analysis.profile,
    }
    return annotate(doc)


def to_docbin(sources: Iterable[Source]) -> DocBin:
    """The documents of many reports, ready for `to_disk`. Takes and raises what `analyze` does, one at a time.

    `docbin.get_docs(analyzer.nlp().vocab)` gives them back.
    """
    docbin = DocBin(attrs=["TAG", "SENT_START"], store_user_data=True)
    for source in sources:
        docbin.add(to_doc(source))
    return docbin


def annotate(doc: Doc) -> Doc:
    """Sets the span groups, and the sentence starts where no other component has set them. Any tokenizer will do."""
    found = _audit(doc)
    for name, group in GROUPS.items():
        spans = [
            doc.char_span(
                record.start,
                record.end,
                label=group.label(record),
                span_id=f"{name}:{index}",
                alignment_mode="expand",
            )
            for index, record in enumerate(group.records(found))
        ]
        doc.spans[name] = SpanGroup(doc, name=name, spans=[span for span in spans if span])
    if not doc.has_annotation("SENT_START"):
        _set_sentences(doc, found.analysis)
    return doc


def view(doc: Doc, group: str = "clauses") -> Html:
    """What displaCy shows of one span group, with a legend: the last value of a notebook cell.

    Raises KeyError for a group that the document does not have.
    """
    legend = legend_of(span.label_ for span in doc.spans[group])
    options = {
        "spans_key": group,
        "colors": {label: colour for label, (_, colour) in legend.items()},
        "template": _DISPLACY,
        "top_offset": 30,
        "span_label_offset": 6,
    }
    return with_legend(displacy.render(doc, style="span", jupyter=False, options=options), legend.values())


class WordTokenizer(DummyTokenizer):
    """Text → Doc with the words of this project."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return _doc_of(_analysis_of(text), self.vocab)


def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """For `[nlp.tokenizer]` of a spaCy config: @tokenizers = "analyzer.words.v1"."""
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> WordTokenizer:
    return WordTokenizer(nlp.vocab)


@Language.factory(_COMPONENT, assigns=["doc.spans", "doc.sents"])
def make_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """For `add_pipe("report_analysis")`, which spaCy finds by the entry point."""
    return annotate


def _doc_of(analysis: Analysis, vocab: Vocab) -> Doc:
    words, tags = analysis.words.words, analysis.words.tags
    doc = Doc(vocab, words=list(words), spaces=[False] * len(words), tags=list(tags))
    _ANALYSES[doc] = analysis
    return doc


def _analysis(doc: Doc) -> Analysis:
    if doc not in _ANALYSES:
        known = doc.user_data.get(_REPORT)
        _ANALYSES[doc] = analyze(_report(doc.text, known), known["profile"]) if known else _analysis_of(doc.text)
    return _ANALYSES[doc]


def _analysis_of(text: str) -> Analysis:
    return analyze(report_of_text(text))


def _report(text: str, known: dict[str, Any]) -> Report:
    paragraphs = tuple(
        Paragraph(start, end, level, page, Part(part), cell and tuple(cell))
        for start, end, level, page, part, cell in known["paragraphs"]
    )
    return Report(known["path"], text, paragraphs, known["format"])


def _audit(doc: Doc) -> Audit:
    if doc not in _AUDITS:
        _AUDITS[doc] = audit(_analysis(doc))
    return _AUDITS[doc]


def _record(span: Span) -> Range | None:
    name, _, index = span.id_.partition(":")
    return GROUPS[name].records(_audit(span.doc))[int(index)] if name in GROUPS else None


def _set_sentences(doc: Doc, analysis: Analysis) -> None:
    """A sentence ends where a clause ends with 。！？； or with its line, and takes closing marks and space along."""
    starts = [token.idx for token in doc]
    begins: Any = np.full(len(starts), _NOT, dtype=np.int64)  # spaCy wants an array type of thinc
    begins[:1] = _BEGINS
    for clause in analysis.clauses:
        if not analysis.text.endswith(_PAUSES, clause.start, clause.end):
            after = _AFTER_END.match(analysis.text, clause.end)
            at = bisect_left(starts, after.end() if after else clause.end)
            if at < len(begins):
                begins[at] = _BEGINS
    doc.from_array(["SENT_START"], begins.astype(np.uint64))  # token by token costs quadratic time


# displaCy's own templates put line breaks around every token, gaps in a language that has none, and a label at the
# start of every span, wider than many a clause: the legend says it once.
_DISPLACY = {
    "span": '<span style="display:inline-block;position:relative;height:{total_height}px">'
    "{text}{span_slices}{span_starts}</span>",
    "slice": '<span style="background:{bg};top:{top_offset}px;height:4px;left:-1px;width:calc(100% + 2px);'
    'position:absolute"></span>',
    "start": '<span style="background:{bg};top:{top_offset}px;height:4px;left:-1px;width:calc(100% + 2px);'
    'position:absolute"></span>',
}

registry.tokenizers.register(_TOKENIZER, func=make_tokenizer)
# `force`: a notebook reloads modules
Doc.set_extension("analysis", getter=_analysis, force=True)
Doc.set_extension("audit", getter=_audit, force=True)
Span.set_extension("record", getter=_record, force=True)
