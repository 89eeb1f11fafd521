"""Inception."""

from typing import Unpack

import keras

from .arguments import IncludeTop, ModelWeights, Tail
from .building import application


@application(keras.applications.InceptionV3)
def application_inception_v3(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """Inception V3 (Szegedy et al., 2016), made for images of 299 by 299 pixels."""


@application(keras.applications.InceptionResNetV2)
def application_inception_resnet_v2(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """Inception-ResNet V2 (Szegedy et al., 2017), made for images of 299 by 299 pixels."""
