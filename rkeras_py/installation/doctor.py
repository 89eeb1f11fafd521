"""What is installed, and what of it does not fit together: `python -m rkeras_py doctor`, `rkeras_sitrep()` in R."""

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("keras", "tensorflow", "jax", "numpy", "h5py", "tensorboard", "requests", "aiohttp")


def installed() -> dict[str, str]:
    """The versions of Python and of the packages that matter; a package that is not there has an empty text."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def backend() -> str:
    """The backend that Keras will use, without loading Keras."""
    if "keras" in sys.modules:
        import keras

        return str(keras.config.backend())
    configured = Path(os.environ.get("KERAS_HOME", Path.home() / ".keras")) / "keras.json"
    if "KERAS_BACKEND" in os.environ or not configured.is_file():
        return os.environ.get("KERAS_BACKEND", "tensorflow")
    import json

    return str(json.loads(configured.read_text(encoding="utf-8")).get("backend", "tensorflow"))


def problems(found: dict[str, str], backend: str, reticulate: str = "") -> list[str]:
    """What does not fit, a sentence each with how to mend it.

    Args:
        found: As `installed` gives it.
        backend: The backend that Keras will use.
        reticulate: The version of R's reticulate, empty if there is none.
    """
    said = []
    if _numbers(found["python"]) < (3, 11):
        said.append(f"Python {found['python']} is too old for Keras 3.12: use Python 3.11 or newer.")
    if not found["keras"]:
        said.append("Keras is not installed: pip install keras, or install_rkeras() in R.")
    elif _numbers(found["keras"]) < (3, 12):
        said.append(f"Keras {found['keras']} is too old: pip install --upgrade keras (3.12 or newer).")
    package = {"torch": "torch", "openvino": "openvino"}.get(backend, backend)
    if package in found and not found[package]:
        said.append(f"The backend of Keras is {backend}, which is not installed: pip install {package}.")
    if backend == "jax" and not found["tensorflow"]:
        said.append("callback_tensorboard() writes with TensorFlow, which is not installed: pip install tensorflow.")
    if reticulate and _numbers(reticulate) < (1, 38) and _numbers(found["numpy"]) >= (2,):
        said.append(
            f"reticulate {reticulate} cannot read NumPy {found['numpy']}: update reticulate to 1.38 or newer, or "
            'pip install "numpy<2".'
        )
    if os.environ.get("TF_USE_LEGACY_KERAS", "") in ("1", "true", "True"):
        said.append("TF_USE_LEGACY_KERAS is set, which makes TensorFlow use Keras 2: unset it.")
    return said


def reticulate_of_r() -> str:
    """The version of reticulate that R on the path has, empty if there is no R or no reticulate."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return ""
    command = [rscript, "-e", 'cat(tryCatch(as.character(packageVersion("reticulate")), error = function(e) ""))']
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def report() -> str:
    """All of it as text, the last lines saying what does not fit."""
    found, used, reticulate = installed(), backend(), reticulate_of_r()
    lines = [f"{name:<12} {text or '(not installed)'}" for name, text in found.items()]
    lines += [f"{'backend':<12} {used}", f"{'reticulate':<12} {reticulate or '(not found)'}"]
    return "\n".join(lines + (problems(found, used, reticulate) or ["All of it fits together."]))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())
