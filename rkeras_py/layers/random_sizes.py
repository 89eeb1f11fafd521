"""Random crops and random sizes, as Keras 2 had them."""

from collections.abc import Sequence
from typing import Any

import keras

from ..keras_internals import ImageLayer, seed_for

_PACKAGE = "rkeras"
_MANY = 2**31 - 1


@keras.saving.register_keras_serializable(_PACKAGE)
class RandomCrop(keras.layers.RandomCrop):
    """Keras's, which gives back images of the size that was asked for in prediction too, and in training also where
    they are smaller: the largest part in the middle that has the form of the crop, resized.
    """

    def get_random_transformation(self, data: Any, training: bool = True, seed: Any = None) -> Any:
        """Two large random numbers, or none where no place is drawn."""
        if not training:
            return None
        seed = seed_for(self) if seed is None else seed
        return self.backend.random.randint((2,), 0, _MANY, dtype="int32", seed=seed)

    def transform_images(self, images: Any, transformation: Any, training: bool = True) -> Any:
        """The parts of the images."""
        images = self.backend.cast(images, self.compute_dtype)
        if not training or transformation is None:
            return self._resized(images)
        sizes = self.backend.shape(images)
        down, right = sizes[self.height_axis] - self.height, sizes[self.width_axis] - self.width
        if isinstance(down, int) and isinstance(right, int):
            fits = down >= 0 and right >= 0
            return self._cropped(images, transformation, down, right) if fits else self._resized(images)
        fits = self.backend.numpy.logical_and(down >= 0, right >= 0)
        return self.backend.cond(
            fits, lambda: self._cropped(images, transformation, down, right), lambda: self._resized(images)
        )

    def _cropped(self, images: Any, drawn: Any, down: Any, right: Any) -> Any:
        top, left = drawn[0] % (down + 1), drawn[1] % (right + 1)
        sizes = list(self.backend.shape(images))
        start = [0] * len(sizes)
        start[self.height_axis], start[self.width_axis] = top, left
        sizes[self.height_axis], sizes[self.width_axis] = self.height, self.width
        return self.backend.core.slice(images, start, sizes)

    def _resized(self, images: Any) -> Any:
        resized = self.backend.image.resize(
            images, (self.height, self.width), crop_to_aspect_ratio=True, data_format=self.data_format
        )
        return self.backend.cast(resized, self.compute_dtype)


class _RandomSize(ImageLayer):
    """In training, brings all images of a batch to a random size along an axis; in prediction, leaves them.

    Args:
        factor: The smallest and the largest change, as shares of the size; or one number for both directions.
        interpolation: How pixels are made of pixels.
        seed: The seed, drawn if None.
    """

    _axis = 0

    def __init__(
        self, factor: float | Sequence[float], interpolation: str = "bilinear", seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        lower, upper = (-factor, factor) if isinstance(factor, int | float) else factor
        if not -1 <= lower <= upper:
            raise ValueError(
                f"{type(self).__name__}: `factor` must be from -1 on, the lower bound first, not {factor}."
            )
        self.factor = factor
        self.interpolation = interpolation
        self.seed = seed
        self.generator = keras.random.SeedGenerator(seed)
        self._bounds = 1.0 + lower, 1.0 + upper
        self.supports_jit = False

    def get_random_transformation(self, data: Any, training: bool = True, seed: Any = None) -> Any:
        """What the size is multiplied by, None for no change."""
        if not training:
            return None
        return self.backend.random.uniform((), *self._bounds, seed=seed_for(self) if seed is None else seed)

    def transform_images(self, images: Any, transformation: Any, training: bool = True) -> Any:
        """The images in their new size."""
        if transformation is None:
            return images
        images = self.backend.cast(images, self.compute_dtype)
        size = list(self.backend.shape(images))[-3:-1]
        size[self._axis] = self._whole(transformation * self.backend.cast(size[self._axis], "float32"))
        resized = self.backend.image.resize(images, size, interpolation=self.interpolation, data_format="channels_last")
        return self.backend.cast(resized, self.compute_dtype)

    def _whole(self, size: Any) -> Any:
        if self.backend.name == "tensorflow":
            return self.backend.cast(size, "int32")
        try:
            return int(size)
        except TypeError:  # it has no value yet
            raise ValueError(
                f"{type(self).__name__}: on {self.backend.name} a size that is drawn cannot stand in a compiled model. "
                "Have the layer in front of the model, in a tf.data pipeline, or compile with `jit_compile` false."
            ) from None

    def transform_labels(self, labels: Any, transformation: Any, training: bool = True) -> Any:
        """The labels, as they are."""
        return labels

    def compute_output_shape(self, input_shape: Any) -> tuple[Any, ...]:
        """The shape of the output, where any size is possible along the axis."""
        shape = list(input_shape)
        shape[self._axis - 3] = None
        return tuple(shape)

    def get_config(self) -> dict[str, Any]:
        """What the layer was made with."""
        factor = self.factor if isinstance(self.factor, int | float) else list(self.factor)
        own = {"factor": factor, "interpolation": self.interpolation, "seed": self.seed}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(_PACKAGE)
class RandomHeight(_RandomSize):
    __doc__ = _RandomSize.__doc__
    _axis = 0


@keras.saving.register_keras_serializable(_PACKAGE)
class RandomWidth(_RandomSize):
    __doc__ = _RandomSize.__doc__
    _axis = 1
