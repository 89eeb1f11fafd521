"""The graph that plot() in R draws of a model."""

import itertools

import keras
import pytest

import rkeras_py as rk
from rkeras_py.r.bridge import model_graph
from rkeras_py.r.graph import graph_of, ranks_of

PLAIN = {"expand_nested": False, "layer_range": None}


def named(name, units=2, **more):
    return rk.layer_dense(units=units, name=name, **more)


@pytest.fixture
def residual():
    """A block with a way beside it, and a second output."""
    start = rk.layer_input([2], name="start")
    one = named("one")(start)
    two = named("two", activation="relu")(one)
    added = rk.layer_add([start, two], name="added")
    return rk.keras_model(start, [added, named("side", 1)(one)])


def test_boxes_stand_below_what_they_take_their_input_from(residual):
    graph = graph_of(residual, expand_nested=False)
    assert set(graph.edges) == {
        *(("start", "one"), ("one", "two"), ("start", "added"), ("two", "added"), ("one", "side"))
    }
    assert ranks_of(graph) == {"start": 0, "one": 1, "two": 2, "added": 3, "side": 2}
    assert (graph.first, graph.last) == (["start"], ["added", "side"])


def test_an_edge_passes_boxes_at_their_side(residual):
    graph = model_graph(residual, **PLAIN)
    boxes = list(zip(graph["across"], graph["along"], strict=True))
    passing = next(edge for edge in graph["edges"] if len(edge[0]) == 4)
    assert passing[1] == [0, 1, 2, 3]
    for across, along in zip(passing[0][1:-1], passing[1][1:-1], strict=True):
        beside = [place[0] for place in boxes if place[1] == along]
        assert all(abs(across - one) >= 0.7 - 1e-9 for one in beside)
    for rank in range(4):
        row = sorted(place[0] for place in boxes if place[1] == rank)
        assert all(right - left >= 1 - 1e-9 for left, right in itertools.pairwise(row))


def test_a_chain_is_straight():
    model = rk.keras_model_sequential([named("a"), named("b"), named("c")], input_shape=3)
    graph = model_graph(model, **PLAIN)
    assert (len(set(graph["across"])), graph["along"], len(graph["edges"])) == (1, [0, 1, 2], 2)


def test_models_within_a_model(residual):
    inner = rk.keras_model_sequential([named("a"), named("b")], "inner", input_shape=2)
    start = rk.layer_input([2], name="begin")
    block = rk.keras_model(residual.inputs, residual.outputs, name="block")
    left, right = block(inner(start))
    model = rk.keras_model(start, rk.layer_concatenate([left, right], name="both"))
    closed = graph_of(model, expand_nested=False)
    assert set(closed.edges) == {("begin", "inner"), ("inner", "block"), ("block", "both")}
    opened = graph_of(model, expand_nested=True)
    assert {("begin", "inner/a"), ("inner/a", "inner/b"), ("inner/b", "block/start")} <= set(opened.edges)
    assert {("block/added", "both"), ("block/side", "both"), ("block/start", "block/added")} <= set(opened.edges)
    assert not {"inner", "block"} & set(opened.boxes)


def test_what_the_boxes_say(residual):
    everything = {"show_shapes": True, "show_dtype": True, "show_layer_activations": True}
    text = model_graph(residual, **PLAIN, **everything)["text"]
    said = ["Activation: relu", "Input shape: (None, 2)", "Output shape: (None, 2)", "Output dtype: float32"]
    assert ["two (Dense)", *said] in text
    assert ["start (InputLayer)", "Output shape: (None, 2)", "Output dtype: float32"] in text
    bare = model_graph(residual, **PLAIN, show_layer_names=False)["text"]
    assert sorted(bare) == [["Add"], ["Dense"], ["Dense"], ["Dense"], ["InputLayer"]]
    unbuilt = rk.keras_model_sequential([named("a")])
    assert model_graph(unbuilt, **PLAIN, show_shapes=True)["text"] == [
        ["a (Dense)", *["Input shape: ?", "Output shape: ?"]]
    ]


def test_a_part_of_a_model(residual):
    part = model_graph(residual, expand_nested=False, layer_range=["one", "tw."])
    assert ([text[0] for text in part["text"]], len(part["edges"])) == (["one (Dense)", "two (Dense)"], 1)
    for wrong in (["two", "one"], ["one"], ["one", "none"]):
        assert model_graph(residual, expand_nested=False, layer_range=wrong).startswith("the names of the first and")


def test_models_without_a_graph():
    class Own(keras.Model):
        pass

    assert model_graph(Own(name="own"), **PLAIN)["text"] == [["own (Own)"]]
    assert model_graph(rk.keras_model_sequential(), **PLAIN)["text"] == []
