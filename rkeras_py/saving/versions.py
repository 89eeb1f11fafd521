"""Which Keras a file is of."""

import h5py


def is_of_keras2(group: h5py.Group) -> bool:
    """Whether a file, or the weights in it, are of a Keras before 3; the first ones did not say."""
    return int(text(group.attrs.get("keras_version", "2")).partition(".")[0]) < 3


def text(attribute: str | bytes) -> str:
    """An attribute, which is bytes in files of h5py before 3."""
    return attribute.decode("utf8") if isinstance(attribute, bytes) else str(attribute)
