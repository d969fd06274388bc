"""The router as the package ships it, loaded once for all tests."""

import pytest

from kaz_bot.routing import Router


@pytest.fixture(scope="session")
def router() -> Router:
    return Router.shipped()
