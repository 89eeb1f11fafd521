"""The graph of a model, laid out in ranks, for `plot()` in R to draw.

Every box stands a rank below the last of those that it takes its input from. An edge that passes a rank has a place of
its own in it, so that it goes beside the boxes. Boxes of a rank are ordered by the middle of those above them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

_SWEEPS = 4
_PASSING = 0.4  # how wide an edge is that passes a rank, in boxes


@dataclass
class Graph:
    """Boxes by their keys, edges between them, and the boxes where the inputs arrive and the outputs come from."""

    boxes: dict[str, Any] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)


def model_graph(
    model: Any, expand_nested: bool, layer_range: Sequence[str] | None, **shown: bool
) -> dict[str, list[Any]] | str:
    """Boxes with lines of text, and edges as the places they pass.

    Args:
        model: The model.
        expand_nested: Whether the layers of models within it are shown.
        layer_range: The names of the first and of the last layer to show, as regular expressions; None for all.
        **shown: What the boxes say: `show_shapes`, `show_dtype`, `show_layer_names`, `show_layer_activations`.

    Returns:
        `text` (lines for each box), `across` and `along` (where it is: within its rank, and which rank), `edges` (for
        each one, the same of all its places); or why there is none, as the end of a sentence.
    """
    graph = graph_of(model, expand_nested)
    if layer_range is not None:
        names = list(graph.boxes)
        ends = [[at for at, name in enumerate(names) if re.fullmatch(one, name)] for one in layer_range]
        if len(ends) != 2 or not all(ends) or ends[0][0] > ends[1][-1]:
            return f"the names of the first and the last layer to show; there are {', '.join(names)}"
        kept = set(names[ends[0][0] : ends[1][-1] + 1])
        graph.boxes = {name: box for name, box in graph.boxes.items() if name in kept}
        graph.edges = [edge for edge in graph.edges if kept.issuperset(edge)]
    ranks = ranks_of(graph)
    rows, paths = _rows(graph, ranks)
    across = _places(rows, paths)
    return {
        "text": [list(_text(name, box, **shown)) for name, box in graph.boxes.items()],
        "across": [across[name] for name in graph.boxes],
        "along": [ranks[name] for name in graph.boxes],
        "edges": [[[across[one] for one in path], list(range(ranks[path[0]], ranks[path[-1]] + 1))] for path in paths],
    }


def graph_of(model: Any, expand_nested: bool, path: str = "") -> Graph:
    """The graph of a model; names of layers in models within it have the names of these in front."""
    import keras

    from .. import keras_internals

    graph = Graph()
    inner: dict[int, Graph] = {}
    is_functional = hasattr(model, "operations") and not isinstance(model, keras.Sequential)
    if not is_functional and not isinstance(model, keras.Sequential):
        return Graph({path + model.name: model}, [], [path + model.name], [path + model.name])
    layers = model.operations if is_functional else model.layers
    for layer in layers:
        name = path + layer.name
        if expand_nested and isinstance(layer, keras.Model):
            nested = graph_of(layer, expand_nested, f"{name}/")
        else:
            nested = Graph({name: layer}, [], [name], [name])
        inner[id(layer)] = nested
        graph.boxes |= nested.boxes
        graph.edges += nested.edges
    if is_functional:
        calls = keras_internals.sources_in(model)
        graph.first = [one for tensor in model.inputs for one in inner[id(tensor._keras_history.operation)].first]
        graph.last = [_output(inner, tensor._keras_history) for tensor in model.outputs]
    else:
        calls = [(layer, [(before, 0)]) for before, layer in pairwise(layers)]
        graph.first = inner[id(layers[0])].first if layers else []
        graph.last = inner[id(layers[-1])].last if layers else []
    for layer, sources in calls:
        given = [_at(inner[id(source)].last, place) for source, place in sources]
        taking = inner[id(layer)].first
        pairs = zip(given, taking, strict=True) if len(given) == len(taking) else product(given, taking)
        graph.edges += [edge for edge in pairs if edge not in graph.edges]
    return graph


def _output(inner: dict[int, Graph], history: Any) -> str:
    return _at(inner[id(history.operation)].last, history.tensor_index)


def _at(names: list[str], place: int) -> str:
    """One of several outputs; a layer that is one box has them all there."""
    return names[place] if place < len(names) else names[0]


def ranks_of(graph: Graph) -> dict[str, int]:
    """The rank of each box: that of the longest way to it."""
    ranks = dict.fromkeys(graph.boxes, 0)
    for _ in graph.boxes:
        before = dict(ranks)
        for source, target in graph.edges:
            ranks[target] = max(ranks[target], ranks[source] + 1)
        if ranks == before:
            break
    return ranks


def _rows(graph: Graph, ranks: dict[str, int]) -> tuple[list[list[str]], list[list[str]]]:
    """What stands in each rank, boxes and passing edges, and what each edge passes from its source to its target."""
    rows: list[list[str]] = [[] for _ in range(max(ranks.values(), default=-1) + 1)]
    for name, rank in ranks.items():
        rows[rank].append(name)
    paths = []
    for number, (source, target) in enumerate(graph.edges):
        passed = [f"\n{number} {rank}" for rank in range(ranks[source] + 1, ranks[target])]
        for rank, name in enumerate(passed, ranks[source] + 1):
            rows[rank].append(name)
        paths.append([source, *passed, target])
    return rows, paths


def _places(rows: list[list[str]], paths: list[list[str]]) -> dict[str, float]:
    """Where in its rank everything stands, in widths of a box."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for path in paths:
        for upper, lower in pairwise(path):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    places = {name: float(at) for row in rows for at, name in enumerate(row)}
    for sweep in range(2 * _SWEEPS + 1):
        beside, order = (above, rows) if sweep % 2 == 0 else (below, rows[::-1])
        for row in order:
            _settle(row, beside, places)
    return places


def _settle(row: list[str], beside: dict[str, list[str]], places: dict[str, float]) -> None:
    """Puts what stands in a rank below the middle of what it hangs on, side by side."""
    wanted = {name: _mean([places[one] for one in beside.get(name, [])] or [places[name]]) for name in row}
    row.sort(key=lambda name: (wanted[name], name.startswith("\n")))
    end = float("-inf")
    for name in row:
        half = _width(name) / 2
        places[name] = max(wanted[name], end + half)
        end = places[name] + half
    boxes = [name for name in row if not name.startswith("\n")] or row
    shift = _mean([wanted[name] - places[name] for name in boxes])
    for name in row:
        places[name] += shift


def _width(name: str) -> float:
    return _PASSING if name.startswith("\n") else 1.0


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _text(
    name: str,
    layer: Any,
    show_shapes: bool = False,
    show_dtype: bool = False,
    show_layer_names: bool = True,
    show_layer_activations: bool = False,
) -> Iterator[str]:
    sort = type(layer).__name__
    yield f"{name} ({sort})" if show_layer_names else sort
    activation = getattr(layer, "activation", None)
    if show_layer_activations and activation is not None:
        yield f"Activation: {getattr(activation, '__name__', None) or getattr(activation, 'name', sort)}"
    if show_shapes:
        if sort != "InputLayer":
            yield f"Input shape: {_of_tensors(layer, 'input', 'shape')}"
        yield f"Output shape: {_of_tensors(layer, 'output', 'shape')}"
    if show_dtype:
        yield f"Output dtype: {_of_tensors(layer, 'output', 'dtype')}"


def _of_tensors(layer: Any, end: str, what: str) -> str:
    import keras

    try:
        tensors = keras.tree.flatten(getattr(layer, end))
    except (AttributeError, ValueError):  # it is not built, or was called several times
        return "?"
    return ", ".join(str(getattr(one, what)) for one in tensors)
