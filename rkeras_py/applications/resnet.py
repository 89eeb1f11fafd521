"""ResNet."""

from typing import Unpack

import keras

from .arguments import IncludeTop, ModelWeights, Tail
from .building import application


@application(keras.applications.ResNet50)
def application_resnet50(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet of 50 layers (He et al., 2015), made for images of 224 by 224 pixels."""


@application(keras.applications.ResNet101, "2.15.0")
def application_resnet101(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet of 101 layers (He et al., 2015), made for images of 224 by 224 pixels."""


@application(keras.applications.ResNet152, "2.15.0")
def application_resnet152(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet of 152 layers (He et al., 2015), made for images of 224 by 224 pixels."""


@application(keras.applications.ResNet50V2, "2.15.0")
def application_resnet50_v2(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet V2 of 50 layers (He et al., 2016), made for images of 224 by 224 pixels."""


@application(keras.applications.ResNet101V2, "2.15.0")
def application_resnet101_v2(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet V2 of 101 layers (He et al., 2016), made for images of 224 by 224 pixels."""


@application(keras.applications.ResNet152V2, "2.15.0")
def application_resnet152_v2(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """ResNet V2 of 152 layers (He et al., 2016), made for images of 224 by 224 pixels."""
