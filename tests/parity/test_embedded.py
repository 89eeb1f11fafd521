"""R is a guest of this Python process, and rkeras works in it."""

import os
import sys

import embedded_r
import pytest

import rkeras_py

pytestmark = pytest.mark.r


def test_it_is_one_process_with_one_python(r):
    assert r("Sys.getpid()") == os.getpid()
    assert r('reticulate::import("sys")$executable') == sys.executable
    callback = r("callback_early_stopping(patience = 5)")
    assert isinstance(callback, rkeras_py.callbacks.early_stopping.EarlyStopping)
    assert callback.patience == 5


def test_errors_are_rs(r):
    with pytest.raises(embedded_r.RError, match="non-numeric argument"):
        r("1 + 'a'")
    assert r.refusal("1") is None


def test_what_is_printed_comes_through_once(r, capfd):
    r('invisible(summary(keras_model_sequential(name = "unmistakable")))')
    printed = capfd.readouterr()
    assert (printed.out + printed.err).count("unmistakable") == 1


def test_finalizers_of_r_find_python(r):
    r("for (i in 1:2000) callback_terminate_on_naan()")
    assert r("{gc(); 1}") == 1
