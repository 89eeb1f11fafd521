"""What the backend functions have in common: the help that is the same, the defaults, and how a failure is told."""

import functools
import inspect
import re
from collections.abc import Callable
from typing import Any, TypeVar

import keras

from ..language import contract_of, r_function, refuse
from ..language.errors import ArgumentError
from ..language.kinds import Unfit
from ..language.tensors import is_tensor
from ..language.vectors import AxisFromOne
from ..language.wording import joined, show
from .arguments import AxesFromOne, TensorOrTensors

F = TypeVar("F", bound=Callable[..., Any])

_RAISES = "ArgumentError: An argument is not what it must be, or does not go with the others."
# TensorFlow's, which are no ValueError; their module is not loaded for it.
_OF_TENSORFLOW = {"InvalidArgumentError", "UnimplementedError", "OutOfRangeError"}
_WRAPPING = re.compile(
    r"^Exception encountered when calling .*|\x1b\[\d*m|\{\{function_node \S+\}\} | \[Op:.*| for '\{\{node .*",
    re.MULTILINE,
)
_TYPE = re.compile(r"^\w+: ")  # of an error that stands in the text of another one


def backend(
    counterpart: str,
    *,
    since: str = "2.2.5.0",
    axes_of: str = "",
    more_axes: int = 0,
    calls_users: bool = False,
    returns: str = "A tensor.",
) -> Callable[[F], F]:
    """Makes an R function of a function on tensors.

    An axis that the tensor has not is refused, and so is what Keras refuses, in a sentence that names the
    function and the shapes.

    Args:
        counterpart: What Keras 3 has for it, behind `keras.`, for the help; empty if nothing.
        since: The version of R keras that has it first.
        axes_of: The argument whose axes are meant, the first one if it is not said.
        more_axes: How many axes the result has beyond those, where an axis is one of the result.
        calls_users: Whether it calls functions of the user's, whose errors stay as they are.
        returns: What it returns, for the help.
    """

    def decorate(function: F) -> F:
        name = function.__name__

        @functools.wraps(function)
        def run(*args: Any, **given: Any) -> Any:
            if axis_names:
                given = {**axes, **given} if axes else given
                for axis in axis_names:
                    if given.get(axis) is not None:
                        _check_axes(name, axis, given[axis], given[tensor], more_axes)
            failures: list[Exception] = []
            if calls_users:
                given = {one: _watched(value, failures) for one, value in given.items()}
            try:
                return function(*args, **given)
            except ArgumentError:
                raise
            except Exception as error:
                if isinstance(error, MemoryError) or failures or not _is_refusal(error):
                    raise
                raise ArgumentError(f"{name}(): {_told(given, error)}") from error

        known = f"; Keras, `keras.{counterpart}`" if counterpart else ""
        may_fail = {"Raises": _RAISES} if inspect.signature(function).parameters else {}
        sections: dict[str, Any] = {"Returns": returns, **may_fail, "Source": f"R keras {since}, `{name}`{known}."}
        declared: F = r_function(**sections)(run)  # type: ignore[assignment]
        arguments = contract_of(declared).arguments
        tensor = axes_of or next(iter(arguments), "")
        axis_names = [
            one.name
            for one in arguments.values()
            if any(type(mark) in (AxisFromOne, AxesFromOne) for mark in _kinds(one.kind))
        ]
        # Defaults are R's too, and count from 1.
        axes = {
            one: arguments[one].kind.convert(arguments[one].default)
            for one in axis_names
            if isinstance(arguments[one].default, int)
        }
        return declared

    return decorate


def plain(operation: Callable[..., Any], returns: str = "A tensor.") -> Callable[[F], F]:
    """Makes an R function of a signature that stands for a function of `keras.ops`; it needs no body.

    The arguments mean what Keras's mean in the same places.
    """

    def decorate(declared: F) -> F:
        names = (inspect.signature(one).parameters for one in (declared, operation))
        keras_name = dict(zip(*names, strict=False))

        @functools.wraps(declared)
        def call(**given: Any) -> Any:
            return operation(**{keras_name[name]: value for name, value in given.items()})

        made: F = backend(f"ops.{operation.__name__}", returns=returns)(call)  # type: ignore[assignment]
        return made

    return decorate


def _kinds(kind: Any) -> list[Any]:
    return [kind, *getattr(kind, "members", ())]


def _check_axes(name: str, argument: str, axes: Any, tensor: Any, more: int) -> None:
    shape = getattr(tensor[0] if isinstance(tensor, list) and tensor else tensor, "shape", None)
    if shape is None:
        return
    rank = len(shape) + more
    for axis in axes if isinstance(axes, tuple) else (axes,):
        if not -rank <= axis < rank:
            r_axis = axis + 1 if axis >= 0 else axis
            what = f"1 to {rank}, or from -1 backwards" if rank else "none, as there is no axis"
            raise ArgumentError(f"{name}(): `{argument}` must be the number of an axis, {what}, not {show(r_axis)}.")


def _watched(value: Any, failures: list[Exception]) -> Any:
    """A function that takes note of its errors; anything else as it is."""
    if not callable(value) or is_tensor(value):
        return value

    @functools.wraps(value)
    def call(*args: Any) -> Any:
        try:
            return value(*args)
        except Exception as error:
            failures.append(error)
            raise

    return call


def returned(function: Callable[..., Any], argument: str, value: Any) -> Any:
    """What a function of the user's returns, R's numbers and arrays too, as a tensor or a list of these.

    Args:
        function: The R function that has called it.
        argument: The argument that it is.
        value: What it has returned.

    Raises:
        ArgumentError: It is no tensor.
    """
    try:
        return as_tensors(TensorOrTensors().convert(value))
    except Unfit:
        refuse(function, argument, value, "a function that returns a tensor, an array or a number")


def as_tensors(value: Any) -> Any:
    """Tensors and variables as they are, arrays and numbers as tensors; or several of them in a list."""
    if isinstance(value, list):
        return [as_tensors(one) for one in value]
    return value if is_tensor(value) else keras.ops.convert_to_tensor(value)


def _is_refusal(error: Exception) -> bool:
    refusals = ValueError | TypeError | IndexError | AttributeError | NotImplementedError | ZeroDivisionError
    return isinstance(error, refusals) or type(error).__name__ in _OF_TENSORFLOW


def _told(given: dict[str, Any], error: Exception) -> str:
    shapes = [f"`{name}` of shape {shape_text(value)}" for name, value in given.items() if hasattr(value, "shape")]
    return f"it does not work{' with ' + joined(shapes, 'and') if shapes else ''}: {_reason(error)}"


def _reason(error: Exception) -> str:
    """The sentence of an error, without what Keras and TensorFlow put around it."""
    said = _WRAPPING.sub("", str(error)).strip() or type(error).__name__
    lines = [line.strip() for line in said.splitlines()]
    return _TYPE.sub("", lines[-1]) if lines[0] == "in user code:" else lines[0]


def shape_text(value: Any) -> str:
    """The shape of a tensor, as messages write it."""
    return f"({', '.join(show(size) for size in tuple(value.shape))})"


def shape_of(x: Any) -> tuple[Any, ...]:
    """The sizes of a tensor, None for those that only the data tell."""
    return tuple(x.shape) if is_tensor(x) else tuple(keras.ops.shape(x))
