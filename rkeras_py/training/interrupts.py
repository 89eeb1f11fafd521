"""What the user's interrupt looks like when it arrives."""


def is_interrupt(error: BaseException) -> bool:
    """Whether an error is an interrupt, or all that reticulate 1.28 tells of one that was on its way into R."""
    unknown = isinstance(error, RuntimeError) and str(error).strip() == "(Unknown exception occurred)"
    return unknown or isinstance(error, KeyboardInterrupt)
