"""Attention."""

import numpy as np

from .core import LIMITS, REGULAR, with_gaps
from .rows import Row, floats

QUERY, VALUE, KEY = floats(4, 5, 3), floats(4, 6, 3), floats(4, 6, 3)
GAPS, OTHER_GAPS = with_gaps(4, 5, 3), with_gaps(4, 6, 3)
FORGOTTEN = "the Keras 2 of today takes it, and does not write it into files; that of its time did"
CAUSAL = "the class is one of rkeras: Keras 3 takes it at the call alone"
DROPPED = {"dropout": 0.25}
SEEN = np.random.default_rng(0).uniform(size=(4, 5, 6)) < 0.7
SEEN[..., 0] = True


def simple(name, *arguments):
    """Rows of an attention that is called on a list."""
    return [
        Row(name, [QUERY, VALUE]),
        Row(name, [QUERY, VALUE, KEY]),
        *(Row(name, [QUERY, VALUE, KEY], one) for one in arguments),
        Row(name, [QUERY, VALUE, KEY], {"causal": True}, plain=CAUSAL, old_file=FORGOTTEN),
        Row(name, [GAPS, VALUE], masked=True),
        Row(name, [GAPS, OTHER_GAPS], masked="all"),
        Row(name, [GAPS, OTHER_GAPS, KEY], {"causal": True}, masked="all", plain=CAUSAL, old_file=FORGOTTEN),
        Row(name, [QUERY, VALUE], {"dropout": 0.0}, training=True),
    ]


def of_heads(inputs, arguments=None, **options):
    named = dict(zip(("query", "value", "key"), inputs, strict=False)) if isinstance(inputs, list) else inputs
    given = {"num_heads": 2, "key_dim": 3, **(arguments or {})}
    return Row("layer_multi_head_attention", named, given, **options)


BEGINNING = {"kernel_initializer": "he_normal", "bias_initializer": "ones"}

ROWS = [
    *simple("layer_attention", {"use_scale": True}, {"score_mode": "concat"}, DROPPED),
    *simple("layer_additive_attention", {"use_scale": False}, DROPPED),
    of_heads([QUERY, VALUE]),
    of_heads([QUERY, VALUE, KEY], {"num_heads": 1, **DROPPED}),
    of_heads([QUERY, VALUE, floats(4, 6, 2)], {"value_dim": 2}),
    of_heads([QUERY, QUERY], {"value_dim": 5, "output_shape": 4, "use_bias": False}),
    of_heads([QUERY, VALUE], {**REGULAR, **LIMITS, **BEGINNING}),
    of_heads([QUERY, VALUE], {"dropout": 0.0}, training=True),
    of_heads({"query": QUERY, "value": VALUE, "attention_mask": SEEN}),
    # Gradients of sums over many numbers, some of which are 0 but for rounding.
    of_heads([floats(2, 4, 5, 3), floats(2, 4, 6, 3)], {"attention_axes": 2}, tolerance=1e-4),
    of_heads([floats(2, 4, 5, 3), floats(2, 4, 6, 3)], {"attention_axes": (1, 2), "output_shape": 2}, tolerance=1e-4),
    # Where a step sees nothing, which nothing behind it sees, Keras 2 has gradients of its scores.
    of_heads([GAPS, VALUE], masked=True, smooth=False),
    of_heads([GAPS, OTHER_GAPS], masked="all", smooth=False),
    of_heads([QUERY, OTHER_GAPS], masked="all"),
]
UNTRIED: dict[str, dict[str, str]] = {
    f"layer_{one}": {"inputs": "what stands in `inputs` of a row"} for one in ("attention", "multi_head_attention")
}
