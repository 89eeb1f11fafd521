"""install_keras() and is_keras_available()."""

from collections.abc import Sequence
from typing import Annotated, Literal

from ..language import RDefault, r_function
from .doctor import installed


@r_function
def is_keras_available(version: str | None = None) -> bool:
    """Whether Keras is installed.

    Args:
        version: The least version of Keras, e.g. `"3.12"`; `None` for any.

    Returns:
        `True` or `False`.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `is_keras_available`.
    """
    found = installed()["keras"]
    return bool(found) and (version is None or _numbers(found) >= _numbers(version))


@r_function
def install_keras(
    method: Literal["auto", "virtualenv", "conda"] = "auto",
    conda: str = "auto",
    version: str = "default",
    tensorflow: str = "default",
    extra_packages: Annotated[Sequence[str], RDefault('c("tensorflow-hub")')] = ("tensorflow-hub",),
) -> None:
    """Says how to install what rkeras needs: R keras's function of this name installs Keras 2.

    Args:
        method: Not used.
        conda: Not used.
        version: Not used.
        tensorflow: Not used.
        extra_packages: Not used.

    Returns:
        Nothing.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R keras 2.2.5.0, `install_keras`.
    """
    print("install_keras() installs nothing here, as rkeras runs on Keras 3: pip install 'rkeras-py[tensorflow]'.")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
