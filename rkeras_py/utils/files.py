"""Files with data: get_file(), hdf5_matrix()."""

import os
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

import keras
import numpy as np
from annotated_types import Ge

from ..language import Path, RDefault, r_function, refuse


@r_function
def get_file(
    fname: Path,
    origin: str,
    file_hash: str | None = None,
    cache_subdir: Path = "datasets",
    hash_algorithm: Annotated[Literal["auto", "md5", "sha256"], RDefault('"auto"')] = "auto",
    extract: bool = False,
    archive_format: Literal["auto", "tar", "zip"] | Sequence[Literal["auto", "tar", "zip"]] | None = "auto",
    cache_dir: Path | None = None,
    untar: bool = False,
) -> str:
    """Downloads a file, unless it is there.

    An archive is unpacked into the folder where it lies, as by Keras 2; Keras 3 alone makes a folder of its own for it.

    Args:
        fname: The name of the file, below the cache, or a full path.
        origin: Where it comes from, an address.
        file_hash: What is to come of hashing the file; one that does not agree is downloaded again.
        cache_subdir: The folder within the cache.
        hash_algorithm: `"md5"`, `"sha256"`, or `"auto"` for what the length of the hash says.
        extract: Whether to unpack the file, if it is an archive.
        archive_format: `"tar"`, `"zip"`, `"auto"` for both, or `None` for none.
        cache_dir: The cache, that of Keras if `None`: `~/.keras`, or what `KERAS_HOME` says.
        untar: Whether the file is a tar archive whose name has no `.tar.gz` at its end; what is returned is the name
            without.

    Returns:
        The path of the file.

    Raises:
        ArgumentError: An argument is not what it must be, or the file is no archive.
        Exception: The file cannot be downloaded, or its hash is not `file_hash`.

    Source:
        R keras 2.15.0, `get_file`; Keras, `keras.utils.get_file`.
    """
    folder, name = os.path.split(os.path.join(cache_subdir, fname))
    if os.path.isabs(folder):  # of which Keras 3 knows nothing
        cache_dir, folder = folder, ""
    if cache_dir is not None:
        os.makedirs(cache_dir, exist_ok=True)  # Keras would take another one instead
    path = keras.utils.get_file(
        f"{name}.tar.gz" if untar else name,
        origin,
        file_hash=file_hash,
        cache_subdir=folder,
        hash_algorithm=hash_algorithm,
        cache_dir=cache_dir,
    )
    if untar or extract:
        named = [archive_format] if isinstance(archive_format, str) else archive_format or []
        formats = {"tar"} if untar else set(named)
        if not _unpacked(path, formats | ({"tar", "zip"} if "auto" in formats else set())) and untar:
            refuse(get_file, "untar", untar, "left out: the file is no tar archive")
    return str(path).removesuffix(".tar.gz") if untar else str(path)


def _unpacked(path: str, formats: set[str]) -> bool:
    folder = os.path.dirname(path)
    if "tar" in formats and tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        return True
    if "zip" in formats and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        return True
    return False


@r_function
def hdf5_matrix(
    datapath: Path,
    dataset: str,
    start: Annotated[int, Ge(0)] = 0,
    end: int | None = None,
    normalizer: Callable[..., Any] | None = None,
) -> Any:
    """Samples from an HDF5 file.

    They are read as a whole: Keras from 2.4 on cannot train on a part of a file.

    Args:
        datapath: The HDF5 file.
        dataset: The name of the data set in it.
        start: The first sample, counted from 0.
        end: The sample before which to stop, counted from 0; all if `None`.
        normalizer: A function of the samples that returns what they are to be.

    Returns:
        An array.

    Raises:
        ArgumentError: An argument is not what it must be, there is no such file, or no such data set in it.

    Source:
        R keras 2.2.5.0, `hdf5_matrix`; Keras 2.3, `keras.utils.HDF5Matrix`.
    """
    import h5py

    if not h5py.is_hdf5(datapath):
        refuse(hdf5_matrix, "datapath", datapath, "the path of an HDF5 file")
    with h5py.File(datapath, "r") as file:
        if not isinstance(file.get(dataset), h5py.Dataset):
            there: list[str] = []
            file.visititems(lambda name, one: there.append(name) if isinstance(one, h5py.Dataset) else None)
            names = ", ".join(there)
            refuse(hdf5_matrix, "dataset", dataset, f"the name of a data set in the file: {names or 'it has none'}")
        samples = np.asarray(file[dataset][start:end])
    return samples if normalizer is None else normalizer(samples)
