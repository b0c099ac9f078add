"""The server does what its API description says, whatever it is asked.

schemathesis makes up requests from `/api/openapi.json`, right and wrong ones, and holds every
answer against the description. `schemathesis.toml` says what it asks and what it must not.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import known_ids
from frontdesk_server import Server, engines

HERE = Path(__file__).parent


def each_engine():
    """The engines, each in a process of its own (`--dist loadgroup`), so that none waits for the other."""
    return [pytest.param(it, marks=pytest.mark.xdist_group(it)) for it in engines()]


@pytest.fixture(scope="module", params=each_engine())
def server(request):
    with Server(request.param) as server:
        yield server


def ask(server, *options):
    """Lets schemathesis ask; fails with its report, which has the commands to repeat it."""
    known = known_ids.collect(server, server.sign_in())
    words = [Path(sys.executable).with_name("schemathesis")]
    words += ["--config-file", HERE / "schemathesis.toml"]
    words += ["run", f"{server.url}/api/openapi.json", *options]
    done = subprocess.run(
        words,
        cwd=server.folder,
        env={**os.environ, "PYTHONPATH": str(HERE), known_ids.VARIABLE: json.dumps(known)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(done.stdout)
    if done.returncode != 0:
        pytest.fail(f"schemathesis found fault, see above\n{server.log()}", pytrace=False)


def test_with_a_session(server):
    token = server.sign_in()
    ask(server, "--exclude-path-regex", "^/api/v1/", "--header", f"Authorization: {token}")
    server.ask("GET", "/api/me", token)


def test_with_a_personal_key(server):
    bearer = f"Bearer {server.key}"
    ask(server, "--include-path-regex", "^/api/v1/", "--header", f"Authorization: {bearer}")
    server.ask("GET", "/api/v1/me", bearer)


def test_without_signing_in(server):
    ask(server, "--exclude-by", "/security/0/session == []")
