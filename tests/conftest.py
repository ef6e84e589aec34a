"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--approve``: what the golden build and the tutorial give now is what they should give."""
    parser.addoption("--approve", action="store_true", help="accept what comes out now")
