import os

import numpy as np

from rkeras_py import *

pixels = array_reshape(np.arange(360) * 7 % 256, c(5, 6, 4, 3))

texts = c("The cat sat on the mat.", "今天天气 很好", "😀 Grüße! cat", "")


def fitted(**options):
    return fit_text_tokenizer(text_tokenizer(**options), texts)


def flat(value):
    parts = [value] if isinstance(value, np.ndarray) else value
    return np.concatenate([np.ravel(part, order="F").astype("float64") for part in parts])


def arrays(dataset):
    return [flat([part.numpy() for part in batch]) for batch in dataset]


@behaviour("texts_to_sequences_generator")
def _():
    tokenizer = fitted(num_words=6)
    given = texts_to_sequences_generator(tokenizer, texts)
    waiting = [texts[0], texts[1]]
    asked = texts_to_sequences_generator(tokenizer, lambda: waiting.pop(0) if waiting else None)
    return [flat(given), flat(asked)]


@behaviour("save_text_tokenizer")
def _():
    tokenizer = fitted()
    return save_text_tokenizer(tokenizer, "中文") is tokenizer


@behaviour("load_text_tokenizer")
def _():
    save_text_tokenizer(fitted(num_words=9), "tokenizer")
    again = load_text_tokenizer("tokenizer")
    return [again.word_index["很好"], again.num_words, flat(texts_to_sequences(again, texts))]


@behaviour("skipgrams")
def _():
    sequence = c(1, 5, 0, 3, 8, 1)
    couples, labels = skipgrams(sequence, 9, window_size=2, negative_samples=0, seed=3)
    rows = skipgrams(sequence, 9, negative_samples=0, shuffle=FALSE, categorical=TRUE)
    return [flat(couples), flat(labels), flat(rows.couples), flat(rows.labels)]


@behaviour("timeseries_generator")
def _():
    steps = np.arange(36).reshape(12, 3, order="F")
    some = timeseries_generator(steps, np.arange(12), 4, sampling_rate=2, stride=2, batch_size=3, reverse=TRUE)
    part = timeseries_generator(steps, np.arange(12), 2, start_index=3, end_index=9)
    return [len(some), *[flat(batch) for batch in some], *[flat(batch) for batch in part]]


@behaviour("timeseries_dataset_from_array")
def _():
    steps = np.arange(20)
    return [
        *arrays(timeseries_dataset_from_array(steps, steps * 2, 3, batch_size=8, start_index=4, end_index=-3)),
        *arrays(timeseries_dataset_from_array(steps, steps, 3, 2, shuffle=TRUE, seed=3)),
    ]


@behaviour("text_dataset_from_directory")
def _():
    for sort in ("a", "好"):
        os.makedirs(f"texts/{sort}")
        for text in ("one", "two"):
            with open(f"texts/{sort}/{text}.txt", "w") as file:
                file.write(f"{text}\n")
    dataset = text_dataset_from_directory("texts", seed=3, verbose=FALSE)
    rows = text_dataset_from_directory("texts", label_mode="categorical", shuffle=FALSE, verbose=FALSE)
    return [dataset.class_names, flat([batch[1].numpy() for batch in dataset]), flat([b[1].numpy() for b in rows])]


@behaviour("image_array_save")
def _():
    image_array_save(pixels[0], "first.png", scale=FALSE)
    image_array_save(pixels[0] / 7, "stretched", file_format="bmp")
    return [flat(image_to_array(image_load("first.png"))), flat(image_to_array(image_load("stretched")))]


@behaviour("image_load")
def _():
    image_array_save(pixels[0], "图.png", scale=FALSE)
    small = image_load("图.png", target_size=c(3, 2), interpolation="bilinear")
    return [*small.size, flat(image_to_array(small)), flat(image_to_array(image_load("图.png", grayscale=TRUE)))]


@behaviour("image_to_array")
def _():
    image_array_save(pixels[1], "second.png", scale=FALSE)
    return image_to_array(image_load("second.png"), data_format="channels_first").shape


@behaviour("image_dataset_from_directory")
def _():
    for sort in ("cats", "狗"):
        os.makedirs(f"images/{sort}")
        for i in range(3):
            image_array_save(pixels[i], f"images/{sort}/{i}.png", scale=FALSE)
    dataset = image_dataset_from_directory("images", image_size=c(6, 4), seed=3, verbose=FALSE, batch_size=4)
    return [dataset.class_names, *arrays(dataset)]


@behaviour("image_data_generator")
def _():
    changing = image_data_generator(
        rotation_range=40, width_shift_range=0.2, zoom_range=c(0.8, 1.2), brightness_range=c(0.5, 1), rescale=1 / 255
    )
    half = image_data_generator(preprocessing_function=lambda image: image / 2, rescale=0.5)
    return [
        flat(next(flow_images_from_data(pixels, generator=changing, batch_size=3, seed=4))),
        flat(next(flow_images_from_data(pixels, generator=half, shuffle=FALSE))),
    ]


@behaviour("fit_image_data_generator")
def _():
    generator = image_data_generator(featurewise_center=TRUE, featurewise_std_normalization=TRUE)
    same = fit_image_data_generator(generator, pixels, augment=TRUE, rounds=2, seed=5) is generator
    return [same, flat(generator.mean), flat(generator.std)]


@behaviour("flow_images_from_data")
def _():
    flow = flow_images_from_data(
        pixels, np.arange(5), image_data_generator(horizontal_flip=TRUE), 2, sample_weight=c(1, 2, 3, 4, 5), seed=6
    )
    return [len(flow), *[flat(next(flow)) for _ in range(4)]]


@behaviour("flow_images_from_directory")
def _():
    for sort in ("cats", "狗"):
        os.makedirs(f"flow/{sort}")
        for i in range(3):
            image_array_save(pixels[i], f"flow/{sort}/{i}.png", scale=FALSE)
    flow = flow_images_from_directory("flow", target_size=c(6, 4), class_mode="binary", batch_size=4, seed=7)
    return [flow.class_indices["狗"], flow.samples, flat(next(flow)), flat(next(flow))]


@behaviour("flow_images_from_dataframe")
def _():
    os.makedirs("frame")
    for i in range(3):
        image_array_save(pixels[i], f"frame/{i}.png", scale=FALSE)
    frame = {"filename": ["0.png", "1.png", "2.png"], "class": ["b", "a", "b"], "size": [0.5, 1.5, 2.5]}
    flow = flow_images_from_dataframe(frame, "frame", target_size=c(6, 4), shuffle=FALSE)
    raw = flow_images_from_dataframe(frame, "frame", y_col="size", class_mode="raw", target_size=c(6, 4), seed=2)
    return [flat(next(flow)), flat(next(raw))]


@behaviour("get_file")
def _():
    with open("source.txt", "w") as file:
        file.write("one two")
    path = get_file("own.txt", f"file://{os.getcwd()}/source.txt", cache_dir="cache", cache_subdir="texts")
    with open(path) as file:
        return [os.path.basename(path), os.path.basename(os.path.dirname(path)), file.read()]


@behaviour("hdf5_matrix")
def _():
    model = layer_dense(keras_model_sequential(input_shape=2), units=1, kernel_initializer="ones")
    save_model_weights_hdf5(model, "numbers.h5")
    layer = model.layers[0].name
    kernel = f"{layer}/{model.name}/{layer}/kernel"
    half = hdf5_matrix("numbers.h5", kernel, start=1, end=2, normalizer=lambda x: x / 2)
    return [np.ravel(hdf5_matrix("numbers.h5", kernel)), np.ravel(half)]
