"""The real server program on a temporary data folder, and its desk over REST."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

PASSWORD = "correct horse battery"
_databases = count(1)


def engines():
    """SQLite always; PostgreSQL where TEST_POSTGRES_URL names a server."""
    return ["SQLite", "PostgreSQL"] if "TEST_POSTGRES_URL" in os.environ else ["SQLite"]


def _administer(statement):
    with psycopg.connect(os.environ["TEST_POSTGRES_URL"], autocommit=True) as connection:
        connection.execute(statement)


class Server:
    """A server on an empty database. It stops, and leaves nothing, at the end of `with`."""

    def __init__(self, engine, **settings):
        self.settings = settings
        self.database = None
        if engine == "PostgreSQL":
            self.database = f"interop_python_{os.getpid()}_{next(_databases)}"
        self.child = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-interop-"))
        if self.database:
            _administer(f"CREATE DATABASE {self.database}")
        try:
            self.serve("127.0.0.1:0")
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self.child.kill()
            self.child.wait()
            self._remove()

    def serve(self, listen):
        """Starts the program and waits until it says where it listens."""
        log = open(self.folder / "log", "ab")
        self.child = subprocess.Popen(
            [os.environ["FRONTDESK_SERVER_BIN"], "serve", "--listen", listen, "--log-level", "warn"]
            + ["--data", str(self.folder / "data")]
            + self._database_flags(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={"FRONTDESK_REGISTRATION": "open", **self.settings},
            text=True,
        )
        log.close()
        line = self.child.stdout.readline()
        if not line.startswith("listening on http://"):
            raise RuntimeError(f"the server did not start:\n{self.log()}")
        self.address = line.strip().removeprefix("listening on http://")
        self.url = f"http://{self.address}"
        self.socket_url = f"ws://{self.address}/socket/websocket"

    def _database_flags(self):
        if not self.database:
            return []
        address = urlsplit(os.environ["TEST_POSTGRES_URL"])._replace(path=f"/{self.database}")
        return ["--database", urlunsplit(address)]

    def log(self):
        """What the program logged."""
        return (self.folder / "log").read_text()

    def stop(self):
        """Ends the program as an operator does."""
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait()
        self.child.stdout.close()
        if code != 0:
            raise RuntimeError(f"the server ended with {code}:\n{self.log()}")

    def restart(self):
        """Stops it and starts it again where it was."""
        self.stop()
        self.serve(self.address)

    def _remove(self):
        if self.database:
            _administer(f"DROP DATABASE {self.database} WITH (FORCE)")
        shutil.rmtree(self.folder)


class Desk:
    """A company and its signed-in admin."""

    def __init__(self, server, name):
        self.server = server
        self.token = None
        email = f"admin@{name.lower()}.test"
        user = {"company_name": name, "email": email, "password": PASSWORD}
        self.ask("POST", "/api/registration", {"user": {**user, "password_confirmation": PASSWORD}})
        session = self.ask("POST", "/api/session", {"user": {"email": email, "password": PASSWORD}})
        self.token = session["token"]
        self.user_id = session["user_id"]
        self.account_id = session["account_id"]
        self.notification = f"notification:{self.account_id}"

    def ask(self, method, path, body=None):
        """The `data` of the answer to a request that must succeed."""
        request = urllib.request.Request(self.server.url + path, method=method)
        request.add_header("content-type", "application/json")
        if self.token:
            request.add_header("authorization", self.token)
        content = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, content) as response:
            return json.load(response)["data"]

    def connect(self, kind, settings, secrets):
        """A connection of the desk's first inbox; its id."""
        inbox = self.ask("GET", "/api/inboxes")[0]["id"]
        named = {"name": kind, "kind": kind, "inbox_id": inbox, "settings": settings, "secrets": secrets}
        return self.ask("POST", "/api/v1/connections", {"connection": named})["id"]

    def conversations(self):
        """All conversations with their messages."""
        return self.ask("GET", "/api/conversations")

    def conversation(self, body="Where is my order?"):
        """A customer's thread with this first message: the conversation's and the customer's id."""
        customer = self.ask("POST", "/api/customers", {"customer": {"account_id": self.account_id}})
        message = {"customer_id": customer["id"], "body": body}
        started = self.ask("POST", "/api/conversations", {"conversation": {"customer_id": customer["id"]}})
        self.ask("POST", "/api/messages", {"message": {**message, "conversation_id": started["id"]}})
        return started["id"], customer["id"]

    def reply(self, conversation_id, body):
        """The agent's reply."""
        return self.ask("POST", "/api/messages", {"message": {"conversation_id": conversation_id, "body": body}})
