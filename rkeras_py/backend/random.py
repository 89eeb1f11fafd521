"""Random numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated, Any

import keras
from annotated_types import Ge, Le, Lt
from keras import ops
from typing_extensions import Doc

from .. import keras_internals
from ..language.errors import ArgumentError
from .arguments import OpenShape, Seed, Shape, TypeOrDefault, VariableName, X
from .declaring import backend
from .tracing import in_graph

DrawnShape = Annotated[Shape, Doc("The shape.")]
Probability = Annotated[float, Ge(0), Le(1), Doc("The probability of 1.")]

_lent: ContextVar[keras.random.SeedGenerator | None] = ContextVar("lent", default=None)


class _Kept:
    """A generator for each seed, as long as the random numbers of Keras are not begun anew."""

    def __init__(self) -> None:
        self.begun: Any = None
        self.generators: dict[int, keras.random.SeedGenerator] = {}

    def generator(self, seed: int) -> keras.random.SeedGenerator:
        state = keras_internals.global_seed()
        if state is None:
            state = _outside_graphs(keras_internals.make_global_seed)
        if state is not self.begun:
            self.begun, self.generators = state, {}
        if seed not in self.generators:
            self.generators[seed] = _outside_graphs(lambda: keras.random.SeedGenerator(abs(seed)))
        return self.generators[seed]


class _Drawn(keras.random.SeedGenerator):
    """What a generator has drawn, as a generator."""

    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def next(self, ordered: bool = True) -> Any:
        return self.drawn


_kept = _Kept()


@keras.saving.register_keras_serializable(package="rkeras")
class AlwaysDropout(keras.layers.Dropout):
    """Dropout that asks for no phase."""

    def call(self, inputs: Any) -> Any:
        return super().call(inputs, training=True)


@contextmanager
def lent(generator: keras.random.SeedGenerator) -> Iterator[None]:
    """Has all draws hang on a generator that belongs to a layer, without which JAX cannot draw anew in each batch."""
    token = _lent.set(generator)
    try:
        yield
    finally:
        _lent.reset(token)


@backend("random.normal")
def k_random_normal(
    shape: DrawnShape, mean: float = 0, stddev: float = 1, dtype: TypeOrDefault = None, seed: Seed = None
) -> Any:
    """Draws from a normal distribution.

    Each call draws other numbers, also with a seed, which in `keras.random.normal` gives the same ones every time.

    Args:
        mean: The mean.
        stddev: The standard deviation.
    """
    return keras.random.normal(shape, mean, stddev, dtype, seed=_seed("k_random_normal", seed))


@backend("random.truncated_normal")
def k_truncated_normal(
    shape: DrawnShape, mean: float = 0, stddev: float = 1, dtype: TypeOrDefault = None, seed: Seed = None
) -> Any:
    """Draws from a normal distribution that is cut off at two standard deviations.

    Each call draws other numbers, also with a seed.

    Args:
        mean: The mean.
        stddev: The standard deviation before it is cut.
    """
    return keras.random.truncated_normal(shape, mean, stddev, dtype, seed=_seed("k_truncated_normal", seed))


@backend("random.uniform")
def k_random_uniform(
    shape: DrawnShape, minval: float = 0, maxval: float = 1, dtype: TypeOrDefault = None, seed: Seed = None
) -> Any:
    """Draws from a uniform distribution; whole numbers where `dtype` is a type of these.

    Each call draws other numbers, also with a seed.

    Args:
        minval: The lower end.
        maxval: The upper end, which is not drawn.
    """
    dtype = dtype or keras.config.floatx()
    generator = _seed("k_random_uniform", seed)
    if keras.backend.is_int_dtype(dtype):
        return keras.random.randint(shape, int(minval), int(maxval), dtype, seed=generator)
    return keras.random.uniform(shape, minval, maxval, dtype, seed=generator)


@backend("random.uniform")
def k_random_binomial(shape: DrawnShape, p: Probability = 0, dtype: TypeOrDefault = None, seed: Seed = None) -> Any:
    """Draws 0 or 1.

    Each call draws other numbers, also with a seed.
    """
    return _zeros_and_ones(shape, p, dtype, _seed("k_random_binomial", seed))


@backend("random.uniform", since="2.15.0")
def k_random_bernoulli(shape: DrawnShape, p: Probability = 0, dtype: TypeOrDefault = None, seed: Seed = None) -> Any:
    """Draws 0 or 1, as `k_random_binomial()`.

    Each call draws other numbers, also with a seed.
    """
    return _zeros_and_ones(shape, p, dtype, _seed("k_random_bernoulli", seed))


@backend("random.dropout")
def k_dropout(
    x: X,
    level: Annotated[float, Ge(0), Lt(1)],
    noise_shape: OpenShape | None = None,
    seed: Seed = None,
) -> Any:
    """Sets a part of the values to 0, and scales up the others; always, in training or not.

    Args:
        level: The part that becomes 0.
        noise_shape: The shape of what is drawn, with 1 where values fall together; that of `x` if `None`.
    """
    if isinstance(x, keras.KerasTensor):
        return AlwaysDropout(level, noise_shape=noise_shape, seed=seed)(x)
    return keras.random.dropout(x, level, noise_shape, seed=_seed("k_dropout", seed))


@backend("Variable", returns="A variable.")
def k_random_uniform_variable(
    shape: DrawnShape,
    low: float,
    high: float,
    dtype: TypeOrDefault = None,
    name: VariableName = None,
    seed: Seed = None,
) -> Any:
    """A variable that begins with draws from a uniform distribution.

    Args:
        low: The lower end.
        high: The upper end.
    """
    dtype = dtype or keras.config.floatx()
    drawn = keras.random.uniform(shape, low, high, dtype, seed=_seed("k_random_uniform_variable", seed))
    return keras.Variable(drawn, dtype=dtype, name=name)


@backend("Variable", returns="A variable.")
def k_random_normal_variable(
    shape: DrawnShape,
    mean: float,
    scale: float,
    dtype: TypeOrDefault = None,
    name: VariableName = None,
    seed: Seed = None,
) -> Any:
    """A variable that begins with draws from a normal distribution.

    Args:
        mean: The mean.
        scale: The standard deviation.
    """
    dtype = dtype or keras.config.floatx()
    drawn = keras.random.normal(shape, mean, scale, dtype, seed=_seed("k_random_normal_variable", seed))
    return keras.Variable(drawn, dtype=dtype, name=name)


def _zeros_and_ones(shape: Any, p: float, dtype: str | None, seed: Any) -> Any:
    return ops.cast(keras.random.uniform(shape, seed=seed) < p, dtype or keras.config.floatx())


def _seed(function: str, seed: int | None) -> Any:
    """What a draw hangs on: other numbers at each call, the same sequence of calls for the same seed."""
    lent = _lent.get()
    if lent is not None and seed is not None:
        count = lent.next()[1]
        return _Drawn(ops.stack([ops.cast(abs(seed), count.dtype), count]))
    if lent is not None:
        return lent
    if keras.config.backend() == "jax" and in_graph():
        raise ArgumentError(
            f"{function}(): JAX draws random numbers in a compiled graph only for a layer: "
            "call it within layer_lambda() or a layer of your own."
        )
    return None if seed is None else _kept.generator(seed)


def _outside_graphs(make: Any) -> Any:
    if keras.config.backend() != "tensorflow":
        return make()
    import tensorflow as tf

    with tf.init_scope():
        return make()
