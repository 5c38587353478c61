"""The command line: parse, call, write. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from analyzer.options import (
    AuditOutput,
    Codes,
    Jobs,
    Kind,
    Lang,
    Output,
    Paths,
    compared_as,
    for_terminal,
    format_by_ending,
    known_folder,
    known_format,
    show_version,
)
from analyzer.render import EXTRACTS, FOLDERS, FORMATS, extractor, folder_writer, needs, writer
from analyzer.running import configured, folder_of, opened, refused, run

_EPILOG = """
[bold]例 · Examples[/]

analyzer audit 报告.docx — 审查一份报告 · audit one report

analyzer audit 文件夹 --output 结果.txt — 审查整个文件夹 · audit a folder

analyzer audit 文件夹 --select ENU,STR004 — 只用几条规则 · some rules only

analyzer audit 文件夹 --baseline 基线.json — 只看新的发现 · new findings only

analyzer verdict 报告.docx 3fa4c1d wrong — 判定一处发现 · judge a finding

analyzer rules ENU001 — 这条规则查什么 · what a rule does

analyzer serve --open — 在浏览器中使用 · in the browser

[bold]退出码 · Exit status[/]

0 没有发现 · nothing found

1 有“错误”级的发现（级别见 --fail-on）· findings of that severity

2 用法有误，或有文件没有审查 · usage, or a file that could not be read
"""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)


@app.callback()
def _analyzer(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, help="显示版本 · show the version")
    ] = False,
) -> None:
    """政府工作报告自查：说的、列的、算的，前后对得上吗 · Does a Chinese government work report agree with itself?"""


@app.command()
def audit(
    paths: Paths,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            callback=known_format,
            help="输出格式，默认看 --output 的后缀，否则 terminal"
            f" · output format, by default as the ending of --output says: {', '.join(FORMATS)}",
            show_default=False,
        ),
    ] = None,
    output: AuditOutput = None,
    select: Annotated[
        Codes, typer.Option(metavar="CODES", help="只用这些规则 · only these rules: ENU,STR004", show_default=False)
    ] = None,
    ignore: Annotated[
        Codes, typer.Option(metavar="CODES", help="不用这些规则 · without these rules", show_default=False)
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
    from analyzer.records import Severity
    from analyzer.render.known import corrections, notes
    from analyzer.rules import all_rules
    from analyzer.standing import known_of, settle, updated

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
    if folder:
        with refused("--output"):
            typer.echo(folder_writer(name)(audits, failures, folder, lang), err=True)
    elif audits or name not in FOLDERS:
        with opened(output) as stream:
            writer(name)(audits, failures, stream, lang)
    for failure in failures if name in FOLDERS else ():
        typer.echo(f"没有审查 · not audited: {failure.path}：{failure.error}", err=True)
    with refused("--fix"):
        for line in (*notes(audits, known, paths, lang), *(corrections(audits, lang) if fix else ())):
            typer.echo(line, err=True)
    level = fail_on or config.fail_on
    severities = [] if level == "never" else list(Severity)[: list(Severity).index(Severity(level)) + 1]
    found = any(finding.severity in severities for audit in audits for finding in audit.findings)
    raise typer.Exit(2 if failures else int(found))


@app.command()
def extract(
    paths: Paths,
    what: Annotated[
        Kind | None,
        typer.Option(
            help="要哪一类，默认 json 全部、xlsx 每类一张表、csv 和 parquet 数量"
            " · which kind; by default json: all, xlsx: a sheet a kind, csv and parquet: quantities",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Literal["json", "csv", "xlsx", "parquet"] | None,
        typer.Option(
            "--format",
            "-f",
            help="输出格式，默认看 --output 的后缀，否则 json"
            " · output format, by default as the ending of --output says, else json",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    jobs: Jobs = None,
) -> None:
    """读出举措、数量、不足、章节等，供表格和其他程序使用 · Read out measures, quantities … for tables and programs"""
    configured(paths)
    name = format or format_by_ending(output, EXTRACTS, "json")
    for_terminal(name, output)
    with refused("--format"):
        chosen = extractor(name)
    kinds = (what,) if what else chosen.default_kinds
    reports, failures = run(partial(_extracted, format=name, kinds=kinds), paths, jobs)
    with opened(output) as stream:
        chosen.write_extracted(reports, failures, stream, kinds)
    for failure in failures if name != "json" else ():
        typer.echo(f"没有读成 · not read: {failure.path}：{failure.error}", err=True)
    raise typer.Exit(2 if failures else 0)


@app.command()
def corpus(
    paths: Paths,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="写入这个文件夹，--engine dask 时也可以是网址 · write into this folder; with --engine dask also a URL",
            show_default=False,
        ),
    ],
    engine: Annotated[
        Literal["local", "dask"],
        typer.Option(help="在本机做，或交给 Dask 集群分部分写入 · here, or by a Dask cluster, in parts"),
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="集群的地址，如 tcp://10.0.0.1:8786，默认在本机启动 · by default one is started here",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
) -> None:
    """把许多报告读成表格（Parquet），供比较和分析 · Read many reports into tables (Parquet) to compare and analyse"""
    if scheduler and engine == "local":
        raise typer.BadParameter("只用于 --engine dask · only with --engine dask", param_hint="--scheduler")
    urls = [path for path in (*paths, output) if "://" in path]
    if urls and engine == "local":
        raise typer.BadParameter(
            f"网址要用 --engine dask · a URL needs --engine dask: {urls[0]}", param_hint="--engine"
        )
    config = configured([path for path in paths if path not in urls])
    from analyzer.corpus import Corpus
    from analyzer.corpus.cluster import spread

    options: dict[str, Any] = {"jobs": jobs, "rules": config.rules(), "profile": config.profile}
    with refused("--output"):
        if engine == "dask":
            result = spread(paths, output, scheduler, **options)
            reports, failures = result.reports, result.failures
            typer.echo(f"共{result.parts}部分，其中{result.before}部分以前做好 · parts, of which done before", err=True)
        else:
            read = Corpus.read(paths, **options)
            read.save(output)
            reports, failures = len(read), read.failed
    typer.echo(f"{reports:,}份报告写入 · reports written to {output}", err=True)
    for failure in failures:
        typer.echo(f"没有读成 · not read: {failure.path}：{failure.error}", err=True)
    raise typer.Exit(2 if failures else 0)


@app.command()
def compare(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="DIR…", help="几个单位、几年的报告：文件或文件夹 · reports: files or folders", show_default=False
        ),
    ],
    previous: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DIR",
            help="上一年报告的文件夹，报告自己写明年份的不用给"
            " · folder of the year before; not needed where reports say their year",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            dir_okay=False,
            callback=known_folder,
            metavar="FILE.html|FILE.xlsx",
            help="写成一个网页或一个工作簿，默认只在屏幕上列出要点"
            " · write a page or a workbook; by default only the main points are shown",
            show_default=False,
        ),
    ] = None,
    lang: Lang = "zh",
    jobs: Jobs = None,
) -> None:
    """几个单位、几年的报告放在一起比：指标、抄用、去年的承诺 · Compare places and years: figures, copies, promises"""
    config = configured(paths)
    name = compared_as(output)
    from analyzer.compare.comparison import compare as compared
    from analyzer.corpus import Corpus
    from analyzer.readers import find_reports
    from analyzer.render.compare_page import compare_page
    from analyzer.render.compare_summary import write_summary

    with refused("DIR"):
        corpus = Corpus.read([*paths, *(previous or ())], jobs, rules=config.rules(), profile=config.profile)
        for failure in corpus.failed:
            typer.echo(f"没有读成 · not read: {failure.path}：{failure.error}", err=True)
        if len(corpus) < 2:
            raise typer.BadParameter(f"至少要两份报告，这里有{len(corpus)}份 · needs two reports", param_hint="DIR")
        comparison = compared(corpus, [str(path) for path in find_reports(previous or ())[0]])
    if output is None:
        write_summary(comparison, sys.stdout, lang)
    else:
        with refused("--output"):
            if name == "xlsx":
                from analyzer.render.compare_book import compare_book

                output.write_bytes(compare_book(comparison, lang))
            else:
                output.write_bytes(compare_page(comparison, lang).encode("utf-8", "replace"))
    raise typer.Exit(2 if corpus.failed else 0)


@app.command()
def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR",
            help="有 text/*.txt 和标注的文件夹 · folder with text/*.txt and annotations",
            show_default=False,
        ),
    ],
    format: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="输出格式 · output format")
    ] = "terminal",
    lang: Lang = "zh",
) -> None:
    """用标注过的报告评测读得准不准 · Precision, recall and F1 on reports that people annotated"""
    configured([str(folder)])
    from analyzer.evaluate import evaluate as evaluated
    from analyzer.render.evaluation import write, write_json

    with refused("GOLD_DIR"):
        evaluation = evaluated(folder)
    if format == "json":
        write_json(evaluation, sys.stdout)
    else:
        write(evaluation, sys.stdout, lang)


@app.command()
def rules(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE…]", help="规则编号，如 ENU001 · codes", show_default=False)
    ] = None,
    format: Annotated[
        Literal["terminal", "md"], typer.Option("--format", "-f", help="输出格式 · output format")
    ] = "terminal",
    lang: Lang = "zh",
) -> None:
    """列出全部规则，或说明其中几条 · List the rules, or explain some of them"""
    config = configured([])
    from analyzer.render.rule_reference import write_reference
    from analyzer.render.rulebook import write_pages, write_table
    from analyzer.rules import choose
    from analyzer.standing import known_of, precision

    with refused("CODE"):
        chosen = choose(codes or ())
        judged = precision(known_of(config).verdicts)
    if format == "md":
        write_reference(chosen, sys.stdout, lang)
    else:
        (write_pages if codes else write_table)(chosen, sys.stdout, lang, judged)


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口，0 为任意空闲的 · port, 0 for any free one")] = 8000,
    open: Annotated[bool, typer.Option("--open", help="在浏览器中打开 · open it in the browser")] = False,
) -> None:
    """在浏览器中使用：拖入报告、看结果、下载，只在本机 · A page to drop reports on, on this machine only"""
    config = configured([])
    from analyzer.serve import serve as served

    def ready(address: str) -> None:
        typer.echo(f"请在浏览器中打开 · open in a browser: {address}\n按 Ctrl+C 结束 · Ctrl+C ends it")
        if open:
            webbrowser.open(address)

    with refused("--port"):
        served(port, config, ready)


@app.command()
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


def main() -> None:
    """Entry point of the `analyzer` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console without a character shows ? instead of an error
    app()


def _extracted(path: str, format: str, kinds: tuple[str, ...]) -> Any:
    from analyzer.pipeline import analyze
    from analyzer.readers import read

    return extractor(format).extracted(analyze(read(path)), kinds)
