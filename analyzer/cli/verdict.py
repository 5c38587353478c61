"""`analyzer verdict`: a person's judgement of a finding, kept for later audits."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from analyzer.cli.options import Lang
from analyzer.cli.running import configured, refused


def verdict(
    path: Annotated[str, typer.Argument(metavar="PATH", help="报告 · the report", show_default=False)],
    fingerprint: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="audit 在位置后面显示的代号 · the id that audit shows behind the place",
            show_default=False,
        ),
    ],
    verdict: Annotated[
        Literal["right", "wrong", "accepted"],
        typer.Argument(
            help="属实、误报、属实但不改 · right, a false alarm, right but left as it is", show_default=False
        ),
    ],
    note: Annotated[str, typer.Option(help="理由 · the reason", show_default=False)] = "",
    lang: Lang = "zh",
) -> None:
    """记下对一处发现的判断，以后的审查照此办理 · Keep a person's judgement of a finding for all later audits"""
    config = configured([path])
    from analyzer.batch import audit_file
    from analyzer.ledger import entry_of, write_ledger
    from analyzer.render.known import judged_line
    from analyzer.standing import finding_of, known_of

    with refused("PATH ID"):
        verdicts = known_of(config).verdicts
        finding = finding_of(audit_file(path, config.rules()), fingerprint)
        entry = entry_of(finding, path, verdicts.file, verdict, note)
        write_ledger(verdicts.with_entries([entry]))
    typer.echo(judged_line(finding, entry, verdicts.file, lang))
