"""What one page of a browser, and all of them together, may ask of this machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes as they arrive; seconds of waiting. What a file holds once it is unpacked, the readers limit."""

    file_bytes: int = 50 << 20
    session_bytes: int = 200 << 20
    total_bytes: int = 1 << 30
    files: int = 200  # of a session, those in archives too
    sessions: int = 20
    upload_seconds: float = 300
    work_seconds: float = 120  # on one file, or one download; LibreOffice alone is given 90
    idle_seconds: float = 1800  # an open page asks once a minute
    leave_seconds: float = 5  # in which a page that is loaded anew finds its files again
