"""`analyzer serve`: a page in the browser on which files are dropped and audited. A newcomer starts at app.py.

The page, the worker processes and all files stay on this machine: the server listens on 127.0.0.1 alone, and there is
no option to change that. Whoever wants it on a network puts a proxy with encryption and passwords before it.

    app.py        who asks for what           work.py, results.py   what worker processes do
    auditing.py   from upload to audit        guard.py, limits.py   what is refused
    sessions.py   one page's files            leftovers.py          what a killed server has left
    pages.py      the page itself             names.py              names of uploads
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from shutil import rmtree

from analyzer.config import Config
from analyzer.errors import PortTaken
from analyzer.libraries import library
from analyzer.serve.leftovers import HOST, private_folder


def serve(port: int, config: Config, ready: Callable[[str], None]) -> None:
    """Serves on 127.0.0.1 until Ctrl+C; calls `ready` with the address. `port` 0 takes any free one.

    Of `config` hold the rules that it chooses, the profile and the lexicon: what it says of paths is of no upload.

    Raises MissingLibrary without the extra `web`, and PortTaken.
    """
    uvicorn = library("uvicorn", "web")
    library("starlette", "web")
    from analyzer.serve.app import application

    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        what = f"端口 {port} 用不了，可能已有程序在用，请另选一个 · cannot be used, choose another: {error.strerror}"
        raise PortTaken(what) from None
    with listener:
        port = listener.getsockname()[1]
        root = private_folder(port)
        try:
            _end_in_order()
            settings = uvicorn.Config(
                application(root, config),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                limit_concurrency=200,
                timeout_graceful_shutdown=2,
            )
            ready(f"http://{HOST}:{port}/")  # who comes now waits in the queue
            uvicorn.Server(settings).run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            rmtree(root, ignore_errors=True)


def _end_in_order() -> None:
    """Lets the server end as on Ctrl+C when it is asked to, or when its terminal is closed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # while uvicorn does not listen to it
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
