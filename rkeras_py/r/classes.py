"""Classes of Python whose methods are functions of R: what all classes are made by that are written in R."""

import functools
import inspect
import keyword
import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras

from ..language.errors import ArgumentError
from ..layers.keras_layer import KerasLayer, weight_options, whole_sizes
from ..training.hooks import Joining, offered, positional
from .functions import RFunction

# What R computes itself when a function is called without it. A string: Keras keeps strings among the arguments by
# which it makes an object again.
LEFT_TO_R = ".rkeras_default"
MODULE = "R6type"
NUMBER = "_number_in_r"
_PYTHON_NAMES = {"initialize": "__init__", "finalize": "__del__"}
_RESERVED = {"self", "args", "kwargs"}
# Where whoever defines `initialize` need not hand on what all objects of the kind have.
_TAKE_MORE = (keras.layers.Layer, keras.metrics.Metric, keras.losses.Loss)
_begun: dict[int, list["_Beginning"]] = {}


@dataclass
class Method:
    """A function of R that is to be a method.

    Args:
        function: The function, the first of whose formals is `self`.
        formals: Its other formals: a name, and `"required"`, `"value"` with the default behind it, or `"left"` for a
            default that R computes.
        doc: What it says of itself.
    """

    function: RFunction
    formals: Sequence[Sequence[Any]]
    doc: str | None = None


@dataclass
class _Beginning:
    """An object that its `initialize` is at work on.

    Args:
        options: What it was given that its `initialize` has no argument for.
    """

    options: dict[str, Any] = field(default_factory=dict)
    handed_on: bool = False


class Super:
    """What a class is derived from, as its methods see it; `initialize` is Python's `__init__`.

    Args:
        owner: The class whose method asks, which need not be that of the object.
        instance: The object.
    """

    __slots__ = ("of",)

    def __init__(self, owner: type, instance: Any) -> None:
        object.__setattr__(self, "of", (owner, instance))

    def __getattribute__(self, name: str) -> Any:
        if name in ("__class__", "__name__"):
            return object.__getattribute__(self, name)
        owner, instance = object.__getattribute__(self, "of")
        name = _PYTHON_NAMES.get(name, name)
        found = getattr(super(owner, instance), name)
        return functools.partial(_hand_on, found, instance) if name == "__init__" else found

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(object.__getattribute__(self, "of")[1], name, value)


def _hand_on(begin: Callable[..., None], instance: Any, *args: Any, **options: Any) -> None:
    beginnings = _begun.get(id(instance))
    if beginnings:
        beginnings[-1].handed_on = True
        options = {**beginnings[-1].options, **options}
    begin(*args, **options)


def make_class(
    name: str,
    bases: Sequence[type],
    methods: Mapping[str, Method],
    active: Mapping[str, RFunction],
    attributes: Mapping[str, Any],
    doc: str | None = None,
    keywords: Mapping[str, Any] | None = None,
    number: int = 0,
) -> type:
    """Makes a class.

    Args:
        name: Its name.
        bases: What it is derived from.
        methods: Its methods, by the names that they have in R.
        active: What is computed when it is asked for: functions of `self`, and of `value` when it is assigned.
        attributes: What all objects have.
        doc: What it says of itself.
        keywords: What else Python is told behind its bases.
        number: By which R knows it.

    Raises:
        ArgumentError: The class cannot be made so.
    """
    of = _Class(name, tuple(bases))
    body: dict[str, Any] = {"__module__": MODULE, "__doc__": doc, NUMBER: number, **attributes}
    body |= {one: _property(function) for one, function in active.items()}
    body |= {_PYTHON_NAMES.get(one, one): of.method(one, method) for one, method in methods.items()}
    if of.derives(keras.metrics.Metric) and "reset_states" in body:
        body.setdefault("reset_state", body["reset_states"])  # which is what Keras 3 calls
    if of.derives(keras.layers.Layer, keras.metrics.Metric) and not of.derives(KerasLayer):
        body.setdefault("add_weight", of.add_weight())
    if of.derives(keras.Model) and "train_step" in methods and not _runs_here(methods["train_step"]):
        raise ArgumentError(
            f"{name}: on JAX Keras calls train_step(state, data), which returns the logs and the new state; one of "
            "`data` alone runs on TensorFlow."
        )
    of.made = types.new_class(name, of.bases, dict(keywords or {}), lambda namespace: namespace.update(body))
    return of.made


def number_in_r(instance: Any) -> int:
    """By which number R knows the class of an instance, or what that is derived from."""
    number: int = getattr(type(instance), NUMBER)
    return number


def _runs_here(train_step: Method) -> bool:
    return keras.config.backend() != "jax" or [one[0] for one in train_step.formals[:1]] == ["state"]


class _Class:
    """A class that is being made.

    Args:
        name: Its name.
        bases: What it is derived from.

    Attributes:
        made: The class, when there is one.
    """

    made: Any

    def __init__(self, name: str, bases: tuple[type, ...]) -> None:
        self.name = name
        self.bases = bases

    def derives(self, *kinds: type) -> bool:
        return any(issubclass(base, kinds) for base in self.bases)

    def method(self, name: str, method: Method) -> Any:
        """A method as Python has it, with the signature that it has in R: Keras looks at it."""
        if self.derives(keras.callbacks.Callback) and name.startswith("on_"):
            return _hook(name, method)
        if name == "initialize" or name == "__init__":
            takes_more = self.derives(*_TAKE_MORE) and all(one[0] != "..." for one in method.formals)
            return _declared("__init__", method, self._begin(method, takes_more), takes_more)
        if name == "call":
            method.formals = [_known_to_call(one) for one in method.formals]
        return _declared(_PYTHON_NAMES.get(name, name), method, _RESULTS.get(name, _called)(method))

    def _begin(self, method: Method, takes_more: bool) -> Callable[..., None]:
        run = _called(method)

        def begin(instance: Any, given: Mapping[str, Any], more: Sequence[Any], options: dict[str, Any]) -> None:
            beginning = _Beginning(options if takes_more else {})
            _begun.setdefault(id(instance), []).append(beginning)
            try:
                run(instance, given, more, {} if takes_more else options)
            finally:
                _begun[id(instance)].pop()
                if not _begun[id(instance)]:
                    del _begun[id(instance)]
            if takes_more and not beginning.handed_on:
                super(self.made, instance).__init__(**beginning.options)

        return begin

    def add_weight(self) -> Callable[..., Any]:
        def add_weight(instance: Any, *args: Any, **options: Any) -> Any:
            given = weight_options(args, options)
            if isinstance(instance, keras.metrics.Metric):
                given.setdefault("initializer", "zeros")
            return super(self.made, instance).add_weight(**given)  # type: ignore[misc]

        return add_weight


def _known_to_call(formal: Sequence[Any]) -> Sequence[Any]:
    """What Keras does not always give is missing in R at most when it is used."""
    return [formal[0], "value", None] if formal[0] in ("mask", "training") and formal[1] == "required" else formal


def _called(method: Method) -> Callable[..., Any]:
    def run(instance: Any, given: Mapping[str, Any], more: Sequence[Any], options: Mapping[str, Any]) -> Any:
        named = {name: value for name, value in given.items() if not _is_left(value)}
        result = method.function(instance, *more, **named, **options)
        return dict(result) if isinstance(result, Joining) else result

    return run


def _nothing(method: Method) -> Callable[..., None]:
    run = _called(method)
    return lambda *what: (run(*what), None)[1]


def _shape(method: Method) -> Callable[..., Any]:
    run = _called(method)

    def shape(*what: Any) -> Any:
        result = run(*what)
        if isinstance(result, Mapping):
            return {name: whole_sizes(one) for name, one in result.items()}
        return whole_sizes(result)

    return shape


_RESULTS: dict[str, Callable[[Method], Callable[..., Any]]] = {"build": _nothing, "compute_output_shape": _shape}


def _is_left(value: Any) -> bool:
    return isinstance(value, str) and value == LEFT_TO_R


def _declared(name: str, method: Method, run: Callable[..., Any], takes_more: bool = False) -> Any:
    """A function with the formals of one of R: Keras copies an attribute `__signature__` to where it is wrong."""
    defaults: dict[str, Any] = {}
    parameters, given = ["self"], []
    optional = dots = False
    for r_name, kind, *default in method.formals:
        if r_name == "...":
            parameters.append("*args")
            dots = True
            continue
        python_name = _python_name(r_name)
        given.append(f"{r_name!r}: {python_name}")
        if kind == "required" and (dots or not optional):
            parameters.append(python_name)
        else:
            optional = True
            defaults[f"default_of_{python_name}"] = default[0] if kind == "value" else LEFT_TO_R
            parameters.append(f"{python_name}=default_of_{python_name}")
    if dots or takes_more:
        parameters.append("**kwargs")
    more = f"{'args' if dots else '()'}, {'kwargs' if dots or takes_more else '{}'}"
    source = f"def method({', '.join(parameters)}):\n    return run(self, {{{', '.join(given)}}}, {more})"
    namespace: dict[str, Any] = {"run": run, **defaults}
    exec(source, namespace)  # names alone, which are checked
    made = namespace["method"]
    made.__name__ = made.__qualname__ = name
    made.__doc__ = method.doc
    made.__module__ = MODULE
    return made


def _python_name(name: str) -> str:
    if name.isidentifier() and not keyword.iskeyword(name) and name not in _RESERVED and name != "run":
        return name
    return "r_" + re.sub(r"\W", "_", name)


def _hook(name: str, method: Method) -> Callable[..., Any]:
    def hook(instance: Any, *args: Any, **named: Any) -> Any:
        return positional(functools.partial(method.function, instance), len(offered(name)))(*args, **named)

    hook.__name__ = hook.__qualname__ = name
    hook.__doc__ = method.doc
    return hook


def _property(function: RFunction) -> property:
    takes_value = len(inspect.signature(function).parameters) > 1

    def get(instance: Any) -> Any:
        return function(instance)

    def put(instance: Any, value: Any) -> None:
        function(instance, value)

    return property(get, put if takes_value else None)
