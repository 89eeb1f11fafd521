"""Functions of symbolic tensors, and gradients in them."""

import itertools
from collections.abc import Callable
from typing import Annotated, Any

import keras
import numpy as np
from annotated_types import Ge
from keras import ops, tree
from typing_extensions import Doc

from .. import keras_internals
from ..language import Retired, refuse
from ..language.errors import ArgumentError
from ..language.kinds import Kind, Unfit
from ..language.wording import show
from .arguments import DType, OpenShape, TensorOrList
from .declaring import backend, shape_text
from .phase import phase
from .tracing import refuse_file
from .variables import value_of


class SymbolicTensors(Kind):
    """Symbolic tensors, one or a list of them.

    Args:
        also: What else may stand in the list.
        words: How the message says so.
    """

    def __init__(self, also: type | tuple[type, ...] = (), words: str = "") -> None:
        self.also = also
        self.words = words

    def wants(self) -> str:
        return f"a symbolic tensor, as layer_input() or a layer called on it returns, or a list of them{self.words}"

    def convert(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            if not value:
                raise Unfit
            return [self._one(one) for one in value]
        return self._one(value)

    def _one(self, value: Any) -> Any:
        if not isinstance(value, keras.KerasTensor) and not isinstance(value, self.also):
            raise Unfit
        return value


Inputs = SymbolicTensors((int, float), "; k_learning_phase() among them stands for it")
Variables = SymbolicTensors(keras.Variable, "; or variables")


class BackendFunction:
    """What `k_function()` returns: called with a list of arrays, it returns a list of arrays."""

    def __init__(self, inputs: list[Any], outputs: Any) -> None:
        self.phase_at = next((place for place, one in enumerate(inputs) if not _is_symbolic(one)), None)
        tensors = [one for one in inputs if _is_symbolic(one)]
        self.outputs = outputs
        self.count = len(inputs)
        self.inputs = tensors
        wanted = outputs if isinstance(outputs, list) else [outputs]
        needed = {id(each) for one in wanted for each in keras_internals.reached(one, tensors)}
        self.needed = [id(one) in needed for one in tensors]
        self.compute = _compiled(_model(list(itertools.compress(tensors, self.needed)), wanted))

    def __call__(self, *inputs: Any) -> Any:
        given = list(inputs[0]) if len(inputs) == 1 and isinstance(inputs[0], list | tuple) else list(inputs)
        if len(given) != self.count:
            raise ArgumentError(f"k_function(): the function takes a list of {self.count} arrays, not of {len(given)}.")
        training = bool(phase.set)
        if self.phase_at is not None:
            training = bool(np.asarray(given.pop(self.phase_at)))
        values = [_value_of_input(*each) for each in zip(given, self.inputs, strict=True)]
        results = [value_of(one) for one in self.compute(list(itertools.compress(values, self.needed)), training)]
        return results if isinstance(self.outputs, list) else results[0]

    def __repr__(self) -> str:
        return f"<BackendFunction of {self.count} inputs>"


class Gradients(keras.Operation):
    """The gradients of a symbolic tensor, as one of the graph it stands in.

    Args:
        loss: The tensor; its elements are summed.
        tensors: The symbolic tensors to differentiate by.
        variables: The variables to differentiate by.
        sources: What else has to be given to compute the loss.
    """

    def __init__(self, loss: Any, tensors: list[Any], variables: list[Any], sources: list[Any]) -> None:
        super().__init__()
        self.count = len(tensors)
        self.variables = variables
        self.loss = _model([*tensors, *sources], loss)
        self.shapes = [(tuple(one.shape), one.dtype) for one in [*tensors, *variables]]

    def get_config(self) -> dict[str, Any]:
        """There is none.

        Raises:
            ArgumentError: Always: a file would be written that cannot be read.
        """
        refuse_file("k_gradients")

    def compute_output_spec(self, *inputs: Any) -> Any:
        return [keras.KerasTensor(shape, dtype) for shape, dtype in self.shapes]

    def call(self, *inputs: Any) -> Any:
        given, sources = list(inputs[: self.count]), list(inputs[self.count :])

        def number(tensors: list[Any]) -> Any:
            return ops.sum(self.loss([*tensors, *sources]))

        if keras.config.backend() == "tensorflow":
            return _by_tensorflow(number, given, self.variables)
        return _by_jax(number, given, self.variables, _variables_of(self.loss))


@backend(
    "Function",
    returns="A function of a list of arrays, one for each input, which returns a list of arrays, one for each output; "
    "a single array where `outputs` is a single tensor.",
)
def k_function(
    inputs: Annotated[Any, Inputs, Doc("Symbolic tensors, a list; `k_learning_phase()` among them for the phase.")],
    outputs: Annotated[Any, SymbolicTensors(), Doc("Symbolic tensors that are computed from them.")],
    updates: Annotated[
        object, Retired("change variables with k_update() after the call."), Doc("Not used any more.")
    ] = None,
) -> Any:
    """A function that computes symbolic tensors from others."""
    given = inputs if isinstance(inputs, list) else [inputs]
    if sum(not _is_symbolic(one) for one in given) > 1 or not any(_is_symbolic(one) for one in given):
        refuse(k_function, "inputs", inputs, "symbolic tensors, and k_learning_phase() at most once")
    try:
        return BackendFunction(given, outputs)
    except ValueError as error:
        raise ArgumentError(f"k_function(): `outputs` cannot be computed from `inputs` alone: {error}") from error


@backend("", returns="A list of symbolic tensors, one for each variable, of its shape.")
def k_gradients(
    loss: Annotated[Any, SymbolicTensors(), Doc("A symbolic tensor, whose elements are summed.")],
    variables: Annotated[Any, Variables, Doc("What to differentiate by: symbolic tensors or variables, a list.")],
) -> Any:
    """The gradients of a symbolic tensor, for `k_function()` to compute.

    Keras 3 has none of its own for symbolic tensors, and neither had Keras 2 without a graph.
    """
    one = ops.sum(ops.stack([ops.sum(each) for each in loss])) if isinstance(loss, list) else loss
    wanted = list(variables) if isinstance(variables, list) else [variables]
    for place, each in enumerate(wanted):
        if _is_symbolic(each):
            wanted[place] = next((call for call in [each, *keras_internals.calls(each)] if _hangs_on(one, call)), None)
            if wanted[place] is None:
                raise ArgumentError(
                    f"k_gradients(): `variables` must be tensors that the loss is computed from, as number {place + 1} "
                    "is not."
                )
    tensors, others = ([each for each in wanted if _is_symbolic(each) == symbolic] for symbolic in (True, False))
    # What a tensor is given as hides what it was computed from: such tensors are gone through one by one.
    nested = any(a is not b and _hangs_on(a, b) for a in tensors for b in tensors)
    results = {}
    for group in [[each] for each in tensors] if nested else [tensors] if tensors else []:
        results.update(_gradients(one, group, []))
    if others:
        results.update(_gradients(one, [], others))
    return [results[id(each)] for each in wanted]


@backend("Input", returns="A symbolic tensor.")
def k_placeholder(
    shape: Annotated[OpenShape | None, Doc("The shape, with the batch; `None` for a size that is not known.")] = None,
    ndim: Annotated[Annotated[int, Ge(0)] | None, Doc("How many axes there are, if `shape` is not given.")] = None,
    dtype: Annotated[DType | None, Doc("The type, `k_floatx()` if `None`.")] = None,
    sparse: Annotated[bool, Doc("Whether it is to be sparse.")] = False,
    name: Annotated[str | None, Doc("The name, made up if `None`.")] = None,
) -> Any:
    """A placeholder: an input of `k_function()`."""
    if shape is None and ndim is None:
        refuse(k_placeholder, "shape", shape, "given, or `ndim`")
    sizes = shape if shape is not None else (None,) * (ndim or 0)
    return keras.Input(batch_shape=sizes, dtype=dtype or keras.config.floatx(), sparse=sparse, name=name)


def _value_of_input(value: Any, tensor: Any) -> Any:
    """A value as a tensor of the type and shape of an input."""
    try:
        array = ops.convert_to_tensor(TensorOrList().convert(value), dtype=tensor.dtype)
    except Unfit:
        wants = f"an array of shape {shape_text(tensor)}, not {show(value)}"
        raise ArgumentError(f"k_function(): the function takes {wants}.") from None
    fits = len(array.shape) == len(tensor.shape) and all(
        None in sizes or sizes[0] == sizes[1] for sizes in zip(tensor.shape, array.shape, strict=True)
    )
    if not fits:
        wants = f"an array of shape {shape_text(tensor)}, not one of shape {shape_text(array)}"
        raise ArgumentError(f"k_function(): the function takes {wants}.")
    return array


def _gradients(loss: Any, tensors: list[Any], variables: list[Any]) -> dict[int, Any]:
    sources = [each for each in keras_internals.reached(loss, tensors) if not _is_among(each, tensors)]
    results = Gradients(loss, tensors, variables, sources)(*tensors, *sources)
    return {id(each): result for each, result in zip([*tensors, *variables], results, strict=True)}


def _model(inputs: list[Any], outputs: Any) -> keras.Model:
    """A model under a name of its own, so that those that users make are numbered as if there were none."""
    return keras.Model(inputs, outputs, name="backend_function")


def _hangs_on(result: Any, tensor: Any) -> bool:
    return _is_among(tensor, keras_internals.reached(result, [tensor]))


def _is_among(tensor: Any, tensors: list[Any]) -> bool:
    return any(tensor is one for one in tensors)


def _is_symbolic(value: Any) -> bool:
    return isinstance(value, keras.KerasTensor)


def _by_tensorflow(loss: Any, tensors: list[Any], variables: list[Any]) -> list[Any]:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tensors = [tf.convert_to_tensor(one) for one in tensors]
        tape.watch(tensors)
        result = loss(tensors)
    sources = [*tensors, *(one.value for one in variables)]
    return list(tape.gradient(result, sources, unconnected_gradients="zero"))


def _by_jax(loss: Any, tensors: list[Any], variables: list[Any], all_variables: list[Any]) -> list[Any]:
    import jax

    others = [one for one in all_variables if not any(one is each for each in variables)]
    kept = [(one, one.value) for one in others]

    def of_values(tensors: Any, values: Any) -> Any:
        # What layers do to their variables on the way ends here: it hangs on values that are not there yet.
        with keras.StatelessScope(state_mapping=[*kept, *zip(variables, values, strict=True)]):
            return loss(tensors)

    by_tensors, by_variables = jax.grad(of_values, argnums=(0, 1))(
        [ops.convert_to_tensor(one) for one in tensors], [one.value for one in variables]
    )
    return [*by_tensors, *by_variables]


def _variables_of(function: Any) -> list[Any]:
    """All variables that a function or a model reads, those in gradients too."""
    found: dict[int, Any] = {}
    for operation in function.operations:
        own = operation.variables if isinstance(operation, keras.Layer | Gradients) else []
        inner = _variables_of(operation.loss) if isinstance(operation, Gradients) else []
        found.update({id(one): one for one in [*own, *inner]})
    return list(found.values())


def _compiled(model: keras.Model) -> Callable[[list[Any], bool], list[Any]]:
    """What a model computes, as one graph: functions of this kind are called in loops."""
    if keras.config.backend() == "tensorflow":
        import tensorflow as tf

        return tf.function(lambda inputs, training: tree.flatten(model(inputs, training=training)))
    import jax

    variables = _variables_of(model)

    def stateless(inputs: list[Any], values: list[Any], training: bool) -> tuple[list[Any], list[Any]]:
        with keras.StatelessScope(state_mapping=list(zip(variables, values, strict=True))) as scope:
            results = tree.flatten(model(inputs, training=training))
        return results, [scope.get_current_value(one) for one in variables]

    graph = jax.jit(stateless, static_argnums=2)

    def compute(inputs: list[Any], training: bool) -> list[Any]:
        results, values = graph(inputs, [one.value for one in variables], training)
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        return results

    return compute
