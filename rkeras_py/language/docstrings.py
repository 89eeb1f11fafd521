"""Docstrings in sections (Google style): taken apart, completed from annotations, put together."""

import re
from collections.abc import Mapping
from textwrap import dedent, fill, indent

_SECTIONS = ("Args", "Attributes", "Returns", "Raises", "Source", "Example")
_WIDTH = 116


def parts(doc: str) -> tuple[str, dict[str, str]]:
    """The text before the sections, and the sections, without their indentation."""
    head, *rest = re.split(rf"^({'|'.join(_SECTIONS)}):\n", doc, flags=re.MULTILINE)
    return head.strip(), {name: dedent(text).strip() for name, text in zip(rest[::2], rest[1::2], strict=True)}


def entries(section: str) -> dict[str, str]:
    """The entries of a section by name, each as one line."""
    found = re.findall(r"^(\w+): (.*(?:\n    .*)*)", section, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for name, text in found}


def whole(head: str, sections: Mapping[str, str]) -> str:
    """The docstring again, its sections in their usual order."""
    texts = [f"{name}:\n{indent(sections[name], '    ')}" for name in _SECTIONS if sections.get(name)]
    return "\n\n".join([head, *texts])


def completed(doc: str, arguments: Mapping[str, str | None], **missing: str) -> str:
    """Adds what stands elsewhere.

    Args:
        doc: The docstring, clean of indentation.
        arguments: All arguments in order, with the text of those that their annotation documents (`Doc`).
        **missing: Sections to add where the docstring has none.
    """
    head, sections = parts(doc)
    own = entries(sections.get("Args", ""))
    texts = {name: own.get(name) or shared for name, shared in arguments.items()}
    listed = [
        fill(f"{name}: {text}", _WIDTH - 4, subsequent_indent="    ", break_on_hyphens=False)
        for name, text in texts.items()
        if text
    ]
    return whole(head, {**missing, **sections, "Args": "\n".join(listed)})
