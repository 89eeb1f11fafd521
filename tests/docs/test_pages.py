"""The documentation as it was built: `make site`. Pages are opened in Chromium."""

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chromium import chromium

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
VIGNETTES = ROOT / "vignettes"
EVERY_PAGE = sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if path.stem != "404")
# Those of the reference come from one template: some of them, of each language and section.
REFERENCE = [page for page in EVERY_PAGE if "reference/" in page]
PAGES = sorted({*EVERY_PAGE} - {*REFERENCE}) + REFERENCE[::20]
TOPICS = sorted(path.stem for path in VIGNETTES.glob("*.Rmd"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Says nothing of requests."""


@pytest.fixture(scope="module")
def address():
    handler = functools.partial(Quiet, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def tab():
    """A tab of Chromium that notes what goes wrong, and what is asked of other machines."""
    with chromium() as browser:
        tab = browser.new_page()
        tab.problems = []
        tab.on("console", lambda message: tab.problems.append(message.text) if is_error(message) else None)
        tab.on("pageerror", lambda error: tab.problems.append(str(error)))
        tab.on("response", lambda response: tab.problems.append(response.url) if is_missing(response) else None)
        tab.on("request", lambda request: tab.problems.append(request.url) if elsewhere(request.url) else None)
        yield tab


def is_error(message):
    return message.type == "error" and not message.text.startswith("Failed to load resource")  # which is_missing() sees


def is_missing(response):
    # The theme looks for a site map beside each page, and does without.
    return response.status >= 400 and not response.url.endswith("/sitemap.xml")


def elsewhere(url):
    return not re.match(r"(file:///|data:|blob:|about:|http://127\.0\.0\.1:)", url)


def opened(tab, url):
    tab.problems.clear()
    tab.goto(url)
    broken = "images => images.filter(image => !image.complete || !image.naturalWidth).map(image => image.src)"
    return [*tab.problems, *tab.eval_on_selector_all("img:not([loading])", broken)]


def chunks(name):
    """The headers of the chunks that are shown."""
    headers = re.findall(r"^```\{(.*)\}$", (VIGNETTES / f"{name}.Rmd").read_text("utf-8"), re.MULTILINE)
    return [header for header in headers if not re.search(r"(include|echo) = FALSE", header)]


def test_there_is_a_site_in_both_languages():
    assert "index.html" in PAGES
    assert "zh/index.html" in PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens(address, tab, page):
    assert opened(tab, f"{address}/{page}") == []


@pytest.mark.parametrize("name", TOPICS)
def test_a_vignette_has_its_output(tab, name):
    assert opened(tab, (ROOT / "build" / "vignettes" / f"{name}.html").as_uri()) == []
    shown = chunks(name)
    assert tab.locator("pre.r, pre.python, pre.sh").count() >= len(shown)
    output = tab.locator("pre:not([class])").all_text_contents()
    assert output, "no chunk has any output"
    errors = [text for text in output if re.match(r"#> Error", text)]
    assert len(errors) == sum("error = TRUE" in header for header in shown)
    assert not [text for text in output if "Traceback (most recent call last)" in text]
    drawn = [header for header in shown if "fig." in header]
    assert tab.locator("img").count() >= len(drawn)


@pytest.mark.parametrize(("start", "words", "found"), [("", "patience", "early"), ("zh/", "断点续训", "断点续训")])
def test_the_search_finds(address, tab, start, words, found):
    tab.goto(f"{address}/{start}index.html")
    tab.locator(".md-search__input").fill(words)
    tab.wait_for_selector(".md-search-result__link")
    assert found in tab.locator(".md-search-result__list").inner_text().lower().replace("\u200b", "")
