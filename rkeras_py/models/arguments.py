"""The arguments that functions of models share."""

from collections.abc import Mapping
from typing import Annotated, Any

import keras

from ..language.kinds import Kind, Unfit, single
from ..language.raw import RRaw
from ..language.scalars import Whole
from ..language.tensors import is_tensor
from ..language.wording import RValue


class IndexFromOne(Kind):
    """R counts from 1, or from -1 backwards; the function sees Python's number."""

    def wants(self) -> str:
        return "a number counted from 1, or from -1 backwards"

    def convert(self, value: Any) -> int:
        index = Whole().convert(value)
        if index == 0 or isinstance(single(value), bool):
            raise Unfit
        return index - 1 if index > 0 else index


class LayerPlace(Kind):
    """A layer, its name, or its number."""

    def wants(self) -> str:
        return "the name of a layer, its number from 1 (from -1 backwards), or a layer"

    def convert(self, value: Any) -> Any:
        if isinstance(value, keras.layers.Layer):
            return value
        value = single(value)
        return value if isinstance(value, str) and value else IndexFromOne().convert(value)


class LayerChoice(Kind):
    """Layers of a model: their names, their numbers, themselves, TRUE or FALSE for each, or a function of one."""

    def wants(self) -> str:
        return "the names or numbers of layers, layers, a flag for each layer, or a function of a layer"

    def convert(self, value: Any) -> Any:
        if isinstance(value, keras.layers.Layer):
            return [value]
        if callable(value) and not isinstance(value, type) and not is_tensor(value):
            return value
        if hasattr(value, "tolist"):
            value = value.tolist()
        values = list(value) if isinstance(value, list | tuple) else [value]
        if values and all(isinstance(one, bool) for one in values):
            return values
        if not values:
            raise Unfit
        return [LayerPlace().convert(one) for one in values]


class HasConfig(Kind):
    """What Keras can say the configuration of."""

    def wants(self) -> str:
        return "a layer, a model or another object of Keras"

    def convert(self, value: Any) -> Any:
        if isinstance(value, type) or not hasattr(value, "get_config"):
            raise Unfit
        return value


class Configuration(Kind):
    """What an object says of itself, which may know its class."""

    has_names = True

    def wants(self) -> str:
        return "what get_config() returned"

    def convert(self, value: Any) -> Any:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise Unfit
        return value


class Octets(Kind):
    """Bytes: in R a raw vector."""

    def wants(self) -> str:
        return "what serialize_model() returned"

    def convert(self, value: Any) -> bytes:
        if isinstance(value, RRaw):
            return value.content
        if isinstance(value, RValue) or not isinstance(value, bytes | bytearray | memoryview):
            raise Unfit
        return bytes(value)


Place = Annotated[Any, LayerPlace()]
Choice = Annotated[Any, LayerChoice()]
