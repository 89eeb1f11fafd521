"""The file of a snapshot: plain values and arrays, nested at will; it is there whole, or as it was before."""

import base64
import json
import os
import zipfile
import zlib
from typing import Any

import keras
import numpy as np

from ..language.errors import ArgumentError
from ..language.wording import show
from ..saving.files import replacing


class Damaged(Exception):
    """A file is no snapshot, or not all of one."""


def write(path: str, owner: str, content: Any) -> None:
    """Writes a snapshot.

    Args:
        path: The file.
        owner: The R function, in whose name errors are raised.
        content: None, numbers, texts, bytes, arrays, and lists, tuples and dicts of them.

    Raises:
        ArgumentError: There is something else in the content.
        FileError: The file cannot be written. What stood there before stands there still.
    """
    arrays: list[np.ndarray[Any, Any]] = []
    text = json.dumps(_packed(content, arrays, owner, ""))
    with replacing(path, owner, suffix=".npz") as beside, open(beside, "wb") as file:
        np.savez(file, *arrays, content=np.frombuffer(text.encode("utf-8"), dtype="uint8"))


def read(path: str) -> Any:
    """Reads a snapshot; code that somebody may have put into the file is not run.

    Returns:
        What was written, or None if there is no file.

    Raises:
        Damaged: The file is not a whole snapshot.
    """
    if not os.path.exists(path):
        return None
    try:
        with zipfile.ZipFile(path) as whole:  # which checks that all is as it was written
            if (name := whole.testzip()) is not None:
                raise Damaged(f"{name} is not as it was written")
        with np.load(path, allow_pickle=False) as file:
            return _unpacked(json.loads(file["content"].tobytes()), file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise Damaged(str(error)) from error


def _packed(value: Any, arrays: list[np.ndarray[Any, Any]], owner: str, name: str) -> Any:
    """The value as JSON has it, and the arrays in it put aside."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [_packed(one, arrays, owner, name) for one in value]
    if isinstance(value, tuple):
        return {"tuple": [_packed(one, arrays, owner, name) for one in value]}
    if isinstance(value, dict):
        return {
            "dict": [[_packed(part, arrays, owner, f"{name}/{pair[0]}") for part in pair] for pair in value.items()]
        }
    if isinstance(value, bytes | bytearray):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, np.ndarray | np.generic) or keras.ops.is_tensor(value) or isinstance(value, keras.Variable):
        array = np.asarray(keras.ops.convert_to_numpy(value))
        if array.dtype.kind == "V":  # bfloat16 and smaller, which a file of NumPy has not
            array = array.astype("float32")
        if not array.dtype.hasobject:
            arrays.append(array)
            return {"scalar" if isinstance(value, np.generic) else "array": len(arrays) - 1}
    wants = "None, numbers, texts, bytes and arrays, or lists and dicts of them"
    raise ArgumentError(f"{owner}(): {name[1:]} must be made of {wants}, not of {show(value)}.")


def _unpacked(value: Any, arrays: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(one, arrays) for one in value]
    if not isinstance(value, dict):
        return value
    ((sort, inner),) = value.items()
    if sort == "bytes":
        return base64.b64decode(inner)
    if sort in ("array", "scalar"):
        array = arrays[f"arr_{inner}"]
        return array if sort == "array" else array[()]
    if sort == "dict":
        return {_unpacked(key, arrays): _unpacked(one, arrays) for key, one in inner}
    return tuple(_unpacked(inner, arrays))
