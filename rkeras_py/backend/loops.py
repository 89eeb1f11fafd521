"""Functions of the user's that are called for each element or each time step."""

from collections.abc import Callable
from typing import Annotated, Any

from keras import ops, tree
from typing_extensions import Doc

from .. import keras_internals
from ..language import Retired, refuse
from .arguments import AnyTensor, DType, NoName, TensorList, TensorOrTensors
from .declaring import backend, returned, shape_of
from .tracing import on_values

Elements = Annotated[
    Any, TensorOrTensors(), Doc("A tensor, whose first axis is gone through, or a list of such tensors.")
]
Folded = Annotated[AnyTensor, Doc("A tensor, whose first axis is gone through.")]
Initializer = Annotated[AnyTensor | None, Doc("What it begins with, an element if `None`.")]


@backend("ops.map", calls_users=True)
def k_map_fn(
    fn: Annotated[Callable[..., Any], Doc("A function of an element.")],
    elems: Elements,
    name: NoName = None,
    dtype: Annotated[DType | None, Doc("The type of the result, that of what `fn` returns if `None`.")] = None,
) -> Any:
    """Calls a function with each element of a tensor, and stacks what it returns."""
    for one in elems if isinstance(elems, list) else [elems]:
        _check_elements(k_map_fn, one)

    def mapped(*parts: Any) -> Any:
        given = list(parts) if isinstance(elems, list) else parts[0]
        return ops.map(lambda one: _returned(k_map_fn, "fn", fn(one)), given)

    result = on_values("k_map_fn", mapped, *(elems if isinstance(elems, list) else [elems]))
    return result if dtype is None else tree.map_structure(lambda one: ops.cast(one, dtype), result)


@backend("ops.scan", calls_users=True)
def k_foldl(
    fn: Annotated[Callable[..., Any], Doc("A function of what has been gathered and an element.")],
    elems: Folded,
    initializer: Initializer = None,
    name: NoName = None,
) -> Any:
    """Folds a tensor from its first element to its last."""
    return _fold(k_foldl, fn, elems, initializer, reverse=False)


@backend("ops.scan", calls_users=True)
def k_foldr(
    fn: Annotated[Callable[..., Any], Doc("A function of what has been gathered and an element.")],
    elems: Folded,
    initializer: Initializer = None,
    name: NoName = None,
) -> Any:
    """Folds a tensor from its last element to its first."""
    return _fold(k_foldr, fn, elems, initializer, reverse=True)


@backend(
    "layers.RNN",
    calls_users=True,
    returns="A list: the last output, the outputs of all steps, and a list of the last states.",
)
def k_rnn(
    step_function: Annotated[
        Callable[..., Any],
        Doc(
            "A function of the inputs of a step and a list of states; it returns a list: the output, a list of states."
        ),
    ],
    inputs: Annotated[AnyTensor, Doc("A tensor: (samples, steps, ...).")],
    initial_states: Annotated[Any, TensorList(), Doc("The states to begin with, a list of tensors.")],
    go_backwards: Annotated[bool, Doc("Whether to begin with the last step.")] = False,
    mask: Annotated[AnyTensor | None, Doc("Which steps count: (samples, steps).")] = None,
    constants: Annotated[
        Annotated[Any, TensorList()] | None, Doc("Tensors that stand behind the states in each step.")
    ] = None,
    unroll: Annotated[bool, Doc("Whether to compute without a loop.")] = False,
    input_length: Annotated[
        int | None, Retired("the number of steps is that of `inputs`."), Doc("Not used any more.")
    ] = None,
) -> Any:
    """Steps over the time of a tensor."""
    if len(shape_of(inputs)) < 3:
        refuse(k_rnn, "inputs", inputs, "a tensor of rank 3 or more: (samples, steps, ...)")
    count = len(initial_states)
    fixed = constants or []

    def over_time(*tensors: Any) -> Any:
        inputs, *others = (ops.convert_to_tensor(one) for one in tensors)
        states, more = others[:count], others[count : count + len(fixed)]
        # The last of the others is the mask.
        seen = others[-1] if mask is not None else None

        def step(now: Any, states: Any) -> Any:
            pair = step_function(now, [*states, *more])
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                refuse(k_rnn, "step_function", pair, "a function that returns a list: the output, a list of states")
            new = list(pair[1]) if isinstance(pair[1], list | tuple) else [pair[1]]
            output, *new = (_returned(k_rnn, "step_function", one) for one in [pair[0], *new])
            return output, new

        options = {"go_backwards": go_backwards, "mask": seen, "unroll": unroll}
        last, outputs, states = keras_internals.rnn(step, inputs, states, **options)
        return [last, outputs, list(states)]

    return on_values("k_rnn", over_time, inputs, *initial_states, *fixed, *([] if mask is None else [mask]))


def _fold(function: Any, fn: Callable[..., Any], elems: Any, initializer: Any, reverse: bool) -> Any:
    _check_elements(function, elems)

    def folded(elems: Any, *begun: Any) -> Any:
        carry = begun[0] if begun else elems[-1 if reverse else 0]
        rest = elems if begun else elems[:-1] if reverse else elems[1:]

        def step(carry: Any, one: Any) -> Any:
            return _returned(function, "fn", fn(carry, one)), None

        return ops.scan(step, carry, rest, reverse=reverse)[0]

    begun = [] if initializer is None else [ops.cast(initializer, elems.dtype)]
    return on_values(function.__name__, folded, elems, *begun)


def _check_elements(function: Any, elems: Any) -> None:
    if not shape_of(elems):
        refuse(function, "elems", elems, "a tensor with an axis")


def _returned(function: Any, argument: str, value: Any) -> Any:
    return tree.map_structure(ops.convert_to_tensor, returned(function, argument, value))
