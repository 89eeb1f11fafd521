"""R's keras 2.2 functions, under their R names, on Keras 3.

Every name is loaded when it is first used: importing this package imports neither Keras nor a backend.
The names and where they live stand in `__init__.pyi`, which editors and type checkers read as well.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
