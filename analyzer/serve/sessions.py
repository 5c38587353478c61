"""What the open pages of browsers have sent: each page a session with a folder of its own, gone when it is closed.

A session is known by a token that cannot be guessed and that only its page has: there are no cookies, so no other site
can act in a user's name, and no user sees another's files.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from analyzer.serve.limits import Limits
from analyzer.serve.work import Summary

WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"


@dataclass(slots=True)
class Item:
    """One file of a session. Where it lies has to do with its number and never with its name."""

    number: int
    name: str
    source: Path
    state: str = WAITING
    error: str = ""  # of a failed one, in Chinese as the readers say it
    summary: Summary | None = None


@dataclass(slots=True)
class Session:
    """The files of one page. `turn` lets no session keep all workers, `comparing` compares once at a time."""

    token: str
    folder: Path
    turn: asyncio.Semaphore
    until: float  # on the clock of `monotonic`: dropped then
    items: dict[int, Item] = field(default_factory=dict)
    given: int = 0  # numbers given to items
    files: int = 0  # made in the folder
    size: int = 0  # bytes sent
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    comparing: asyncio.Lock = field(default_factory=asyncio.Lock)
    compared: frozenset[int] = frozenset()  # the items whose audits know of each other
    gone: bool = False

    def add(self, name: str, source: Path, error: str = "") -> Item:
        """A new item under the next number; a failed one where there is an `error`."""
        self.given += 1
        item = Item(self.given, name, source, FAILED if error else WAITING, error)
        self.items[item.number] = item
        return item

    def new_file(self, suffix: str = "") -> Path:
        """Where something may be written that nothing else has a name for."""
        self.files += 1
        return self.folder / f"file{self.files}{suffix}"

    def done(self) -> list[Item]:
        return [item for item in self.items.values() if item.state == DONE]

    def unfinished(self) -> bool:
        return any(item.state in (WAITING, WORKING) for item in self.items.values())

    def busy(self) -> bool:
        return self.unfinished() or self.comparing.locked()

    def kept(self, item: Item) -> Path:
        """The file with the audit of a done item: the one that knows of the others, where they were compared."""
        return self.compared_file(item) if item.number in self.compared else self.audit_file(item)

    def audit_file(self, item: Item) -> Path:
        return self.folder / f"{item.number}.audit"

    def compared_file(self, item: Item) -> Path:
        return self.folder / f"{item.number}.compared"


class Sessions:
    """All sessions, in folders below `root`."""

    def __init__(self, root: Path, limits: Limits, workers: int) -> None:
        self._root, self._limits, self._workers = root, limits, workers
        self._open: dict[str, Session] = {}

    def create(self) -> Session | None:
        """A new session; None where there are too many."""
        if len(self._open) >= self._limits.sessions:
            return None
        token = secrets.token_urlsafe(32)
        folder = self._root / secrets.token_hex(16)  # the token itself is nowhere on the disk
        folder.mkdir(mode=0o700)
        until = monotonic() + self._limits.idle_seconds
        session = self._open[token] = Session(token, folder, asyncio.Semaphore(self._workers), until)
        return session

    def find(self, token: str) -> Session | None:
        """The session, which lives on from now; None where there is no such one."""
        session = self._open.get(token)
        if session:
            session.until = monotonic() + self._limits.idle_seconds
        return session

    def leave(self, session: Session) -> None:
        """The page was closed, or is being loaded anew: then it will ask for its session at once."""
        session.until = monotonic() + self._limits.leave_seconds

    def size(self) -> int:
        """Bytes that all sessions have sent."""
        return sum(session.size for session in self._open.values())

    async def drop(self, session: Session) -> None:
        """Ends the session's work, and removes all it has on the disk."""
        self._open.pop(session.token, None)
        session.gone = True
        for task in session.tasks:
            task.cancel()
        await asyncio.gather(*session.tasks, return_exceptions=True)
        await asyncio.to_thread(shutil.rmtree, session.folder, ignore_errors=True)

    async def drop_idle(self) -> None:
        now = monotonic()
        for session in [each for each in self._open.values() if each.until <= now]:
            await self.drop(session)

    async def drop_all(self) -> None:
        for session in list(self._open.values()):
            await self.drop(session)
