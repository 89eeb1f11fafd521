"""What rkeras raises."""


class ArgumentError(ValueError, TypeError):
    """A call that cannot be carried out as written.

    The message names the function, the argument, what came and what is allowed. It is a `ValueError` and a `TypeError`,
    because Keras raises the one or the other for the same mistakes.
    """


class FileError(OSError):
    """A file that cannot be written.

    The message names the function, the file and the reason; `errno` is that of the operating system. What stood there
    before stands there still.
    """


class GoneError(NotImplementedError):
    """A function of R keras that Keras 3 has nothing left to do with.

    The message names what there is instead.
    """
