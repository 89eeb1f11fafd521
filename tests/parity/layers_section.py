"""The section of docs/parity.md on layers: what tests/python/test_layer_table.py compares."""

from layer_tables import rows_by_name
from sampled import sampled
from tables import table

WORDS = {
    "parity.md": """## Layers beside Keras 2

What `tests/python/test_layer_table.py` compares with layers of `tf_keras` that have the same weights: defaults, every
argument at least once, odd sizes, masks, in training and not. Where it is not so, `make test-python` and
`make test-python-current` fail; so they do where a reason is given in vain.

* **Outputs**, **gradients**: how many calls are compared, on TensorFlow and on JAX, which compiles each by
  itself, so that fewer are run; `RKERAS_WHOLE_TABLE=1` runs all. Outputs are compared together with penalties, masks,
  and what a layer keeps of a batch; gradients are by the inputs and by the weights.
* **Equal to**: the largest difference that is allowed, of 1 and of the value.
* **Old files**: `.h5` files that Keras 2 wrote of these models, and of their weights alone, predict the same.
* **Our files in plain Keras**: `.h5` and `.keras` files that rkeras writes predict the same in plain Keras.
* **JAX**: the layer works there, within a compiled model, too.

{table}

Not compared there, since Keras 2 computes nothing beside them:

{others}""",
    "parity.zh-CN.md": """## 网络层与 Keras 2 的比较

`tests/python/test_layer_table.py` 与 `tf_keras` 中权重相同的层比较:默认值、每个参数至少一次、不整齐的尺寸、
掩码、训练与预测。结果不符时 `make test-python` 与 `make test-python-current` 失败;多余的理由同样会失败。

* **Outputs**(输出)、**gradients**(梯度):在 TensorFlow 和 JAX 上比较的调用次数;JAX 逐个编译,所以次数较少,
  `RKERAS_WHOLE_TABLE=1` 全部运行。输出还包括惩罚项、掩码以及层从批次中记住的内容,梯度是对输入和权重的。
* **Equal to**(误差):允许的最大绝对与相对误差。
* **Old files**(旧文件):Keras 2 写的这些模型的 `.h5` 文件(整个模型,以及只有权重)预测结果相同。
* **Our files in plain Keras**(我们的文件):rkeras 写的 `.h5` 与 `.keras` 文件在纯 Keras 中预测结果相同。
* **JAX**:该层在 JAX 上也能用,也能在编译的模型中使用。

{table}

以下函数不在其中,因为 Keras 2 没有可比较的计算:

{others}""",
}
# Functions of the family without a row, and what shows them.
OTHERS = {
    "adapt": "test_adapting.py",
    "create_layer": "test_lambda.py",
    "create_wrapper": "test_own_layers.py",
    "get_vocabulary": "test_adapting.py",
    "layer_dense_features": "test_layers.py",
    "layer_input": "test_layers.py",
    "layer_lambda": "test_lambda.py",
    "reset_states": "test_layers.py",
    "set_vocabulary": "test_adapting.py",
}


def section(file, formals):
    """The section of a page.

    Args:
        file: The page.
        formals: Gives the versions of R keras whose formals a function has.
    """
    columns = ["layer", "formals", "outputs", "gradients", "equal to", "old files", "our files in plain Keras", "JAX"]
    rows = [_row(name, rows, formals) for name, rows in sorted(rows_by_name().items())]
    return WORDS[file].format(
        table=table(columns, rows), others=table(["function", "formals", "shown in"], _others(formals))
    )


def _others(formals):
    return [[f"`{name}`", formals(name), f"`{test}`"] for name, test in OTHERS.items()]


def _row(name, rows, formals):
    smooth = [row for row in rows if row.smooth]
    return [
        f"`{name}`",
        formals(name),
        _on_both(rows),
        _on_both(smooth) if smooth else "it has none",
        f"{max(row.tolerance for row in rows):.0e}".replace("e-0", "e-"),
        _but(rows, "old_file"),
        _but(rows, "plain", "otherwise", "in_h5"),
        _but(rows, "on_jax", "otherwise_on_jax"),
    ]


def _on_both(rows):
    return (
        f"{len(rows)}, {len(sampled([row for row in rows if not (row.on_jax or row.otherwise_on_jax)], backend='jax'))}"
    )


def _but(rows, *reasons):
    """That all rows do something, or how many do not, and why."""
    found = [next((getattr(row, one) for one in reasons if getattr(row, one)), "") for row in rows]
    told = {one: found.count(one) for one in found if one}
    return "; ".join(f"{count} of {len(rows)} not: {why}" for why, count in told.items()) or "all"
