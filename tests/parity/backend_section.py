"""The section of docs/parity.md on the backend functions: what tests/python/test_backend_table.py compares."""

import backend_checks
import backend_rows
from tables import table

WORDS = {
    "parity.md": """## Backend functions beside Keras 2

How many calls `tests/python/test_backend_table.py` compares with those of `tf_keras.backend`, on TensorFlow and on JAX,
with tensors of rank 0 to 5, of several types, with NaN and infinities, and without elements. They are equal to
{tolerance}, of 1 and of the value; float16 to 2e-3. Where they are not, `make test-python` and
`make test-python-current` fail.

* **At once**, **symbolic**, **compiled**: with values, with symbolic tensors of a model, in a compiled graph.
* **Gradients**: compared with finite differences.
* Two figures are calls on TensorFlow and on JAX, which compiles each by itself, so that fewer are run;
  `RKERAS_WHOLE_TABLE=1` runs all.

{table}""",
    "parity.zh-CN.md": """## 后端函数与 Keras 2 的比较

`tests/python/test_backend_table.py` 在 TensorFlow 与 JAX 上与 `tf_keras.backend` 比较的调用次数:张量的秩为
0 到 5,多种类型,含 NaN、无穷大以及没有元素的张量。绝对与相对误差不超过 {tolerance}(float16 为 2e-3),否则
`make test-python` 与 `make test-python-current` 失败。

* **At once**(立即)、**symbolic**(符号)、**compiled**(编译):用数值、用模型的符号张量、在编译的图中计算。
* **Gradients**(梯度):与有限差分比较。
* 两个数字是在 TensorFlow 和 JAX 上的次数;JAX 逐个编译,所以次数较少,`RKERAS_WHOLE_TABLE=1` 全部运行。

{table}""",
}


def section(file, formals):
    """The section of a page.

    Args:
        file: The page.
        formals: Gives the versions of R keras whose formals a function has.
    """
    columns = ["function", "formals", *backend_checks.CHECKS, "to be known", "other tests"]
    tolerances = {row.tolerance for row in backend_rows.ROWS}
    return WORDS[file].format(
        tolerance=" or ".join(f"{one:.0e}".replace("e-0", "e-") for one in sorted(tolerances)),
        table=table(columns, [_row(name, formals) for name in backend_checks.functions()]),
    )


def _row(name, formals):
    counts = [
        [len(check.rows(name, backend)) for backend in ("tensorflow", "jax")]
        for check in backend_checks.CHECKS.values()
    ]
    shown = [f"{on_tensorflow}, {on_jax}" if on_tensorflow else "" for on_tensorflow, on_jax in counts]
    others = backend_checks.other_tests().get(name, [])
    tests = f"`{others[0]}`" + (f" and {len(others) - 1} more" if others[1:] else "") if others else ""
    return [f"`{name}`", formals(name), *shown, backend_checks.to_be_known(name), tests]
