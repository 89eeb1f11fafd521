"""Texts into numbers and images into batches, against the code that Keras 3 keeps of Keras 2."""

import random
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
from keras.src.legacy.preprocessing import image, text
from paired import in_turns, ratio
from report import row

import rkeras_py as rk

TEXTS, WORDS_OF_A_TEXT = 100_000, 10
PICTURES, SIDE = 96, 100
OPTIONS = {
    "rotation_range": 40,
    "width_shift_range": 0.2,
    "height_shift_range": 0.2,
    "shear_range": 0.2,
    "zoom_range": 0.2,
    "horizontal_flip": True,
    "rescale": 1 / 255,
}


def texts():
    """Short texts whose words are as frequent as words are."""
    draw = random.Random(1)
    words = [f"word{int(draw.paretovariate(0.6))}" for _ in range(20_000)]
    return [" ".join(draw.choices(words, k=WORDS_OF_A_TEXT)) for _ in range(TEXTS)]


def tokenized(given):
    """What is compared: all words counted, and all texts as numbers."""

    def ours():
        tokenizer = rk.fit_text_tokenizer(rk.text_tokenizer(num_words=5000), given)
        rk.texts_to_sequences(tokenizer, given)

    def theirs():
        tokenizer = text.Tokenizer(num_words=5000)
        tokenizer.fit_on_texts(given)
        tokenizer.texts_to_sequences(given)

    return {"rkeras": ours, "keras": theirs}


def epochs(pictures, workers):
    """What is compared: an epoch of changed images, as threads of Keras's draw them."""
    ours = rk.flow_images_from_data(pictures, generator=rk.image_data_generator(**OPTIONS), seed=1)
    theirs = image.ImageDataGenerator(**OPTIONS).flow(pictures, seed=1)

    def epoch(flow):
        def run():
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(flow.__getitem__, range(len(flow))))

        return run

    return {"rkeras": epoch(ours), "keras": epoch(theirs)}


def main(rounds=9):
    """Prints rows of the report."""
    measured = ratio(in_turns(tokenized(texts()), rounds), "rkeras", "keras")
    row(
        "preparing", f"{TEXTS:,} short texts counted and written as numbers", measured, "Keras's `Tokenizer`", limit=1.0
    )
    pictures = np.random.default_rng(1).uniform(0, 255, (PICTURES, SIDE, SIDE, 3)).astype(keras.config.floatx())
    for workers in (1, 2, 4):
        measured = ratio(in_turns(epochs(pictures, workers), rounds), "rkeras", "keras")
        what = f"{PICTURES} images of {SIDE} by {SIDE} changed, workers = {workers}"
        row("preparing", what, measured, "Keras's `ImageDataGenerator`", limit=1.02)


if __name__ == "__main__":
    main()
