"""EfficientNet."""

from typing import Unpack

import keras

from .arguments import IncludeTop, ModelWeights, TailOf2015
from .building import application


@application(keras.applications.EfficientNetB0, "2.15.0")
def application_efficientnet_b0(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B0 (Tan and Le, 2019), made for images of 224 by 224 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB1, "2.15.0")
def application_efficientnet_b1(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B1 (Tan and Le, 2019), made for images of 240 by 240 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB2, "2.15.0")
def application_efficientnet_b2(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B2 (Tan and Le, 2019), made for images of 260 by 260 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB3, "2.15.0")
def application_efficientnet_b3(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B3 (Tan and Le, 2019), made for images of 300 by 300 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB4, "2.15.0")
def application_efficientnet_b4(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B4 (Tan and Le, 2019), made for images of 380 by 380 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB5, "2.15.0")
def application_efficientnet_b5(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B5 (Tan and Le, 2019), made for images of 456 by 456 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB6, "2.15.0")
def application_efficientnet_b6(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B6 (Tan and Le, 2019), made for images of 528 by 528 pixels, which it scales itself."""


@application(keras.applications.EfficientNetB7, "2.15.0")
def application_efficientnet_b7(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[TailOf2015]
) -> keras.Model:
    """EfficientNet B7 (Tan and Le, 2019), made for images of 600 by 600 pixels, which it scales itself."""
