"""NASNet."""

from typing import Annotated, Unpack

import keras
from typing_extensions import Doc

from .. import keras_internals
from ..language import RInteger, Size
from .arguments import ImageShape, IncludeTop, InputTensor, ModelWeights, Pooling, PoolingTail
from .building import application

Classes = Annotated[Size, Doc("How many classes the top tells apart.")]


@application(keras_internals.NASNet)
def application_nasnet(
    input_shape: ImageShape = None,
    penultimate_filters: Annotated[
        Size,
        RInteger(),
        Doc("How many filters the layer before the top has, a multiple of 24 times `filter_multiplier`."),
    ] = 4032,
    num_blocks: Annotated[Size, RInteger(), Doc("How many repeated blocks there are.")] = 6,
    stem_block_filters: Annotated[Size, RInteger(), Doc("How many filters the first block has.")] = 96,
    skip_reduction: Annotated[bool, Doc("Whether to leave out the reduction in front of the cells.")] = True,
    filter_multiplier: Annotated[
        Size, RInteger(), Doc("By how much the filters grow where the image shrinks: 1, 2 or more.")
    ] = 2,
    include_top: IncludeTop = True,
    weights: ModelWeights = None,
    input_tensor: InputTensor = None,
    pooling: Pooling = None,
    classes: Classes = 1000,
    default_size: Annotated[Size | None, Doc("The size of an image that the model is made for, in pixels.")] = None,
) -> keras.Model:
    """A NASNet (Zoph et al., 2018) of any size; there are weights for those that have a function of their own."""


@application(keras.applications.NASNetLarge)
def application_nasnetlarge(
    input_shape: ImageShape = None,
    include_top: IncludeTop = True,
    weights: ModelWeights = None,
    **tail: Unpack[PoolingTail],
) -> keras.Model:
    """The large NASNet (Zoph et al., 2018), made for images of 331 by 331 pixels."""


@application(keras.applications.NASNetMobile)
def application_nasnetmobile(
    input_shape: ImageShape = None,
    include_top: IncludeTop = True,
    weights: ModelWeights = None,
    **tail: Unpack[PoolingTail],
) -> keras.Model:
    """The small NASNet (Zoph et al., 2018), made for images of 224 by 224 pixels."""
