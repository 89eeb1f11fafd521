"""callback_remote_monitor() against a real server on loopback. Section 7 of the map."""

import itertools
import json
import math
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import numpy as np
import pytest

import rkeras_py as rk
from rkeras_py.callbacks import posting, remote_monitor
from rkeras_py.language import wording
from rkeras_py.language.notices import RKerasWarning

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


def warnings_of(caught):
    return [str(one.message) for one in caught if one.category is RKerasWarning]


def test_a_server_that_is_not_there_ends_no_training_and_is_said_once(play):
    with pytest.warns(RKerasWarning) as caught:
        _, history, _ = play([0.5, 0.4], rk.callback_remote_monitor(root="http://127.0.0.1:9"))
    assert len(history.epoch) == 2
    assert warnings_of(caught) == [
        "callback_remote_monitor(): could not reach the server at http://127.0.0.1:9 (ConnectionError).",
        "callback_remote_monitor(): 2 of 2 posts did not get to http://127.0.0.1:9.",
    ]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_server_that_does_not_take_the_logs_is_said_once(play, server, status):
    server.answers = status
    with pytest.warns(RKerasWarning) as caught:
        _, history, _ = play([0.5, 0.4, 0.3], rk.callback_remote_monitor(root=server.root))
    refused, lost = warnings_of(caught)
    assert refused.startswith(f"callback_remote_monitor(): the server at {server.root} answers {status} ")
    assert refused.endswith(" to /publish/epoch/end/: it does not take the logs.")
    assert lost == f"callback_remote_monitor(): 3 of 3 posts did not get to {server.root}."
    assert len(server.posts) == len(history.epoch) == 3


def test_a_server_that_comes_back_gets_all_of_it_in_order(build, data, server):
    """It is busy (503) for the first two epochs."""

    def open_at_2(epoch, logs):
        if epoch == 2:
            while len(server.posts) < 2:  # so that it has refused at least once, and once more after a pause
                time.sleep(0.01)
            server.answers = 200

    server.answers = 503
    callbacks = [rk.callback_remote_monitor(root=server.root), rk.callback_lambda(on_epoch_begin=open_at_2)]
    with pytest.warns(RKerasWarning) as caught:
        rk.fit(build(), *data, epochs=4, verbose=0, callbacks=callbacks)
    (busy,) = warnings_of(caught)
    assert "answers 503" in busy
    epochs = [strict(parse_qs(body)["data"][0])["epoch"] for _, _, body in server.posts]
    assert epochs[-4:] == [0, 1, 2, 3]
    assert set(epochs[:-4]) == {0}


@pytest.fixture
def process(tmp_path):
    """Starts a server in a process of its own, which can be stopped, started again on its port, and made to hang."""
    started = []

    def start(port=0, answer="200"):
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(port), answer, str(tmp_path / "posts")],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(server)
        return server, int(server.stdout.readline())

    yield start
    for server in started:
        server.kill()
        server.communicate()


SERVER = """
import http.server, sys, time

class Keep(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if sys.argv[2] == "hang":
            time.sleep(60)
        if sys.argv[2] == "slow":
            time.sleep(0.3)
        with open(sys.argv[3], "a") as posts:
            posts.write(body + "\\n")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Keep)
print(server.server_port, flush=True)
server.serve_forever()
"""


def posted(tmp_path):
    return [strict(line)["epoch"] for line in (tmp_path / "posts").read_text().splitlines()]


def test_a_server_that_dies_in_the_middle_and_comes_back(build, data, process, tmp_path):
    server, port = process()

    def restart(epoch, logs):
        nonlocal server
        if epoch == 2:
            server.kill()
            server.wait()
        if epoch == 4:
            server, _ = process(port)

    monitor = rk.callback_remote_monitor(root=f"http://127.0.0.1:{port}", send_as_json=True)
    slowly = rk.callback_lambda(on_epoch_begin=restart, on_epoch_end=lambda: time.sleep(0.2))
    with pytest.warns(RKerasWarning) as caught:
        rk.fit(build(), *data, epochs=6, verbose=0, callbacks=[monitor, slowly])
    assert posted(tmp_path) == [0, 1, 2, 3, 4, 5]
    assert len(warnings_of(caught)) == 1


@pytest.mark.parametrize("answer", ["hang", "slow"])
def test_a_server_that_hangs_or_is_slow_holds_up_nothing(build, data, process, monkeypatch, answer):
    monkeypatch.setattr(remote_monitor, "_LAST_WAIT", 1)
    _, port = process(answer=answer)
    during = []

    class Clock(rk.KerasCallback):
        def on_train_begin(self, logs=None):
            self.begin = time.monotonic()

        def on_epoch_end(self, epoch, logs=None):
            during.append(time.monotonic() - self.begin)

    begin = time.monotonic()
    monitor = rk.callback_remote_monitor(root=f"http://127.0.0.1:{port}")
    with pytest.warns(RKerasWarning, match=r"\d of 20 posts did not get to"):
        history = rk.fit(build(), *data, epochs=20, verbose=0, callbacks=[monitor, Clock()])
    assert len(history.epoch) == 20
    assert time.monotonic() - begin > 1  # it was there, and was waited for
    assert (
        during[-1] < 6 if answer == "slow" else during[-1] < 10
    )  # 20 times 0.3 s, and 10 s until it would be given up


def test_a_training_that_breaks_off_lets_go_of_the_server(build, data, process):
    _, port = process(answer="hang")

    def fail(epoch, logs):
        raise RuntimeError("enough")

    callbacks = [rk.callback_remote_monitor(root=f"http://127.0.0.1:{port}"), rk.callback_lambda(on_epoch_end=fail)]
    begin = time.monotonic()
    with pytest.raises(RuntimeError), pytest.warns(RKerasWarning, match="1 of 1 post did not"):
        rk.fit(build(), *data, epochs=2, verbose=0, callbacks=callbacks)
    assert time.monotonic() - begin < 9


def test_a_full_queue_gives_up_the_oldest():
    gate, sent = threading.Event(), []

    def send(message):
        gate.wait(10)
        sent.append(message)
        return posting.Outcome.TAKEN

    poster = posting.Poster(send, capacity=3)
    for message in "abcdef":
        poster.put(message)
    gate.set()
    poster.close(10)
    assert [message for message in sent if message != "a"] == ["d", "e", "f"]  # "a" may have been on its way
    assert poster.lost == 3


def test_pauses_double_up_to_a_limit():
    times = []

    def send(message):
        times.append(time.monotonic())
        return posting.Outcome.UNREACHED if len(times) < 6 else posting.Outcome.TAKEN

    poster = posting.Poster(send, first_pause=0.05, longest_pause=0.2)
    poster.put("a")
    while poster.sent == 0:
        time.sleep(0.01)
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    for pause, least in zip(pauses, [0.05, 0.1, 0.2, 0.2, 0.2], strict=True):
        assert pause >= least * 0.99
    poster.close(1)
    assert (poster.sent, poster.lost) == (1, 0)


SECRETS = ("hunter2", "Bearer", "anna", "token-of-mine")


@pytest.mark.parametrize("language", ["Python", "R"])
def test_credentials_are_shown_to_nobody(play, server, capfd, caplog, language):
    root = server.root.replace("//", "//anna:hunter2@") + "?key=token-of-mine"
    headers = {"Authorization": "Bearer token-of-mine"}
    server.answers = 500
    shown = [repr(rk.callback_remote_monitor(root=root, headers=headers))]
    for address in (root, root.replace(server.root[7:], "127.0.0.1:9")):
        with pytest.warns(RKerasWarning) as caught:
            play([0.5], rk.callback_remote_monitor(root=address, headers=headers))
        shown += warnings_of(caught)
    token = wording.language.set(language)
    for arguments in (
        {"root": "anna:hunter2@example.org"},
        {"root": "ftp://anna:hunter2@example.org"},
        {"root": "http://anna:hunter2@example.org:port"},
        {"root": "http://anna:hunter2@[::1"},
        {"headers": {"Authorization": "Bearer token-of-mine", "X": 7}},
    ):
        with pytest.raises(rk.ArgumentError) as refused:
            rk.callback_remote_monitor(**arguments)
        shown.append(str(refused.value))
    wording.language.reset(token)
    shown += [*capfd.readouterr(), caplog.text]
    assert len(shown) >= 8
    for text in shown:
        assert not any(secret in text for secret in SECRETS), text
    hidden = {"Python": '{"Authorization": "…", "X": 7}', "R": 'list(Authorization = "…", X = 7)'}
    assert shown[-4].endswith(f"not {hidden[language]}.")
