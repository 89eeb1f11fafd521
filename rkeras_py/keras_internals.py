"""Every private Keras name that rkeras uses, one small function each: the next Keras release breaks this file alone."""

import importlib
import io
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Literal

import h5py
import keras
from keras.src.layers.preprocessing.image_preprocessing import base_image_preprocessing_layer


def metric_direction(model: keras.Model, name: str) -> Literal["min", "max"] | None:
    """Which way a compiled metric is better, where the metric itself knows.

    Args:
        model: A model that has trained for at least a batch.
        name: The name under which the metric is logged, without `val_`.
    """
    for container in model.metrics:
        for metric in getattr(container, "metrics", [container]):
            direction = getattr(metric, "_direction", None)
            if metric.name == name and direction in ("up", "down"):
                return "max" if direction == "up" else "min"
    return None


@contextmanager
def compile_config_kept(model: keras.Model) -> Iterator[None]:
    """Undoes what an HDF5 save does to the live model: it takes the optimizer out of the compile configuration."""
    kept = getattr(model, "_compile_config", None)
    config = dict(kept.config) if kept is not None else {}
    try:
        yield
    finally:
        if kept is not None:
            kept.config = config


def write_model(file: h5py.File, model: keras.Model, include_optimizer: bool = True) -> None:
    """Writes a whole model in the HDF5 layout of Keras 2, into a file of any name."""
    from keras.src.legacy.saving import legacy_h5_format

    legacy_h5_format.save_model_to_hdf5(model, file, include_optimizer=include_optimizer)


def write_weights(file: h5py.File, model: keras.Model) -> None:
    """Writes weights in the layer by layer layout of Keras 2, the one `load_weights` reads under `.h5` and `.hdf5`."""
    from keras.src.legacy.saving import legacy_h5_format

    legacy_h5_format.save_weights_to_hdf5_group(file, model)


def weights_as_bytes(model: keras.Model) -> memoryview:
    """The content of a `.weights.h5` file: HDF5 takes the process down where a write to a file fails."""
    from keras.src.saving import saving_lib

    content = io.BytesIO()
    store = saving_lib.H5IOStore(content, mode="w")
    saving_lib._save_state(model, weights_store=store, assets_store=None, inner_path="", visited_saveables=set())
    store.close()
    return content.getbuffer()


def prepare_to_save() -> None:
    """Makes on this thread what Keras makes when it first saves there, which it cannot within a StatelessScope."""
    from keras.src.backend.common import global_state
    from keras.src.saving import saving_lib

    for sort in ("Operation", "Layer", "Functional", "Sequential", "Metric", "Optimizer", "Loss", "Cross", "Feature"):
        # Keras looks under this name, and keeps it under another one.
        global_state.set_global_attribute(f"saving_attr_skiplist_{sort}", saving_lib.get_attr_skipset(sort))


def read_model(file: h5py.File, custom_objects: dict[str, Any] | None, compile: bool) -> keras.Model:
    """Reads a whole model from an HDF5 file of any name.

    Code in the file is not run, unless `keras.config.enable_unsafe_deserialization()` was called, which Keras itself
    does not ask here.
    """
    from keras.src.legacy.saving import legacy_h5_format
    from keras.src.saving import serialization_lib

    safe = serialization_lib.in_safe_mode() is not False
    return legacy_h5_format.load_model_from_hdf5(file, custom_objects, compile, safe_mode=safe)


def read_values(group: h5py.Group, name: str) -> list[Any]:
    """Reads the weights of a layer, as arrays, in the layout of Keras 2.

    Raises:
        ValueError: They are in another file, which that one names.
    """
    from keras.src.legacy.saving import legacy_h5_format

    layer = group[name]
    if layer.file != group.file:
        raise ValueError(f"what it says of {name!r} is in another file")
    return list(legacy_h5_format.load_subset_weights_from_hdf5_group(layer))


def own_weights(model: keras.Model) -> list[keras.Variable]:
    """The weights that a model has besides those of its layers."""
    own = [*model._trainable_variables, *model._non_trainable_variables]
    known = {id(variable) for variable in model.weights}
    return [variable for variable in own if id(variable) in known]


def train_writer(callback: keras.callbacks.TensorBoard) -> Any:
    """The event writer of the training run of a TensorBoard callback."""
    return callback._train_writer


def close_writers(callback: keras.callbacks.TensorBoard) -> None:
    """Closes the event writers of a TensorBoard callback; what it writes later goes to new files."""
    writers, callback._writers = callback._writers, {}
    with ExitStack() as each:  # one that cannot be closed does not keep the others from it
        for writer in writers.values():
            each.callback(writer.close)


@contextmanager
def default_writer_kept() -> Iterator[None]:
    """Undoes that TensorFlow leaves an event writer in force for good when it fails to write."""
    from tensorflow.python.ops import summary_ops_v2

    state = summary_ops_v2._summary_state
    kept = state.writer, state.step
    try:
        yield
    finally:
        state.writer, state.step = kept


def begin_at(model: keras.Model, epoch: int | None) -> None:
    """Has the `fit` that is just beginning start with another epoch than it was told; None for what it is told."""
    model._initial_epoch = epoch


def global_seed() -> Any:
    """The variable that random numbers without a seed of their own hang on; None before the first."""
    from keras.src.backend.common import global_state

    generator = global_state.get_global_attribute("global_seed_generator")
    return None if generator is None else generator.state


def make_global_seed() -> Any:
    """The same; it is made if need be, with a random number of Python's."""
    from keras.src.random import seed_generator

    return seed_generator.global_seed_generator().state


def batches_counted(callback: keras.callbacks.TensorBoard) -> tuple[int, int]:
    """How many batches a TensorBoard callback has seen, of training and of validation."""
    return callback._global_train_batch, callback._global_test_batch


def count_batches_from(callback: keras.callbacks.TensorBoard, counted: tuple[int, int]) -> None:
    """Has a TensorBoard callback count on from there."""
    callback._global_train_batch, callback._global_test_batch = counted


def read_attribute(group: h5py.Group, name: str) -> list[str]:
    """Reads a list of names that was split over several attributes if it was long."""
    from keras.src.legacy.saving import legacy_h5_format

    return list(legacy_h5_format.load_attributes_from_hdf5_group(group, name))


# What Keras's optimizers keep for each variable; a list is empty where an option makes no use of it.
_SLOTS = {
    "SGD": ["momentums"],
    "RMSprop": ["_velocities", "_average_gradients", "_momentums"],
    "Adagrad": ["_accumulators"],
    "Adadelta": ["_accumulated_grads", "_accumulated_delta_vars"],
    "Adam": ["_momentums", "_velocities", "_velocity_hats"],
    "Adamax": ["_m", "_u"],
    "Nadam": ["_momentums", "_velocities"],
    "Ftrl": ["_accumulators", "_linears"],
    "AdamW": ["_momentums", "_velocities", "_velocity_hats"],
    "Lion": ["_momentums"],
}


def slots(optimizer: Any, variable: Any) -> list[Any]:
    """What an optimizer keeps for one of the variables that it trains."""
    return list(slots_by_name(optimizer, variable).values())


def slots_by_name(optimizer: Any, variable: Any) -> dict[str, Any]:
    """The same, by the names that Keras has for them, e.g. `momentums`."""
    index = optimizer._get_variable_index(variable)
    kept = {name: getattr(optimizer, name, []) for name in _SLOTS.get(type(optimizer).__name__, [])}
    return {name.removeprefix("_"): one[index] for name, one in kept.items() if one}


def average_of(optimizer: Any, variable: Any) -> Any:
    """The average of a variable that an optimizer trains, over all batches; None where it keeps none."""
    index = optimizer._get_variable_index(variable)
    return optimizer._model_variables_moving_average[index] if optimizer.use_ema else None


def momentum_product(optimizer: Any) -> Any:
    """The variable in which Keras's Nadam keeps the product of all momenta so far; None of other optimizers."""
    return getattr(optimizer, "_u_product", None)


def is_trained_by(variable: keras.Variable, optimizer: keras.optimizers.Optimizer) -> bool:
    """Whether an optimizer was built for a variable."""
    return optimizer._var_key(variable) in optimizer._trainable_variables_indices


def trained_by(optimizer: keras.optimizers.Optimizer) -> list[Any]:
    """The variables that an optimizer was built for."""
    return list(optimizer._trainable_variables)


def counts_with(optimizer: keras.optimizers.Optimizer, other: keras.optimizers.Optimizer) -> None:
    """Has an optimizer that was not built yet go by the rate and the count of batches of another one."""
    for name in ("_iterations", "_learning_rate"):
        if isinstance(getattr(other, name), keras.Variable):
            optimizer._untrack_variable(getattr(optimizer, name))
            setattr(optimizer, name, getattr(other, name))


class OptimizerHooks:
    """Mixed into a Keras optimizer: what Keras does between the gradients and the steps, under names of our own."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def clipped(self, gradients: list[Any], by_keras: Callable[[list[Any]], list[Any]]) -> list[Any]:
        """The gradients as they are to be used."""
        return by_keras(gradients)

    def _clip_gradients(self, grads: Any) -> list[Any]:
        return self.clipped(list(grads), super()._clip_gradients)  # type: ignore[misc]

    def _update_model_variables_moving_average(self, trainable_variables: Any) -> None:
        # As Keras 2: the first average has a share of the weights that training began with.
        averages = self._model_variables_moving_average if self.use_ema else []
        for variable, average in zip(trainable_variables, averages, strict=False):
            if average is not None:
                average.assign(self.ema_momentum * average + (1 - self.ema_momentum) * variable)


class NadamHooks:
    """Mixed into Keras's Nadam: the product of all momenta so far is made of `momentum_at`."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def momentum_product(self) -> Any:
        """The variable that keeps it."""
        return self._u_product

    def _backend_update_step(self, grads: Any, trainable_variables: Any, learning_rate: Any) -> None:
        step = keras.ops.cast(self.iterations, self._u_product.dtype) + 1.0
        self.assign(self._u_product, self._u_product * self.momentum_at(step))
        super(keras.optimizers.Nadam, self)._backend_update_step(grads, trainable_variables, learning_rate)  # type: ignore[misc]


def begin_with(variable: keras.Variable, value: Any) -> None:
    """Has a variable begin with a value, that `fit` has declared and not made: nothing can be assigned to it yet."""
    if variable._value is None:
        variable._initializer = lambda shape, dtype=None: keras.ops.convert_to_tensor(value, dtype)


def mask_of(tensor: Any) -> Any:
    """The mask of a tensor, None if it has none."""
    from keras.src import backend

    return backend.get_keras_mask(tensor)


def calls_in(model: keras.Model) -> dict[str, list[tuple[Any, dict[str, Any]]]]:
    """With what each layer of a functional model is called in it, by its name: arguments by place, and by name."""
    from keras.src.ops.function import make_node_key

    found = {}
    for operation in model.operations:
        nodes = [
            node for at, node in enumerate(operation._inbound_nodes) if make_node_key(operation, at) in model._nodes
        ]
        found[operation.name] = [(node.arguments.args, node.arguments.kwargs) for node in nodes if not node.is_input]
    return found


class MergeHooks:
    """Mixed into a merging layer of Keras: what it makes of several tensors is made by `merged`."""

    def merged(self, inputs: list[Any], by_keras: Callable[[list[Any]], Any]) -> Any:
        """What becomes of tensors of the same rank."""
        return by_keras(inputs)

    def _merge_function(self, inputs: list[Any]) -> Any:
        return self.merged(inputs, super()._merge_function)  # type: ignore[misc]


def has_logits(probabilities: Any, operation: Literal["Sigmoid", "Softmax"]) -> bool:
    """Whether Keras would compute a crossentropy from the logits that it finds behind probabilities."""
    if keras.config.backend() != "tensorflow":
        return False
    from keras.src.backend.tensorflow import nn

    return bool(nn._get_logits(probabilities, False, operation, "")[1])


def compute_by(wrapper: keras.losses.Loss | keras.metrics.Metric, function: Any) -> None:
    """Has a loss or a metric of Keras that wraps a function wrap another one, of the same arguments."""
    if isinstance(wrapper, keras.metrics.Metric):
        wrapper._fn = function
    else:
        wrapper.fn = function


def forget_last_compile(model: keras.Model) -> None:
    """Takes loss and metrics from a model that was compiled without them: Keras would go on with those of before."""
    config = model._compile_config.config
    if config["loss"] is None:
        model._compile_loss = None
    if not (config["metrics"] or config["weighted_metrics"]):
        model._compile_metrics = None


def compute_metrics_by(model: keras.Model, function: Callable[[Any], Any]) -> None:
    """Has a compiled model compute what a function makes of each metric; files have what it was compiled with."""
    metrics = model._compile_metrics
    if metrics is not None:
        for name in ("_user_metrics", "_user_weighted_metrics"):
            setattr(metrics, name, keras.tree.map_structure(function, getattr(metrics, name)))


def reset_uids() -> None:
    """Has the numbers in the names that Keras makes up begin anew."""
    from keras.src.utils import naming

    naming.reset_uids()


def training_of_call() -> Any:
    """What `training` is in the layer that is being called; None outside of layers, or where nobody said."""
    from keras.src.backend.common import global_state

    context = global_state.get_global_attribute("current_call_ctx")
    return None if context is None else context.get_value("training")


def rnn(step: Callable[..., Any], inputs: Any, states: list[Any], **options: Any) -> tuple[Any, Any, Any]:
    """Steps over the time of a batch, as recurrent layers do: the last output, all outputs, the last states."""
    from keras.src import backend

    return backend.rnn(step, inputs, states, **options)


class _Ends:
    """What stands first among the calls of a sequential model: the one in which its own tensors came about."""

    def __init__(self, model: keras.Sequential) -> None:
        self._model = weakref.ref(model)

    @property
    def input_tensors(self) -> list[keras.KerasTensor]:
        return self._tensors("inputs")

    @property
    def output_tensors(self) -> list[keras.KerasTensor]:
        return self._tensors("outputs")

    def _tensors(self, which: str) -> list[keras.KerasTensor]:
        tensors = getattr(self._model(), which, None)
        if tensors is None:
            raise AttributeError("the model has no tensors before it is built: give its first layer an input shape")
        return list(tensors)


def show_ends(model: keras.Sequential) -> None:
    """Has `input` and `output` of a sequential model be its own tensors, as those of a functional one are."""
    if not (model._inbound_nodes and isinstance(model._inbound_nodes[0], _Ends)):
        model._inbound_nodes.insert(0, _Ends(model))


def calls(tensor: keras.KerasTensor) -> list[keras.KerasTensor]:
    """What the operation behind a symbolic tensor returned each time that it was called.

    A sequential model calls its layers again with each one that is added; their `output` is that of the first call.
    """
    operation, _, place = tensor._keras_history
    return [node.output_tensors[place] for node in operation._inbound_nodes]


def reached(tensor: keras.KerasTensor, stop: list[keras.KerasTensor]) -> list[keras.KerasTensor]:
    """What a symbolic tensor was computed from: the tensors to stop at that are met, and the inputs behind no such."""
    found: list[keras.KerasTensor] = []
    seen: set[int] = set()
    waiting = [tensor]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        operation, node, _ = one._keras_history
        before = operation._inbound_nodes[node].input_tensors
        if any(one is each for each in stop) or not before:
            found.append(one)
        else:
            waiting += before
    return found


def count_as_state(layer: keras.layers.Layer, variables: list[Any]) -> None:
    """Counts variables among those of a layer that a call may change, but not among its weights, which files have."""
    known = {id(one.state) for one in layer._seed_generators}
    # What Keras does for the seeds of a layer is what is wanted here.
    layer._seed_generators.extend(_State(one) for one in variables if id(one) not in known)


class _State:
    """A variable, where Keras looks for a seed."""

    def __init__(self, state: Any) -> None:
        self.state = state


def spec_of(function: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    """What a function of tensors makes of symbolic ones, found out by calling it."""
    from keras.src import backend

    return backend.compute_output_spec(function, *inputs, **named)


def as_it_is(error: Exception) -> Exception:
    """An error to which Keras adds nothing about the layer that it comes from."""
    error._keras_call_info_injected = True  # type: ignore[attr-defined]
    return error


def lookup_of(layer: keras.layers.Layer) -> Any:
    """The layer that looks words up: that within a text vectorization, or the layer itself."""
    return getattr(layer, "_lookup_layer", layer)


def merged_summaries(one: Any, other: Any, epsilon: float) -> Any:
    """Two summaries of numbers by which a discretization finds its ranges, as one."""
    from keras.src.layers.preprocessing import discretization

    return discretization.merge_summaries(one, other, epsilon)


class ImageLayer(base_image_preprocessing_layer.BaseImagePreprocessingLayer):
    """What Keras's layers that change images at random are derived from: it has no public name."""

    _USE_BASE_FACTOR = False


def seed_for(layer: Any) -> Any:
    """What a layer that works in pipelines too draws its random numbers from, in the backend that it works in now."""
    return layer._get_seed_generator(layer.backend._backend)


def legacy_preprocessing(module: Literal["image", "sequence", "text"]) -> Any:
    """What Keras 2 made arrays of texts, sequences and images with; Keras 3 keeps the modules, and documents none."""
    return importlib.import_module(f"keras.src.legacy.preprocessing.{module}")
