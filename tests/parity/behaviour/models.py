import contextlib
import io
import os

import numpy as np

from rkeras_py import *

x = np.array([[0.1, 0.5], [-0.2, 0.6], [0.3, -0.7], [0.4, 0.8]])
y = np.array([1, 0, 1, 1])
images = array_reshape((np.arange(32) % 7) / 7, c(2, 4, 4, 1))
steps = array_reshape((np.arange(12) % 5) / 5, c(2, 3, 2))


def flat(value):
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return np.concatenate([np.ravel(part, order="F").astype("float64") for part in parts])


def through(layer, samples):
    model = layer(keras_model_sequential())
    return flat(predict(model, samples))


def on(layer, samples):
    input = layer_input(shape=samples.shape[1:])
    return flat(predict(keras_model(input, layer(input)), samples))


def line(optimizer=None, units=1, **more):
    model = keras_model_sequential()
    layer_dense(model, units=units, input_shape=c(2), kernel_initializer="ones", **more)
    compile(model, loss="mse", optimizer=optimizer or optimizer_sgd(lr=0.1))
    return model


def trained(model, **more):
    history = fit(model, x, y, batch_size=2, epochs=3, shuffle=FALSE, verbose=0, **more)
    return np.concatenate([flat(get_weights(model)), flat(history.metrics["loss"])])


@behaviour("to_categorical")
def _():
    three = to_categorical(c(0, 2, 1))
    return [flat(three), three.shape, to_categorical(c(0, 2), num_classes=5).shape]


@behaviour("array_reshape")
def _():
    numbers = range(1, 7)
    return [flat(array_reshape(numbers, c(2, 3)).T), flat(array_reshape(numbers, c(2, 3), order="F").T)]


@behaviour("normalize")
def _():
    return [flat(normalize(x).T), flat(normalize(x, axis=2, order=1).T)]


@behaviour("pad_sequences")
def _():
    texts = [c(1, 2, 3), 4, c(5, 6)]
    short = pad_sequences(texts, maxlen=2, padding="post", truncating="post", value=9)
    return [flat(pad_sequences(texts).T), flat(short.T)]


@behaviour("use_session_with_seed")
def _():
    use_session_with_seed(7, quiet=TRUE)
    one = layer_dense(units=2)
    one.build((None, 3))
    first = flat(get_weights(one))
    use_session_with_seed(7, quiet=TRUE)
    other = layer_dense(units=2)
    other.build((None, 3))
    return np.array_equal(first, flat(get_weights(other)))


@behaviour("is_keras_available")
def _():
    return [is_keras_available(), is_keras_available("2.0"), is_keras_available("99")]


@behaviour("keras_model_sequential")
def _():
    given = keras_model_sequential(layers=[layer_dense(units=1, kernel_initializer="ones", input_shape=c(2))])
    said = keras_model_sequential(input_shape=c(2), batch_size=4, input_layer_name="numbers")
    layer_dense(said, units=3)
    return [
        flat(predict(given, x)),
        keras_model_sequential(name="mine").name,
        said.inputs[0].name,
        list(said.output_shape),
    ]


@behaviour("keras_model")
def _():
    left = layer_input(shape=c(1))
    right = layer_input(shape=c(1))
    joined = layer_dense(layer_concatenate([left, right]), units=1, kernel_initializer="ones")
    model = keras_model(inputs=[left, right], outputs=joined)
    difference = layer_subtract([left, right])
    named = keras_model({"right": right, "left": left}, {"sum": joined, "difference": difference}, name="bob")
    predicted = predict(named, {"left": x[:, :1], "right": x[:, 1:]})
    return [
        flat(predict(model, [x[:, :1], x[:, 1:]])),
        named.name,
        flat(predicted["sum"]),
        flat(predicted["difference"]),
    ]


@behaviour("compile")
def _():
    model = line()
    compile(model, optimizer="sgd", loss="mae", metrics=["mse"], loss_weights=[2])
    return flat(evaluate(model, x, y, verbose=0))


@behaviour("fit")
def _():
    return [
        trained(line()),
        trained(line(), validation_split=0.25),
        trained(line(), sample_weight=c(1, 0, 2, 1)),
        trained(line(), class_weight={"0": 1, "1": 3}),
        trained(line(), steps_per_epoch=1, validation_data=[x, y]),
    ]


@behaviour("last_history")
def _():
    history = fit(line(), x, y, epochs=2, shuffle=FALSE, verbose=0)
    return history.metrics["loss"] == last_history().metrics["loss"]


@behaviour("evaluate")
def _():
    return flat(evaluate(line(), x, y, batch_size=2, verbose=0, sample_weight=c(1, 0, 2, 1)))


@behaviour("predict")
def _():
    return [flat(predict(line(), x)), flat(predict(line(), x, batch_size=1)), predict(line(units=3), x).shape]


@behaviour("get_weights")
def _():
    return [flat(get_weights(line())), len(get_weights(line(use_bias=FALSE)))]


@behaviour("set_weights")
def _():
    model = line()
    set_weights(model, [np.array([[2], [3]]), np.array([1])])
    return flat(predict(model, x))


@behaviour("summary")
def _():
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        summary(line())
    return len(printed.getvalue().splitlines()) > 5


@behaviour("k_get_value")
def _():
    return k_get_value(line(optimizer_sgd(lr=0.25)).optimizer.learning_rate)


@behaviour("k_set_value")
def _():
    model = line()
    k_set_value(model.optimizer.learning_rate, 0.5)
    return [k_get_value(model.optimizer.learning_rate), trained(model)]


@behaviour("save_model_hdf5")
def _():
    model = line()
    save_model_hdf5(model, "saved.h5")
    return [os.path.exists("saved.h5"), "saved.h5" in os.listdir()]


@behaviour("load_model_hdf5")
def _():
    model = line(optimizer_sgd(lr=0.1, momentum=0.5))
    trained(model)
    save_model_hdf5(model, "whole.h5")
    again = load_model_hdf5("whole.h5")
    return [flat(predict(again, x)), trained(again)]


@behaviour("save_model_weights_hdf5")
def _():
    model = line()
    save_model_weights_hdf5(model, "some.hdf5")
    return os.path.exists("some.hdf5")


@behaviour("load_model_weights_hdf5")
def _():
    model = line()
    trained(model)
    save_model_weights_hdf5(model, "weights.hdf5")
    other = line()
    load_model_weights_hdf5(other, "weights.hdf5")
    return flat(predict(other, x))


@behaviour("get_layer")
def _():
    model = line()
    layer_dense(model, units=3, name="last")
    return [get_layer(model, index=1).units, get_layer(model, index=-1).name, get_layer(model, "last").units]


@behaviour("pop_layer")
def _():
    model = line()
    layer_dense(model, units=3)
    pop_layer(model)
    return [len(model.layers), flat(predict(model, x))]


@behaviour("count_params")
def _():
    return [count_params(line(units=3)), count_params(get_layer(line(), index=1))]


@behaviour("clone_model")
def _():
    model = line()
    trained(model)
    clone = clone_model(model)
    return [clone.compiled, flat(predict(clone, x))]


@behaviour("get_config")
def _():
    config = get_config(layer_dense(units=3, activation="tanh"))
    return [config["units"], config["activation"], get_config(optimizer_sgd(lr=0.5))["learning_rate"]]


@behaviour("from_config")
def _():
    return flat(predict(from_config(get_config(line(units=2))), x))


@behaviour("model_to_json")
def _():
    return "Sequential" in model_to_json(line())


@behaviour("model_from_json")
def _():
    return flat(predict(model_from_json(model_to_json(line(units=2))), x))


def message(call):
    try:
        call()
    except NotImplementedError as error:
        return str(error)


@behaviour("model_to_yaml")
def _():
    return message(lambda: model_to_yaml(line()))


@behaviour("model_from_yaml")
def _():
    return message(lambda: model_from_yaml("class_name: Sequential"))


@behaviour("multi_gpu_model")
def _():
    return "DataParallel" in message(lambda: multi_gpu_model(line(), gpus=2))


@behaviour("model_to_saved_model")
def _():
    return message(lambda: model_to_saved_model(line(), "saved"))


@behaviour("model_from_saved_model")
def _():
    return message(lambda: model_from_saved_model("saved"))


@behaviour("serialize_model")
def _():
    content = serialize_model(line())
    return [len(content) > 1000, list(content[1:4])]


@behaviour("unserialize_model")
def _():
    model = line()
    trained(model)
    content = serialize_model(model)
    return [trained(unserialize_model(content)), unserialize_model(content, compile=FALSE).compiled]


def twice():
    layer = layer_dense(units=2)
    layer(layer_input(shape=c(3)))
    layer(layer_input(shape=c(5, 3)))
    return layer


@behaviour("get_input_at")
def _():
    return len(get_input_at(twice(), 2).shape)


@behaviour("get_output_at")
def _():
    return len(get_output_at(twice(), 1).shape)


@behaviour("get_input_shape_at")
def _():
    return [size for size in get_input_shape_at(twice(), 2) if size]


@behaviour("get_output_shape_at")
def _():
    return [size for size in get_output_shape_at(twice(), 2) if size]


@behaviour("get_input_mask_at")
def _():
    return get_input_mask_at(twice(), 1) is None


@behaviour("get_output_mask_at")
def _():
    return get_output_mask_at(twice(), 1) is None


def deep():
    model = keras_model_sequential()
    layer_dense(model, units=2, input_shape=c(2), kernel_initializer="ones", name="first")
    layer_dense(model, units=2, kernel_initializer="ones", name="second")
    return layer_dense(model, units=1, kernel_initializer="ones", name="third")


def flags(model):
    return [layer.trainable for layer in model.layers]


@behaviour("freeze_weights")
def _():
    model = deep()
    freeze_weights(model, to="second")
    first = flags(model)
    compile(model, loss="mse", optimizer=optimizer_sgd(lr=0.01))
    return [first, trained(model), flags(freeze_weights(deep(), which=lambda layer: layer.units == 1))]


@behaviour("unfreeze_weights")
def _():
    model = freeze_weights(deep())
    return [flags(unfreeze_weights(model, from_=2)), flags(unfreeze_weights(model, which=c(1, -1)))]


@behaviour("train_on_batch")
def _():
    model = line()
    losses = [train_on_batch(model, x, y), train_on_batch(model, x, y, sample_weight=c(1, 0, 2, 1))]
    losses.append(train_on_batch(model, x, y, class_weight={"0": 1, "1": 3}))
    return np.concatenate([losses, flat(get_weights(model))])


@behaviour("test_on_batch")
def _():
    model = line()
    compile(model, loss="mse", optimizer="sgd", metrics=["mae"])
    return test_on_batch(model, x, y)


@behaviour("predict_on_batch")
def _():
    return flat(predict_on_batch(line(), x))


@behaviour("predict_proba")
def _():
    return flat(predict_proba(line(), x, batch_size=2))


def batches(times=np.inf):
    given = 0

    def batch():
        nonlocal given
        given += 1
        rows = slice(0, 2) if given % 2 else slice(2, 4)
        return [x[rows], np.asarray(y)[rows]] if given <= times else None

    return batch


@behaviour("fit_generator")
def _():
    model = line()
    validation = {"validation_data": batches(), "validation_steps": 1}
    history = fit_generator(model, batches(), 2, 3, verbose=0, **validation, class_weight={"0": 1, "1": 3})
    short = fit(line(), batches(2), epochs=1, verbose=0)
    losses = history.metrics["loss"], history.metrics["val_loss"], short.metrics["loss"]
    return [*flat(get_weights(model)), *(number for one in losses for number in flat(one))]


@behaviour("evaluate_generator")
def _():
    return flat(list(evaluate_generator(line(), batches(), steps=3).values()))


@behaviour("predict_generator")
def _():
    return flat(predict_generator(line(), batches(), steps=2))


@behaviour("generator_next")
def _():
    generator = batches(1)
    return [flat(generator_next(generator)[1]), generator_next(generator, completed=7)]


@behaviour("predict_classes")
def _():
    single = predict_classes(line(), x)
    several = layer_activation(keras_model_sequential(), "relu", input_shape=c(2))
    return [flat(single), single.shape, flat(predict_classes(several, x))]


@behaviour("save_model_tf")
def _():
    model = line()
    return [save_model_tf(model, "folder"), os.path.exists("folder/saved_model.pb")]


@behaviour("load_model_tf")
def _():
    model = line(optimizer_sgd(lr=0.1, momentum=0.5))
    trained(model)
    save_model_tf(model, "whole")
    again = load_model_tf("whole")
    return [flat(predict(again, x)), trained(again)]


@behaviour("save_model_weights_tf")
def _():
    save_model_weights_tf(line(), "checkpoint_of_weights")
    return os.path.exists("checkpoint_of_weights.index")


@behaviour("load_model_weights_tf")
def _():
    model = line()
    trained(model)
    save_model_weights_tf(model, "weights_of_tf")
    other = line()
    load_model_weights_tf(other, "weights_of_tf")
    return flat(predict(other, x))


@behaviour("export_savedmodel")
def _():
    path = export_savedmodel(line(), "exported", versioned=FALSE)
    return [path, os.path.exists("exported/saved_model.pb")]


@behaviour("keras_model_custom")
def _():
    def model_fn(self):
        self.hidden = layer_dense(units=2, kernel_initializer="ones", activation="tanh")
        self.last = layer_dense(units=1, kernel_initializer="ones")

        def call(inputs, mask=None, training=False):
            hidden = self.hidden(inputs)
            return self.last(hidden if training else 2 * hidden)

        return call

    model = keras_model_custom(model_fn, name="mine")
    compile(model, loss="mse", optimizer=optimizer_sgd(lr=0.1))
    return [model.name, flat(predict(model, x)), trained(model)]


@behaviour("with_custom_object_scope")
def _():
    far = custom_metric("far", lambda y_true, y_pred: k_mean(k_abs(y_pred), axis=1))
    model = line()
    compile(model, loss="mse", optimizer="sgd", metrics={"far": far})
    save_model_hdf5(model, "with_far.h5")
    with with_custom_object_scope({"far": far}):
        again = load_model_hdf5("with_far.h5")
    return flat(evaluate(again, x, y, verbose=0))


@behaviour("layer_input")
def _():
    input = layer_input(shape=c(2))
    return flat(predict(keras_model(input, layer_dense(input, units=1, kernel_initializer="ones")), x))


@behaviour("layer_dense")
def _():
    tanh = {"units": 2, "activation": "tanh", "input_shape": c(2), "kernel_initializer": "ones"}
    weights = [np.array([[2], [3]]), np.array([1])]
    return [
        through(lambda model: layer_dense(model, **tanh), x),
        through(lambda model: layer_dense(model, units=1, input_shape=c(2), weights=weights), x),
    ]


@behaviour("layer_activation")
def _():
    return [
        through(lambda model: layer_activation(model, "relu", input_shape=c(2)), x),
        through(lambda model: layer_activation(model, "hard_sigmoid", input_shape=c(2)), x),
        through(lambda model: layer_activation(model, "softmax", input_shape=c(2)), x),
    ]


@behaviour("layer_dropout")
def _():
    return through(lambda model: layer_dropout(model, rate=0.5, input_shape=c(2)), x)


@behaviour("layer_flatten")
def _():
    return through(lambda model: layer_flatten(model, input_shape=c(4, 4, 1)), images)


@behaviour("layer_add")
def _():
    left = layer_input(shape=c(2))
    right = layer_input(shape=c(2))
    return flat(predict(keras_model([left, right], layer_add([left, right])), [x, x]))


@behaviour("layer_concatenate")
def _():
    left = layer_input(shape=c(2))
    right = layer_input(shape=c(2))
    return predict(keras_model([left, right], layer_concatenate([left, right])), [x, x]).shape


@behaviour("layer_batch_normalization")
def _():
    model = layer_batch_normalization(keras_model_sequential(), input_shape=c(2))
    set_weights(model, [np.array([1, 2]), np.array([0, 1]), np.array([0.5, 0.25]), np.array([1, 4])])
    return flat(predict(model, x))


@behaviour("layer_embedding")
def _():
    sizes = {"input_dim": 3, "output_dim": 2, "input_length": 2}
    words = np.array([[0, 2], [1, 1]])
    return through(lambda model: layer_embedding(model, **sizes, embeddings_initializer="ones"), words)


@behaviour("layer_conv_1d")
def _():
    arguments = {"filters": 1, "kernel_size": 2, "strides": 1, "padding": "same", "kernel_initializer": "ones"}
    return through(lambda model: layer_conv_1d(model, **arguments, input_shape=c(3, 2)), steps)


@behaviour("layer_conv_2d")
def _():
    arguments = {"filters": 1, "kernel_size": c(2, 2), "strides": c(2, 2), "activation": "relu"}
    arguments["kernel_initializer"] = "ones"
    return through(lambda model: layer_conv_2d(model, **arguments, input_shape=c(4, 4, 1)), images)


@behaviour("layer_max_pooling_1d")
def _():
    return on(lambda samples: layer_max_pooling_1d(samples, pool_size=2), steps)


@behaviour("layer_max_pooling_2d")
def _():
    return on(lambda samples: layer_max_pooling_2d(samples, pool_size=c(2, 2)), images)


@behaviour("layer_global_max_pooling_1d")
def _():
    return on(lambda samples: layer_global_max_pooling_1d(samples), steps)


@behaviour("layer_lstm")
def _():
    arguments = {"units": 2, "kernel_initializer": "ones", "recurrent_initializer": "ones"}
    arguments["recurrent_activation"] = "hard_sigmoid"
    return through(lambda model: layer_lstm(model, **arguments, input_shape=c(3, 2)), steps)


@behaviour("optimizer_sgd")
def _():
    nesterov = optimizer_sgd(lr=0.2, momentum=0.9, decay=0.1, nesterov=TRUE)
    return [trained(line(optimizer_sgd())), trained(line(nesterov))]


@behaviour("optimizer_rmsprop")
def _():
    return [trained(line(optimizer_rmsprop())), trained(line(optimizer_rmsprop(lr=0.05, rho=0.5, decay=0.01)))]


@behaviour("optimizer_adam")
def _():
    amsgrad = optimizer_adam(lr=0.05, beta_1=0.5, decay=0.01, amsgrad=TRUE)
    return [trained(line(optimizer_adam())), trained(line(amsgrad))]


@behaviour("regularizer_l1")
def _():
    return trained(line(kernel_regularizer=regularizer_l1(0.1)))


@behaviour("regularizer_l2")
def _():
    return trained(line(kernel_regularizer=regularizer_l2(0.1)))


@behaviour("constraint_maxnorm")
def _():
    return trained(line(kernel_constraint=constraint_maxnorm(1)))
