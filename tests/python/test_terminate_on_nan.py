"""callback_terminate_on_naan(), under both names. Section 10 of the map."""

import numpy as np
import pytest

import rkeras_py as rk


@pytest.mark.parametrize("make", [rk.callback_terminate_on_naan, rk.callback_terminate_on_nan])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_it_stops_at_the_batch_that_went_wrong(build, data, capsys, make, value):
    x, y = data
    x = x.copy()
    x[13] = value
    batches = []
    note = rk.callback_lambda(on_batch_end=lambda batch: batches.append(batch))
    model = build(loss="mse")
    history = model.fit(x, y, batch_size=6, epochs=3, shuffle=False, verbose=0, callbacks=[note, make()])
    if value is np.nan:
        assert batches == [0, 1, 2]
        assert history.epoch == [0]
        assert capsys.readouterr().out == "Batch 2: Invalid loss, terminating training\n"
    else:  # tanh takes the infinite feature: no loss is infinite, and nothing is stopped without need
        assert np.isfinite(history.history["loss"]).all() == (len(history.epoch) == 3)


def test_a_healthy_training_goes_on(build, data):
    assert len(build().fit(*data, epochs=2, verbose=0, callbacks=[rk.callback_terminate_on_naan()]).epoch) == 2
