"""Attention."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Unpack

import keras
from annotated_types import Ge, Lt
from typing_extensions import Doc

from ..language import MISSING, REQUIRED, IntegerTuple, RDefault, Size
from ..language.kinds import Unfit
from ..language.tensors import is_tensor
from .adding import layer
from .arguments import (
    ActivityRegularizer,
    BiasConstraint,
    BiasInitializer,
    BiasRegularizer,
    KernelConstraint,
    KernelInitializer,
    KernelRegularizer,
    ListOfTensors,
    Shape,
    Tensors,
    TypedTail,
    UseBias,
)

_PACKAGE = "rkeras"


class OfACall(NamedTuple):
    """What a layer is called on: by place, and by name."""

    by_place: list[Any]
    by_name: dict[str, Any]


class CallOfAttention(ListOfTensors):
    """Query, value and key, by place or by name, and by name what else the call of an attention takes."""

    has_places = True
    names = ("query", "value", "key", "query_mask", "value_mask", "key_mask", "attention_mask")
    flags = ("return_attention_scores", "use_causal_mask", "training")

    def wants(self) -> str:
        return "a list of tensors: query, value, perhaps key, and by name attention_mask and the like"

    def convert(self, value: Any) -> OfACall:
        if not isinstance(value, Mapping):
            if not isinstance(value, list | tuple):
                super().convert(value)  # what is no tensor is refused there
                raise Unfit
            value = {str(place): one for place, one in enumerate(value, 1)}
        by_place = [super(CallOfAttention, self).convert(one) for name, one in value.items() if name.isdigit()]
        by_name = {name: self._named(name, one) for name, one in value.items() if not name.isdigit()}
        given = {*self.names[: len(by_place)], *by_name}
        if len(by_place) > 3 or not {"query", "value"} <= given or len(given) < len(by_place) + len(by_name):
            raise Unfit
        return OfACall(by_place, by_name)

    def _named(self, name: str, value: Any) -> Any:
        if name in self.flags and isinstance(value, bool | None):
            return value
        if name not in self.names or not (value is None or is_tensor(value) or hasattr(value, "__array__")):
            raise Unfit
        return value


Queries = Annotated[Tensors, Doc("A list of query, value, and key, if it is not the value; or missing.")]
Causal = Annotated[bool, Doc("Whether a step sees none that come after it.")]
AttentionDropout = Annotated[float, Ge(0), Lt(1), Doc("The share of the scores that is dropped in training.")]


class LooksBackOnly:
    """Mixed into an attention of Keras: no step sees those after it."""

    def call(
        self,
        inputs: Any,
        mask: Any = None,
        training: Any = False,
        return_attention_scores: bool = False,
        use_causal_mask: bool = True,
    ) -> Any:
        """Attends."""
        return super().call(inputs, mask, training, return_attention_scores, use_causal_mask)  # type: ignore[misc]


@keras.saving.register_keras_serializable(_PACKAGE)
class CausalAttention(LooksBackOnly, keras.layers.Attention):
    """`layer_attention` with `causal`, which Keras 3 takes at the call alone; a file that has it needs rkeras."""


@keras.saving.register_keras_serializable(_PACKAGE)
class CausalAdditiveAttention(LooksBackOnly, keras.layers.AdditiveAttention):
    """`layer_additive_attention` with `causal`; a file that has it needs rkeras."""


class MultiHeadAttention(keras.layers.MultiHeadAttention):
    """Works on JAX with values and keys of different sizes, too, and puts a penalty on the output alone, as Keras 2."""

    def __init__(self, *args: Any, activity_regularizer: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity_regularizer = keras.regularizers.get(activity_regularizer)

    def get_config(self) -> dict[str, Any]:
        """The configuration."""
        penalty = keras.regularizers.serialize(self.activity_regularizer)
        return {**super().get_config(), "activity_regularizer": penalty}

    def call(
        self,
        query: Any,
        value: Any,
        key: Any = None,
        query_mask: Any = None,
        value_mask: Any = None,
        key_mask: Any = None,
        attention_mask: Any = None,
        return_attention_scores: bool = False,
        training: Any = None,
        use_causal_mask: bool = False,
    ) -> Any:
        """Attends."""
        # Keras's quick way, which JAX has for sizes that are the same, makes no scores.
        own_way = self.value_dim != self.key_dim
        result = super().call(
            query,
            value,
            key,
            query_mask=query_mask,
            value_mask=value_mask,
            key_mask=key_mask,
            attention_mask=attention_mask,
            return_attention_scores=return_attention_scores or own_way,
            training=training,
            use_causal_mask=use_causal_mask,
        )
        return result[0] if own_way and not return_attention_scores else result


MultiHeadAttention.__module__ = "keras.layers"  # by which a saved model finds it: plain Keras loads it too


def _choose(plain: type, causal: type) -> Callable[[dict[str, Any]], type]:
    return lambda arguments: causal if arguments.pop("causal") else plain


def _without_null(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name != "dropout" or value is not None}


def _call(layer: keras.layers.Layer, target: OfACall) -> Any:
    return layer(*target.by_place, **target.by_name)


@layer(
    keras.layers.Attention,
    since="2.15.0",
    choose=_choose(keras.layers.Attention, CausalAttention),
    prepare=_without_null,
)
def layer_attention(
    inputs: Queries = MISSING,
    use_scale: bool = False,
    score_mode: Annotated[Literal["dot", "concat"], RDefault('"dot"')] = "dot",
    dropout: AttentionDropout | None = None,
    *,
    causal: Causal = False,
    **tail: Unpack[TypedTail],
) -> Any:
    """Dot-product attention (Luong et al., 2015): query (batch, steps, features), value, key (batch, other steps, …).

    Args:
        use_scale: Whether a factor of the scores is learnt.
        score_mode: `"dot"` for the product of query and key, `"concat"` for the tanh of their sum.
        dropout: The share of the scores that is dropped in training.
    """


@layer(
    keras.layers.AdditiveAttention,
    since="2.15.0",
    choose=_choose(keras.layers.AdditiveAttention, CausalAdditiveAttention),
)
def layer_additive_attention(
    object: Queries = MISSING,
    use_scale: bool = True,
    causal: Causal = False,
    dropout: AttentionDropout = 0,
    **tail: Unpack[TypedTail],
) -> Any:
    """Additive attention (Bahdanau et al., 2014): query (batch, steps, features), value, key (batch, other steps, …).

    Args:
        use_scale: Whether factors of the features are learnt.
    """


@layer(MultiHeadAttention, since="2.15.0", call=_call)
def layer_multi_head_attention(
    inputs: Annotated[Any, CallOfAttention()] = MISSING,
    num_heads: Size = REQUIRED,
    key_dim: Size = REQUIRED,
    value_dim: Size | None = None,
    dropout: AttentionDropout = 0,
    use_bias: UseBias = True,
    output_shape: Shape | None = None,
    attention_axes: IntegerTuple | None = None,
    kernel_initializer: KernelInitializer = "glorot_uniform",
    bias_initializer: BiasInitializer = "zeros",
    kernel_regularizer: KernelRegularizer = None,
    bias_regularizer: BiasRegularizer = None,
    activity_regularizer: ActivityRegularizer = None,
    kernel_constraint: KernelConstraint = None,
    bias_constraint: BiasConstraint = None,
    **tail: Unpack[TypedTail],
) -> Any:
    """Attention of several heads (Vaswani et al., 2017).

    Args:
        inputs: A list of query, value, and key, if it is not the value, which may be named; by name also
            `attention_mask`, `return_attention_scores`, `use_causal_mask` and what else Keras's layer is called with;
            or missing.
        num_heads: How many heads there are.
        key_dim: The size of query and key in a head.
        value_dim: The size of value in a head, that of the key if `None`.
        output_shape: The size of the output, that of the query if `None`.
        attention_axes: The axes that are attended over, counted from 0 with the batch; all but the batch, the heads and
            the features if `None`.
    """
