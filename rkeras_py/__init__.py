"""R's keras 2.2 functions, under their R names, on Keras 3.

Every name is loaded when it is first used: importing this package imports neither Keras nor a backend.
The names and where they live stand in `__init__.pyi`, which editors and type checkers read as well.
"""

from typing import Any

import lazy_loader

__version__ = "0.1.0"

_loaded, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    """Loads a name, or says which one may be meant."""
    try:
        return _loaded(name)
    except AttributeError:
        if name in __all__:  # then it is another one, of the module that has the name
            raise
        from .language.wording import did_you_mean

        hint = "" if name.startswith("_") else did_you_mean(name, __all__, "`")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}.{hint}", name=name) from None
