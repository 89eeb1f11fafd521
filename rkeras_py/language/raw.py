"""R's raw vectors."""

from .wording import RValue


class RRaw(RValue):
    """An R raw vector: bytes, where bytes are asked for, and nothing else.

    Args:
        content: The bytes.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__("a raw vector")
        self.content = content
