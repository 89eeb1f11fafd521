"""MobileNet."""

from typing import Annotated, Unpack

import keras
from typing_extensions import Doc

from ..language import Path, Size, r_function
from ..models.hdf5 import load_model_hdf5
from .arguments import (
    Alpha,
    ClassifierActivation,
    CountOfClasses,
    Dropout,
    ImageShape,
    IncludePreprocessing,
    IncludeTop,
    InputTensor,
    Minimalistic,
    MobileTail,
    ModelWeights,
    Pooling,
)
from .building import application

_RETURNS = "The model."
_RAISES = "ArgumentError: There is no such file, or it is not an HDF5 file with a whole model in it."


@application(keras.applications.MobileNet)
def application_mobilenet(
    input_shape: ImageShape = None,
    alpha: Alpha = 1,
    depth_multiplier: Annotated[Size, Doc("How many filters each channel has in the depthwise convolutions.")] = 1,
    dropout: Dropout = 0.001,
    include_top: IncludeTop = True,
    weights: ModelWeights = "imagenet",
    **tail: Unpack[MobileTail],
) -> keras.Model:
    """MobileNet (Howard et al., 2017), made for images of 224 by 224 pixels."""


@application(keras.applications.MobileNetV2)
def application_mobilenet_v2(
    input_shape: ImageShape = None,
    alpha: Alpha = 1,
    include_top: IncludeTop = True,
    weights: ModelWeights = "imagenet",
    **tail: Unpack[MobileTail],
) -> keras.Model:
    """MobileNet V2 (Sandler et al., 2018), made for images of 224 by 224 pixels."""


@application(keras.applications.MobileNetV3Large, "2.15.0")
def application_mobilenet_v3_large(
    input_shape: ImageShape = None,
    alpha: Alpha = 1,
    minimalistic: Minimalistic = False,
    include_top: IncludeTop = True,
    weights: ModelWeights = "imagenet",
    input_tensor: InputTensor = None,
    classes: CountOfClasses = 1000,
    pooling: Pooling = None,
    dropout_rate: Dropout = 0.2,
    classifier_activation: ClassifierActivation = "softmax",
    include_preprocessing: IncludePreprocessing = True,
) -> keras.Model:
    """The large MobileNet V3 (Howard et al., 2019), made for images of 224 by 224 pixels."""


@application(keras.applications.MobileNetV3Small, "2.15.0")
def application_mobilenet_v3_small(
    input_shape: ImageShape = None,
    alpha: Alpha = 1,
    minimalistic: Minimalistic = False,
    include_top: IncludeTop = True,
    weights: ModelWeights = "imagenet",
    input_tensor: InputTensor = None,
    classes: CountOfClasses = 1000,
    pooling: Pooling = None,
    dropout_rate: Dropout = 0.2,
    classifier_activation: ClassifierActivation = "softmax",
    include_preprocessing: IncludePreprocessing = True,
) -> keras.Model:
    """The small MobileNet V3 (Howard et al., 2019), made for images of 224 by 224 pixels."""


@r_function(Returns=_RETURNS, Raises=_RAISES)
def mobilenet_load_model_hdf5(filepath: Path) -> keras.Model:
    """Loads a MobileNet from an HDF5 file, also one that Keras 2.2 wrote, which calls its activation `relu6`.

    Args:
        filepath: The file, whatever its name ends in.

    Source:
        R keras 2.2.5.0, `mobilenet_load_model_hdf5`; Keras, `keras.models.load_model`.
    """
    return load_model_hdf5(filepath, custom_objects=_CUSTOM_OBJECTS)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def mobilenet_v2_load_model_hdf5(filepath: Path) -> keras.Model:
    """Loads a MobileNet V2 from an HDF5 file, also one that Keras 2.2 wrote, which calls its activation `relu6`.

    Args:
        filepath: The file, whatever its name ends in.

    Source:
        R keras 2.2.5.0, `mobilenet_v2_load_model_hdf5`; Keras, `keras.models.load_model`.
    """
    return load_model_hdf5(filepath, custom_objects=_CUSTOM_OBJECTS)


_CUSTOM_OBJECTS = {"relu6": keras.activations.relu6}
