"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--approve``: what the golden build gives now is what it should give."""
    parser.addoption("--approve", action="store_true", help="accept the golden build as it comes out now")
