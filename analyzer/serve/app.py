"""The web application: who asks for what. What is done about it stands in auditing.py and results.py.

    GET  /                            the page
    POST /s                           a new session → {"token"}
    GET  /s/TOKEN                     its files and how far they are; the page asks again and again
    POST /s/TOKEN/leave               the page is being closed
    POST /s/TOKEN/clear               removes all now
    POST /s/TOKEN/files?name=         a file, as the body
    GET  /s/TOKEN/page/NUMBER         the page of a report
    GET  /s/TOKEN/findings            which rule found how much in which report
    GET  /s/TOKEN/compare             the page that compares what the reports say, from two reports on
    GET  /s/TOKEN/download/NUMBER     a download, ?format=docx|html|xlsx; NUMBER 0 for all reports

Each takes ?lang=en for English.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anyio import BrokenWorkerProcess, CapacityLimiter, to_process
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from analyzer.config import Config
from analyzer.cores import cores
from analyzer.serve import pages, work
from analyzer.serve.auditing import Serving, TooMuch, run, take
from analyzer.serve.guard import HOSTS, REPORT, guarded
from analyzer.serve.limits import Limits
from analyzer.serve.sessions import DONE, FAILED, Item, Session, Sessions

_SWEEP_SECONDS = 1


def application(root: Path, config: Config, limits: Limits | None = None) -> ASGIApp:
    """The application. It writes below `root` alone, and leaves nothing there when it ends."""
    limits, workers = limits or Limits(), cores()
    serving = Serving(Sessions(root, limits, workers), limits, config, CapacityLimiter(1))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        background = [asyncio.create_task(_swept(serving.sessions)), asyncio.create_task(_warmed(serving, workers))]
        yield
        for task in background:
            task.cancel()
        await serving.sessions.drop_all()

    app = Starlette(
        routes=[
            Route("/", _page),
            Route("/style.css", _style),
            Route("/script.js", _script),
            Route("/s", _create, methods=["POST"]),
            Route("/s/{token}", _state),
            Route("/s/{token}/leave", _leave, methods=["POST"]),
            Route("/s/{token}/clear", _clear, methods=["POST"]),
            Route("/s/{token}/files", _upload, methods=["POST"]),
            Route("/s/{token}/page/{number:int}", _report),
            Route("/s/{token}/findings", _findings),
            Route("/s/{token}/compare", _compare),
            Route("/s/{token}/download/{number:int}", _download),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
        lifespan=lifespan,
    )
    app.state.serving = serving
    return guarded(app)  # around all, so that answers to our own faults have the headers too


async def _swept(sessions: Sessions) -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        await sessions.drop_idle()


async def _warmed(serving: Serving, workers: int) -> None:
    """Makes one worker ready before a file is there, first for audits: a file that comes goes before the rest.

    The others start when they are needed: together all would be ready later, and the first file waits for one.
    """
    with suppress(BrokenWorkerProcess):  # the first audit will say so
        for warm in (work.warm_audits, work.warm_results):
            async with serving.workers:
                await to_process.run_sync(warm, cancellable=True)
    serving.workers.total_tokens = workers


# --- the page ---------------------------------------------------------------------------------------------------------


async def _page(request: Request) -> Response:
    return HTMLResponse(pages.page(_lang(request), _serving(request).limits))


async def _style(request: Request) -> Response:
    return Response(pages.style(), media_type="text/css")


async def _script(request: Request) -> Response:
    return Response(pages.script(), media_type="text/javascript")


# --- sessions and uploads ---------------------------------------------------------------------------------------------


async def _create(request: Request) -> Response:
    session = _serving(request).sessions.create()
    if session is None:
        raise HTTPException(503, "打开的页面太多，请关掉几个 · too many open pages")
    return JSONResponse({"token": session.token}, 201)


async def _state(request: Request) -> Response:
    return JSONResponse(_told(_session(request)))


async def _leave(request: Request) -> Response:
    _serving(request).sessions.leave(_session(request))
    return Response(status_code=204)


async def _clear(request: Request) -> Response:
    await _serving(request).sessions.drop(_session(request))
    return Response(status_code=204)


async def _upload(request: Request) -> Response:
    serving, session = _serving(request), _session(request)
    declared = request.headers.get("content-length", "")
    try:
        if declared.isdecimal() and int(declared) > serving.limits.file_bytes:
            raise TooMuch("file")
        item = await take(serving, session, request.query_params.get("name", ""), request.stream())
    except TooMuch as error:
        raise HTTPException(404 if error.args[0] == "gone" else 413, str(error)) from None
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    return JSONResponse({"number": item.number, **_told(session)}, 201)


def _told(session: Session) -> dict[str, Any]:
    """What the page shows of a session."""
    files = [
        {
            "number": item.number,
            "name": item.name,
            "state": item.state,
            "error": item.error,
            "summary": asdict(item.summary) if item.summary else None,
        }
        for item in session.items.values()
    ]
    return {"files": files, "busy": session.busy()}


# --- results ----------------------------------------------------------------------------------------------------------


async def _report(request: Request) -> Response:
    session, lang = _session(request), _lang(request)
    item = _done(request, session)
    others = session.done() if item.number in session.compared else []
    links = {other.name: f"{other.number}?lang={lang}" for other in others}
    index = f"../findings?lang={lang}" if "from" in request.query_params else ""
    out, _ = await _made(request, "report_page", session.kept(item), lang, links, index)
    return await _shown(out)


async def _findings(request: Request) -> Response:
    session, lang = _session(request), _lang(request)
    items = _all_done(session)
    links = {item.name: f"page/{item.number}?lang={lang}&from=findings" for item in items}
    kept = [session.kept(item) for item in items]
    out, _ = await _made(request, "findings_page", kept, _unread(session), lang, links)
    return await _shown(out)


async def _compare(request: Request) -> Response:
    session = _session(request)
    if len(items := session.done()) < 2:
        raise HTTPException(404, "至少要两份报告 · needs two reports")
    kept = [session.kept(item) for item in items]
    out, _ = await _made(request, "comparison_page", kept, _unread(session), _lang(request))
    return await _shown(out)


async def _download(request: Request) -> Response:
    session, form = _session(request), request.query_params.get("format")
    if form not in pages.DOWNLOADS:
        raise HTTPException(404)
    one = request.path_params["number"] != 0
    items = [_done(request, session)] if one else _all_done(session)
    unread = [] if one else _unread(session)
    out, name = await _made(request, "download", [session.kept(item) for item in items], unread, form, _lang(request))
    return FileResponse(out, filename=name, background=BackgroundTask(out.unlink, missing_ok=True))


async def _made(request: Request, what: str, *arguments: object) -> tuple[Path, Any]:
    """A new file that a function of results.py has written, and what it returned."""
    session = _session(request)
    out = session.new_file()
    try:
        return out, await run(_serving(request), session, work.result, what, out, *arguments)
    except TimeoutError:
        raise HTTPException(503, "用的时间太长，已经停止 · took too long") from None
    except (BrokenWorkerProcess, OSError):
        raise HTTPException(500, "没有做成，请再试一次 · failed, please try again") from None


async def _shown(out: Path) -> Response:
    page = await asyncio.to_thread(out.read_bytes)
    return HTMLResponse(page, headers={"Content-Security-Policy": REPORT}, background=BackgroundTask(out.unlink))


# --- what requests name -----------------------------------------------------------------------------------------------


def _serving(request: Request) -> Serving:
    serving: Serving = request.app.state.serving
    return serving


def _session(request: Request) -> Session:
    session = _serving(request).sessions.find(request.path_params["token"])
    if session is None:
        raise HTTPException(404, "这一页的内容已经清除 · no longer here")
    return session


def _done(request: Request, session: Session) -> Item:
    item = session.items.get(request.path_params["number"])
    if item is None or item.state != DONE:
        raise HTTPException(404, "没有这份报告 · no such report")
    return item


def _all_done(session: Session) -> list[Item]:
    if not (items := session.done()):
        raise HTTPException(404, "还没有审查好的报告 · no report yet")
    return items


def _unread(session: Session) -> list[tuple[str, str]]:
    return [(item.name, item.error) for item in session.items.values() if item.state == FAILED]


def _lang(request: Request) -> str:
    return "en" if request.query_params.get("lang") == "en" else "zh"
