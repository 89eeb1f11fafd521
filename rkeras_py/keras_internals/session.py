"""What Keras keeps for all models: seeds, names."""

from typing import Any


def global_seed() -> Any:
    """The variable that random numbers without a seed of their own hang on; None before the first."""
    from keras.src.backend.common import global_state

    generator = global_state.get_global_attribute("global_seed_generator")
    return None if generator is None else generator.state


def make_global_seed() -> Any:
    """The same; it is made if need be, with a random number of Python's."""
    from keras.src.random import seed_generator

    return seed_generator.global_seed_generator().state


def reset_uids() -> None:
    """Has the numbers in the names that Keras makes up begin anew."""
    from keras.src.utils import naming

    naming.reset_uids()
