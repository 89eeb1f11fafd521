"""Python's side of the bridge to R, without R; the tests of the R package go over it from there."""

import inspect
import io
import sys
import threading
import warnings

import keras
import numpy as np
import pytest

import rkeras_py
from rkeras_py.language.notices import RKerasWarning, warn
from rkeras_py.r import bridge, functions, values
from rkeras_py.r import console as r_console


def test_a_value_comes_back():
    assert bridge.call("callback_early_stopping", {"patience": 5.0}).patience == 5
    assert bridge.call("k_epsilon", []) == 1e-7  # as an empty list of R arrives
    assert bridge.call("k_get_uid", {"prefix": "of the bridge"}) == 1


def test_what_goes_in_front_of_more_keeps_its_name():
    x, y = np.ones(2), np.zeros(2)
    added = bridge.call("layer_add", {"inputs": keras.ops.ones(2)}, [keras.ops.ones(2)])
    np.testing.assert_array_equal(added, x + x)
    outcome = bridge.call("k_maximum", {"x": x}, [y])
    assert (outcome.kind, outcome.message) == ("refused", "k_maximum(): an argument is left over that has no name.")


def test_a_refusal_comes_back_in_rs_words():
    outcome = bridge.call("callback_early_stopping", {"baseline": True, "patience": 1})
    assert (outcome.kind, outcome.message) == (
        "refused",
        "callback_early_stopping(): `baseline` must be a number or NULL, not TRUE.",
    )
    with pytest.raises(rkeras_py.ArgumentError, match="a number or None, not True"):
        rkeras_py.callback_early_stopping(baseline=True)


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ValueError("of Keras"), "failed", "of Keras"),
        (KeyError(), "failed", "KeyError"),
        (RuntimeError("of Keras"), "failed", "of Keras"),
        (KeyboardInterrupt(), "interrupted", ""),
        (RuntimeError("(Unknown exception occurred)"), "interrupted", ""),
        (functions.HookError("on_epoch_end: of R"), "hook", "on_epoch_end: of R"),
    ],
)
def test_errors_come_back_as_values(build, data, error, kind, message):
    def fail():
        raise error

    callback = rkeras_py.callback_lambda(on_train_begin=fail)
    outcome = bridge.call("fit", {"object": build(), "x": data[0], "y": data[1], "callbacks": callback})
    assert (outcome.kind, outcome.message) == (kind, message)
    assert ("Traceback" in outcome.trace) == (kind == "failed")


def test_warnings_are_collected_and_those_of_others_are_shown(build, data):
    def warn_otherwise():
        warnings.warn("somebody else's", UserWarning, stacklevel=1)

    callbacks = [rkeras_py.callback_early_stopping("nope"), rkeras_py.callback_lambda(on_train_end=warn_otherwise)]
    arguments = {"object": build(), "x": data[0], "y": data[1], "epochs": 2, "verbose": 0, "callbacks": callbacks}
    with pytest.warns(UserWarning, match="somebody else's") as shown:
        outcome = bridge.call("fit", arguments)
    assert [str(warning.message) for warning in shown] == ["somebody else's"]
    assert len(outcome.warnings) == 1
    assert outcome.warnings[0].startswith('callback_early_stopping(): `monitor` "nope" is not in the logs')


def test_a_call_that_warns_has_a_value_too():
    outcome = bridge.call("k_identity", {"x": np.ones(2), "name": "mine"})
    np.testing.assert_array_equal(outcome.value, [1, 1])
    assert outcome.kind == "value"
    assert len(outcome.warnings) == 1
    assert outcome.warnings[0].startswith("k_identity(): `name` is not used: ")


def test_a_call_within_a_call_has_warnings_and_words_of_its_own(build, data):
    inner = []

    def hook():
        inner.append(bridge.call("k_get_session"))
        inner.append(bridge.call("k_sum", {"x": True, "axis": [0.5]}))
        warn("hook", "of the outer call.")

    callbacks = rkeras_py.callback_lambda(on_train_end=hook)
    outcome = bridge.call("fit", {"object": build(), "x": data[0], "y": data[1], "verbose": 0, "callbacks": callbacks})
    assert [one.split(":")[0] for one in inner[0].warnings] == ["k_get_session()"]
    assert (inner[1].kind, inner[1].warnings) == ("refused", [])
    assert outcome.warnings == ["hook(): of the outer call."]


@pytest.mark.parametrize("name", ["k_set_learning_phase", "k_get_session"])
def test_after_a_call_python_shows_warnings_again(name):
    bridge.call(name, {"value": 2} if "phase" in name else {})  # one is refused, one warns
    with pytest.warns(RKerasWarning, match="to Python"):
        warn("mine", "to Python.")
    with pytest.raises(rkeras_py.ArgumentError, match="not None"):
        rkeras_py.k_set_epsilon(None)


def test_what_another_thread_warns_of_during_a_call_is_signalled_with_it(build, data):
    def hook():
        thread = threading.Thread(target=warn, args=("mine", "from the background."))
        thread.start()
        thread.join()

    callbacks = rkeras_py.callback_lambda(on_train_end=hook)
    outcome = bridge.call("fit", {"object": build(), "x": data[0], "y": data[1], "verbose": 0, "callbacks": callbacks})
    assert outcome.warnings == ["mine(): from the background."]


def test_threads_that_warn_while_calls_come_and_go_lose_nothing():
    done, heard = threading.Event(), []

    def go_on_warning():
        for number in range(3000):
            warn("mine", f"{number}.")
        done.set()

    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        thread = threading.Thread(target=go_on_warning)
        thread.start()
        while not done.is_set():
            outcome = bridge.call("k_epsilon")
            heard += outcome.warnings if isinstance(outcome, bridge.Outcome) else []
        thread.join()
    assert len(heard) + len(shown) == 3000


def test_a_function_of_r_has_the_signature_it_has_in_r():
    function = functions.RFunction(print, ["epoch", "lr", "...", "my.own"], [False, True, True, True])
    assert str(inspect.signature(function)) == "(epoch, lr=None, /, *dots, r_my_own=None)"


def test_a_function_of_r_returns_its_failure():
    failing = functions.RFunction(lambda *_: {".rkeras_failure": "on_epoch_end: no"}, ["epoch"], [False])
    with pytest.raises(functions.HookError, match="on_epoch_end: no"):
        failing(1)
    interrupted = functions.RFunction(lambda *_: {".rkeras_failure": None}, ["epoch"], [False])
    with pytest.raises(KeyboardInterrupt):
        interrupted(1)


def test_what_r_returns_joins_the_logs_but_overwrites_nothing(build, data):
    adding = functions.RFunction(lambda *_: {"own": 7.0, "loss": -1.0}, ["epoch", "logs"], [False, False])
    history = build().fit(*data, verbose=0, callbacks=[rkeras_py.callback_lambda(on_epoch_end=adding)])
    assert history.history["own"] == [7.0]
    assert history.history["loss"][0] > 0


@pytest.fixture
def console():
    written, terminal = [], [False]
    stream = r_console.RConsole(written.append, lambda: terminal[0], io.StringIO())
    stream.written, stream.terminal = written, terminal
    return stream


def test_without_a_terminal_lines_are_whole_and_plain(console):
    for text in [
        "Epoch 1/2\n",
        "\r\x1b[1m1/2\x1b[0m loss: 1",
        "\b\b\b\r",
        "\x1b[1m2/2\x1b[0m loss: 2",
        "\n",
        "the end",
    ]:
        console.write(text)
        console.flush()
    assert console.written == ["Epoch 1/2\n", "2/2 loss: 2\n"]
    console.finish()
    assert "".join(console.written) == "Epoch 1/2\n2/2 loss: 2\nthe end"


def test_a_terminal_gets_everything_at_once(console):
    console.terminal[0] = True
    console.write("\r\x1b[1m1/2\x1b[0m")
    assert console.written == ["\r\x1b[1m1/2\x1b[0m"]
    assert console.isatty()


def test_other_threads_do_not_write_to_r(console):
    thread = threading.Thread(target=console.write, args=("from the background",))
    thread.start()
    thread.join()
    assert console.written == []
    assert console.before.getvalue() == "from the background"


def test_a_console_that_is_pythons_own_has_the_text_once(monkeypatch):
    printed = io.StringIO()
    monkeypatch.setattr(r_console, "_console", None)
    monkeypatch.setattr(sys, "stdout", printed)
    r_console.connect(lambda text: print(text, end=""), lambda: False)  # as rpy2 writes what R writes
    monkeypatch.setattr(sys, "stdout", printed)
    bridge.call("summary", {"object": keras.Sequential([keras.Input((3,))], name="unmistakable")})
    assert printed.getvalue().count("unmistakable") == 1


def test_names_of_a_vector_count_only_where_something_named_is_asked_for():
    def arrived(name, argument, vector):
        made = bridge.call(name, {argument: vector})
        return made.message if isinstance(made, bridge.Outcome) else getattr(made, argument)

    five = values.r_named(["p"], np.array([5.0]))
    assert arrived("callback_early_stopping", "patience", five) == 5
    assert arrived("callback_progbar_logger", "stateful_metrics", values.r_named(["p"], ["acc"])) == ["acc"]
    assert arrived("callback_remote_monitor", "headers", values.r_named(["X"], ["y"])) == {"X": "y"}
    refused = arrived("callback_early_stopping", "mode", values.r_named(["p", "q"], [1, 2]))
    assert refused.endswith("not c(p = 1, q = 2).")
    assert arrived("callback_remote_monitor", "root", five).endswith("not c(p = 5).")


def test_a_stream_of_somebody_elses_stays_but_for_calls_from_r(monkeypatch, build, data):
    class RemappedStream(io.StringIO):
        """As reticulate puts in place while a document is knitted."""

    kept, written = RemappedStream(), []
    monkeypatch.setattr(r_console, "_console", None)
    monkeypatch.setattr(sys, "stdout", kept)
    r_console.connect(written.append, lambda: False)
    assert sys.stdout is kept
    saying = rkeras_py.callback_lambda(on_train_begin=lambda: print("from the call"))
    bridge.call("fit", {"object": build(), "x": data[0], "y": data[1], "verbose": 0, "callbacks": saying})
    assert sys.stdout is kept
    assert "".join(written) == "from the call\n"
    assert kept.getvalue() == ""
