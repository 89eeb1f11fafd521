"""How rkeras speaks to its user while it works: messages of `verbose` and warnings."""

import warnings

_listener: list[str] | None = None


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


def listen(listener: list[str] | None) -> list[str] | None:
    """Has warnings added to a list from now on, for R to signal them, where Python would show them.

    Args:
        listener: The list; None has Python show them.

    Returns:
        What has listened so far.
    """
    global _listener
    before, _listener = _listener, listener
    return before


def warn(function: str, message: str, *, stacklevel: int = 2) -> None:
    """Warns on behalf of an R function.

    Args:
        function: The R name, e.g. `"callback_csv_logger"`.
        message: A sentence.
        stacklevel: As in `warnings.warn`, counted from the caller of this function.
    """
    text = f"{function}(): {message}"
    listener = _listener
    if listener is not None:
        listener.append(text)
        return
    warnings.warn(text, RKerasWarning, stacklevel=stacklevel + 1)
