"""What no request comes past: changes only from our own page, and headers that keep pages where they belong."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")  # another name that leads here (DNS rebinding) is refused

# The page itself: its own script and style, frames of its own, nothing from elsewhere, and in no frame of another.
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A page about a report: of an origin of its own, so that words of a report could not reach ours even if they ran. What
# it may load, it says itself (render/page/frame.html).
REPORT = "sandbox allow-scripts allow-modals; frame-ancestors 'self'"

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _PAGE,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def guarded(app: ASGIApp) -> ASGIApp:
    """`app`, with every answer under _HEADERS, and no request but reading ones from another origin, or from none."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope)
        ours = f"http://{asked.get('host', '')}"
        if scope["method"] not in ("GET", "HEAD") and asked.get("origin") != ours:
            answer = PlainTextResponse("只接受本页发出的请求 · not from this page", 403)
            await answer(scope, receive, send_guarded)
            return
        await app(scope, receive, send_guarded)

    return guard
