"""Says in the last lines of a run what was not run, so that no gap passes for a success."""

from collections import Counter
from collections.abc import Generator
from typing import NoReturn

import pytest


def not_run(what: str, why: str) -> NoReturn:
    """End the test, or the fixture of many: `not_run("matrix-js-sdk", "npm is missing")`."""
    pytest.skip(f"{what}: {why}", allow_module_level=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> Generator[None, None, None]:
    """The outermost wrapper speaks last, after pytest's own summary."""
    yield
    reasons = Counter(_reason(report) for report in terminalreporter.getreports("skipped"))
    if reasons:
        terminalreporter.section("not run", yellow=True)
    for reason, tests in reasons.items():
        terminalreporter.line(f"{reason} ({tests} {'test' if tests == 1 else 'tests'})")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    assert isinstance(report.longrepr, tuple)
    return report.longrepr[2].removeprefix("Skipped: ")
