"""`analyzer serve`: the page in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from analyzer.cli.running import configured, refused


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口，0 为任意空闲的 · port, 0 for any free one")] = 8000,
    open: Annotated[bool, typer.Option("--open", help="在浏览器中打开 · open it in the browser")] = False,
) -> None:
    """在浏览器中使用：拖入报告、看结果、下载，只在本机 · A page to drop reports on, on this machine only"""
    config = configured([])
    import webbrowser

    from analyzer.serve import serve as served

    def ready(address: str) -> None:
        typer.echo(f"请在浏览器中打开 · open in a browser: {address}\n按 Ctrl+C 结束 · Ctrl+C ends it")
        if open:
            webbrowser.open(address)

    with refused("--port"):
        served(port, config, ready)
