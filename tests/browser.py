"""Opens pages in headless Chromium, through chromedriver, and checks what a reader meets.

    tests/browser.py DIRECTORY FAULTS PAGE...

Each PAGE is a file of HTML; pictures of it go to DIRECTORY.  FAULTS is a page on which
every check has to find something, or it would not find it elsewhere.  Prints a line for each
check, in the form of the other tests, and exits with 1 when one fails.  Needs nothing
but Python's own library, chromium and chromedriver.
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

PHONE, DESK = 390, 1280  # columns of pixels
PAPER = 794  # A4 at 96 dots an inch
SECONDS = 120  # a busy machine starts a browser slowly
NAMED = {"link", "button", "image", "img", "region", "navigation", "heading", "table",
         "DisclosureTriangle", "columnheader", "rowheader"}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--force-color-profile=srgb"]
LOOK = (pathlib.Path(__file__).parent / "browser.js").read_text(encoding="utf-8")


class Browser:
    """One session of WebDriver, and its browser."""

    def __init__(self, scratch):
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0", "--log-level=WARNING"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            found = re.search(r"successfully on port (\d+)", line)
            if found:
                self.base = f"http://127.0.0.1:{found[1]}"
                break
        else:
            raise OSError("chromedriver did not start")
        options = {"args": ARGUMENTS + [f"--user-data-dir={scratch}/profile"]}
        self.base += "/session/" + self.call("POST", "/session", {
            "capabilities": {"alwaysMatch": {
                "browserName": "chrome",
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            }}})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data, {"Content-Type": "application/json"}, method=method)
        # No proxy of the environment's is in the way of this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def command(self, name, **parameters):
        return self.call("POST", "/goog/cdp/execute",
                         {"cmd": name, "params": parameters})

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def look(self, check):
        return self.call("POST", "/execute/sync", {"script": LOOK, "args": [check]})

    def show(self, width, scheme="light", media="screen"):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900,
                     deviceScaleFactor=1, mobile=width == PHONE)
        self.command("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        data = self.command("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(data["data"]))

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def requests(browser):
    """What the browser asked for since the last time."""
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


def unnamed(browser):
    """What has no name in the tree that the browser gives to a screen reader."""
    for node in browser.command("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if not node.get("ignored") and role in NAMED and \
                not node.get("name", {}).get("value", "").strip():
            yield f"a {role} without a name"


def printed(browser, picture):
    """Whether a page of paper comes out, and what is on it can be read."""
    browser.show(PAPER, "dark", "print")
    browser.picture(picture)
    paper = base64.b64decode(browser.call("POST", "/print", {}))
    faults = browser.look("contrast") + browser.look("overflow")
    if not paper.startswith(b"%PDF"):
        faults.append("no paper came out")
    return faults


def open_page(browser, page):
    browser.show(DESK)
    list(requests(browser))
    browser.log("browser")
    browser.call("POST", "/url", {"url": page.as_uri()})


def check_page(browser, page, pictures):
    """Pairs of a check's name and the list of faults it found."""
    open_page(browser, page)
    for scheme in ("light", "dark"):
        for width in (DESK, PHONE):
            browser.show(width, scheme)
            browser.picture(pictures / f"{page.stem}-{width}-{scheme}.png")
            yield f"nothing_sticks_out_at_{width}_{scheme}", browser.look("overflow")
            yield f"charts_can_be_seen_at_{width}_{scheme}", browser.look("charts")
    yield "it_can_be_printed", printed(
        browser, pictures / f"{page.stem}-print.png")
    browser.look("open")
    for scheme in ("light", "dark"):
        browser.show(PHONE, scheme)
        yield f"all_text_has_contrast_in_{scheme}", browser.look("contrast")
    yield "opened_details_stick_out_nowhere", browser.look("overflow")
    yield "the_document_is_in_order", browser.look("document")
    yield "everything_has_a_name", list(unnamed(browser))
    yield "the_console_is_empty", [e["message"] for e in browser.log("browser")]
    yield "nothing_is_loaded", browser.look("network") + [
        url for url in requests(browser) if url != page.as_uri()]
    yield "the_policy_holds", browser.look("policy")


def judge(browser, page, pictures, at_fault):
    """Print what became of each check; returns how many came out as they should."""
    passed = failed = 0
    for name, faults in check_page(browser, page.resolve(), pictures):
        ok = bool(faults) == at_fault
        print(f"[{'       OK ' if ok else '  FAILED  '}] {page.stem}: {name}")
        if not ok:
            print("\n".join(f"    {f}" for f in faults[:20]) or "    found nothing")
        passed, failed = passed + ok, failed + (not ok)
    return passed, failed


def main():
    pictures = pathlib.Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        browser = Browser(scratch)
        try:
            for page in map(pathlib.Path, sys.argv[2:]):
                counts = judge(browser, page, pictures, str(page) == sys.argv[2])
                passed, failed = passed + counts[0], failed + counts[1]
        finally:
            browser.close()
    print(f"[  PASSED  ] {passed} test(s).")
    if failed:
        print(f"[  FAILED  ] {failed} test(s).")
    return failed > 0


if __name__ == "__main__":
    os.environ.pop("DISPLAY", None)
    sys.exit(main())
