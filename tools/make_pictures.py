"""Makes the pictures of the README: `tools/make_pictures.py`, with Chromium installed.

What they show is what the README's own script gives, and the monitor's page after two trainings.
"""

import re
import shutil
import tempfile
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import sync_playwright

import rkeras_py as rk

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
LANGUAGES = {"": ("en", "en-GB"), ".zh-CN": ("zh", "zh-CN")}


def main() -> None:
    """Writes the pictures, in English and Chinese."""
    script = re.search(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    if script is None:
        raise SystemExit("README.md has no script")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("vignettes").symlink_to(ROOT / "vignettes")
        variables: dict[str, object] = {}
        exec(script[1], variables)
    for ending, (language, _) in LANGUAGES.items():
        variables["history"].plot(language=language).savefig(PICTURES / f"history{ending}.png", dpi=110)
    watch(variables["x"], variables["y"])


def watch(x: object, y: object) -> None:
    """Two trainings on the page of the monitor."""
    with rk.monitor_server(port=0) as server, sync_playwright() as playwright:
        for name, rate in (("lr 0.01", 0.01), ("lr 0.001", 0.001)):
            rk.use_session_with_seed(7, quiet=True)
            model = rk.keras_model_sequential()
            rk.layer_dense(model, units=100, activation="relu", input_shape=2)
            rk.layer_dense(model, units=1, activation="sigmoid")
            rk.compile(model, rk.optimizer_adam(lr=rate), "binary_crossentropy", metrics="accuracy")
            monitor = rk.callback_remote_monitor(server.url, headers={"X-Run": name})
            rk.fit(model, x, y, epochs=60, validation_split=0.3, verbose=0, callbacks=monitor)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for ending, (_, locale) in LANGUAGES.items():
            page = browser.new_page(locale=locale, viewport={"width": 1000, "height": 380})
            page.goto(server.url)
            page.wait_for_selector("figure svg")
            page.screenshot(path=PICTURES / f"monitor{ending}.png")
        browser.close()


if __name__ == "__main__":
    main()
