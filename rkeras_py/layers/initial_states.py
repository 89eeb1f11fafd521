"""What recurrent layers are called on: a tensor, or a list of it and the states to begin with."""

from typing import Annotated, Any

import numpy as np
from typing_extensions import Doc

from ..language.tensors import is_tensor
from .arguments import LayerTarget


class LayerTargetWithStates(LayerTarget):
    """What a recurrent layer is added to or called on."""

    def wants(self) -> str:
        return "a sequential model, a tensor, a list of a tensor and initial states, or missing"

    def convert(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and value and all(_stands_for_a_batch(one) for one in value):
            return list(value)
        return super().convert(value)


def _stands_for_a_batch(value: Any) -> bool:
    return is_tensor(value) or (isinstance(value, np.ndarray) and value.ndim > 1)


TargetWithStates = Annotated[
    Any,
    LayerTargetWithStates(),
    Doc(
        "A sequential model, which the layer is added to; a tensor, which it is called on, or a list of it and the "
        "states to begin with; or missing."
    ),
]
