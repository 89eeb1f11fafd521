"""VGG."""

from typing import Unpack

import keras

from .arguments import IncludeTop, ModelWeights, Tail
from .building import application


@application(keras.applications.VGG16)
def application_vgg16(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """VGG16 (Simonyan and Zisserman, 2014), made for images of 224 by 224 pixels."""


@application(keras.applications.VGG19)
def application_vgg19(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """VGG19 (Simonyan and Zisserman, 2014), made for images of 224 by 224 pixels."""
