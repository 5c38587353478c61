"""From an upload to an audited item: what is taken, what waits, what is killed when it takes too long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_process

from analyzer.config import Config
from analyzer.readers.archives import SUFFIX as ARCHIVE
from analyzer.readers.formats import SUFFIXES
from analyzer.serve import work
from analyzer.serve.limits import Limits
from analyzer.serve.names import label, untaken
from analyzer.serve.sessions import DONE, FAILED, WORKING, Item, Session, Sessions

T = TypeVar("T")

_SLOW = "处理这个文件用的时间太长，已经停止。请用原来的软件打开它，另存为 .docx 或 .txt 再试。"
_CRASHED = "处理这个文件时程序崩溃。请用原来的软件打开它，另存为 .docx 或 .txt 再试。"
_MANY = "压缩包里的文件过多：本页最多放{}份。请解压后分几次审查。"


@dataclass(frozen=True, slots=True)
class Serving:
    """All that requests share."""

    sessions: Sessions
    limits: Limits
    config: Config
    workers: CapacityLimiter


class TooMuch(Exception):
    """An upload beyond a limit, or for a session that is gone: of what (file session total files gone)."""


async def run(serving: Serving, session: Session, function: Callable[..., T], *arguments: object) -> T:
    """`function(*arguments)` in a worker process, which is killed when it takes too long or nobody waits any more.

    Raises TimeoutError, and BrokenWorkerProcess where the process died of it.
    """
    async with serving.workers:
        with anyio.fail_after(serving.limits.work_seconds):
            return await to_process.run_sync(work.within, session.folder, function, *arguments, cancellable=True)


async def take(serving: Serving, session: Session, name: str, chunks: AsyncIterator[bytes]) -> Item:
    """Writes an upload into the session's folder while it comes, and has it audited.

    Raises TooMuch and TimeoutError.
    """
    limits = serving.limits
    if len(session.items) >= limits.files:
        raise TooMuch("files")
    name = untaken(label(name), {item.name for item in session.items.values()})
    suffix = PurePosixPath(name).suffix.lower()
    item = session.add(name, session.new_file(suffix if suffix in SUFFIXES else ""))
    size = 0
    try:
        with anyio.fail_after(limits.upload_seconds), item.source.open("xb") as file:
            async for chunk in chunks:
                size += len(chunk)
                session.size += len(chunk)
                if size > limits.file_bytes:
                    raise TooMuch("file")
                if session.size > limits.session_bytes:
                    raise TooMuch("session")
                if serving.sessions.size() > limits.total_bytes:
                    raise TooMuch("total")
                file.write(chunk)
        if session.gone:
            raise TooMuch("gone")
    except BaseException:
        del session.items[item.number]
        session.size -= size
        item.source.unlink(missing_ok=True)
        _start(session, _settled(serving, session))  # the others may have waited for this one
        raise
    _start(session, _opened(serving, session, item) if suffix == ARCHIVE else _audited(serving, session, item))
    return item


def _start(session: Session, work: Coroutine[None, None, None]) -> None:
    task = asyncio.create_task(work)
    session.tasks.add(task)
    task.add_done_callback(session.tasks.discard)


async def _opened(serving: Serving, session: Session, archive: Item) -> None:
    """Puts the reports of an archive in its place."""
    archive.state = WORKING
    try:
        found, unread = await run(serving, session, work.reports_in, archive.source)
        error = dict(unread).get(".", "")
    except Exception:  # whatever it was, nobody must wait for it
        error = _CRASHED
    if not error and len(session.items) - 1 + len(found) + len(unread) > serving.limits.files:
        error = _MANY.format(serving.limits.files)
    if error:
        archive.state, archive.error = FAILED, error
        await _settled(serving, session)
        return
    del session.items[archive.number]
    for name, why in unread:
        session.add(_inside(session, archive, name), archive.source, why)
    for source in found:
        name = source.relative_to(archive.source).as_posix() if source != archive.source else "."
        _start(session, _audited(serving, session, session.add(_inside(session, archive, name), source)))
    await _settled(serving, session)


def _inside(session: Session, archive: Item, name: str) -> str:
    taken = {item.name for item in session.items.values()}
    return untaken(archive.name if name == "." else label(f"{archive.name}/{name}"), taken)


async def _audited(serving: Serving, session: Session, item: Item) -> None:
    async with session.turn:
        item.state = WORKING
        kept = session.audit_file(item)
        try:
            result = await run(serving, session, work.audit_file, item.source, item.name, kept, serving.config)
        except TimeoutError:
            result = work.Unread(_SLOW)
        except Exception:  # whatever it was, nobody must wait for it
            result = work.Unread(_CRASHED)
    if isinstance(result, work.Unread):
        item.state, item.error = FAILED, result.error
    else:
        item.state, item.summary = DONE, result
    await _settled(serving, session)


async def _settled(serving: Serving, session: Session) -> None:
    """Once nothing is left to audit, lets the reports know of each other, as an audit of a folder does.

    Where that fails, each stays as it is.
    """
    if session.gone or session.unfinished():
        return
    async with session.comparing:
        items = session.done()
        if session.unfinished() or len(items) < 2 or session.compared == {item.number for item in items}:
            return
        kept, compared = map(session.audit_file, items), map(session.compared_file, items)
        with suppress(Exception):
            summaries = await run(serving, session, work.audit_across, list(kept), list(compared), serving.config)
            for item, summary in zip(items, summaries, strict=True):
                item.summary = summary
            session.compared = frozenset(item.number for item in items)
