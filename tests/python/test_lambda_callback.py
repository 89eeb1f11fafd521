"""callback_lambda(): hooks by position, all sixteen, NULL is none. Section 6 of the map."""

import inspect

import pytest

import rkeras_py as rk
from rkeras_py.language.notices import RKerasWarning

HOOKS = list(inspect.signature(rk.callback_lambda).parameters)

# How often a hook is called by a fit of two epochs, an evaluation and a prediction, of two batches each.
TIMES = {
    **dict.fromkeys(HOOKS, 1),
    **dict.fromkeys(["on_epoch_begin", "on_epoch_end"], 2),
    **dict.fromkeys(["on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end"], 4),
    **dict.fromkeys([hook for hook in HOOKS if "test_batch" in hook or "predict_batch" in hook], 2),
}


def test_all_hooks_at_null_is_no_hook(build, data):
    history = build().fit(*data, verbose=0, callbacks=[rk.callback_lambda(**dict.fromkeys(HOOKS))])
    assert history.epoch == [0]


@pytest.mark.parametrize("takes", [0, 1, 2])
def test_all_hooks_are_called_by_position_whatever_their_arguments_are_called(build, data, takes):
    called = {hook: [] for hook in HOOKS}
    makers = {
        0: lambda note: lambda: note(()),
        1: lambda note: lambda i: note((i,)),
        2: lambda note: lambda i, x: note((i, x)),
    }
    most = {hook: 2 if "epoch" in hook or "batch" in hook else 1 for hook in HOOKS}
    functions = {hook: makers[min(takes, most[hook])](called[hook].append) for hook in HOOKS}
    model = build()
    callback = rk.callback_lambda(**functions)
    model.fit(*data, batch_size=12, epochs=2, verbose=0, callbacks=[callback])
    model.evaluate(*data, batch_size=12, verbose=0, callbacks=[callback])
    model.predict(data[0], batch_size=12, verbose=0, callbacks=[callback])
    assert {hook: len(calls) for hook, calls in called.items()} == TIMES
    if takes:
        assert [arguments[0] for arguments in called["on_epoch_end"]] == [0, 1]
        assert [arguments[0] for arguments in called["on_batch_end"]] == [0, 1, 0, 1]
    if takes == 2:
        assert set(called["on_epoch_end"][0][1]) == {"loss", "acc"}
        assert set(called["on_train_batch_end"][0][1]) == {"loss", "acc", "batch", "size"}


def test_both_names_of_a_batch_hook_are_called_the_short_one_first(build, data):
    called = []
    callback = rk.callback_lambda(
        on_batch_begin=lambda batch: called.append(("on_batch_begin", batch)),
        on_train_batch_begin=lambda batch: called.append(("on_train_batch_begin", batch)),
        on_batch_end=lambda batch: called.append(("on_batch_end", batch)),
        on_train_batch_end=lambda batch: called.append(("on_train_batch_end", batch)),
    )
    build().fit(*data, batch_size=24, verbose=0, callbacks=[callback])
    assert called == [
        ("on_batch_begin", 0),
        ("on_train_batch_begin", 0),
        ("on_batch_end", 0),
        ("on_train_batch_end", 0),
    ]


def test_the_dots_of_the_tutorials(build, data, capsys):
    def print_dot(epoch, logs):
        if epoch % 80 == 0:
            print("")
        print(".", end="")

    build().fit(*data, epochs=3, verbose=0, callbacks=[rk.callback_lambda(on_epoch_end=print_dot)])
    assert capsys.readouterr().out == "\n..."


def test_what_a_hook_adds_to_the_logs_reaches_the_history(build, data):
    def add(epoch, logs):
        logs["my_own"] = epoch * 10

    history = build().fit(*data, epochs=2, verbose=0, callbacks=[rk.callback_lambda(on_epoch_end=add)])
    assert history.history["my_own"] == [0, 10]


@pytest.mark.parametrize("error", [TypeError, ValueError, KeyboardInterrupt, StopIteration])
def test_an_error_in_a_hook_arrives_as_it_is(build, data, error):
    def fail(epoch, logs):
        raise error("of the user's own")

    with pytest.raises(error, match="of the user's own"):
        build().fit(*data, verbose=0, callbacks=[rk.callback_lambda(on_epoch_end=fail)])


def test_builtins_that_tell_nothing_of_themselves_can_be_hooks(build, data):
    called = []
    build().fit(*data, verbose=0, callbacks=[rk.callback_lambda(on_train_end=called.append)])
    assert len(called) == 1
    assert called[0]["loss"] > 0


def test_only_what_is_given_is_a_hook(build, data):
    callback = rk.callback_lambda(on_epoch_end=lambda epoch: None)
    assert [hook for hook in HOOKS if hook in vars(callback)] == ["on_epoch_end"]


def test_the_logs_know_a_quantity_by_its_other_names(build, data):
    seen = []

    def hook(epoch, logs):
        seen.append((logs["acc"], logs["accuracy"], logs.get("val_acc"), logs.get("auc", 7)))
        with pytest.raises(KeyError):
            logs["f1"]
        logs["mine"] = epoch

    with pytest.warns(RKerasWarning, match='logs\\(\\): "acc" is logged as "accuracy"') as warned:
        history = build(metrics=["accuracy"]).fit(
            *data, epochs=3, verbose=0, callbacks=[rk.callback_lambda(on_epoch_end=hook)]
        )
    assert [short for short, *_ in seen] == history.history["accuracy"]
    assert seen[0][1:] == (seen[0][0], None, 7)
    assert history.history["mine"] == [0, 1, 2]
    assert "acc" not in history.history
    assert len([one for one in warned if one.category is RKerasWarning]) == 1
