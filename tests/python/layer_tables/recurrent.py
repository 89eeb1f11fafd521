"""Recurrent layers, their cells and what wraps layers."""

from .rows import Made, Row, floats, whole


def with_gaps(*shape):
    """Samples with steps that are 0: in the middle, at the end, at the beginning."""
    x = floats(*shape)
    x[0, 1], x[1, -2:], x[2, 0] = 0, 0, 0
    return x


X = floats(4, 5, 3)
GAPS = with_gaps(4, 5, 3)
HARD = {"recurrent_activation": "hard_sigmoid"}
PENALTIES = {
    "kernel_regularizer": "l2",
    "recurrent_regularizer": "l1",
    "bias_regularizer": "l2",
}
LIMITS = {"kernel_constraint": "unit_norm", "recurrent_constraint": "non_neg", "bias_constraint": "max_norm"}
BEGINNINGS = {
    "kernel_initializer": "he_normal",
    "recurrent_initializer": "glorot_uniform",
    "bias_initializer": "ones",
}
SHARES = {"dropout": 0.5, "recurrent_dropout": 0.25}
OPTIONS = {**PENALTIES, **LIMITS, **BEGINNINGS}
WIDE = {**OPTIONS, "activity_regularizer": "l2"}


UNMASKED = "it takes no mask where states are given"


def variants(name, defaults, state, turned=True):
    """Rows of a recurrent layer: what is said to Keras 2 for R keras' defaults, and the sizes of the states."""
    units = {"units": 2}
    other = [
        (X, {}, {}),
        (X, {**WIDE, **SHARES, "activation": "relu"}, {}),
        (X, {"use_bias": False, "go_backwards": True, "return_sequences": True}, {}),
        (X, {"return_state": True, "unroll": True}, {}),
        (GAPS, {"return_sequences": True, "return_state": True}, {"masked": True}),
        (GAPS, {"go_backwards": True, "activation": "sigmoid"}, {"masked": True}),
        (X, {"stateful": True, "return_sequences": True}, {"fixed": True}),
        (
            [GAPS, *(floats(4, 2) for _ in range(state))],
            {"return_state": True},
            {"masked": True, "otherwise": UNMASKED},
        ),
    ]
    if turned:
        other.append((GAPS.swapaxes(0, 1), {"time_major": True, "return_sequences": True}, {"plain": OWN}))
    return [
        Row(name, x, {**units, **arguments}, {**defaults, **units, **arguments}, **more) for x, arguments, more in other
    ]


OWN = "layers with the steps in front are rkeras's own"
GRU2 = {**HARD, "reset_after": False}
CUDNN_GRU = {"recurrent_activation": "sigmoid", "reset_after": True}
CONV = {"filters": 2, "kernel_size": 2}


def convolving(name, x):
    """Rows of a layer that convolves."""
    behind = floats(*x.shape[:2], x.shape[-1], *x.shape[2:-1])
    axes = x.ndim - 3
    rows = [
        (x, CONV, {}),
        (
            x,
            {
                **CONV,
                **WIDE,
                **SHARES,
                "padding": "same",
                "strides": 2,
                "activation": "relu",
                "unit_forget_bias": False,
            },
            {},
        ),
        (x, {**CONV, "dilation_rate": 2, "use_bias": False, "return_sequences": True, "go_backwards": True}, {}),
        (x, {**CONV, "kernel_size": [1, 2, 2][:axes], "return_state": True, "recurrent_activation": "sigmoid"}, {}),
        (x, {**CONV, "stateful": True}, {"fixed": True}),
        (behind, {**CONV, "data_format": "channels_first"}, {}),
    ]
    return [Row(name, inputs, arguments, {**HARD, **arguments}, **more) for inputs, arguments, more in rows]


def inner(name, sort, theirs=None, **arguments):
    return Made(
        lambda rk: getattr(rk, name)(**arguments),
        lambda tf_keras: getattr(tf_keras.layers, sort)(**{**arguments, **(theirs or {})}),
    )


def cells(*each):
    return Made(lambda rk: [one.ours(rk) for one in each], lambda tf_keras: [one.theirs(tf_keras) for one in each])


STEP = {"units": 2}
CELL = {**OPTIONS, **SHARES, **STEP, "activation": "relu", "use_bias": False}


def of_cell(name, sort, theirs=None, **arguments):
    """A row for a cell, which is seen in a layer alone."""
    return Row(name, X, arguments, theirs and {**arguments, **theirs}, inside="RNN", legacy=sort)


SIMPLE, GRU, LSTM = (
    inner("layer_simple_rnn_cell", "SimpleRNNCell", units=2),
    inner("layer_gru_cell", "GRUCell", units=3),
    inner("layer_lstm_cell", "LSTMCell", units=2),
)
FORWARD = inner("layer_lstm", "LSTM", HARD, units=2)
SEQUENCES = inner("layer_gru", "GRU", GRU2, units=2, return_sequences=True)
STATES = inner("layer_lstm", "LSTM", HARD, units=2, return_sequences=True, return_state=True)
STATEFUL = inner("layer_gru", "GRU", GRU2, units=2, stateful=True, return_state=True)
BACKWARD = inner("layer_simple_rnn", "SimpleRNN", units=3, go_backwards=True)

ROWS = [
    *variants("layer_simple_rnn", {}, 1, turned=False),
    *variants("layer_gru", GRU2, 1),
    Row("layer_gru", X, {"units": 3, "recurrent_activation": "sigmoid", "reset_after": True}),
    Row(
        "layer_gru", GAPS, R := {"units": 3, "reset_after": True, "return_sequences": True}, {**R, **HARD}, masked=True
    ),
    *variants("layer_lstm", HARD, 2),
    Row("layer_lstm", X, {"units": 3, "recurrent_activation": "sigmoid", "unit_forget_bias": False}),
    Row("layer_cudnn_gru", X, {"units": 3}, {"units": 3, **CUDNN_GRU}),
    Row(
        "layer_cudnn_gru",
        X,
        R := {"units": 3, "return_sequences": True, "return_state": True, "stateful": True, **WIDE},
        {**R, **CUDNN_GRU},
        fixed=True,
    ),
    Row("layer_cudnn_lstm", X, {"units": 3}),
    Row(
        "layer_cudnn_lstm",
        X,
        {
            "units": 3,
            "return_sequences": True,
            "return_state": True,
            "stateful": True,
            "unit_forget_bias": False,
            **WIDE,
        },
        fixed=True,
    ),
    *convolving("layer_conv_lstm_1d", floats(2, 3, 7, 2)),
    *convolving("layer_conv_lstm_2d", floats(2, 3, 6, 5, 2)),
    *convolving("layer_conv_lstm_3d", floats(2, 3, 4, 3, 5, 2)),
    Row("layer_rnn", X, {"cell": SIMPLE}),
    Row("layer_rnn", X, {"cell": LSTM, "return_sequences": True, "go_backwards": True}),
    Row("layer_rnn", X, {"cell": cells(LSTM, GRU, SIMPLE), "return_state": True, "unroll": True}),
    Row("layer_rnn", GAPS, {"cell": GRU, "return_sequences": True, "zero_output_for_mask": True}, masked=True),
    Row("layer_rnn", X, {"cell": LSTM, "stateful": True, "return_state": True}, fixed=True),
    Row("layer_rnn", GAPS.swapaxes(0, 1), {"cell": GRU, "time_major": True}, plain=OWN),
    Row("layer_rnn", [X, floats(4, 2), floats(4, 2)], {"cell": LSTM}),
    of_cell("layer_simple_rnn_cell", "SimpleRNNCell", **STEP),
    of_cell("layer_simple_rnn_cell", "SimpleRNNCell", **CELL),
    of_cell("layer_gru_cell", "GRUCell", **STEP),
    of_cell("layer_gru_cell", "GRUCell", **CELL, **HARD, reset_after=False),
    of_cell("layer_lstm_cell", "LSTMCell", **STEP),
    of_cell("layer_lstm_cell", "LSTMCell", **CELL, **HARD, unit_forget_bias=False),
    of_cell("layer_stacked_rnn_cells", "StackedRNNCells", cells=cells(GRU, LSTM)),
    Row("bidirectional", X, {"layer": FORWARD}),
    Row("bidirectional", X, {"layer": SEQUENCES, "merge_mode": None}),
    *(Row("bidirectional", GAPS, {"layer": SEQUENCES, "merge_mode": mode}, masked=True) for mode in ("sum", "mul")),
    Row("bidirectional", GAPS, {"layer": STATES, "merge_mode": "ave"}, masked=True),
    Row("bidirectional", X, {"layer": STATES, "merge_mode": None}),
    Row(
        "bidirectional",
        [GAPS, *(floats(4, 2) for _ in range(4))],
        {"layer": STATES},
        masked=True,
        otherwise=UNMASKED,
    ),
    Row(
        "bidirectional",
        GAPS,
        {"layer": STATEFUL},
        masked=True,
        fixed=True,
        otherwise="it fails where there are a mask and states",
    ),
    Row("bidirectional", X, {"layer": FORWARD, "backward_layer": BACKWARD}),
    Row(
        "bidirectional",
        GAPS.swapaxes(0, 1),
        {"layer": inner("layer_lstm", "LSTM", HARD, units=2, return_sequences=True, time_major=True)},
        masked=True,
        plain=OWN,
    ),
    Row("time_distributed", X, {"layer": inner("layer_dense", "Dense", units=2)}),
    Row("time_distributed", GAPS, {"layer": inner("layer_dense", "Dense", units=2)}, masked=True),
    Row(
        "time_distributed",
        X,
        {"layer": inner("layer_batch_normalization", "BatchNormalization")},
        training=True,
        otherwise="it takes means and variances step by step",
    ),
    Row(
        "time_distributed", floats(2, 3, 6, 5, 2), {"layer": inner("layer_conv_2d", "Conv2D", filters=2, kernel_size=2)}
    ),
    Row("time_distributed", floats(2, 3, 5, 2), {"layer": FORWARD}),
    Row(
        "time_distributed", whole(4, 3, 5), {"layer": inner("layer_embedding", "Embedding", input_dim=5, output_dim=2)}
    ),
    Row("time_distributed", floats(2, 3, 5, 2), {"layer": FORWARD}, fixed=True),
]
UNTRIED: dict[str, dict[str, str]] = {}
