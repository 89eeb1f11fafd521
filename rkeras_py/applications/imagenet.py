"""What applications make of pixels, and the names of the classes that they predict."""

from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import keras
import numpy as np
from typing_extensions import Doc

from ..language import RDefault, r_function, refuse
from .arguments import DataFormat, Images, Predictions, Top
from .building import downloading

F = TypeVar("F", bound=Callable[..., Any])


class ImagenetClass(NamedTuple):
    """A class of ImageNet, and how probable it is."""

    class_name: str
    class_description: str
    score: float


def _preprocessing(module: ModuleType, since: str = "2.2.5.0") -> Callable[[F], F]:
    """Makes an R function of a signature that stands for what an application of Keras does with pixels."""

    def decorate(declared: F) -> F:
        def make(arguments: dict[str, Any]) -> Any:
            x = arguments.pop("x")
            # Keras writes into the array that it is given; an array of R cannot even be written to.
            x = np.array(x, order="C") if isinstance(x, np.ndarray) else x
            return module.preprocess_input(x, **arguments)

        made: F = r_function(  # type: ignore[assignment]
            make=make,
            Returns="The scaled images, an array or a tensor as `x` is.",
            Raises="ArgumentError: An argument is not what it must be.",
            Source=f"R keras {since}, `{declared.__name__}`; Keras, "
            f"`keras.applications.{module.__name__.rpartition('.')[2]}.preprocess_input`.",
        )(declared)
        return made

    return decorate


@_preprocessing(keras.applications.imagenet_utils)
def imagenet_preprocess_input(
    x: Images,
    data_format: DataFormat = None,
    mode: Annotated[
        Literal["caffe", "tf", "torch"],
        RDefault('"caffe"'),
        Doc(
            '`"caffe"`: blue first, and the mean of ImageNet taken from each channel; `"tf"`: from -1 to 1; `"torch"`: '
            "from 0 to 1, then the mean of ImageNet taken away, divided by its standard deviation."
        ),
    ] = "caffe",
) -> Any:
    """Scales images as VGG and ResNet want them, or in another way."""


@_preprocessing(keras.applications.xception)
def xception_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as Xception wants them."""


@_preprocessing(keras.applications.inception_v3)
def inception_v3_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as Inception V3 wants them."""


@_preprocessing(keras.applications.inception_resnet_v2)
def inception_resnet_v2_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as Inception-ResNet V2 wants them."""


@_preprocessing(keras.applications.mobilenet)
def mobilenet_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as MobileNet wants them."""


@_preprocessing(keras.applications.mobilenet_v2)
def mobilenet_v2_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as MobileNet V2 wants them."""


@_preprocessing(keras.applications.nasnet)
def nasnet_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as NASNet wants them."""


@_preprocessing(keras.applications.densenet)
def densenet_preprocess_input(x: Images, data_format: DataFormat = None) -> Any:
    """Scales images to the mean 0 and the standard deviation 1 of ImageNet, as DenseNet wants them."""


@_preprocessing(keras.applications.resnet, "2.15.0")
def resnet_preprocess_input(x: Images) -> Any:
    """Puts blue first and takes the mean of ImageNet from each channel, as ResNet wants it."""


@_preprocessing(keras.applications.resnet_v2, "2.15.0")
def resnet_v2_preprocess_input(x: Images) -> Any:
    """Scales images to -1 to 1, as ResNet V2 wants them."""


def _decoding(declared: F) -> F:
    """Makes an R function of a signature that stands for the names of predicted classes."""

    def make(arguments: dict[str, Any]) -> list[list[ImagenetClass]]:
        preds = keras.ops.convert_to_numpy(arguments["preds"])
        if preds.ndim != 2 or preds.shape[1] != _CLASSES:
            refuse(made, "preds", preds, "a matrix of 1000 columns")
        decoded = downloading(
            declared.__name__,
            lambda: keras.applications.imagenet_utils.decode_predictions(preds, top=arguments["top"]),
        )
        return [[ImagenetClass(name, description, float(score)) for name, description, score in one] for one in decoded]

    made: F = r_function(  # type: ignore[assignment]
        make=make,
        Returns="For each image the most probable classes, with `class_name`, `class_description` and `score`: in R a "
        "data frame, in Python a list of tuples.",
        Raises="""ArgumentError: An argument is not what it must be.
DownloadError: The names are not in Keras's cache and cannot be downloaded.""",
        Source=f"R keras 2.2.5.0, `{declared.__name__}`; Keras, "
        "`keras.applications.imagenet_utils.decode_predictions`.",
    )(declared)
    return made


@_decoding
def imagenet_decode_predictions(preds: Predictions, top: Top = 5) -> list[list[ImagenetClass]]:
    """Names the classes that a model predicts for images."""
    raise NotImplementedError


@_decoding
def mobilenet_decode_predictions(preds: Predictions, top: Top = 5) -> list[list[ImagenetClass]]:
    """Names the classes that MobileNet predicts for images."""
    raise NotImplementedError


@_decoding
def mobilenet_v2_decode_predictions(preds: Predictions, top: Top = 5) -> list[list[ImagenetClass]]:
    """Names the classes that MobileNet V2 predicts for images."""
    raise NotImplementedError


_CLASSES = 1000
