"""How rkeras speaks to its user while it works: messages of `verbose` and warnings."""

import warnings


class RKerasWarning(UserWarning):
    """Something is not done the way the call, read literally, asks for it."""


def tell(message: str) -> None:
    """Prints a message of a callback, or logs it where the user has switched Keras's console output off."""
    import keras  # here, so that warning about a call loads no Keras
    from absl import logging

    if keras.config.is_interactive_logging_enabled():
        print(message, flush=True)
    else:
        logging.info(message)


def warn(function: str, message: str, *, stacklevel: int = 2) -> None:
    """Warns on behalf of an R function.

    Args:
        function: The R name, e.g. `"callback_csv_logger"`.
        message: A sentence.
        stacklevel: As in `warnings.warn`, counted from the caller of this function.
    """
    warnings.warn(f"{function}(): {message}", RKerasWarning, stacklevel=stacklevel + 1)
