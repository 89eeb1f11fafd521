"""Writes the R functions that stand for Python ones: `tools/make_r.py [--check]`.

What it writes is ordinary R, committed and readable. Without this tool it could be maintained by hand.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import r_formals

import rkeras_py
from rkeras_py.language import MISSING, contract_of
from rkeras_py.language.docstrings import entries, parts

ROOT = Path(__file__).parent.parent
# Those that return an R object of their own, and those that have to work before there is any Python.
BY_HAND = {"last_history", "c", "install_keras", "is_keras_available", "monitor_server", "with_custom_object_scope"}
INVISIBLE = {
    *("freeze_weights", "unfreeze_weights", "pop_layer", "save_model_tf", "save_model_weights_tf"),
    *("load_model_weights_tf", "export_savedmodel"),
    *("compile", "load_model_weights_hdf5", "save_model_hdf5", "save_model_weights_hdf5", "set_weights", "summary"),
    *("k_set_value", "k_batch_set_value", "k_update", "k_update_add", "k_update_sub", "k_moving_average_update"),
    *("k_clear_session", "k_reset_uids", "k_get_session", "k_set_session", "k_set_learning_phase", "k_set_epsilon"),
    *("fit_text_tokenizer", "save_text_tokenizer", "fit_image_data_generator", "image_array_save"),
    *("k_set_floatx", "k_set_image_data_format", "k_manual_variable_initialization", "k_print_tensor"),
    *("adapt", "set_vocabulary", "reset_states"),
}
RETURNED = {  # else as it is
    "serialize_model": "as_raw_vector({})",
    **dict.fromkeys(["fit", "fit_generator"], "invisible(as_history({}))"),
    "use_session_with_seed": "{}\n  set.seed(seed)\n  invisible()",
    "get_vocabulary": "as_vocabulary({})",
    **dict.fromkeys(
        [
            *("dataset_boston_housing", "dataset_cifar10", "dataset_cifar100", "dataset_fashion_mnist"),
            *("dataset_imdb", "dataset_mnist", "dataset_reuters"),
        ],
        "as_dataset({})",
    ),
    **dict.fromkeys(["dataset_imdb_word_index", "dataset_reuters_word_index"], "names_in_utf8({})"),
    **dict.fromkeys(
        ["image_dataset_from_directory", "text_dataset_from_directory", "timeseries_dataset_from_array"],
        "as_tf_dataset({})",
    ),
    **dict.fromkeys(["texts_to_sequences"], "as_sequences({})"),
    "skipgrams": "invisible(as_skipgrams({}))",
    "text_to_word_sequence": "as.character({})",
    **dict.fromkeys(["text_one_hot", "text_hashing_trick"], "as.integer({})"),
    **dict.fromkeys(
        [f"{name}_decode_predictions" for name in ("imagenet", "mobilenet", "mobilenet_v2")], "as_classes({})"
    ),
    **dict.fromkeys(INVISIBLE, "invisible({})"),
}
FAMILIES = {
    "application": "applications",
    "callback": "callbacks",
    "optimizer": "optimizers",
    "dataset": "data sets",
    "loss": "losses",
    "metric": "metrics",
    "learning": "learning rate schedules",
    "activation": "activations",
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "k": "backend functions",
    **dict.fromkeys(["text", "texts", "sequences", "skipgrams"], "functions for texts"),
    **dict.fromkeys(["image", "flow"], "functions for images"),
    "timeseries": "functions for series",
}
# Where a family is large, its help is by subjects: those of R keras for layers, the modules for the backend.
LAYERS = {
    "core layers": ("any_class", "core", "embedding", "functions", "shapes"),
    "activation layers": ("activations",),
    "convolutional layers": ("convolutional", "locally_connected", "padding", "separable", "transposed", "upsampling"),
    "pooling layers": ("pooling",),
    "recurrent layers": ("cells", "conv_lstm", "cudnn", "recurrent", "states", "wrappers"),
    "merging layers": ("merging",),
    "normalization and noise layers": ("noise", "normalization"),
    "attention layers": ("attention",),
    "preprocessing layers": ("adapting", "categories", "image_augmentation", "images", "lookups", "scaling", "text"),
}
MODEL = "keras.src.models.model.Model"
WIDTH = 120


def main() -> None:
    """Writes what has changed, or with `--check` exits with a message if anything has."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a file would change")
    check = parser.parse_args().check
    texts = wanted()
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    stale += [path for path in generated() if path not in texts]
    if check and stale:
        sys.exit("not up to date, run `make generate`: " + ", ".join(str(path.relative_to(ROOT)) for path in stale))
    for path in stale:
        if path in texts:
            path.write_text(texts[path], encoding="utf-8")
        else:
            path.unlink()


def generated() -> list[Path]:
    """The R files that stand here and say they were generated."""
    return [path for path in sorted((ROOT / "R").glob("*.R")) if path.read_text("utf-8").startswith("# Generated by")]


def wanted() -> dict[Path, str]:
    """What each file is to be."""
    modules: dict[Path, list[Callable[..., Any]]] = {}
    for name in rkeras_py.__all__:
        if name[0].islower() and name not in BY_HAND:
            function = getattr(rkeras_py, name)
            source = Path(inspect.getsourcefile(inspect.unwrap(function)) or "").relative_to(ROOT / "rkeras_py")
            modules.setdefault(source, []).append(function)
    return {ROOT / "R" / r_name(*module): r_file(*module) for module in modules.items()}


def r_name(source: Path, functions: list[Callable[..., Any]]) -> str:
    """The name of the R file: the function's where it stands alone, else the module's."""
    return f"{functions[0].__name__ if len(functions) == 1 else '-'.join(source.with_suffix('').parts)}.R"


def r_file(source: Path, functions: list[Callable[..., Any]]) -> str:
    """The R file of a module."""
    header = f"# Generated by tools/make_r.py from rkeras_py/{source}: do not edit by hand.\n\n"
    return header + "\n".join(r_function(function) for function in functions)


def r_function(function: Callable[..., Any]) -> str:
    """The R function, with its help."""
    name = function.__name__
    method = name in r_formals.METHODS
    own_name = f"{name}.{MODEL}" if method else name
    defaults = r_formals.formals(function)
    more = {
        "call": f"quote({name}())" if method else "",
        "optional": r_vector(missing_in(function)),
        "other_names": r_vector(contract_of(function).other_names),
        "dots": "dots(...)" if "..." in defaults else "",
    }
    options = [f"{option} = {value}" for option, value in more.items() if value]
    formals = [f"{argument} = {default}" if default else argument for argument, default in defaults.items()]
    opening = f"{own_name} <- function("
    listed = ", ".join(formals)
    if len(f"{opening}{listed}) {{") > WIDTH:
        indented = ",\n" + " " * len(opening)
        if len(opening) + max(map(len, formals)) >= WIDTH:
            opening, indented = f"{opening}\n    ", ",\n    "
        listed = indented.join(formals)
    returned = RETURNED.get(name, "{}")
    if missing_in(function) and is_of_layers(function):
        returned = "layer_result({})"
    body = called("call_python", [f'"{name}"', "as.list(environment())", *options], returned)
    return f"{roxygen(function)}{opening}{listed}) {{\n  {body}\n}}\n"


def called(function: str, arguments: list[str], returned: str) -> str:
    """The code of a call within what is done with its value, on one line or, where that is too long, on several."""
    line = returned.format(f"{function}({', '.join(arguments)})")
    if len(line) + 2 <= WIDTH:
        return line
    before, after = returned.split("{}")
    inner = fill(", ".join(arguments), WIDTH - 6, initial_indent="      ", subsequent_indent="      ")
    if not before:
        return f"{function}(\n{dedent(inner, 2)}\n  )"
    flat = f"    {function}({', '.join(arguments)})"
    call = flat if len(flat) <= WIDTH else f"    {function}(\n{inner}\n    )"
    return f"{before}\n{call}\n  {after}"


def dedent(text: str, spaces: int) -> str:
    """Lines a little further to the left."""
    return "\n".join(line[spaces:] for line in text.split("\n"))


def r_vector(names: list[str] | Mapping[str, str]) -> str:
    """Names as R code, with names of their own where they have some; nothing for none."""
    if isinstance(names, Mapping):
        parts = [f'{name} = "{first}"' for name, first in names.items()]
    else:
        parts = [f'"{name}"' for name in names]
    return parts[0] if len(parts) == 1 and not isinstance(names, Mapping) else f"c({', '.join(parts)})" if parts else ""


def missing_in(function: Callable[..., Any]) -> list[str]:
    """The arguments that need not be given although they have no default."""
    arguments = contract_of(function).arguments.items()
    return [r_formals.r_name(name) for name, argument in arguments if argument.default is MISSING]


def is_of_layers(function: Callable[..., Any]) -> bool:
    """Whether a function makes layers, or does something with them, whatever its name begins with."""
    return inspect.unwrap(function).__module__.startswith("rkeras_py.layers.")


def family_of(function: Callable[..., Any]) -> str | None:
    """The family whose functions the help of each of them lists."""
    module = inspect.unwrap(function).__module__.rpartition(".")[2]
    if is_of_layers(function):
        return next(family for family, modules in LAYERS.items() if module in modules)
    family = FAMILIES.get(function.__name__.split("_")[0])
    return f"{family} ({module})" if family == FAMILIES["k"] else family


def roxygen(function: Callable[..., Any]) -> str:
    """The docstring as roxygen comments."""
    name = function.__name__
    head, sections = parts(inspect.getdoc(function) or "")
    title, _, description = (text.strip() for text in head.partition("\n"))
    paragraphs = re.split(r"\n\s*\n", description) if description else []
    tags = [title.rstrip("."), "", *(line for paragraph in paragraphs for line in (paragraph, ""))]
    arguments = entries(sections.get("Args", ""))
    declared = contract_of(function).arguments
    arguments.pop(str(contract_of(function).more_name), None)
    if list(arguments) != list(declared):
        sys.exit(f"{name}(): the arguments are {list(declared)}, and the docstring has {list(arguments)}")
    arguments = {r_formals.r_name(argument): text for argument, text in arguments.items()}
    shown = r_formals.formals(function)
    tags += [f"@param {argument} {text}" for argument, text in arguments.items() if argument in shown]
    if "..." in shown:
        hidden = [f"`{argument}`: {text}" for argument, text in arguments.items() if argument not in shown]
        more = entries(sections.get("Args", "")).get(str(contract_of(function).more_name))
        nothing = (
            "Nothing: what follows is given by name." if list(shown)[-1] != "..." else "Nothing: more is an error."
        )
        tags.append("@param ... " + (" ".join(["By name:", *hidden]) if hidden else more or nothing))
    tags.append(f"@return {sections['Returns']}")
    errors = entries(sections.get("Raises", "")).values()
    if errors:
        tags.append("@section Errors:\n" + "\n".join(f"* {text}" for text in errors))
    tags.append(f"@section Source:\n{sections['Source']}")
    family = family_of(function)
    tags += [f"@family {family}"] if family else []
    tags += [f"@example man-examples/{name}.R"] if (ROOT / "man-examples" / f"{name}.R").exists() else []
    generic = r_formals.METHODS.get(name)
    tags.append(f"@exportS3Method {generic} {MODEL}\n@rdname {name}" if generic else "@export")
    lines = [line for tag in tags for line in wrapped(in_r(tag)).split("\n")]
    return "".join(f"#' {line}".rstrip() + "\n" for line in lines)


def in_r(text: str) -> str:
    """Python's constants in R's words, and what roxygen would take for markup guarded."""
    for python, r in (("None", "NULL"), ("True", "TRUE"), ("False", "FALSE")):
        text = re.sub(rf"\b{python}`", f"{r}`", text)
    return text.replace("%", r"\%")


def wrapped(tag: str) -> str:
    """Lines of at most `WIDTH`, the following ones indented where they belong to a tag."""
    if tag.startswith("@section"):
        return "\n".join(fill(line, WIDTH - 3, subsequent_indent="  ") for line in tag.split("\n"))
    return fill(tag, WIDTH - 3, subsequent_indent="  " if tag.startswith("@") else "") if "\n@" not in tag else tag


if __name__ == "__main__":
    main()
