"""`analyzer audit`: the way from files through the rules to findings, less what is known of them already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from analyzer.cli.options import Jobs, Lang, Paths, known_folder, output_option
from analyzer.cli.outputs import folder_of, for_terminal, format_by_ending, opened
from analyzer.cli.running import configured, refused, run, tell_failures
from analyzer.render import FOLDERS, FORMATS, folder_writer, needs, writer

if TYPE_CHECKING:
    from analyzer.records import Audit, Failure


def _known_format(name: str | None) -> str | None:
    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"没有格式 {name}，可用的有：{'、'.join(FORMATS)} · no such format")
    return name


def audit(
    paths: Paths,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            callback=_known_format,
            help="输出格式，默认看 --output 的后缀，否则 terminal"
            f" · output format, by default as the ending of --output says: {', '.join(FORMATS)}",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        output_option(
            "写入这个文件；docx、html 有几份报告时写入文件夹"
            " · write to this file; docx and html of several reports: to a folder",
            dir_okay=True,
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="只用这些规则 · only these rules: ENU,STR004", show_default=False),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="不用这些规则 · without these rules", show_default=False),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"] | None,
        typer.Option(
            help="这一级起退出码为 1，默认 error · exit 1 from this severity on, by default error", show_default=False
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            callback=known_folder,
            help="不再列出这个文件里已有的发现 · leave out the findings that this file knows",
            show_default=False,
        ),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="把现有的发现写入基线 · write the findings into the baseline")
    ] = False,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="改好无须判断的标点，另存为 .fixed.txt · mend safe punctuation in a new .fixed.txt"),
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="auto|法治政府|信息公开|工作报告|none",
            help="按哪一类报告查应有的内容，默认看标题 · the kind of report to check against, by default as titled",
            show_default=False,
        ),
    ] = None,
    lang: Lang = "zh",
    jobs: Jobs = None,
) -> None:
    """审查报告，指出前后不一致的地方 · Audit reports: what does not agree, and where"""
    name = format or format_by_ending(output, FORMATS, "terminal")
    folder = folder_of(name, output, paths)
    for_terminal(name, output)
    config = configured(paths)
    from analyzer.batch import audit_file
    from analyzer.config import profiles
    from analyzer.ledger import write_ledger
    from analyzer.pipeline import audit_across
    from analyzer.render.known import corrections, notes
    from analyzer.rules import all_rules
    from analyzer.standing import fails, known_of, settle, updated

    with refused("--select/--ignore"):
        rules = config.rules(select or (), ignore or ())
    if profile is not None and profile not in profiles():
        raise typer.BadParameter(f"应为{'、'.join(profiles())}之一 · one of these", param_hint="--profile")
    with refused("--baseline"):
        known = known_of(config, baseline, update_baseline)
    work = partial(audit_file, rules=rules, profile=profile or config.profile, needs=needs(name))
    audits, failures = run(work, paths, jobs)
    audits = audit_across(audits, [all_rules()[code] for code in rules])
    if update_baseline and known.baseline:
        new = updated(known, known.baseline, audits)
        known = replace(known, baseline=new)
        with refused("--baseline"):
            write_ledger(new)
    audits = [settle(audit, known) for audit in audits]
    _write(audits, failures, name, output, folder, lang)
    with refused("--fix"):
        for line in (*notes(audits, known, paths, lang), *(corrections(audits, lang) if fix else ())):
            typer.echo(line, err=True)
    raise typer.Exit(2 if failures else int(fails(audits, fail_on or config.fail_on)))


def _write(
    audits: Sequence[Audit], failures: Sequence[Failure], name: str, output: Path | None, folder: Path | None, lang: str
) -> None:
    if folder:
        with refused("--output"):
            typer.echo(folder_writer(name)(audits, failures, folder, lang), err=True)
    elif audits or name not in FOLDERS:
        with opened(output) as stream:
            writer(name)(audits, failures, stream, lang)
    if name in FOLDERS:  # a file is of one report: it has no place for the others
        tell_failures(failures, "没有审查 · not audited")
