"""Data sets of small pictures."""

from typing import Literal

import keras

from ..language import r_function
from .downloaded import RAISES, RETURNS, Dataset, load


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_cifar10() -> Dataset:
    """Photographs of 10 sorts of things (Krizhevsky): 32 by 32 pixels of 3 colours, and a column of sorts.

    Source:
        R keras 2.2.5.0, `dataset_cifar10`; Keras, `keras.datasets.cifar10`.
    """
    return load("dataset_cifar10", ["cifar-10-batches-py-target_archive"], keras.datasets.cifar10.load_data)


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_cifar100(label_mode: Literal["fine", "coarse"] = "fine") -> Dataset:
    """Photographs of 100 sorts of things (Krizhevsky): 32 by 32 pixels of 3 colours, and a column of sorts.

    Args:
        label_mode: `"fine"` for the 100 sorts, `"coarse"` for the 20 that they belong to.

    Source:
        R keras 2.2.5.0, `dataset_cifar100`; Keras, `keras.datasets.cifar100`.
    """
    archive = ["cifar-100-python-target_archive"]
    return load("dataset_cifar100", archive, lambda: keras.datasets.cifar100.load_data(label_mode))


@r_function(Returns=RETURNS, Raises=RAISES)
def dataset_fashion_mnist() -> Dataset:
    """Articles of clothing (Xiao, Rasul and Vollgraf): images of 28 by 28 pixels from 0 to 255, and 10 sorts.

    Source:
        R keras 2.2.5.0, `dataset_fashion_mnist`; Keras, `keras.datasets.fashion_mnist`.
    """
    files = [
        f"fashion-mnist/{part}-ubyte.gz"
        for part in ("train-labels-idx1", "train-images-idx3", "t10k-labels-idx1", "t10k-images-idx3")
    ]
    return load("dataset_fashion_mnist", files, keras.datasets.fashion_mnist.load_data)
