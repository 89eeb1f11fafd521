"""What is installed and what does not fit."""

import subprocess
import sys

import pytest

from rkeras_py.installation import doctor

GOOD = {"python": "3.11.7", "keras": "3.15.1", "tensorflow": "2.21.0", "jax": "0.10.2", "numpy": "1.26.4"}


def test_all_fits():
    assert doctor.problems(GOOD, "tensorflow", "1.28") == []
    assert doctor.problems(GOOD | {"numpy": "2.4.6"}, "jax", "1.41.0") == []


@pytest.mark.parametrize(
    ("found", "backend", "reticulate", "words"),
    [
        ({"numpy": "2.4.6"}, "tensorflow", "1.28", 'update reticulate to 1.38 or newer, or pip install "numpy<2"'),
        ({"keras": "2.15.0"}, "tensorflow", "", "Keras 2.15.0 is too old: pip install --upgrade keras"),
        ({"keras": ""}, "tensorflow", "", "Keras is not installed: pip install keras, or install_rkeras() in R"),
        ({"tensorflow": ""}, "tensorflow", "", "The backend of Keras is tensorflow, which is not installed"),
        ({"tensorflow": ""}, "jax", "", "callback_tensorboard() writes with TensorFlow"),
        ({"python": "3.10.2"}, "tensorflow", "", "Python 3.10.2 is too old"),
    ],
)
def test_what_does_not_fit_is_said_with_how_to_mend_it(found, backend, reticulate, words):
    said = doctor.problems(GOOD | found, backend, reticulate)
    assert len(said) == 1
    assert words in said[0]


def test_a_setting_for_keras_2_is_found(monkeypatch):
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    assert "unset it" in doctor.problems(GOOD, "tensorflow")[0]


def test_the_command_says_it_all_without_loading_keras():
    code = (
        "import sys; sys.argv[1:] = ['doctor']; import rkeras_py.__main__ as m; m.main(); print('keras' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = result.stdout.splitlines()
    assert {line.split()[0] for line in lines} >= {"python", "keras", "numpy", "backend", "reticulate"}
    assert lines[-1] == "False"
