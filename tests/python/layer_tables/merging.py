"""Layers that make one tensor of several."""

from .core import GAPS, with_gaps
from .rows import Row, floats

TWO, THREE = [floats(4, 3), floats(4, 3)], [floats(4, 5, 3), floats(4, 5, 3), floats(4, 5, 3)]
OTHER_GAPS = with_gaps(4, 5, 3)[::-1].copy()
BROADCAST = [[floats(4, 5, 3), floats(4, 1, 3)], [floats(4, 5, 3), floats(4, 3)], [floats(4, 5), floats(4, 1)]]
ODD = [floats(3, 3), floats(3, 1)]  # in which Keras 3 sees a bias


def merging(name):
    """Rows of a layer that merges element by element."""
    inputs = [TWO, *([THREE] if name != "layer_subtract" else []), *BROADCAST]
    sums = name in ("layer_add", "layer_average")
    leaves_out = name in ("layer_multiply", "layer_maximum", "layer_minimum")
    otherwise = "it leaves out what is masked" if leaves_out else ""
    return [
        *(Row(name, one) for one in inputs),
        Row(name, ODD, otherwise="it adds the second as a bias" if sums else ""),
        Row(name, [GAPS, floats(4, 5, 3)], masked=True, otherwise=otherwise),
        Row(name, [GAPS, OTHER_GAPS], masked="all", otherwise=otherwise),
    ]


def product(x, y, axes, otherwise="", **options):
    return Row("layer_dot", [x, y], {"axes": axes, **options}, otherwise=otherwise)


SMALL = floats(4, 3) * 1e-7

ELEMENT_BY_ELEMENT = ("add", "subtract", "multiply", "average", "maximum", "minimum")
ROWS = [
    *(row for one in ELEMENT_BY_ELEMENT for row in merging(f"layer_{one}")),
    Row("layer_concatenate", TWO),
    Row("layer_concatenate", THREE),
    Row("layer_concatenate", [floats(4, 5, 3), floats(4, 5, 2)]),
    Row("layer_concatenate", [floats(4, 5, 3), floats(4, 2, 3)], {"axis": 1}),
    Row("layer_concatenate", [floats(4, 5, 3), floats(4, 2, 3)], {"axis": -2}),
    Row("layer_concatenate", [floats(2, 3), floats(2, 3)], {"axis": 0}, fixed=True),
    Row("layer_concatenate", [GAPS, floats(4, 5, 2)], masked=True),
    Row("layer_concatenate", [GAPS, OTHER_GAPS], masked="all"),
    Row("layer_concatenate", [GAPS, OTHER_GAPS], {"axis": 1}, masked="all"),
    product(*TWO, 1),
    product(*TWO, -1),
    product(floats(4, 5, 3), floats(4, 5, 2), 1),
    product(floats(4, 5, 3), floats(4, 3, 2), (2, 1)),
    product(floats(4, 5, 3), floats(4, 3), (2, 1)),
    product(floats(4, 5, 3), floats(4, 5, 2), (1, 1), normalize=True),
    product(*TWO, 1, normalize=True),
    product(SMALL, floats(4, 3), 1, normalize=True, otherwise="it makes 1 of any length"),
    Row("layer_dot", [GAPS, OTHER_GAPS], {"axes": 2}, masked="all"),
]
UNTRIED: dict[str, dict[str, str]] = {
    f"layer_{one}": {"inputs": "what stands in `inputs` of a row"}
    for one in (*ELEMENT_BY_ELEMENT, "concatenate", "dot")
}
