"""use_session_with_seed()."""

import sys

import keras

from ..language import r_function
from ..language.notices import warn


@r_function
def use_session_with_seed(
    seed: int, disable_gpu: bool = True, disable_parallel_cpu: bool = True, quiet: bool = False
) -> None:
    """Starts afresh, with seeds that make what follows come out the same every time.

    Sets the seeds of Python, NumPy and Keras, in R that of R as well, and forgets the names of the layers made so far.

    Args:
        seed: A whole number.
        disable_gpu: Whether to train on the CPU alone, as some operations of a GPU are not the same every time.
        disable_parallel_cpu: Whether to use one thread for each operation; both only before TensorFlow has begun to
            compute. JAX needs neither.
        quiet: Whether to say nothing.

    Returns:
        Nothing.

    Raises:
        ArgumentError: An argument is not what it must be.

    Source:
        R tensorflow 1.14, `use_session_with_seed`, which R keras 2.2 exports; Keras, `keras.utils.set_random_seed`.
    """
    keras.utils.clear_session()
    keras.utils.set_random_seed(abs(seed))
    disabled = [
        *(["GPU"] if disable_gpu else []),
        *(["CPU parallelism"] if disable_parallel_cpu else []),
    ]
    if keras.config.backend() == "tensorflow" and not _limit_tensorflow(disable_gpu, disable_parallel_cpu):
        warn("use_session_with_seed", "TensorFlow has begun to compute: GPU and threads stay as they are.")
        disabled = []
    if not quiet:
        print(f"Set session seed to {seed}" + (f" (disabled {', '.join(disabled)})" if disabled else ""))
        sys.stdout.flush()


def _limit_tensorflow(disable_gpu: bool, disable_parallel_cpu: bool) -> bool:
    """Whether TensorFlow still took it."""
    import tensorflow as tf

    try:
        if disable_gpu:
            tf.config.set_visible_devices([], "GPU")
        if disable_parallel_cpu and tf.config.threading.get_intra_op_parallelism_threads() != 1:
            tf.config.threading.set_intra_op_parallelism_threads(1)
            tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:
        return False
    return True
