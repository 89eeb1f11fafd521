import numpy as np

from rkeras_py import *

texts = c("The cat sat on the mat.", "今天天气 很好", "😀 Grüße! cat", "")


def fitted(**options):
    return fit_text_tokenizer(text_tokenizer(**options), texts)


def flat(value):
    return np.concatenate([np.ravel(part).astype("float64") for part in value])


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
