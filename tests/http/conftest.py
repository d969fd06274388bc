"""Gives the tests of the web server an address to listen on."""

import socket

import pytest

from kaz_bot.config import HttpAddress


@pytest.fixture
def address() -> HttpAddress:
    """A port on loopback that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return HttpAddress("127.0.0.1", taken.getsockname()[1])
