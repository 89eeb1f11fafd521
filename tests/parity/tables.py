"""Tables in Markdown."""


def table(columns, rows):
    """A table: the names of its columns, and its rows of cells."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell(str(one)) for one in line) + " |" for line in lines)


def cell(text):
    """A text that may have the sign that ends a cell."""
    return text.replace("|", "\\|")
