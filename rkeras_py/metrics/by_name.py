"""Metrics by names of Keras 2 that Keras 3 has given up: they are logged under these names still."""

import keras

_CLASSES = {
    "cosine_proximity": keras.metrics.CosineSimilarity,
    "kld": keras.metrics.KLDivergence,
    "kullback_leibler_divergence": keras.metrics.KLDivergence,
    "log_cosh": keras.metrics.LogCoshError,
    "logcosh": keras.metrics.LogCoshError,
}


def metric_named(name: str) -> keras.metrics.Metric | str:
    """What Keras knows by a name that it does not know, which else is returned as it is."""
    if name.lower() in _CLASSES:
        return _CLASSES[name.lower()](name=name)
    if name == "huber":
        return keras.metrics.MeanMetricWrapper(keras.losses.huber, name=name)
    return name
