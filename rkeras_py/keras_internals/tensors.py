"""Symbolic tensors and the calls that they come from."""

import weakref
from collections.abc import Callable
from typing import Any, Literal

import keras


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


def sources_in(model: keras.Model) -> list[tuple[Any, list[tuple[Any, int]]]]:
    """The calls of a functional model: each operation, and what gives it its inputs, with the place of the output."""
    from keras.src.ops.function import make_node_key

    found = []
    for operation in model.operations:
        for at, node in enumerate(operation._inbound_nodes):
            if make_node_key(operation, at) in model._nodes and not node.is_input:
                histories = [tensor._keras_history for tensor in node.input_tensors]
                found.append((operation, [(one.operation, one.tensor_index) for one in histories]))
    return found


def spec_of(function: Callable[..., Any], *inputs: Any, **named: Any) -> Any:
    """What a function of tensors makes of symbolic ones, found out by calling it."""
    from keras.src import backend

    return backend.compute_output_spec(function, *inputs, **named)


def has_logits(probabilities: Any, operation: Literal["Sigmoid", "Softmax"]) -> bool:
    """Whether Keras would compute a crossentropy from the logits that it finds behind probabilities."""
    if keras.config.backend() != "tensorflow":
        return False
    from keras.src.backend.tensorflow import nn

    return bool(nn._get_logits(probabilities, False, operation, "")[1])


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
