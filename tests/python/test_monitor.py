"""The page that shows trainings live: its server, and the page in a real browser."""

import csv
import io
import json
import re
import socket
import subprocess
import sys
import threading
import time

import pytest
import requests
from chromium import chromium

import rkeras_py as rk
from rkeras_py.monitor import runs as limits
from rkeras_py.monitor.runs import Refused, Runs
from rkeras_py.monitor.server import LARGEST_POST

pytestmark = pytest.mark.once
PATH = "/publish/epoch/end/"


@pytest.fixture(scope="module")
def running():
    with rk.monitor_server(port=0) as server:
        yield server


@pytest.fixture
def server():
    with rk.monitor_server(port=0) as server:
        yield server


def post(server, logs, path=PATH, headers=None, **options):
    return requests.post(server.url + path, json=logs, headers=headers, timeout=10, **options)


def nobody_at(url):
    time.sleep(0.1)
    try:
        return not requests.get(url, timeout=10)
    except requests.ConnectionError:
        return True


def posted(server):
    return requests.get(f"{server.url}/runs.json", timeout=10).json()


def test_it_shows_what_a_training_posts(build, data, server):
    history = rk.fit(
        build(), *data, epochs=3, verbose=0, validation_split=0.25, callbacks=rk.callback_remote_monitor(server.url)
    )
    (run,) = posted(server)
    assert (run["number"], run["name"]) == (1, "run 1")
    assert [row["epoch"] for row in run["rows"]] == [0, 1, 2]
    for name, values in history.metrics.items():
        assert [row[name] for row in run["rows"]] == values
    second = rk.callback_remote_monitor(server.url, headers={"X-Run": "with momentum"}, send_as_json=True)
    rk.fit(build(), *data, epochs=2, verbose=0, callbacks=second)
    assert [(run["name"], len(run["rows"])) for run in posted(server)] == [("run 1", 3), ("with momentum", 2)]
    answer = requests.get(f"{server.url}/log.csv", timeout=10)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["run"], row["name"], row["epoch"]) for row in table][2:4] == [
        ("1", "run 1", "2"),
        ("2", "with momentum", "0"),
    ]
    assert [float(row["val_loss"]) for row in table[:3]] == history.metrics["val_loss"]
    assert table[3]["val_loss"] == ""
    only = requests.get(f"{server.url}/log.csv?run=2", timeout=10).text
    assert len(only.splitlines()) == 3


def test_what_plain_keras_posts_is_taken_too(build, data, server):
    import keras

    for _ in range(2):
        build().fit(*data, epochs=2, verbose=0, callbacks=[keras.callbacks.RemoteMonitor(root=server.url)])
    assert [len(run["rows"]) for run in posted(server)] == [2, 2]


@pytest.mark.parametrize(
    ("body", "headers", "status", "reason"),
    [
        ("no json", {"Content-Type": "application/json"}, 400, "the logs are no JSON"),
        ('{"epoch": 0, "loss": NaN}', {"Content-Type": "application/json"}, 400, "NaN is no JSON number; null stands"),
        ("[" * 30_000, {"Content-Type": "application/json"}, 400, "the logs are no JSON"),
        ("[1]", {"Content-Type": "application/json"}, 400, "must be a JSON object"),
        ('{"loss": 1}', {"Content-Type": "application/json"}, 400, "`epoch` must be a whole number"),
        ('{"epoch": -1}', {"Content-Type": "application/json"}, 400, "`epoch` must be a whole number"),
        ('{"epoch": true}', {"Content-Type": "application/json"}, 400, "`epoch` must be a whole number"),
        (json.dumps({"epoch": 0, "x" * 101: 1}), {"Content-Type": "application/json"}, 400, "may have 100 characters"),
        (json.dumps({"epoch": 0, **dict.fromkeys(map(str, range(201)), 1)}), {"Content-Type": "application/json"}, 400,
         "200 quantities, not 201"),
        ("a=1&b=2", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "one field"),
        ("epoch 1", {"Content-Type": "text/plain"}, 415, "as JSON or in a form field, not as text/plain"),
        ('{"epoch": 0}', {"Content-Type": "application/json", "X-Run": "x" * 101}, 400, "1 to 100 characters"),
        ('{"epoch": 0}', {"Content-Type": "application/json", "Host": "evil.example"}, 403, "for this machine alone"),
        ('{"epoch": 0}', {"Content-Type": "application/json", "Origin": "http://evil.example"}, 403, "may not post"),
        (b" " * (LARGEST_POST + 1), {"Content-Type": "application/json"}, 413, "64 KiB"),
    ],
)  # fmt: skip
def test_a_bad_post_is_refused_with_the_reason(running, body, headers, status, reason):
    before = posted(running)
    answer = requests.post(running.url + PATH, data=body, headers=headers, timeout=10)
    assert (answer.status_code, reason in answer.json()["error"]) == (status, True), answer.text
    assert posted(running) == before


def test_other_paths_and_methods_are_refused(running):
    answer = post(running, {"epoch": 0}, path="/elsewhere")
    assert (answer.status_code, PATH in answer.json()["error"]) == (404, True)
    assert requests.get(running.url + PATH, timeout=10).status_code == 405
    for number in ("77", "x"):
        assert requests.get(f"{running.url}/log.csv?run={number}", timeout=10).status_code == 404


def test_a_number_too_large_for_json_is_none(running):
    headers = {"Content-Type": "application/json", "X-Run": "large"}
    requests.post(
        running.url + PATH, data='{"epoch": 0, "loss": 1e999}', headers=headers, timeout=10
    ).raise_for_status()
    assert posted(running)[-1]["rows"] == [{"epoch": 0, "loss": None}]


def test_runs_are_told_apart():
    runs = Runs()
    numbers = [runs.add({"epoch": epoch}, "here")[0].number for epoch in (0, 1, 2, 0, 1, 1)]
    assert numbers == [1, 1, 1, 2, 2, 3]
    assert runs.add({"epoch": 0}, "there")[0].number == 4
    named = [runs.add({"epoch": epoch, "loss": epoch}, "here", "mine")[0].number for epoch in (0, 1, 1, 2, 0)]
    assert named == [5, 5, 5, 5, 6]
    assert runs.add({"epoch": 0}, "here", "f" * 32)[0].name == "run 7"


def test_there_is_an_end_to_what_is_kept(monkeypatch):
    monkeypatch.setattr(limits, "MOST_RUNS", 3)
    monkeypatch.setattr(limits, "MOST_EPOCHS", 2)
    runs = Runs()
    for _ in range(5):
        runs.add({"epoch": 0}, "here")
    assert [run["number"] for run in runs.as_json()] == [3, 4, 5]
    runs.add({"epoch": 1}, "here")
    with pytest.raises(Refused, match="2 epochs at most") as refused:
        runs.add({"epoch": 2}, "here")
    assert refused.value.status == 507


def test_columns_of_the_log_may_be_called_anything():
    runs = Runs()
    runs.add({"epoch": 0, "run": 0.5, "name": None, "a,b": "x\ny", "parts": [1, 2]}, "here")
    first, second = csv.reader(io.StringIO(runs.as_csv()))
    assert first == ["run", "name", "epoch", "run", "name", "a,b", "parts"]
    assert second == ["1", "run 1", "0", "0.5", "", "x\ny", "[1, 2]"]


def test_a_page_that_looks_on_gets_everything_and_then_each_row(server):
    post(server, {"epoch": 0, "loss": 2.0})
    with requests.get(f"{server.url}/events", stream=True, timeout=10) as events:
        lines = events.iter_lines(decode_unicode=True)
        seen = [next(lines) for _ in range(4)]
        assert seen[1] == "event: runs"
        assert json.loads(seen[2].removeprefix("data: "))[0]["rows"] == [{"epoch": 0, "loss": 2.0}]
        post(server, {"epoch": 1, "loss": 1.0})
        assert next(lines) == "event: row"
        message = json.loads(next(lines).removeprefix("data: "))
        assert (message["number"], message["row"]) == (1, {"epoch": 1, "loss": 1.0})


def test_it_listens_on_this_machine_alone(server):
    port = int(server.url.rpartition(":")[2])
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
    for address in addresses - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((address, port), timeout=2)
    assert requests.get(server.url, headers={"Host": "rebound.example"}, timeout=10).status_code == 403


def test_it_ends_when_it_is_stopped_and_with_its_parent(server):
    assert server.is_running
    server.stop()
    assert not server.is_running
    assert repr(server).endswith(", stopped>")
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=10)
    script = "import os, rkeras_py as rk; print(rk.monitor_server(port=0).url, flush=True); os._exit(0)"
    url = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert any(map(nobody_at, [url] * 100))


def test_no_pipe_that_nobody_reads_can_hold_it_up(server):
    assert server._process.stderr is None


def test_a_port_that_is_taken_is_said(server):
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match=rf"^monitor_server\(\): cannot listen at 127.0.0.1, port {port}: .*in use"):
        rk.monitor_server(port=port)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"port": "x"}, '`port` must be a whole number from 0 to 65535, not "x"'),
        ({"port": 70000}, "not 70000"),
        ({"port": 1.5}, "not 1.5"),
        ({"host": ""}, "`host` must be an address"),
        ({"open": 1}, "`open` must be True or False, not 1"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(rk.ArgumentError, match=re.escape(message)):
        rk.monitor_server(**arguments)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def page_at(browser, url, locale="en-GB"):
    page = browser.new_page(locale=locale, viewport={"width": 1000, "height": 700})
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(url)
    return page


def test_the_page_follows_a_training(browser, build, data, server, tmp_path):
    page = page_at(browser, server.url)
    assert "Nothing has been posted yet" in page.inner_text("body")
    page.wait_for_selector("#state.live")

    def train():
        slowly = rk.callback_lambda(on_epoch_end=lambda epoch: time.sleep(0.2))
        callbacks = [rk.callback_remote_monitor(server.url, headers={"X-Run": "<b>mine</b>"}), slowly]
        rk.fit(build(), *data, epochs=8, verbose=0, validation_split=0.25, callbacks=callbacks)

    training = threading.Thread(target=train)
    training.start()
    page.wait_for_selector("path[data-key=val_loss]", timeout=60_000)
    early = int(page.get_attribute("path[data-key=val_loss]", "data-points"))
    page.wait_for_selector("path[data-key=val_loss][data-points='8']", timeout=60_000)
    training.join()
    assert early < 8
    assert [page.get_attribute(f"figure:nth-child({n})", "data-name") for n in (1, 2)] == ["loss", "acc"]
    assert "<b>mine</b>" in page.inner_text("#runs")
    for epoch in range(3):
        post(server, {"epoch": epoch, "loss": 0.5 + epoch / 10})
    page.wait_for_selector("path[data-run='2'][data-points='3']")
    assert page.locator("figure[data-name=loss] path").count() == 3
    page.locator("#runs input").last.uncheck()
    assert page.locator("figure[data-name=loss] path").count() == 1
    page.locator("figure[data-name=loss] svg").hover()
    assert "run 2 loss: 0.6" in page.inner_text("figure[data-name=loss] .tip")
    with page.expect_download() as download:
        page.click("#log")
    assert download.value.path().read_text().startswith("run,name,epoch,")
    page.screenshot(path=tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000
    assert page.problems == []


def test_the_page_comes_back_by_itself(browser):
    with rk.monitor_server(port=0) as first:
        port = int(first.url.rpartition(":")[2])
        page = page_at(browser, first.url)
        post(first, {"epoch": 0, "loss": 1.0})
        page.wait_for_selector("figure")
    page.wait_for_selector("#state.lost")
    assert page.locator("figure").count() == 1
    with rk.monitor_server(port=port) as second:
        page.wait_for_selector("#state.live", timeout=30_000)
        post(second, {"epoch": 0, "mae": 1.0})
        page.wait_for_selector("figure[data-name=mae]")
        assert page.locator("figure").count() == 1


def test_the_page_is_chinese_for_chinese_readers(browser, running):
    page = page_at(browser, running.url, locale="zh-CN")
    assert page.inner_text("h1") == "训练"
    assert page.get_attribute("html", "lang") == "zh-CN"


def test_from_the_command_line(tmp_path):
    command = [sys.executable, "-m", "rkeras_py", "monitor", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        assert "rkeras monitor" in requests.get(url, timeout=10).text
        process.send_signal(2)
        assert process.wait(10) == 0
