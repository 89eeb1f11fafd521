"""callback_remote_monitor()."""

import re
import uuid
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

import keras
import requests

from ..language import Described, Name, r_function
from ..language.kinds import Unfit
from ..language.notices import warn
from ..language.scalars import Text
from ..language.vectors import Named
from ..language.wording import RNamed, counted, show
from ..training import json_logs
from .posting import Outcome, Poster

_OWNER = "callback_remote_monitor"
_TIMEOUT = 10  # seconds, to reach the server and again for its answer
_LAST_WAIT = 10  # seconds, for what is still to leave when a training ends
_WAIT_AFTER_A_BREAK = 2
_LATER = {408, 425, 429, 502, 503, 504}  # answers of a server that may take the post later


class Address(Text):
    """The address of a server; what it may have of a name and a password is shown to nobody."""

    def wants(self) -> str:
        return "an address that begins with http:// or https://"

    def convert(self, value: Any) -> str:
        address = super().convert(value)
        try:
            parts = urlsplit(address)
            _ = parts.port
        except ValueError:
            raise Unfit from None
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Unfit
        return address

    def shown(self, value: Any) -> str:
        return show(public(value)) if isinstance(value, str) else show(value)


class Headers(Named):
    """HTTP headers, which are shown without their texts: a token may be among them."""

    def __init__(self) -> None:
        super().__init__(Text())

    def shown(self, value: Any) -> str:
        if isinstance(value, RNamed):
            value = value.named()
        hidden = isinstance(value, Mapping)
        return show({name: "…" if isinstance(one, str) else one for name, one in value.items()} if hidden else value)


class RemoteMonitor(Described, keras.callbacks.RemoteMonitor):
    """Keeps the promises that monitoring neither holds up nor ends a training, that any value in the logs can be sent,
    and that what goes wrong is said once.
    """

    _poster: Poster | None = None

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self.release()
        self._said: set[str] = set()
        self._trouble: list[str] = []  # found in the background, said in the foreground
        self._run = uuid.uuid4().hex
        self._poster = Poster(self._send)

    def get_state(self) -> dict[str, Any]:
        """What has not left yet, and of which training it is."""
        return {"waiting": self._poster.waiting() if self._poster else [], "run": self._run}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Posts it again, also what left after the state was kept."""
        self._run = state.get("run", self._run)
        for message in state["waiting"]:
            if self._poster is not None:
                self._poster.put(message)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._poster is None:  # without a training
            return
        self._poster.put(json_logs.dumps({"epoch": epoch, **(logs or {})}))
        self._say_trouble()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self._close(_LAST_WAIT)

    def release(self) -> None:
        """Lets go of what is still to be sent, also after a training that did not end by itself."""
        self._close(_WAIT_AFTER_A_BREAK)

    def _close(self, seconds: float) -> None:
        poster, self._poster = self._poster, None
        if poster is None:
            return
        poster.close(seconds)
        self._say_trouble()
        if poster.lost:
            posts = counted(poster.lost + poster.sent, "post")
            warn(_OWNER, f"{poster.lost} of {posts} did not get to {public(self.root)}.", stacklevel=3)

    def _say_trouble(self) -> None:
        while self._trouble:
            message = self._trouble.pop(0)
            if message not in self._said:
                self._said.add(message)
                warn(_OWNER, message, stacklevel=3)

    def _send(self, message: str) -> Outcome:
        """Posts a message, on the thread of the poster."""
        try:
            answer = self._post(message)
        except requests.exceptions.RequestException as error:
            self._trouble.append(f"could not reach the server at {public(self.root)} ({type(error).__name__}).")
            return Outcome.UNREACHED
        if answer.status_code < 300:
            return Outcome.TAKEN
        what = f"{answer.status_code} {answer.reason}".strip()
        self._trouble.append(
            f"the server at {public(self.root)} answers {what} to {self.path}: it does not take the logs."
        )
        return Outcome.UNREACHED if answer.status_code in _LATER else Outcome.REFUSED

    def _post(self, message: str) -> requests.Response:
        # A redirect would be followed by a GET without the logs.
        options: dict[str, Any] = {"timeout": _TIMEOUT, "allow_redirects": False}
        headers = {"X-Run": self._run, **(self.headers or {})}
        if self.send_as_json:
            headers = {"Content-Type": "application/json", **headers}
            return requests.post(self.root + self.path, data=message.encode("utf-8"), headers=headers, **options)
        return requests.post(self.root + self.path, data={self.field: message}, headers=headers, **options)


def public(root: str) -> str:
    """An address without name, password and query, also of one that is none."""
    scheme, separator, rest = root.rpartition("://")
    place, slash, path = re.split(r"[?#]", rest)[0].partition("/")
    return scheme + separator + place.rpartition("@")[2] + slash + path


@r_function
def callback_remote_monitor(
    root: Annotated[str, Address()] = "http://localhost:9000",
    path: str = "/publish/epoch/end/",
    field: Name = "data",
    headers: Annotated[Mapping[str, str], Headers()] | None = None,
    send_as_json: bool = False,
) -> keras.callbacks.RemoteMonitor:
    """Posts the logs of every epoch to a server: `monitor_server` is one, with a page that draws them.

    The posts leave in the background, in order: the training does not wait for the server, and goes on whatever it
    does. What does not reach it within 10 seconds is sent again, after pauses of up to 30 seconds; 1,000 posts may
    wait. When the training ends, what is left has 10 seconds more, if the server answers at all. What goes wrong is
    warned of once, and at the end how many posts did not get there. A name and a password in `root` and the values of
    `headers` are never shown.

    Args:
        root: The address of the server, `http://` or `https://`.
        path: The path that is posted to.
        field: The form field that holds the logs as JSON; not used with `send_as_json`.
        headers: More HTTP headers, by name. `X-Run` names the training; without it, an identifier of its own goes with
            its posts.
        send_as_json: Whether to send the logs as a JSON body instead of in a form field.

    Returns:
        The callback. Posts have the number of the epoch (from 0) as `epoch`, beside the logs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_remote_monitor`; Keras, `keras.callbacks.RemoteMonitor`.
    """
    return RemoteMonitor(**locals())
