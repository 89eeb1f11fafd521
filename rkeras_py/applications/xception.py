"""Xception."""

from typing import Unpack

import keras

from .arguments import IncludeTop, ModelWeights, Tail
from .building import application


@application(keras.applications.Xception)
def application_xception(
    include_top: IncludeTop = True, weights: ModelWeights = "imagenet", **tail: Unpack[Tail]
) -> keras.Model:
    """Xception (Chollet, 2017), made for images of 299 by 299 pixels."""
