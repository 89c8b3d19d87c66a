"""Chromium as a reader has it, watched: what its console or its policy complains about is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

PATIENCE = 15_000
"""Milliseconds given to what must come: the machine may be busy with other tests."""
FEATURES_OFF = (
    # The suggestions under the address bar: a page of their own for each tab, which nobody sees
    # and which took more of the processor than the pages under test.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    # What Playwright turns off; the browser only hears the last list.
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP station.example 127.0.0.1",
    f"--disable-features={','.join(FEATURES_OFF)}",
)  # fmt: skip
"""The last but one lets a test call the server by a name that is not localhost."""
REPORT_POLICY = """addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`))"""


def find_chromium() -> str | None:
    """Find the browser of this machine; the one without windows first, which is lighter."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start a browser for the time of a block."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(SWITCHES))
        yield browser
        browser.close()


class Reader:
    """One person at one browser: a context whose complaints are collected."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        options = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 900}} | options
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.expected: list[str] = []
        """Parts of the complaints that the test provokes."""
        self.context.on("console", self.hear_console)
        self.context.on("weberror", lambda error: self.complain(f"script: {error.error}"))
        if options.get("java_script_enabled", True):
            self.context.add_init_script(REPORT_POLICY)

    def hear_console(self, message: ConsoleMessage) -> None:
        """Keep the warnings and errors of the console."""
        if message.type in {"error", "warning"}:
            self.complain(f"{message.type}: {message.text} ({message.location.get('url')})")

    def complain(self, complaint: str) -> None:
        """Keep a complaint that the test did not provoke."""
        if not any(part in complaint for part in self.expected):
            self.complaints.append(complaint)

    def page(self) -> Page:
        """Open a tab."""
        return self.context.new_page()

    def has_cookie(self, value: str) -> None:
        """Hold a session made beforehand."""
        self.context.add_cookies([{"name": "exemplarite", "value": value, "url": self.url}])

    def close(self) -> None:
        """Close the tabs; a complaint fails the test."""
        self.context.close()
        assert not self.complaints, self.complaints
