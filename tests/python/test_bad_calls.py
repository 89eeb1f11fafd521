"""A readable selection of the messages, and the rules about values that no annotation tells."""

import keras
import pytest

import rkeras_py as rk

pytestmark = pytest.mark.once


def needs_three(a, b, c):
    return a


BAD_CALLS = {
    "a word for a number": lambda: rk.callback_early_stopping(patience="five"),
    "a negative patience": lambda: rk.callback_early_stopping(patience=-1),
    "R's NA": lambda: rk.callback_early_stopping(patience=-2147483648),
    "nan": lambda: rk.callback_early_stopping(min_delta=float("nan")),
    "an empty vector": lambda: rk.callback_early_stopping(patience=[]),
    "two values": lambda: rk.callback_early_stopping(patience=[1, 2]),
    "a choice that is none": lambda: rk.callback_early_stopping(mode="maximum"),
    "an ambiguous choice": lambda: rk.callback_early_stopping(mode="m"),
    "a choice with a slip": lambda: rk.callback_early_stopping(mode="atuo"),
    "an unknown argument": lambda: rk.callback_early_stopping(patince=5),
    "an argument of nothing": lambda: rk.callback_terminate_on_naan(raise_error=True),
    "too many arguments": lambda: rk.callback_csv_logger("a.csv", ",", True, 1),
    "an argument twice": lambda: rk.callback_csv_logger("a.csv", filename="b.csv"),
    "a missing argument": lambda: rk.callback_model_checkpoint(monitor="val_loss"),
    "a factor of 1": lambda: rk.callback_reduce_lr_on_plateau(factor=1),
    "a factor of 0": lambda: rk.callback_reduce_lr_on_plateau(factor=0),
    "a negative factor": lambda: rk.callback_reduce_lr_on_plateau(factor=-0.5),
    "a negative cooldown": lambda: rk.callback_reduce_lr_on_plateau(cooldown=-1),
    "an old and a new name": lambda: rk.callback_reduce_lr_on_plateau(epsilon=0.1, min_delta=0.1),
    "an unknown count_mode": lambda: rk.callback_progbar_logger(count_mode="epochs"),
    "a number among metrics": lambda: rk.callback_progbar_logger(stateful_metrics=["acc", 3]),
    "an unknown update_freq": lambda: rk.callback_tensorboard(update_freq="sometimes"),
    "an update_freq of 0": lambda: rk.callback_tensorboard(update_freq=0),
    "a profile that runs backwards": lambda: rk.callback_tensorboard(profile_batch=[5, 2]),
    "a profile of words": lambda: rk.callback_tensorboard(profile_batch="first"),
    "a separator of two characters": lambda: rk.callback_csv_logger("a.csv", separator=";;"),
    "an empty path": lambda: rk.callback_csv_logger(""),
    "a class for a function": lambda: rk.callback_learning_rate_scheduler(keras.optimizers.schedules.ExponentialDecay),
    "a string for a function": lambda: rk.callback_learning_rate_scheduler("exponential"),
    "a schedule of no arguments": lambda: rk.callback_learning_rate_scheduler(lambda: 0.1),
    "a schedule of three arguments": lambda: rk.callback_learning_rate_scheduler(needs_three),
    "a hook of too many arguments": lambda: rk.callback_lambda(on_train_end=lambda logs, more: None),
    "an unknown hook": lambda: rk.callback_lambda(on_epoch_ends=print),
    "a callback for a hook": lambda: rk.callback_lambda(on_epoch_end=rk.callback_terminate_on_naan()),
    "an address without a scheme": lambda: rk.callback_remote_monitor(root="localhost:9000"),
    "an address that is none": lambda: rk.callback_remote_monitor(root="http://[::1"),
    "a port that is none": lambda: rk.callback_remote_monitor(root="http://localhost:port"),
    "headers that are no strings": lambda: rk.callback_remote_monitor(headers={"X-Run": 7}),
    "a field without a name": lambda: rk.callback_model_checkpoint("weights.{}.h5"),
    "a brace too many": lambda: rk.callback_model_checkpoint("weights.{epoch:02d.h5"),
    "a save_freq of words": lambda: rk.callback_model_checkpoint("a.h5", save_freq="batch"),
    "a period of 0": lambda: rk.callback_model_checkpoint("a.h5", period=0),
    "a directory for a file": lambda: rk.callback_model_checkpoint("."),
    "a directory for a log": lambda: rk.callback_csv_logger("."),
    "a directory for lines of JSON": lambda: rk.callback_json_logger("."),
    "a file for a directory": lambda: rk.callback_backup_and_restore("/dev/null"),
    "a file for a log_dir": lambda: rk.callback_tensorboard("/dev/null"),
    "a file that is not there": lambda: rk.load_model_hdf5("nothing.h5"),
    "a file that may not be replaced": lambda: rk.save_model_hdf5(keras.Sequential(), "/dev/null", overwrite=False),
    "a layer without its size": lambda: rk.layer_dense(keras.Sequential()),
    "a size in the place of the model": lambda: rk.layer_dense(32, units=32),
    "a share above 1": lambda: rk.layer_dropout(rate=25),
    "an activation with a slip": lambda: rk.layer_dense(units=1, activation="rleu"),
    "an initializer that is none": lambda: rk.layer_dense(units=1, kernel_initializer="glorot"),
    "a class for an initializer": lambda: rk.layer_dense(units=1, kernel_initializer=keras.initializers.Zeros),
    "a shape of words": lambda: rk.layer_dense(units=1, input_shape="28"),
    "a shape of 0": lambda: rk.layer_input(shape=[0]),
    "a padding that is none": lambda: rk.layer_conv_2d(filters=1, kernel_size=3, padding="same "),
    "weights that are words": lambda: rk.layer_dense(units=1, weights=["a"]),
    "a number for a tensor": lambda: rk.keras_model(3),
    "no outputs": lambda: rk.keras_model(keras.Input((1,))),
    "source for a model": lambda: rk.compile("1 + 1", "<string>", "eval"),
    "an optimizer with a slip": lambda: rk.compile(keras.Sequential(), "adm", "mse"),
    "a loss that is none": lambda: rk.compile(keras.Sequential(), "adam", "mean_square_error"),
    "a metric among others": lambda: rk.compile(keras.Sequential(), "adam", "mse", metrics=["mae", "acuracy"]),
    "a negative rate": lambda: rk.optimizer_sgd(lr=-0.1),
    "a momentum of 1": lambda: rk.optimizer_sgd(momentum=1),
    "both names of an argument": lambda: rk.optimizer_adam(lr=0.1, learning_rate=0.1),
    "words for classes": lambda: rk.to_categorical(["a", "b"]),
    "too few classes": lambda: rk.to_categorical([0, 3], num_classes=3),
    "a number among texts": lambda: rk.texts_to_sequences(rk.text_tokenizer(), ["a", 3]),
    "a text for a tokenizer": lambda: rk.texts_to_sequences("a", "b"),
    "a tokenizer that knows no words": lambda: rk.texts_to_matrix(rk.text_tokenizer(), "a"),
    "words for their numbers": lambda: rk.sequences_to_matrix(rk.text_tokenizer(num_words=5), ["a", "b"]),
    "a hash of one number": lambda: rk.text_hashing_trick("a b", 1, "md5"),
    "a hash that is none": lambda: rk.text_hashing_trick("a b", 9, "sha"),
    "a window longer than the series": lambda: rk.timeseries_generator([1, 2, 3], [1, 2, 3], 3),
    "a step behind the last one": lambda: rk.timeseries_dataset_from_array([1, 2, 3], None, 2, end_index=4),
    "one side of an image": lambda: rk.image_load("a.png", target_size=150),
    "an image that is not there": lambda: rk.image_load("nothing.png"),
    "a path for an image": lambda: rk.image_to_array("a.png"),
    "an image of two axes": lambda: rk.image_array_save([[1, 2], [3, 4]], "a.png"),
    "a brightness of one number": lambda: rk.image_data_generator(brightness_range=0.5),
    "a directory that is not there": lambda: rk.flow_images_from_directory("nowhere"),
    "a column that is not there": lambda: rk.flow_images_from_dataframe({"filename": ["a"], "sort": ["b"]}),
    "no list of sequences": lambda: rk.pad_sequences(3),
    "a shape that does not fit": lambda: rk.array_reshape(range(6), [4, 2]),
    "an axis of 0": lambda: rk.normalize([[1, 2]], axis=0),
    "a number for a variable": lambda: rk.k_set_value(0.5, 1),
    "weights of another model": lambda: rk.set_weights(keras.Sequential([keras.Input((1,))]), [[1.0]]),
    "words for targets": lambda: rk.fit(keras.Sequential(), [[1.0]], ["a"]),
    "a word for a target": lambda: rk.fit(keras.Sequential(), [[1.0]], "a"),
    "an interrupt to be ignored": lambda: rk.fit(keras.Sequential(), on_interrupt="ignore"),
    "a class for a model": lambda: rk.load_model_weights_hdf5(keras.Sequential, "a.h5"),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_message(case, snapshot):
    with pytest.raises(rk.ArgumentError) as caught:
        BAD_CALLS[case]()
    assert str(caught.value) == snapshot
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, TypeError)
