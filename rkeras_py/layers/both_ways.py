"""The class behind `bidirectional`."""

from typing import Any

import keras

from .states import Recurrent


class Bidirectional(Recurrent, keras.layers.Bidirectional):
    """Keras's, which fails where there are a mask and states."""

    def compute_mask(self, sequences: Any, mask: Any) -> Any:
        """The mask of the outputs: of the steps, and none of the states."""
        mask = keras.tree.flatten(mask)[0]
        outputs = 1 if self.merge_mode else 2
        states = 2 * len(keras.tree.flatten(self.forward_layer.state_size)) if self.return_state else 0
        return [mask if self.return_sequences else None] * outputs + [None] * states


Bidirectional.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too
