"""Arguments are converted the way the bodies of R keras convert them."""

import oracles
import pytest

import rkeras_py
from rkeras_py.language import compound, contract_of, identifiers, scalars, vectors
from rkeras_py.layers.arguments import Margins1D, ShapeWithoutBatch
from rkeras_py.layers.arguments_preprocessing import Examples

# What R applies to an argument, and the kinds of annotation that do the same here.
KINDS = {
    "as.integer": (scalars.Whole, vectors.Integers, Margins1D),
    # The shapes of images became `normalize_shape` after 2.2.4.1.
    "as_nullable_integer": (scalars.Whole, vectors.Integers, ShapeWithoutBatch),
    "as_integer_tuple": (vectors.Integers, ShapeWithoutBatch),
    "as_axis": vectors.AxisFromOne,
    "normalize_shape": ShapeWithoutBatch,
    "as.list": identifiers.Nested,
    "match.arg": scalars.Choice,
    "normalize_path": scalars.PathText,
    "keras_array": (compound.Anything, Examples),
    "resolve_tensorflow_dataset": compound.Anything,
    "as_class_weight": vectors.Named,
}


# Where we do otherwise than R keras, and why.
OTHERWISE = {("k_pow", "a"): "k_pow(x, 0.5) was 1, as the exponent was cut to a whole number"}


def leaves(kind):
    """A kind, and the kinds that it is made of."""
    inner = getattr(kind, "members", None) or [getattr(kind, "kind", None) or getattr(kind, "element", None)]
    return [kind, *(leaf for member in inner if member is not None for leaf in leaves(member))]


ROWS = sorted(
    (version, name, argument, coercion)
    for version in oracles.VERSIONS
    for (name, argument), coercion in oracles.coercions(version).items()
    if name in rkeras_py.__all__ and (name, argument) not in OTHERWISE
)


def test_there_are_rows_for_the_callbacks():
    assert len([row for row in ROWS if row[1].startswith("callback_")]) >= 52


@pytest.mark.parametrize(("version", "name", "argument", "coercion"), ROWS)
def test_coercion(version, name, argument, coercion, parity):
    kind = contract_of(getattr(rkeras_py, name)).arguments[argument].kind
    assert any(isinstance(leaf, KINDS[coercion]) for leaf in leaves(kind))
    parity(name, "coercions", argument)
