"""Set pieces: where they open, and how long they last."""

from __future__ import annotations

from analyzer.clauses import find_clauses
from analyzer.extract.scenes import find_scenes, scenes
from analyzer.readers import report_of_text

TEXT = (
    "新建学校2所。在此，我代表县政府，表示感谢！修路3公里。\n"
    "今年工作的总体要求是：坚持稳中求进，推动发展。\n"
    "主要预期目标是：收入增长6%，投资增长8%。\n"
    "实践证明，只有改革才有出路。\n"
    "新建学校4所。\n"
)


def test_where_set_pieces_open_and_end() -> None:
    clauses = find_clauses(report_of_text(TEXT))
    names = ("", *scenes())
    found = [
        (TEXT[clause.start : clause.end].strip(), names[scene])
        for clause, scene in zip(clauses, find_scenes(TEXT, clauses), strict=True)
    ]
    assert found == [
        ("新建学校2所。", ""),
        ("在此，", "thanks"),
        ("我代表县政府，", "thanks"),
        ("表示感谢！", "thanks"),
        ("修路3公里。", ""),
        ("今年工作的总体要求是：", "guiding"),
        ("坚持稳中求进，", "guiding"),
        ("推动发展。", "guiding"),
        ("主要预期目标是：", "targets"),
        ("收入增长6%，", "targets"),
        ("投资增长8%。", "targets"),
        ("实践证明，", "lessons"),
        ("只有改革才有出路。", "lessons"),
        ("新建学校4所。", ""),
    ]
