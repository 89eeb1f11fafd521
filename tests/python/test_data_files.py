"""get_file() and hdf5_matrix()."""

import hashlib
import tarfile
import zipfile

import h5py
import numpy as np
import pytest

import rkeras_py as rk


@pytest.fixture
def source(tmp_path):
    """A file, alone and in archives."""
    (tmp_path / "words.txt").write_text("one two")
    with tarfile.open(tmp_path / "words.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "words.txt", "inside/words.txt")
    with zipfile.ZipFile(tmp_path / "words.zip", "w") as archive:
        archive.write(tmp_path / "words.txt", "inside/words.txt")
    return tmp_path


def test_a_file_is_downloaded_once(source, tmp_path):
    cache = tmp_path / "cache"
    origin = (source / "words.txt").as_uri()
    path = rk.get_file("own.txt", origin, cache_dir=cache)
    assert path == str(cache / "datasets" / "own.txt")
    (source / "words.txt").write_text("other")
    assert rk.get_file("own.txt", origin, cache_dir=cache) == path
    assert (cache / "datasets" / "own.txt").read_text() == "one two"
    right = hashlib.md5(b"other").hexdigest()
    rk.get_file("own.txt", origin, file_hash=right, cache_dir=cache)
    assert (cache / "datasets" / "own.txt").read_text() == "other"
    full = rk.get_file(tmp_path / "full.txt", origin)
    assert (full, (tmp_path / "full.txt").read_text()) == (str(tmp_path / "full.txt"), "other")


@pytest.mark.parametrize("ending", ["tar.gz", "zip"])
def test_an_archive_is_unpacked_where_it_lies(ending, source, tmp_path):
    given = {"origin": (source / f"words.{ending}").as_uri(), "cache_dir": tmp_path / "cache", "cache_subdir": "own"}
    path = rk.get_file(f"words.{ending}", **given, extract=True, archive_format=None)
    inside = tmp_path / "cache" / "own" / "inside" / "words.txt"
    assert not inside.exists()
    other = {"tar.gz": "zip", "zip": "tar"}[ending]
    rk.get_file(f"words.{ending}", **given, extract=True, archive_format=other)
    assert not inside.exists()
    assert (
        rk.get_file(f"words.{ending}", **given, extract=True)
        == path
        == str(tmp_path / "cache/own/words") + f".{ending}"
    )
    assert inside.read_text() == "one two"


def test_untar_names_what_is_unpacked(source, tmp_path):
    given = {"origin": (source / "words.tar.gz").as_uri(), "cache_dir": tmp_path / "cache"}
    assert rk.get_file("inside", **given, untar=True) == str(tmp_path / "cache" / "datasets" / "inside")
    assert (tmp_path / "cache" / "datasets" / "inside" / "words.txt").read_text() == "one two"
    with pytest.raises(rk.ArgumentError, match="`untar` must be left out: the file is no tar archive"):
        rk.get_file("plain", (source / "words.txt").as_uri(), cache_dir=tmp_path / "cache", untar=True)


def test_samples_are_read_from_hdf5(tmp_path):
    with h5py.File(tmp_path / "data.h5", "w") as file:
        file["x"] = np.arange(12.0).reshape(6, 2)
        file["inner/y"] = np.arange(6)
    path = tmp_path / "data.h5"
    np.testing.assert_array_equal(rk.hdf5_matrix(path, "x"), np.arange(12.0).reshape(6, 2))
    np.testing.assert_array_equal(rk.hdf5_matrix(path, "x", 1, 3), [[2, 3], [4, 5]])
    np.testing.assert_array_equal(rk.hdf5_matrix(path, "inner/y", start=4, normalizer=lambda y: y * 2), [8, 10])
    with pytest.raises(
        rk.ArgumentError, match='`dataset` must be the name of a data set in the file: inner/y, x, not "z"'
    ):
        rk.hdf5_matrix(path, "z")
    with pytest.raises(rk.ArgumentError, match='the name of a data set in the file: inner/y, x, not "inner"'):
        rk.hdf5_matrix(path, "inner")
    (tmp_path / "text.h5").write_text("text")
    with pytest.raises(rk.ArgumentError, match="`datapath` must be the path of an HDF5 file"):
        rk.hdf5_matrix(tmp_path / "text.h5", "x")
