"""The server: takes posts, and shows them."""

import asyncio
import contextlib
import ipaddress
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from .runs import Refused, Runs

PATH = "/publish/epoch/end/"
RUN_HEADER = "X-Run"
LARGEST_POST = 64 * 1024  # bytes
MOST_WATCHING = 50  # pages at a time
_PAGE = Path(__file__).parent / "page"
_FILES = {"/": "index.html", "/page.js": "page.js", "/page.css": "page.css"}
_QUEUE = 1000  # messages that a page may lag behind before it has to begin anew
_PING = 15  # seconds
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"


class Watching:
    """The pages that look on, each a queue of messages; an empty one ends it."""

    def __init__(self) -> None:
        self.queues: set[asyncio.Queue[str]] = set()


_runs = web.AppKey("runs", Runs)
_watching = web.AppKey("watching", Watching)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(host: str) -> web.Application:
    """The web application.

    Args:
        host: The address it will listen at. On loopback, only requests that name this machine are answered, so that no
            page of the web can reach it through the reader's browser.
    """
    app = web.Application(client_max_size=LARGEST_POST, middlewares=[_readable_errors, _guard(host)])
    app[_runs] = Runs()
    app[_watching] = Watching()
    for path in _FILES:
        app.router.add_get(path, _file)
    app.router.add_get("/events", _events)
    app.router.add_get("/runs.json", _json)
    app.router.add_get("/log.csv", _csv)
    app.router.add_post(PATH, _take)
    app.router.add_post(PATH.rstrip("/"), _take)
    app.on_shutdown.append(_say_goodbye)
    return app


async def serve(host: str, port: int, until: Callable[[], Awaitable[Any]]) -> None:
    """Serves until something happens, and prints the address when it is ready.

    Raises:
        OSError: The address cannot be listened at.
    """
    runner = web.AppRunner(application(host), access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        print(address(host, runner.addresses[0][1]), flush=True)
        await until()
    finally:
        await runner.cleanup()


def run(host: str, port: int, with_parent: bool = False) -> None:
    """Serves until it is interrupted, or with the process that began it, whose pipe is the standard input."""

    def end() -> Awaitable[Any]:
        return asyncio.to_thread(sys.stdin.buffer.read) if with_parent else asyncio.Event().wait()

    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(host, port, end))
    except OSError as error:
        sys.exit(f"monitor: cannot listen at {host}, port {port}: {error.strerror or error}. Another port: --port 9001")


def address(host: str, port: int) -> str:
    """The address of the page."""
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


async def _take(request: web.Request) -> web.Response:
    logs = await _logs_of(request)
    run, epoch = request.app[_runs].add(logs, request.remote or "", request.headers.get(RUN_HEADER))
    row = {"epoch": epoch, **run.rows[epoch]}
    message = json.dumps({"number": run.number, "name": run.name, "begun": run.begun, "row": row}, allow_nan=False)
    for queue in list(request.app[_watching].queues):
        if queue.full():  # that page begins anew, and gets everything at once
            request.app[_watching].queues.discard(queue)
            queue.get_nowait()
            queue.put_nowait("")
        else:
            queue.put_nowait(message)
    return web.json_response({"run": run.number, "epoch": epoch})


async def _logs_of(request: web.Request) -> Any:
    kind = request.content_type
    if kind == "application/json":
        text = await request.text()
    elif kind == "application/x-www-form-urlencoded":
        form = await request.post()
        if len(form) != 1:
            raise Refused(f"the form must have one field, with the logs as JSON, not {len(form)}.")
        text = str(next(iter(form.values())))
    else:
        raise Refused(f"the logs come as JSON or in a form field, not as {kind}.", 415)
    try:
        return json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        raise Refused(f"the logs are no JSON: {error}.") from error


def _no_json(name: str) -> None:
    raise ValueError(f"{name} is no JSON number; null stands for it")


async def _file(request: web.Request) -> web.FileResponse:
    return web.FileResponse(_PAGE / _FILES[request.path])


async def _json(request: web.Request) -> web.Response:
    return web.json_response(request.app[_runs].as_json())


async def _csv(request: web.Request) -> web.Response:
    number = request.query.get("run")
    try:
        text = request.app[_runs].as_csv(None if number is None else int(number))
    except (KeyError, ValueError):
        raise Refused(f"there is no run {number}.", 404) from None
    headers = {"Content-Disposition": 'attachment; filename="log.csv"'}
    return web.Response(body=text.encode("utf-8", "replace"), content_type="text/csv", charset="utf-8", headers=headers)


async def _events(request: web.Request) -> web.StreamResponse:
    """Everything at once, and then each row as it comes (server-sent events)."""
    if len(request.app[_watching].queues) >= MOST_WATCHING:
        raise Refused(f"{MOST_WATCHING} pages watch already.", 503)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    with _queue_of(request.app) as queue:
        everything = json.dumps(request.app[_runs].as_json(), allow_nan=False)
        await response.write(f"retry: 1000\nevent: runs\ndata: {everything}\n\n".encode())
        async for message in _messages(queue):
            await response.write(message.encode())
    return response


@contextlib.contextmanager
def _queue_of(app: web.Application) -> Iterator[asyncio.Queue[str]]:
    queue: asyncio.Queue[str] = asyncio.Queue(_QUEUE)
    app[_watching].queues.add(queue)
    try:
        yield queue
    finally:
        app[_watching].queues.discard(queue)


async def _messages(queue: asyncio.Queue[str]) -> AsyncIterator[str]:
    while True:
        try:
            message = await asyncio.wait_for(queue.get(), _PING)
        except TimeoutError:
            yield ": still here\n\n"
            continue
        if not message:
            return
        yield f"event: row\ndata: {message}\n\n"


async def _say_goodbye(app: web.Application) -> None:
    for queue in app[_watching].queues:
        if queue.full():
            queue.get_nowait()
        queue.put_nowait("")


@web.middleware
async def _readable_errors(request: web.Request, handler: _Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except Refused as error:
        return web.json_response({"error": str(error)}, status=error.status)
    except web.HTTPRequestEntityTooLarge:
        reason = f"a post may have {LARGEST_POST // 1024} KiB."
        return web.json_response({"error": reason}, status=413)
    except web.HTTPNotFound:
        reason = f"there is nothing at {request.path}; logs are posted to {PATH}."
        return web.json_response({"error": reason}, status=404)
    if not response.prepared:
        response.headers.update({"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff"})
    return response


def _guard(host: str) -> Any:
    local = _is_loopback(host)

    @web.middleware
    async def guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
        if local and not _is_loopback(urlsplit(f"//{request.host}").hostname or ""):
            raise Refused(f"this page is for this machine alone, not for {request.host}.", 403)
        origin = request.headers.get("Origin")
        if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
            raise Refused(f"pages of {origin} may not post here.", 403)
        return await handler(request)

    return guard


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
