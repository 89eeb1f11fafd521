"""Images: their size, and what is changed at random, which in prediction is nothing."""

from .rows import Row, floats

HERE = "the class is one of rkeras"


def image(name, arguments, samples=None, **more):
    return Row(name, floats(2, 6, 8, 3) if samples is None else samples, arguments, **more)


def changed(name, arguments, **more):
    """In training, by a fixed factor, so that nothing is random."""
    return image(name, arguments, training=True, smooth=False, **more)


FILLED = {"fill_mode": "constant", "fill_value": 0.5}
ROWS = [
    image("layer_resizing", {"height": 4, "width": 9}),
    image("layer_resizing", {"height": 4, "width": 5, "interpolation": "nearest"}),
    image("layer_resizing", {"height": 9, "width": 7, "interpolation": "lanczos3"}, tolerance=1e-4),
    image("layer_resizing", {"height": 9, "width": 7, "interpolation": "bicubic"}, tolerance=5e-3),
    image("layer_resizing", {"height": 4, "width": 3, "interpolation": "area"}, smooth=False, on_jax="not in Keras"),
    image("layer_resizing", {"height": 3, "width": 7, "crop_to_aspect_ratio": True}),
    image("layer_center_crop", {"height": 3, "width": 5}),
    image("layer_center_crop", {"height": 9, "width": 5}),
    image("layer_random_crop", {"height": 3, "width": 5, "seed": 1}, plain=HERE),
    image("layer_random_crop", {"height": 9, "width": 5}, plain=HERE),
    changed("layer_random_crop", {"height": 9, "width": 5}, plain=HERE),
    changed("layer_random_crop", {"height": 6, "width": 8}, plain=HERE),
    image("layer_random_brightness", {"factor": 0.2, "seed": 1}),
    changed("layer_random_brightness", {"factor": (0.25, 0.25), "value_range": (0, 1)}),
    image("layer_random_contrast", {"factor": 0.2, "seed": 1}),
    image("layer_random_flip", {"mode": "horizontal", "seed": 1}),
    image("layer_random_height", {"factor": 0.2, "seed": 1}, plain=HERE),
    changed("layer_random_height", {"factor": (0.6, 0.6), "interpolation": "nearest"}, plain=HERE),
    changed("layer_random_height", {"factor": (-0.4, -0.4)}, plain=HERE),
    image("layer_random_width", {"factor": 0.2, "seed": 1}, plain=HERE),
    changed("layer_random_width", {"factor": (0.6, 0.6), "interpolation": "nearest"}, plain=HERE),
    changed("layer_random_width", {"factor": (-0.4, -0.4)}, plain=HERE),
    image("layer_random_rotation", {"factor": 0.2, "seed": 1}),
    changed("layer_random_rotation", {"factor": (0.1, 0.1)}, tolerance=1e-4),
    changed("layer_random_rotation", {"factor": (-0.1, -0.1), **FILLED}, tolerance=1e-4),
    changed(
        "layer_random_rotation",
        {"factor": (0.1, 0.1), "fill_mode": "wrap", "interpolation": "nearest"},
        otherwise_on_jax='"wrap" takes what is outside from other places',
    ),
    image("layer_random_translation", {"height_factor": 0.2, "width_factor": 0.1, "seed": 1}),
    changed("layer_random_translation", {"height_factor": (0.2, 0.2), "width_factor": (-0.3, -0.3)}, tolerance=1e-4),
    changed(
        "layer_random_translation",
        {"height_factor": (0.2, 0.2), "width_factor": (0.3, 0.3), "interpolation": "nearest", **FILLED},
    ),
    image("layer_random_zoom", {"height_factor": 0.2, "seed": 1}),
    changed("layer_random_zoom", {"height_factor": (0.2, 0.2)}, tolerance=1e-4),
    changed(
        "layer_random_zoom",
        {"height_factor": (0.2, 0.2), "width_factor": (-0.3, -0.3), "interpolation": "nearest", **FILLED},
    ),
    changed("layer_random_zoom", {"height_factor": (-0.2, -0.2), "fill_mode": "nearest"}, tolerance=1e-4),
]
UNTRIED: dict[str, dict[str, str]] = {}
