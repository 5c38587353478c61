"""LibreOffice, where it is installed, for the files that nothing else here reads."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

_SECONDS = 90  # to start and to convert; a report takes about five
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
# No macros, no links brought up to date, and no network.
_SETTINGS = Path(__file__).with_name("libreoffice.xcu")


def as_docx(source: Path) -> bytes | None:
    """The bytes of `source` as .docx; None where LibreOffice is missing, fails or takes too long.

    It works in the folder of `source`, with settings of its own: it neither meets nor disturbs one that is open.
    """
    program = shutil.which("soffice") or next(filter(os.path.exists, _PLACES), None)
    if program is None:
        return None
    profile, output = source.parent / "profile", source.parent / "converted"
    (profile / "user").mkdir(parents=True)
    shutil.copy(_SETTINGS, profile / "user" / "registrymodifications.xcu")
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "docx", "--outdir", str(output), str(source)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        _stop(process)
    target = output / f"{source.stem}.docx"
    return target.read_bytes() if target.exists() else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice with the processes that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
