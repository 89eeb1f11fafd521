"""Each function does the same in R and in Python, and in another R process; see behaviour/README.md."""

import os
import subprocess
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import embedded_r
import numpy as np
import pytest
import signatures
import test_expressions
import test_formals
import test_programs

pytestmark = pytest.mark.r

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WITNESS = os.environ.get("RKERAS_WITNESS", "rkeras")
_MADE_ALIKE = "test_applications.py; made as others are, that have a line in expressions/applications.txt"
# Shown elsewhere.
ELSEWHERE = {
    **dict.fromkeys(
        [
            *("dataset_cifar10", "dataset_cifar100", "dataset_fashion_mnist", "dataset_reuters"),
            *("dataset_imdb_word_index", "dataset_reuters_word_index"),
        ],
        "test-data.R and test_data.py, with small files",
    ),
    **dict.fromkeys([name for name in signatures.FUNCTIONS if name.startswith("application_")], _MADE_ALIKE),
    **dict.fromkeys(
        ["imagenet_decode_predictions", "mobilenet_decode_predictions", "mobilenet_v2_decode_predictions"],
        "test-models.R and test_applications.py, with names of their own",
    ),
    **dict.fromkeys(
        ["mobilenet_load_model_hdf5", "mobilenet_v2_load_model_hdf5"], "test-models.R and test_applications.py"
    ),
    "dataset_boston_housing": "test-models.R and test_data.py, with small files",
    "dataset_imdb": "test-models.R and test_data.py, with small files",
    "dataset_mnist": "test-models.R and test_data.py, with small files",
    "install_keras": "test-install.R",
    "layer_dense_features": "refused; test-layers.R",
}
# What R's own keras has not got.
OURS = set(test_formals.OURS)
SAID = test_expressions.SAID | test_programs.SAID
FUNCTIONS = [name for name in signatures.FUNCTIONS if name not in {*ELSEWHERE, *SAID}]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that writes down what is posted to it."""
    posts = tmp_path_factory.mktemp("server") / "posts.txt"

    class Write(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with posts.open("a") as lines:
                print(self.path, body, file=lines)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Write) as http, pytest.MonkeyPatch.context() as patch:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        patch.setenv("RKERAS_MONITOR", f"http://127.0.0.1:{http.server_port}")
        patch.setenv("RKERAS_POSTS", str(posts))
        yield posts
        http.shutdown()


@pytest.fixture(scope="module")
def in_python(server, tmp_path_factory):
    """What the Python scripts come to."""
    results = {}

    def behaviour(name):
        def keep(code):
            try:
                results[name] = code()
            except Exception as error:  # as in behaviour.R; the test of this function fails with it
                results[name] = f"stopped: {error}"

        return keep

    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*has begun to compute")  # R is in this process as well
        patch.chdir(tmp_path_factory.mktemp("Python"))
        for script in ("models.py", "callbacks.py", "data.py"):
            exec((HERE / "behaviour" / script).read_text("utf-8"), {"behaviour": behaviour})
    return results


@pytest.fixture(scope="module")
def in_r(r, server, tmp_path_factory):
    """What the R scripts come to, in this process; the results stay in R as `.results`."""
    server.unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("R"))
        r(f'source("{HERE}/behaviour/behaviour.R")')
        r(f'Sys.setenv(RKERAS_MONITOR = "{os.environ["RKERAS_MONITOR"]}", RKERAS_POSTS = "{server}")')
        return r(f'.results <- behaviours("{HERE}/behaviour")')


@pytest.fixture(scope="module")
def witness(in_r, r, server, tmp_path_factory):
    """What the R scripts come to in a process of its own, with another package: a line for each function."""
    server.unlink(missing_ok=True)
    folder = tmp_path_factory.mktemp("witness")
    r(f'saveRDS(.results, "{folder}/results.rds")')
    ended = subprocess.run(
        ["Rscript", HERE / "witness.R", WITNESS, "results.rds"],
        cwd=folder,
        env=embedded_r.environment(R_LIBS=str(ROOT / ".rlib"), RETICULATE_PYTHON=sys.executable),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return dict(line.rstrip("\t").split("\t", 1) for line in ended.stdout.splitlines() if "\t" in line)


def same(one, other):
    """Equal to the last bit; R has no scalars, and no tuples."""
    if isinstance(one, list | tuple) and any(isinstance(part, list | tuple | np.ndarray) for part in one):
        return len(one) == len(other) and all(map(same, one, other))
    one, other = np.ravel(one, order="F"), np.ravel(other, order="F")
    return one.shape == other.shape and bool(np.all(one == other))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_r_and_python(name, in_python, in_r, parity):
    assert not str(in_python[name]).startswith("stopped:"), in_python[name]
    assert same(in_python[name], in_r[name]), (in_python[name], in_r[name])
    parity(name, "behaves", "R and Python")


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if WITNESS == "rkeras" or name not in OURS])
def test_witness(name, witness):
    assert witness[name] == "equal"
