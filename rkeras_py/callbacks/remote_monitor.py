"""callback_remote_monitor()."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import keras
import requests

from .. import json_logs
from ..notices import warn
from ..semantics import Described, Name, r_function, refuse

_OWNER = "callback_remote_monitor"
_TIMEOUT = 10  # seconds, to reach the server and again for its answer


class RemoteMonitor(Described, keras.callbacks.RemoteMonitor):
    """Keeps the promises that monitoring does not end a training, as any value in the logs can be sent, and that a
    server which does not take the logs is said once.
    """

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self._refused: set[int] = set()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        message = json_logs.dumps({"epoch": epoch, **(logs or {})})
        try:
            answer = self._post(message)
        except requests.exceptions.RequestException as error:
            warn(_OWNER, f"could not reach the server at {self.root} ({type(error).__name__}).")
            return
        if answer.status_code >= 300 and answer.status_code not in self._refused:
            self._refused.add(answer.status_code)
            what = f"{answer.status_code} {answer.reason}".strip()
            warn(_OWNER, f"the server at {self.root} answers {what} to {self.path}: it does not take the logs.")

    def _post(self, message: str) -> requests.Response:
        # A redirect would be followed by a GET without the logs.
        options: dict[str, Any] = {"timeout": _TIMEOUT, "allow_redirects": False}
        if self.send_as_json:
            headers = {"Content-Type": "application/json", **(self.headers or {})}
            return requests.post(self.root + self.path, data=message.encode("utf-8"), headers=headers, **options)
        return requests.post(self.root + self.path, data={self.field: message}, headers=self.headers, **options)


@r_function
def callback_remote_monitor(
    root: Name = "http://localhost:9000",
    path: str = "/publish/epoch/end/",
    field: Name = "data",
    headers: Mapping[str, str] | None = None,
    send_as_json: bool = False,
) -> keras.callbacks.RemoteMonitor:
    """Posts the logs of every epoch to a server.

    A server that is not there, or that does not answer within 10 seconds, is warned of at each epoch; one that answers
    with an error once. The training goes on.

    Args:
        root: The address of the server, `http://` or `https://`.
        path: The path that is posted to.
        field: The form field that holds the logs as JSON; not used with `send_as_json`.
        headers: More HTTP headers, by name.
        send_as_json: Whether to send the logs as a JSON body instead of in a form field.

    Returns:
        The callback. Posts have the number of the epoch (from 0) as `epoch`, beside the logs.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `callback_remote_monitor`; Keras, `keras.callbacks.RemoteMonitor`.
    """
    arguments = locals()
    if not _is_address(root):
        refuse(callback_remote_monitor, "root", root, "an address that begins with http:// or https://")
    return RemoteMonitor(**arguments)


def _is_address(root: str) -> bool:
    try:
        address = urlsplit(root)
        _ = address.port
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.netloc)
