"""The reference of the documentation site: a page for each function, from its docstring and the R help."""

import inspect
import re
import subprocess
from pathlib import Path
from textwrap import indent
from typing import Any

import rkeras_py
from rkeras_py.language.docstrings import entries, parts

ROOT = Path(__file__).parent.parent
SECTIONS = {  # by what names begin with
    "Callbacks": ("callback_", "KerasCallback"),
    "Models": (
        *("keras_model", "compile", "fit", "evaluate", "predict", "summary", "last_history", "save_", "load_"),
        *("get_weights", "set_weights", "keras_training_history", "plot."),
        *(
            "clone_model",
            "count_params",
            "from_config",
            "get_config",
            "get_input_",
            "get_layer",
            "get_output_",
            "pop_layer",
        ),
        *("model_", "serialize_model", "unserialize_model", "export_savedmodel", "multi_gpu_model"),
        *("freeze_weights", "unfreeze_weights", "train_on_batch", "test_on_batch", "with_custom_object_scope"),
        "generator_next",
        "training_loops",
    ),
    "Applications": (
        *("application_", "imagenet_", "densenet_", "inception_", "mobilenet_", "nasnet_", "resnet_", "xception_"),
    ),
    "Layers": (
        *("layer_", "bidirectional", "time_distributed"),
        *("adapt", "get_vocabulary", "set_vocabulary", "reset_states"),
    ),
    "Classes of one's own": (
        *("create_layer", "create_wrapper", "KerasLayer", "KerasWrapper", "active", "new_classes", "py_class", "keras"),
    ),
    "Losses and metrics": ("loss_", "metric_", "custom_metric"),
    "Optimizers and schedules": ("optimizer_", "learning_rate_schedule_"),
    "Activations, initializers, penalties": (
        *("activation_", "initializer_", "regularizer_", "constraint_", "KerasConstraint"),
    ),
    "Data": ("to_categorical", "array_reshape", "normalize", "dataset_", "get_file", "hdf5_matrix"),
    "Texts and series": (
        *("text_", "texts_", "fit_text_", "save_text_", "load_text_", "sequences_", "skipgrams", "make_sampling_table"),
        *("pad_sequences", "timeseries_"),
    ),
    "Images": ("image_", "fit_image_", "flow_images_"),
    "Backend and tensors": ("k_", "use_", "tensors", "as_tensor", "backend", "zip_lists"),
    "Installing and watching": ("install_", "is_keras_available", "rkeras_sitrep", "monitor_server"),
}
MAN = ROOT / "man"
HELP = {**{path.stem: path for path in MAN.glob("*.Rd")}, "last_history": MAN / "keras_training_history.Rd"}
ONLY_R = [
    *("active", "as_tensor", "backend", "create_layer_wrapper", "install_rkeras", "keras", "new_classes"),
    *("plot.keras_training_history", "plot.model", "py_class", "rkeras_sitrep", "tensors", "training_loops"),
    *("use_backend", "use_python", "zip_lists"),
]
# Not the same thing in both languages.
TWOFOLD = {"KerasCallback", "KerasConstraint", "KerasLayer", "KerasWrapper", "last_history"}


def sections() -> dict[str, list[str]]:
    """The names of the pages of each section."""
    names = sorted({*rkeras_py.__all__, *ONLY_R} & set(HELP), key=str.lower)
    found: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for name in names:
        found[section_of(name)].append(name)
    return found


def section_of(name: str) -> str:
    """The section that knows the longest beginning of a name."""
    known = [(len(start), one) for one, starts in SECTIONS.items() for start in starts if name.startswith(start)]
    if not known:
        raise SystemExit(f"no section of the reference has {name}")
    return max(known)[1]


def page(name: str) -> str:
    """The page of a function or class."""
    if name in ONLY_R:
        return f"# {name}\n\n{r_help(name)}\n"
    thing = getattr(rkeras_py, name)
    head, found = parts(inspect.getdoc(thing) or "")
    in_python = code("python", python_usage(name, thing))
    if name in TWOFOLD:
        python = "\n\n".join([in_python, head, described(found)])
        return f"# {name}\n\n{tabs({'R': r_help(name), 'Python': python})}\n"
    usage = {"R": code("r", r_usage(name)), "Python": in_python}
    title, _, text = head.partition("\n")
    blocks = [f"# {name}", title, tabs(usage), text.strip(), described(found), r_example(name)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def described(found: dict[str, str]) -> str:
    """The sections of a docstring."""
    headings = {"Args": "Arguments", "Attributes": "Attributes", "Returns": "Value", "Raises": "Errors"}
    texts = {
        section: "\n\n".join(f"`{name}`\n:   {text}" for name, text in entries(found[section]).items())
        for section in ("Args", "Attributes", "Raises")
        if section in found
    }
    texts = {**found, **texts, "Example": code("python", found["Example"]) if "Example" in found else ""}
    ordered = [section for section in (*headings, "Source", "Example") if texts.get(section)]
    return "\n\n".join(f"## {headings.get(section, section)}\n\n{texts[section]}" for section in ordered)


def python_usage(name: str, thing: Any) -> str:
    """The call with its defaults; types are in the text."""
    arguments = []
    for argument in inspect.signature(thing).parameters.values():
        given = argument.replace(annotation=inspect.Parameter.empty)
        unsaid = repr(argument.default) in ("MISSING", "REQUIRED")
        arguments.append(str(given.replace(default=inspect.Parameter.empty) if unsaid else given))
        if argument.kind is argument.KEYWORD_ONLY and not any(one.startswith("*") for one in arguments):
            arguments.insert(-1, "*")
    one_line = f"{name}({', '.join(arguments)})"
    return one_line if len(one_line) < 80 else f"{name}(\n" + "".join(f"    {one},\n" for one in arguments) + ")"


def r_usage(name: str) -> str:
    """The call as R's help has it."""
    text = HELP[name].read_text("utf-8")
    usage = re.search(r"^\\usage\{\n(.*?)^\}$", text, re.DOTALL | re.MULTILINE)
    if usage is None:
        raise SystemExit(f"{HELP[name]} has no usage")
    return re.sub(r"\\method\{(.*?)\}\{.*?\}", r"\1", usage[1]).replace("\\%", "%").strip()


def r_example(name: str) -> str:
    """The example of R's help."""
    path = ROOT / "man-examples" / f"{name}.R"
    return f"## Example in R\n\n{code('r', path.read_text('utf-8').strip())}" if path.exists() else ""


def r_help(name: str) -> str:
    """R's help as HTML, without its links: they lead into R."""
    script = "tools::Rd2HTML(commandArgs(TRUE), stdout(), outputEncoding = 'UTF-8', dynamic = FALSE)"
    whole = subprocess.run(["Rscript", "-e", script, HELP[name]], check=True, capture_output=True, text=True).stdout
    body = whole[whole.index("</h2>") + len("</h2>") : whole.rindex("</div>") if "</div>" in whole else None]
    body = re.sub(r"</?a\b[^>]*>|<hr />.*", "", body, flags=re.DOTALL)
    body = re.sub(r"<h3>(.*?)</h3>", r"<h2>\1</h2>", body)
    body = re.sub(r"(<p>[^<]*</p>\s*)\1", r"\1", re.sub(r"\n\s*\n", "\n", body))  # R6 says its description twice
    return body.strip()


def code(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text}\n```"


def tabs(texts: dict[str, str]) -> str:
    """One text for each language, to choose from."""
    return "\n\n".join(f'=== "{language}"\n\n{indent(text, "    ")}' for language, text in texts.items())
