"""Texts, their words and the numbers of these, against Keras 2."""

import hashlib
import pickle
import random

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tf_keras.preprocessing import sequence as sequence_of_keras_2
from tf_keras.preprocessing import text as text_of_keras_2

import rkeras_py as rk
from rkeras_py.keras_internals import legacy_preprocessing
from rkeras_py.language.wording import RFactor, RNamed, RValue
from rkeras_py.preprocessing import words as hashing

pytestmark = pytest.mark.once

TEXTS = [
    "The cat sat on the mat.",
    "The dog ate my homework; the cat did NOT!",
    "",
    "  spaces\tand\nlines  ",
    "今天天气很好,我们去公园。 今天 很好",
    "Grüße aus Köln, ÉTÉ İstanbul straße ẞ",
    "😀 two 👨‍👩‍👧‍👦 faces 😀 é é",
    "a.b-c_d{e}f the",
]
OPTIONS = [
    {},
    {"num_words": 8},
    {"num_words": 8, "oov_token": "<OOV>"},
    {"oov_token": "the"},
    {"lower": False, "filters": ""},
    {"split": ",", "filters": ".;"},
    {"split": "--", "filters": " "},
    {"char_level": True},
    {"char_level": True, "lower": False, "num_words": 20, "oov_token": "?"},
]
PARTS = ["word_index", "index_word", "word_counts", "word_docs", "index_docs", "document_count", "num_words", "filters"]
MODES = ["binary", "count", "tfidf", "freq"]


def both(texts, options):
    ours, theirs = rk.text_tokenizer(**options), text_of_keras_2.Tokenizer(**options)
    for one in texts:
        assert rk.fit_text_tokenizer(ours, one) is ours
        theirs.fit_on_texts(one)
    return ours, theirs


def equal(ours, theirs):
    assert all(getattr(ours, part) == getattr(theirs, part) for part in PARTS)
    assert list(ours.word_counts) == list(theirs.word_counts)
    assert list(ours.word_index) == list(theirs.word_index)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_tokenizer_is_that_of_keras_2(options):
    ours, theirs = both([TEXTS[:5], TEXTS[3:], [["taken", "Apart", "the"], ["the"]]], options)
    equal(ours, theirs)
    others = [*TEXTS[::-1], "never seen", ["the", "Apart"]]
    sequences = rk.texts_to_sequences(ours, others)
    assert sequences == theirs.texts_to_sequences(others) == list(rk.texts_to_sequences_generator(ours, others))
    for mode in MODES:
        np.testing.assert_array_equal(rk.texts_to_matrix(ours, others, mode), theirs.texts_to_matrix(others, mode))
        matrix = rk.sequences_to_matrix(ours, sequences, mode)
        np.testing.assert_array_equal(matrix, theirs.sequences_to_matrix(sequences, mode))
    assert ours.sequences_to_texts(sequences) == theirs.sequences_to_texts(sequences)
    equal(text_of_keras_2.tokenizer_from_json(ours.to_json()), theirs)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("ab ,.Ä中😀", max_size=12), max_size=6), st.sampled_from(OPTIONS))
def test_arbitrary_texts(texts, options):
    equal(*both([texts, texts[::-1]], options))


def test_more_texts_than_are_counted_at_once():
    texts = [f"word{i % 7} word{i % 31} common" for i in range(2500)]
    equal(*both([texts], {}))


def test_what_stands_for_texts():
    def fitted(x):
        return dict(rk.fit_text_tokenizer(rk.text_tokenizer(), x).word_counts)

    several = {"one": 2, "two": 1}
    waiting = ["one two", "one"]
    for texts in (
        ["one two", "one"],
        ("one two", "one"),
        np.array(["one two", "one"]),
        np.array(["one two", "one"], dtype=object),
        {"a": "one two", "b": "one"},
        RFactor([1, 2], ["one two", "one"]),
        RNamed(["a", "b"], ["one two", "one"]),
        iter(["one two", "one"]),
        lambda: waiting.pop(0) if waiting else None,
    ):
        assert fitted(texts) == several
    assert fitted("the cat") == {"the": 1, "cat": 1}  # and no letters
    assert fitted([]) == {}


def test_na_is_no_word():
    with pytest.raises(rk.ArgumentError, match=r"`texts` must be .*, not .*\. Text 2 is NA\."):
        rk.texts_to_sequences(rk.text_tokenizer(), ["a", RValue("NA")])
    with pytest.raises(rk.ArgumentError, match=r"Text 1 is nan\."):
        rk.fit_text_tokenizer(rk.text_tokenizer(), np.array([float("nan"), "a"], dtype=object))
    with pytest.raises(ValueError, match="text 2 must be a string, not 3"):
        rk.fit_text_tokenizer(rk.text_tokenizer(), iter(["a", 3]))


def test_sequences_of_numbers():
    sequences = [[1, 2, 2], [2, 5], [], [1]]
    for given_as in (sequences, [np.array([1.0, 2.0, 2.0]), np.array([2.0, 5.0]), None, 1.0]):
        ours, theirs = rk.text_tokenizer(num_words=4), text_of_keras_2.Tokenizer(num_words=4)
        rk.fit_text_tokenizer(ours, given_as)
        theirs.fit_on_sequences(sequences)
        equal(ours, theirs)
        for mode in MODES:
            expected = theirs.sequences_to_matrix(sequences, mode)
            np.testing.assert_array_equal(rk.sequences_to_matrix(ours, given_as, mode), expected)
    for wrong in ([[1.5]], [[-1]], [[float("nan")]], [["a"]]):
        with pytest.raises(rk.ArgumentError, match="must be a list of vectors of numbers of words"):
            rk.sequences_to_matrix(ours, wrong)


def test_a_tokenizer_that_has_seen_nothing():
    with pytest.raises(rk.ArgumentError, match="`tokenizer` must be one that has seen texts, or has `num_words`"):
        rk.texts_to_matrix(rk.text_tokenizer(), "a")
    with pytest.raises(rk.ArgumentError, match='one that has seen texts, for "tfidf"'):
        rk.sequences_to_matrix(rk.text_tokenizer(num_words=3), [[1]], "tfidf")
    assert rk.texts_to_sequences(rk.text_tokenizer(), "a b") == [[]]
    assert repr(both([["a b", "a"]], {"num_words": 5})[0]) == "<Tokenizer num_words=5 words=2 documents=2>"


def test_keras_own_tokenizer_is_one():
    own = legacy_preprocessing("text").Tokenizer()
    assert rk.fit_text_tokenizer(own, TEXTS) is own
    assert rk.texts_to_sequences(own, TEXTS) == own.texts_to_sequences(TEXTS)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_file_is_read_again(options, tmp_path):
    ours, _ = both([TEXTS], options)
    assert rk.save_text_tokenizer(ours, "中文/tokenizer") is ours
    again = rk.load_text_tokenizer("中文/tokenizer")
    equal(again, ours)
    assert type(again) is type(ours)
    assert rk.texts_to_sequences(again, TEXTS) == rk.texts_to_sequences(ours, TEXTS)
    with open("中文/tokenizer", "rb") as file:
        plain = pickle.load(file)
    assert type(plain) is legacy_preprocessing("text").Tokenizer
    equal(plain, ours)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("module", ["tf_keras.src.preprocessing.text", "keras_preprocessing.text"])
def test_a_file_of_keras_2_is_read(module, protocol, monkeypatch):
    theirs = text_of_keras_2.Tokenizer(num_words=9)
    theirs.fit_on_texts(TEXTS)
    if protocol == 3:
        del theirs.analyzer, theirs.index_word  # as the first versions wrote them
    content = pickle.dumps(theirs, protocol).replace(b"tf_keras.src.preprocessing.text", module.encode())
    if protocol > 3:  # the lengths of names count there
        content = pickle.dumps(theirs, protocol)
    with open("old", "wb") as file:
        file.write(content)
    again = rk.load_text_tokenizer("old")
    assert again.word_index == theirs.word_index
    assert again.index_word == {number: word for word, number in theirs.word_index.items()}
    assert rk.texts_to_sequences(again, TEXTS)[0] == rk.texts_to_sequences(both([TEXTS], {"num_words": 9})[0], TEXTS)[0]


class Evil:
    def __reduce__(self):
        return print, ("run",)


@pytest.mark.parametrize("content", [pickle.dumps(Evil()), pickle.dumps({"a": 1}), b"", b"text", pickle.dumps(3)[:-1]])
def test_nothing_else_is_read(content, capsys):
    with open("file", "wb") as file:
        file.write(content)
    with pytest.raises(rk.ArgumentError, match=r"load_text_tokenizer\(\): file was not written by save_text_tokenizer"):
        rk.load_text_tokenizer("file")
    assert not capsys.readouterr().out
    with pytest.raises(rk.ArgumentError, match=r"a file that can be read \(No such file"):
        rk.load_text_tokenizer("nothing")


def test_a_file_that_cannot_be_written():
    with pytest.raises(rk.FileError, match=r"save_text_tokenizer\(\): /dev/null/file could not be written"):
        rk.save_text_tokenizer(rk.text_tokenizer(), "/dev/null/file")


WORDS = [{}, {"lower": False}, {"filters": ""}, {"split": ",", "filters": " "}]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("options", WORDS, ids=str)
def test_words_and_their_hashes(text, options, monkeypatch):
    monkeypatch.setattr(hashing, "_said", {"text_one_hot", "text_hashing_trick"})
    assert rk.text_to_word_sequence(text, **options) == text_of_keras_2.text_to_word_sequence(text, **options)
    assert rk.text_one_hot(text, 50, **options) == text_of_keras_2.one_hot(text, 50, **options)
    assert rk.text_one_hot(input_text=text, n=50, **options) == rk.text_one_hot(text, 50, **options)
    for hash_function in (None, "md5", len):
        ours = rk.text_hashing_trick(text, 50, hash_function, **options)
        assert ours == text_of_keras_2.hashing_trick(text, 50, hash_function, **options)


def test_a_hash_of_ones_own():
    assert rk.text_hashing_trick("a bb ccc", 3, lambda word: float(len(word))) == [2, 1, 2]
    with pytest.raises(rk.ArgumentError, match='`hash_function` must be a function that returns a number, not "a"'):
        rk.text_hashing_trick("a", 3, lambda word: word)
    assert rk.text_hashing_trick("a", 1000, "md5") == [int(hashlib.md5(b"a").hexdigest(), 16) % 999 + 1]


def test_numbers_of_this_session_are_said_to_be_once(monkeypatch):
    monkeypatch.setattr(hashing, "_said", set())
    for function in (rk.text_one_hot, rk.text_hashing_trick):
        with pytest.warns(rk.RKerasWarning, match=rf"{function.__name__}\(\): Python's hash .* another number") as said:
            function("a", 9)
        assert said[0].filename == __file__
        function("a", 9)


GRAMS = [
    {},
    {"window_size": 1, "negative_samples": 0},
    {"negative_samples": 2.5, "categorical": True},
    {"shuffle": False},
    {"sampling_table": [0.5] * 9},
]


@pytest.mark.parametrize("seed", [None, 3])
@pytest.mark.parametrize("options", GRAMS, ids=str)
def test_skipgrams(options, seed):
    sequence = [1, 5, 0, 3, 8, 1, 1, 2]
    random.seed(11)
    expected = [sequence_of_keras_2.skipgrams(sequence, 9, seed=seed, **options) for _ in range(3)]
    random.seed(11)
    ours = [rk.skipgrams(np.array(sequence, dtype=float), 9, seed=seed, **options) for _ in range(3)]
    assert [(one.couples, one.labels) for one in ours] == expected


def test_skipgrams_that_cannot_be():
    with pytest.raises(rk.ArgumentError, match="`sampling_table` must be a vector of 6 probabilities or more"):
        rk.skipgrams([5], 6, sampling_table=[0.1, 0.2])
    with pytest.raises(rk.ArgumentError, match="`vocabulary_size` must be 2 or more, where random words are drawn"):
        rk.skipgrams([1, 1], 1)
    assert rk.skipgrams([1], 1) == ([], [])


def test_make_sampling_table():
    for options in ({}, {"sampling_factor": 0.01}):
        expected = sequence_of_keras_2.make_sampling_table(100, **options)
        np.testing.assert_array_equal(rk.make_sampling_table(100, **options), expected)


def test_pad_sequences_is_that_of_keras_2():
    sequences = [[1, 2, 3], [4], []]
    for options in ({}, {"maxlen": 2}, {"maxlen": 2, "padding": "post", "truncating": "post", "value": 9}):
        expected = keras.utils.pad_sequences(sequences, **options)
        np.testing.assert_array_equal(rk.pad_sequences(sequences, **options), expected)
        np.testing.assert_array_equal(sequence_of_keras_2.pad_sequences(sequences, **options), expected)
