from analyzer.records import Enumeration, Outline, Report


def find_enumerations(report: Report, outline: Outline) -> tuple[Enumeration, ...]:
    return ()
