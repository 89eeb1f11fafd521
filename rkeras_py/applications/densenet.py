"""DenseNet."""

from collections.abc import Sequence
from typing import Annotated, Unpack

import keras
from typing_extensions import Doc

from .. import keras_internals
from ..language import Size
from .arguments import IncludeTop, ModelWeights, ShapeTail
from .building import application


@application(keras_internals.DenseNet)
def application_densenet(
    blocks: Annotated[Sequence[Size], Doc("How many convolutions each of the four dense blocks has.")],
    include_top: IncludeTop = True,
    weights: ModelWeights = "imagenet",
    **tail: Unpack[ShapeTail],
) -> keras.Model:
    """A DenseNet (Huang et al., 2017) of any depth; there are weights for those that have a function of their own."""


@application(keras.applications.DenseNet121)
def application_densenet121(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[ShapeTail]
) -> keras.Model:
    """DenseNet of 121 layers (Huang et al., 2017), made for images of 224 by 224 pixels."""


@application(keras.applications.DenseNet169)
def application_densenet169(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[ShapeTail]
) -> keras.Model:
    """DenseNet of 169 layers (Huang et al., 2017), made for images of 224 by 224 pixels."""


@application(keras.applications.DenseNet201)
def application_densenet201(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[ShapeTail]
) -> keras.Model:
    """DenseNet of 201 layers (Huang et al., 2017), made for images of 224 by 224 pixels."""
