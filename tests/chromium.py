"""The browser that pages are tested in."""

import os
import shutil
from contextlib import contextmanager

import pytest


@contextmanager
def chromium():
    """A headless Chromium, driven by playwright. Without one a test is skipped, unless RKERAS_TEST_BROWSER is set."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None and "RKERAS_TEST_BROWSER" not in os.environ:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
