"""callback_remote_monitor() against a real server on loopback. Section 7 of the map."""

import json
import math
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.notices import RKerasWarning

pytestmark = pytest.mark.once


@pytest.fixture
def server():
    """A server that keeps (path, headers, body) of every post."""
    posts = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
            posts.append((self.path, dict(self.headers), body))
            self.send_response(self.server.answers)
            if self.server.answers == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collect) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        http.posts = posts
        http.answers = 200
        http.root = f"http://127.0.0.1:{http.server_port}"
        yield http
        http.shutdown()


def strict(text):
    """JSON without the NaN and Infinity that Python would let pass."""
    return json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


def test_logs_arrive_in_a_form_field(play, server):
    _, history, _ = play([0.5, 0.25], rk.callback_remote_monitor(root=server.root, field="logs"))
    assert [path for path, _, _ in server.posts] == ["/publish/epoch/end/"] * 2
    sent = [strict(parse_qs(body)["logs"][0]) for _, _, body in server.posts]
    assert [logs["epoch"] for logs in sent] == [0, 1]
    assert [logs["loss"] for logs in sent] == history.history["loss"]
    assert [logs["val_loss"] for logs in sent] == [0.5, 0.25]


def test_logs_arrive_as_a_json_body_with_headers_and_path(play, server):
    monitor = rk.callback_remote_monitor(
        root=server.root, path="/runs/7", headers={"X-Run": "seven"}, send_as_json=True
    )
    play([0.5], monitor)
    path, headers, body = server.posts[0]
    assert path == "/runs/7"
    assert headers["X-Run"] == "seven"
    assert headers["Content-Type"] == "application/json"
    assert strict(body)["val_loss"] == 0.5


@pytest.mark.parametrize("send_as_json", [True, False])
@pytest.mark.parametrize(
    ("value", "arrives"),
    [
        (np.float32(0.5), 0.5),
        (np.array([0.5]), 0.5),
        (np.array([1.0, 2.0, math.nan]), [1.0, 2.0, None]),
        ([np.float32(1), np.int64(2)], [1.0, 2]),
        (math.nan, None),
        (math.inf, None),
        (None, None),
        ("text", "text"),
        ({"a": np.float64(1)}, {"a": 1.0}),
        (print, str(print)),
    ],
)
def test_any_value_arrives_as_valid_json(play, server, send_as_json, value, arrives):
    add = rk.callback_lambda(on_epoch_end=lambda epoch, logs: logs.update({"值": value}))
    remove = rk.callback_lambda(on_epoch_end=lambda epoch, logs: logs.pop("值"))
    play([0.5], add, rk.callback_remote_monitor(root=server.root, send_as_json=send_as_json), remove)
    body = server.posts[0][2]
    assert strict(body if send_as_json else parse_qs(body)["data"][0])["值"] == arrives


def test_a_server_that_is_not_there_ends_no_training(play):
    with pytest.warns(RKerasWarning, match=r"callback_remote_monitor\(\): could not reach the server at http://127"):
        _, history, _ = play([0.5, 0.4], rk.callback_remote_monitor(root="http://127.0.0.1:9"))
    assert len(history.epoch) == 2


@pytest.mark.parametrize("status", [302, 404, 500, 503])
def test_a_server_that_does_not_take_the_logs_is_said_once(play, server, status):
    server.answers = status
    expected = rf"callback_remote_monitor\(\): the server at {server.root} answers {status} .* to /publish/epoch/end/"
    with pytest.warns(RKerasWarning, match=expected) as warned:
        _, history, _ = play([0.5, 0.4, 0.3], rk.callback_remote_monitor(root=server.root))
    assert len([one for one in warned if one.category is RKerasWarning]) == 1
    assert len(server.posts) == len(history.epoch) == 3
