"""A bad call is refused with the same sentence in both languages, values written in the caller's."""

import contextlib
import re

import in_r
import pytest
import signatures
import test_bad_calls

from rkeras_py.language.wording import RValue, language

pytestmark = pytest.mark.r

# Only R has these words for it: its own errors come first.
EXEMPT = {
    "an unknown argument": "unused argument",
    "an argument of nothing": "unused argument",
    "too many arguments": "unused argument",
    "an argument twice": "unused argument",
    "a missing argument": "is missing, with no default",
    "an old and a new name": "unused argument",
    "a layer without its size": "is missing, with no default",
    "an unknown hook": "unused argument",
}
# R is lazy: a function may have more arguments than it is given.
LEGAL_IN_R = {"a schedule of three arguments", "a hook of too many arguments"}
# What the calls in test_bad_calls.py are in R.
IN_R = {
    "a word for a number": 'callback_early_stopping(patience = "five")',
    "a negative patience": "callback_early_stopping(patience = -1)",
    "R's NA": "callback_early_stopping(patience = NA)",
    "nan": "callback_early_stopping(min_delta = NaN)",
    "an empty vector": "callback_early_stopping(patience = numeric(0))",
    "two values": "callback_early_stopping(patience = c(1, 2))",
    "a choice that is none": 'callback_early_stopping(mode = "maximum")',
    "an ambiguous choice": 'callback_early_stopping(mode = "m")',
    "a choice with a slip": 'callback_early_stopping(mode = "atuo")',
    "an unknown argument": "callback_early_stopping(patince = 5)",
    "an argument of nothing": "callback_terminate_on_naan(raise_error = TRUE)",
    "too many arguments": 'callback_csv_logger("a.csv", ",", TRUE, 1)',
    "an argument twice": 'callback_csv_logger("a.csv", ",", TRUE, filename = "b.csv")',
    "a missing argument": 'callback_model_checkpoint(monitor = "val_loss")',
    "a factor of 1": "callback_reduce_lr_on_plateau(factor = 1)",
    "a factor of 0": "callback_reduce_lr_on_plateau(factor = 0)",
    "a negative factor": "callback_reduce_lr_on_plateau(factor = -0.5)",
    "a negative cooldown": "callback_reduce_lr_on_plateau(cooldown = -1)",
    "an old and a new name": "callback_reduce_lr_on_plateau(epsilon = 0.1, min_delta = 0.1)",
    "an unknown count_mode": 'callback_progbar_logger(count_mode = "epochs")',
    "a number among metrics": 'callback_progbar_logger(stateful_metrics = list("acc", 3))',
    "an unknown update_freq": 'callback_tensorboard(update_freq = "sometimes")',
    "an update_freq of 0": "callback_tensorboard(update_freq = 0)",
    "a profile that runs backwards": "callback_tensorboard(profile_batch = c(5, 2))",
    "a profile of words": 'callback_tensorboard(profile_batch = "first")',
    "a separator of two characters": 'callback_csv_logger("a.csv", separator = ";;")',
    "an empty path": 'callback_csv_logger("")',
    "a class for a function": "callback_learning_rate_scheduler(keras$optimizers$schedules$ExponentialDecay)",
    "a string for a function": 'callback_learning_rate_scheduler("exponential")',
    "a schedule of no arguments": "callback_learning_rate_scheduler(function() 0.1)",
    "a schedule of three arguments": "callback_learning_rate_scheduler(function(a, b, c) a)",
    "a hook of too many arguments": "callback_lambda(on_train_end = function(logs, more) NULL)",
    "an unknown hook": "callback_lambda(on_epoch_ends = print)",
    "a callback for a hook": "callback_lambda(on_epoch_end = callback_terminate_on_naan())",
    "an address without a scheme": 'callback_remote_monitor(root = "localhost:9000")',
    "an address that is none": 'callback_remote_monitor(root = "http://[::1")',
    "a port that is none": 'callback_remote_monitor(root = "http://localhost:port")',
    "headers that are no strings": 'callback_remote_monitor(headers = list("X-Run" = 7))',
    "a field without a name": 'callback_model_checkpoint("weights.{}.h5")',
    "a brace too many": 'callback_model_checkpoint("weights.{epoch:02d.h5")',
    "a save_freq of words": 'callback_model_checkpoint("a.h5", save_freq = "batch")',
    "a period of 0": 'callback_model_checkpoint("a.h5", period = 0)',
    "a directory for a file": 'callback_model_checkpoint(".")',
    "a directory for a log": 'callback_csv_logger(".")',
    "a directory for lines of JSON": 'callback_json_logger(".")',
    "a file for a directory": 'callback_backup_and_restore("/dev/null")',
    "a file for a log_dir": 'callback_tensorboard("/dev/null")',
    "a file that is not there": 'load_model_hdf5("nothing.h5")',
    "a file that may not be replaced": 'save_model_hdf5(keras_model_sequential(), "/dev/null", overwrite = FALSE)',
    "a layer without its size": "layer_dense(keras_model_sequential())",
    "a size in the place of the model": "layer_dense(32, units = 32)",
    "a share above 1": "layer_dropout(rate = 25)",
    "an activation with a slip": 'layer_dense(units = 1, activation = "rleu")',
    "an initializer that is none": 'layer_dense(units = 1, kernel_initializer = "glorot")',
    "a class for an initializer": "layer_dense(units = 1, kernel_initializer = keras$initializers$Zeros)",
    "a shape of words": 'layer_dense(units = 1, input_shape = "28")',
    "a shape of 0": "layer_input(shape = list(0))",
    "a padding that is none": 'layer_conv_2d(filters = 1, kernel_size = 3, padding = "same ")',
    "weights that are words": 'layer_dense(units = 1, weights = list("a"))',
    "a number for a tensor": "keras_model(3)",
    "no outputs": "keras_model(layer_input(shape = 1))",
    "an optimizer with a slip": 'compile(keras_model_sequential(), "adm", "mse")',
    "a loss that is none": 'compile(keras_model_sequential(), "adam", "mean_square_error")',
    "a metric among others": 'compile(keras_model_sequential(), "adam", "mse", metrics = c("mae", "acuracy"))',
    "a negative rate": "optimizer_sgd(lr = -0.1)",
    "a momentum of 1": "optimizer_sgd(momentum = 1)",
    "both names of an argument": "optimizer_adam(lr = 0.1, learning_rate = 0.1)",
    "words for classes": 'to_categorical(c("a", "b"))',
    "too few classes": "to_categorical(c(0, 3), num_classes = 3)",
    "a number among texts": 'texts_to_sequences(text_tokenizer(), list("a", 3))',
    "a text for a tokenizer": 'texts_to_sequences("a", "b")',
    "a tokenizer that knows no words": 'texts_to_matrix(text_tokenizer(), "a")',
    "words for their numbers": 'sequences_to_matrix(text_tokenizer(num_words = 5), c("a", "b"))',
    "a hash of one number": 'text_hashing_trick("a b", 1, "md5")',
    "a hash that is none": 'text_hashing_trick("a b", 9, "sha")',
    "a window longer than the series": "timeseries_generator(1:3, 1:3, 3)",
    "a step behind the last one": "timeseries_dataset_from_array(1:3, NULL, 2, end_index = 4)",
    "one side of an image": 'image_load("a.png", target_size = 150)',
    "an image that is not there": 'image_load("nothing.png")',
    "a path for an image": 'image_to_array("a.png")',
    "an image of two axes": 'image_array_save(matrix(1:4, 2, byrow = TRUE), "a.png")',
    "a brightness of one number": "image_data_generator(brightness_range = 0.5)",
    "a directory that is not there": 'flow_images_from_directory("nowhere")',
    "a column that is not there": 'flow_images_from_dataframe(data.frame(filename = "a", sort = "b"))',
    "no list of sequences": "pad_sequences(3)",
    "a shape that does not fit": "array_reshape(0:5, c(4, 2))",
    "an axis of 0": "normalize(matrix(c(1, 2), 1), axis = 0)",
    "a number for a variable": "k_set_value(0.5, 1)",
    "weights of another model": "set_weights(keras$Sequential(list(keras$Input(list(1L)))), list(list(1)))",
    "words for targets": 'fit(keras_model_sequential(), matrix(1), list("a"))',
    "a word for a target": 'fit(keras_model_sequential(), matrix(1), "a")',
    "an interrupt to be ignored": 'fit(keras_model_sequential(), on_interrupt = "ignore")',
}
# R finds no method for these, and says so before rkeras is asked.
NO_METHOD = {"source for a model", "a class for a model"}


@contextlib.contextmanager
def as_in_r():
    """Has Python's messages write values as R does."""
    token = language.set("R")
    try:
        yield
    finally:
        language.reset(token)


def sentence(call):
    """The message with which Python (or Keras behind it) refuses a call, in R's writing, or None."""
    with as_in_r():
        try:
            call()
        except Exception as error:
            return re.sub(r"the function \w+", "a function", str(error))  # in R functions have no names of their own
    return None


def test_every_bad_call_has_its_r():
    assert {*IN_R, *NO_METHOD} == set(test_bad_calls.BAD_CALLS)
    assert set(EXEMPT) < set(IN_R)


@pytest.mark.parametrize("case", IN_R)
def test_bad_call(case, r):
    r('keras <- reticulate::import("keras")')
    in_python, from_r = sentence(test_bad_calls.BAD_CALLS[case]), r.refusal(IN_R[case])
    if case in LEGAL_IN_R:
        assert in_python
        assert from_r is None
    elif case in EXEMPT:
        assert in_python
        assert EXEMPT[case] in from_r
    else:
        assert from_r == in_python


# Work before there is any Python; test-install.R.
BEFORE_PYTHON = {"install_keras", "is_keras_available"}

# As they are written in both languages; R has no bytes, and functions without a name.
WRONG = {
    **{label: (value, in_r.text(value)) for label, value in signatures.WRONG.items()},
    "a function": (lambda x: x, "function(x) x"),
    "NA": (RValue("NA"), "NA"),
    "bytes": (RValue("a raw vector"), "as.raw(1)"),
}


# R comes first: it negates one for the default of `versioned`, and the other is code.
ARGUMENTS_OF_R = {("export_savedmodel", "overwrite"), ("with_custom_object_scope", "expr")}


@pytest.mark.parametrize("name", [name for name in signatures.FUNCTIONS if name not in BEFORE_PYTHON])
def test_wrong_values(name, r, parity):
    function = signatures.FUNCTIONS[name]
    cases = []
    declared = [one for one in signatures.parameters(function) if (name, one[0]) not in ARGUMENTS_OF_R]
    for argument, annotation, _ in declared:
        right = signatures.allowed(annotation)[0]
        required = signatures.required_of(function, without=argument)
        wrong = {label: given for label, given in WRONG.items() if label not in right}
        assert len(wrong) >= 5 or object in dict(signatures.leaves(annotation)), argument
        for label, (value, text) in wrong.items():
            said = sentence(lambda given={**required, argument: value}: function(**given))
            cases.append((argument, label, in_r.call(function, required, **{argument: text}), said))
    in_python = {(argument, label): said for argument, label, _, said in cases}
    codes = [code for _, _, code, _ in cases]
    assert dict(zip(in_python, r.refusals(codes), strict=True)) == in_python
    assert all(in_python.values())
    for argument, _, _ in declared:
        parity(name, "refused", argument)
