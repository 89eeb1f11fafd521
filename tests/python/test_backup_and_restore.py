"""callback_backup_and_restore(): an interrupted training goes on where it was."""

from pathlib import Path

import pytest

import rkeras_py as rk


def test_an_interrupted_training_goes_on(build, data):
    epochs = []

    def interrupt(epoch):
        epochs.append(epoch)
        if len(epochs) == 3:
            raise KeyboardInterrupt

    backup = rk.callback_backup_and_restore("backup/here")
    arguments = {"epochs": 4, "verbose": 0, "callbacks": [backup, rk.callback_lambda(on_epoch_begin=interrupt)]}
    with pytest.raises(KeyboardInterrupt):
        build().fit(*data, **arguments)
    assert Path("backup/here").is_dir()
    build().fit(*data, **arguments)
    assert epochs == [0, 1, 2, 2, 3]
    assert not Path("backup/here").exists()


def test_the_backup_can_be_kept(build, data):
    backup = rk.callback_backup_and_restore("backup", save_freq=2, double_checkpoint=True, delete_checkpoint=False)
    build().fit(*data, batch_size=6, verbose=0, callbacks=[backup])
    assert {path.name for path in Path("backup").iterdir()} >= {"latest.weights.h5", "latest.weights.h5.bkp"}
