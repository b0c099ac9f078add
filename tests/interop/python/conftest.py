"""Every story runs on both databases, against a server of its file's own."""

import pytest

from frontdesk_server import Desk, Server, engines


@pytest.fixture(scope="module", params=engines())
def server(request):
    with Server(request.param) as server:
        yield server


@pytest.fixture(scope="module")
def desk(server):
    return Desk(server, "Acme")
