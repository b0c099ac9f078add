"""The channel of docs/CONNECTORS.md does what the page says, as a program of its own."""

import os
import pathlib
import re
import socket
import subprocess
import sys

import pytest

from frontdesk_server import Desk, Server, engines
from outside import OPEN, eventually, post

PAGE = pathlib.Path(__file__).parents[3] / "docs" / "CONNECTORS.md"
KEY, SECRET = "a-key-of-more-than-twenty-four-letters", "a-secret-of-more-than-twenty-four-letters"


def example():
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL).group(1)
    assert len(code.splitlines()) <= 60
    return code


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("engine", engines())
def test_the_example_brings_messages_and_takes_the_answers(engine, tmp_path):
    program = tmp_path / "channel.py"
    program.write_text(example(), encoding="utf-8")
    port = free_port()
    with Server(engine, **OPEN) as server:
        desk = Desk(server, "Acme")
        url = f"http://127.0.0.1:{port}"
        connection = desk.connect("custom", {"url": url}, {"key": KEY, "signing_secret": SECRET})
        told = {"DESK_HOOK": f"{server.url}/api/hooks/{connection}", "DESK_KEY": KEY, "DESK_SECRET": SECRET}
        child = subprocess.Popen(
            [sys.executable, program, str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **told},
            text=True,
        )
        with child:
            child.stdin.write("ada: Where is my order?\nada: Anybody?\n")
            child.stdin.flush()
            (talk,) = eventually(lambda: [it for it in desk.conversations() if len(it["messages"]) == 2])
            assert [it["body"] for it in talk["messages"]] == ["Where is my order?", "Anybody?"]
            reply = desk.reply(talk["id"], "On its way & <soon>")
            assert child.stdout.readline() == "to ada: On its way & <soon>\n"
            path = f"/api/messages/{reply['id']}"
            eventually(lambda: desk.ask("GET", path)["delivery_state"] == "delivered")
            # Who is not the desk has nothing to say.
            assert post(url, b'{"id": "1", "to": "ada", "text": "forged"}', {"webhook-id": "1"}) == 403
            child.stdin.close()
            assert child.wait() == 0
