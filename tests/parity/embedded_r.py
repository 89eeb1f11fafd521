"""R inside a Python process: rpy2 starts it, reticulate in it finds the Python that is running.

rpy2 lets go of Python's lock while R runs, and reticulate 1.28 does not take it where R's garbage collector frees
Python objects. So R is started by rpy2, and asked through `ctypes.PyDLL`, which keeps the lock.
"""

import atexit
import ctypes
import os
import sys
from pathlib import Path

import rpy2.situation
from rpy2 import rinterface
from rpy2.rinterface_lib import embedded

ROOT = Path(__file__).parents[2]
kept: list = []  # what R hands over
lent: list = []  # what R code refers to

_START = b"""local({
  module <- reticulate::import("embedded_r", convert = FALSE)
  kept <- module$kept
  assign(".lent", function(i) module$lent[[i]], globalenv())
  assign(".run", function(code) {
    tryCatch({
      kept$append(eval(parse(text = code), globalenv()))
      ""
    }, error = conditionMessage)
  }, globalenv())
  assign(".refusal", function(call) {
    tryCatch({
      force(call)
      NULL
    }, error = conditionMessage)
  }, globalenv())
})"""
_POINTER = ctypes.c_void_p
_POINTERS = {
    "R_tryEval": [_POINTER, _POINTER, _POINTER],
    "Rf_install": [ctypes.c_char_p],
    "Rf_lang2": [_POINTER, _POINTER],
    "Rf_mkString": [ctypes.c_char_p],
    "Rf_protect": [_POINTER],
    "STRING_ELT": [_POINTER, ctypes.c_ssize_t],
}


def shared(value):
    """R code for a Python object."""
    place = next((i for i, one in enumerate(lent) if one is value), len(lent))
    if place == len(lent):
        lent.append(value)
    return f".lent({place}L)"


def environment(**more):
    """The environment for another process: R's library path would make a Python find the wrong libpython."""
    return {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"} | more


def leave(status):
    """Ends the process here and now: reticulate's own thread would ask for R's events while Python is taken down."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


class RError(Exception):
    """The message of an R condition."""


class R:
    """Runs R code: `R()("1 + 1")`. There is one R in a process."""

    def __init__(self):
        os.environ.update(
            R_LIBS=str(ROOT / ".rlib"), RKERAS_PYTHON_PATH=str(ROOT), RETICULATE_PYTHON=sys.executable, LC_ALL="C.UTF-8"
        )
        rinterface.initr()
        atexit.unregister(embedded.endr)  # runs R's finalizers without Python's lock
        self._r = ctypes.PyDLL(os.path.join(rpy2.situation.get_r_home(), "lib", "libR.so"))
        for name, arguments in _POINTERS.items():
            getattr(self._r, name).restype, getattr(self._r, name).argtypes = _POINTER, arguments
        self._r.R_CHAR.restype, self._r.R_CHAR.argtypes = ctypes.c_char_p, [_POINTER]
        self._environment = _POINTER.in_dll(self._r, "R_GlobalEnv")
        start = self._r.Rf_protect(self._r.Rf_lang2(self._r.Rf_install(b"str2lang"), self._r.Rf_mkString(_START)))
        self._evaluate(self._r.Rf_protect(self._evaluate(start)))
        self("library(rkeras)")

    def __call__(self, code):
        """The value of R code, as reticulate makes it Python's."""
        text = self._r.Rf_protect(self._r.Rf_mkString(code.encode()))
        message = self._evaluate(self._r.Rf_protect(self._r.Rf_lang2(self._r.Rf_install(b".run"), text)))
        self._r.Rf_unprotect(2)
        said = self._r.R_CHAR(self._r.STRING_ELT(message, 0)).decode()
        if said:
            raise RError(said)
        return kept.pop()

    def refusal(self, code):
        """The message with which R code stops, or None."""
        try:
            self(code)
        except RError as error:
            return str(error)
        return None

    def refusals(self, codes):
        """The message with which each piece of R code stops, or None; much faster than one by one."""
        return list(self(f"list({', '.join(f'.refusal({code})' for code in codes)})")) if codes else []

    def _evaluate(self, call):
        failed = ctypes.c_int(0)
        value = self._r.R_tryEval(call, self._environment, ctypes.byref(failed))
        assert not failed.value, "R stopped outside tryCatch()"
        return value


if __name__ == "__main__":
    # `python embedded_r.py script.R`: the script, in a process that is Python's.
    import embedded_r  # the module that R imports, too

    embedded_r.R()(f'{{sys.source("{sys.argv[1]}", new.env()); NULL}}')
    leave(0)
