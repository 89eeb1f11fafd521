"""Whatever a constructor of a callback and `fit(callbacks = …)` are given: they work, or say in rkeras's words why not.

`make fuzz` tries many more cases than `make test`.
"""

import os
import shutil
from collections import Counter

import arbitrary
import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rkeras_py as rk

pytestmark = [pytest.mark.once, pytest.mark.tensorflow, pytest.mark.filterwarnings("ignore")]

CONSTRUCTORS = int(os.environ.get("RKERAS_CONSTRUCTORS", "500"))
TRAININGS = int(os.environ.get("RKERAS_TRAININGS", "25"))
COUNTED = Counter()

_HOW = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(autouse=True, scope="module")
def _report():
    COUNTED.clear()
    yield
    print(f"\n{dict(COUNTED)}")


@settings(max_examples=CONSTRUCTORS, **_HOW)
@given(arbitrary.calls())
def test_a_constructor_works_or_refuses_its_arguments(call):
    function, arguments = call
    COUNTED["constructors"] += 1
    said = None
    try:
        made = function(**arguments)
    except rk.ArgumentError as error:
        said = str(error)
        COUNTED["refused"] += 1
    else:
        assert isinstance(made, keras.callbacks.Callback)
        assert repr(made)
    assert said is None or said.startswith(f"{function.__name__}(): ")
    assert len(said or "") < 1000


def several(plain=False):
    return st.lists(arbitrary.calls(plain), min_size=1, max_size=4)


def model():
    made = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    made.compile("sgd", "mse", metrics=["mae"], run_eagerly=True)
    return made


@settings(max_examples=TRAININGS, **_HOW)
@given(several(), st.sampled_from(["list", "nested", "bare", "junk"]), arbitrary.ANYTHING)
def test_a_training_goes_through_or_is_refused(chosen, shape, junk):
    made = []
    for function, arguments in chosen:
        try:
            made.append(function(**arguments))
        except rk.ArgumentError:
            COUNTED["left out"] += 1
    callbacks = {"list": made, "nested": [made, []], "bare": (made or [None])[0], "junk": [*made, junk]}[shape]
    COUNTED["trainings"] += 1
    said = None
    try:
        history = rk.fit(model(), np.ones((8, 2)), np.ones(8), epochs=2, verbose=0, callbacks=callbacks)
    except (rk.ArgumentError, rk.FileError) as error:
        said = str(error)
        COUNTED["trainings refused"] += 1
    except arbitrary.UserError:
        COUNTED["trainings with an error of the user's own"] += 1
    else:
        assert len(history.epoch) <= 2
    finally:
        for name in os.listdir():
            shutil.rmtree(name) if os.path.isdir(name) else os.unlink(name)
    assert said is None or "(): " in said
