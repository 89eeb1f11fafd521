"""Batches of images: flow_images_from_data(), _directory() and _dataframe()."""

import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal

from ..language import Path, RDefault, Size, r_function, refuse
from ..language.kinds import Kind, Unfit
from ..language.notices import warn
from ..language.wording import RValue
from .image_generator import AnyImageGenerator, ImageDataGenerator
from .images import Colors, Sampling
from .rows import HeightAndWidth, Rows

Generator = Annotated[Annotated[Any, AnyImageGenerator()] | None, RDefault("image_data_generator()")]
Subset = Literal["training", "validation"] | None
ClassMode = Annotated[Literal["categorical", "binary", "sparse", "input"] | None, RDefault('"categorical"')]
FrameMode = Annotated[
    Literal["categorical", "binary", "sparse", "input", "multi_output", "raw", "other"] | None,
    RDefault('"categorical"'),
]
_RETURNS = """An endless iterator over batches, which also is a Keras data set (`keras.utils.PyDataset`) of an epoch;
its length is the number of batches."""
_RAISES = "ArgumentError: An argument is not what it must be."


class DataFrame(Kind):
    """A data frame: pandas's, or columns by name."""

    has_names = True

    def wants(self) -> str:
        return "a data frame"

    def convert(self, value: Any) -> Any:
        pandas = sys.modules.get("pandas")  # without it there are none
        if pandas is not None and isinstance(value, pandas.DataFrame):
            return value
        if not isinstance(value, Mapping) or not value:
            raise Unfit
        columns = {name: _column(one) for name, one in value.items()}
        if len({len(column) for column in columns.values()}) > 1:
            raise Unfit
        return columns


def _column(values: Any) -> list[Any]:
    several = (isinstance(values, Sequence) and not isinstance(values, str | bytes)) or hasattr(values, "__array__")
    return [None if isinstance(one, RValue) else one for one in (values if several else [values])]


@r_function(Returns=_RETURNS, Raises=_RAISES)
def flow_images_from_data(
    x: Rows,
    y: Rows | None = None,
    generator: Generator = None,
    batch_size: Size = 32,
    shuffle: bool = True,
    sample_weight: Rows | None = None,
    seed: int | None = None,
    save_to_dir: Path | None = None,
    save_prefix: str = "",
    save_format: str = "png",
    subset: Subset = None,
) -> Any:
    """Batches of images of an array, changed at random.

    Args:
        x: An array of images, height, width and channels.
        y: The targets; batches are of images alone if `None`.
        generator: What changes the images, as `image_data_generator()` makes it.
        batch_size: How many images are in a batch.
        shuffle: Whether they are in another order in each epoch.
        sample_weight: The weight of each image.
        seed: The seed of order and changes.
        save_to_dir: A directory for the images as they are put out, to look at; it is made if need be.
        save_prefix: How the names of these files begin.
        save_format: Their format, `"png"` or `"jpeg"`.
        subset: Which part is put out, where the generator has a `validation_split`.

    Source:
        R keras 2.2.5.0, `flow_images_from_data`; Keras, `keras.src.legacy.preprocessing.image`.
    """
    arguments = locals()
    if x.ndim != 4:
        refuse(flow_images_from_data, "x", x, "an array of 4 axes: images, height, width and channels")
    for name, one in (("y", y), ("sample_weight", sample_weight)):
        if one is not None and len(one) != len(x):
            refuse(flow_images_from_data, name, one, f"an array of {len(x)}, as many as there are images")
    return _flow(flow_images_from_data, "flow", arguments)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def flow_images_from_directory(
    directory: Path,
    generator: Generator = None,
    target_size: HeightAndWidth = (256, 256),
    color_mode: Colors = "rgb",
    classes: Sequence[str] | None = None,
    class_mode: ClassMode = "categorical",
    batch_size: Size = 32,
    shuffle: bool = True,
    seed: int | None = None,
    save_to_dir: Path | None = None,
    save_prefix: str = "",
    save_format: str = "png",
    follow_links: bool = False,
    subset: Subset = None,
    interpolation: Sampling = "nearest",
) -> Any:
    """Batches of the images in the folders of a directory, changed at random, and the classes that these stand for.

    Args:
        directory: The directory, with a folder of images for each class.
        generator: What changes the images, as `image_data_generator()` makes it.
        target_size: The height and the width, in pixels, that all images are brought to.
        color_mode: Whether pixels have 3 channels, 4 or 1.
        classes: The folders in the order of their numbers; in that of the alphabet if `None`.
        class_mode: What a class is: `"categorical"` for a row of 0 and 1, `"binary"` or `"sparse"` for its number,
            counted from 0; `"input"` for the images again; `None` for images alone.
        batch_size: How many images are in a batch.
        shuffle: Whether they are in another order in each epoch.
        seed: The seed of order and changes.
        save_to_dir: A directory for the images as they are put out, to look at; it is made if need be.
        save_prefix: How the names of these files begin.
        save_format: Their format, `"png"` or `"jpeg"`.
        follow_links: Whether links to folders are followed.
        subset: Which part is put out, where the generator has a `validation_split`.
        interpolation: How pixels between pixels are computed.

    Source:
        R keras 2.2.5.0, `flow_images_from_directory`; Keras, `keras.src.legacy.preprocessing.image`.
    """
    arguments = locals()
    if not os.path.isdir(directory):
        refuse(flow_images_from_directory, "directory", directory, "a directory that is there")
    return _flow(flow_images_from_directory, "flow_from_directory", arguments)


@r_function(Returns=_RETURNS, Raises=_RAISES)
def flow_images_from_dataframe(
    dataframe: Annotated[Any, DataFrame()],
    directory: Path | None = None,
    x_col: str = "filename",
    y_col: str | Sequence[str] | None = "class",
    generator: Generator = None,
    target_size: HeightAndWidth = (256, 256),
    color_mode: Colors = "rgb",
    classes: Sequence[str] | None = None,
    class_mode: FrameMode = "categorical",
    batch_size: Size = 32,
    shuffle: bool = True,
    seed: int | None = None,
    save_to_dir: Path | None = None,
    save_prefix: str = "",
    save_format: str = "png",
    subset: Subset = None,
    interpolation: Sampling = "nearest",
    drop_duplicates: bool = True,
) -> Any:
    """Batches of the images that a data frame names, changed at random, and what it says of them.

    Args:
        dataframe: A data frame, with a column of files and one of classes or numbers.
        directory: The directory that the names of the files begin in; they are whole paths if `None`.
        x_col: The column of the files.
        y_col: The column of the classes, or several columns of numbers.
        generator: What changes the images, as `image_data_generator()` makes it.
        target_size: The height and the width, in pixels, that all images are brought to.
        color_mode: Whether pixels have 3 channels, 4 or 1.
        classes: The classes in the order of their numbers; in that of the alphabet if `None`.
        class_mode: What a target is: `"categorical"` for a row of 0 and 1, `"binary"` or `"sparse"` for the number of
            the class, counted from 0; `"raw"` or `"other"` for the numbers in `y_col`; `"multi_output"` for these as a
            list of columns; `"input"` for the images again; `None` for images alone.
        batch_size: How many images are in a batch.
        shuffle: Whether they are in another order in each epoch.
        seed: The seed of order and changes.
        save_to_dir: A directory for the images as they are put out, to look at; it is made if need be.
        save_prefix: How the names of these files begin.
        save_format: Their format, `"png"` or `"jpeg"`.
        subset: Which part is put out, where the generator has a `validation_split`.
        interpolation: How pixels between pixels are computed.
        drop_duplicates: Whether a file that is named twice counts once, with its first row; then it is warned of.

    Source:
        R keras 2.2.5.0, `flow_images_from_dataframe`; Keras, `keras.src.legacy.preprocessing.image`.
    """
    arguments, dataframe = locals(), _frame(dataframe)
    targets = [y_col] if isinstance(y_col, str) else list(y_col or [])
    for name, columns in (("x_col", [x_col]), ("y_col", targets if class_mode not in ("input", None) else [])):
        if not set(columns) <= set(dataframe.columns):
            known = ", ".join(map(str, dataframe.columns))
            refuse(flow_images_from_dataframe, name, arguments[name], f"a column of `dataframe`, which has {known}")
    levels = {name: object for name in dataframe.columns if dataframe[name].dtype.name == "category"}
    frame = dataframe.astype(levels)
    if arguments.pop("drop_duplicates") and frame[x_col].duplicated().any():
        number = int(frame[x_col].duplicated().sum())
        warn(
            "flow_images_from_dataframe",
            f"{number} rows are left out, as their file is named before; `drop_duplicates` says whether they are.",
        )
        frame = frame.drop_duplicates(x_col)
    arguments |= {
        "dataframe": frame,
        "class_mode": "raw" if class_mode == "other" else class_mode,
        "y_col": targets if class_mode == "multi_output" else y_col,
    }
    return _flow(flow_images_from_dataframe, "flow_from_dataframe", arguments)


def _frame(columns: Any) -> Any:
    import pandas

    return pandas.DataFrame(columns)


def _flow(function: Callable[..., Any], method: str, arguments: dict[str, Any]) -> Any:
    generator = arguments.pop("generator") or ImageDataGenerator()
    if arguments["save_to_dir"] is not None:
        os.makedirs(arguments["save_to_dir"], exist_ok=True)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        made = getattr(generator, method)(**arguments)
    for one in said:
        warn(function.__name__, str(one.message), stacklevel=4)
    return made
