"""`analyzer corpus`: many reports into tables on disk, here or by a Dask cluster."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from analyzer.cli.options import Jobs, Paths
from analyzer.cli.running import configured, refused, tell_failures


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
    tell_failures(failures)
    raise typer.Exit(2 if failures else 0)
