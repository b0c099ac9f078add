"""The real server program on a temporary data folder, with the example desk in it."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

CONVERSATIONS = "60"


def engines():
    """SQLite always; PostgreSQL where TEST_POSTGRES_URL names a server."""
    return ["SQLite", "PostgreSQL"] if "TEST_POSTGRES_URL" in os.environ else ["SQLite"]


def _administer(statement):
    with psycopg.connect(os.environ["TEST_POSTGRES_URL"], autocommit=True) as connection:
        connection.execute(statement)


class Server:
    """A server with the example desk. It stops, and leaves nothing, at the end of `with`."""

    def __init__(self, engine):
        self.database = f"schemathesis_{os.getpid()}" if engine == "PostgreSQL" else None
        self.child = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-schemathesis-"))
        try:
            if self.database:
                _administer(f"CREATE DATABASE {self.database}")
            made = self._command("seed", "--conversations", CONVERSATIONS)
            self.account_id = re.search("account +(.+)", made).group(1)
            self.email, self.password = re.search("sign in with +(.+) (.+)", made).groups()
            self.key = self._personal_key()
            self._serve()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._stop()
        finally:
            self._remove()

    def sign_in(self):
        """A session token of the desk's admin."""
        user = {"email": self.email, "password": self.password}
        return self.ask("POST", "/api/session", None, {"user": user})["token"]

    def document(self):
        """The API description it serves."""
        with urllib.request.urlopen(f"{self.url}/api/openapi.json") as response:
            return json.load(response)

    def _personal_key(self):
        """A key of the desk's admin that may do all that the admin may."""
        whose = ("--account", self.account_id, "--user", self.email)
        made = self._command("key", "new", *whose, "--name", "schemathesis", "--scope", "admin")
        return made.split()[-1]

    def ask(self, method, path, token=None, body=None):
        """The `data` of the answer to a request that must succeed."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("content-type", "application/json")
        if token:
            request.add_header("authorization", token)
        content = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, content) as response:
            return json.load(response)["data"]

    def log(self):
        """What the program logged."""
        return (self.folder / "log").read_text()

    def _words(self, *command):
        words = [os.environ["FRONTDESK_SERVER_BIN"], *command, "--data", str(self.folder / "data")]
        if self.database:
            address = urlsplit(os.environ["TEST_POSTGRES_URL"])._replace(path=f"/{self.database}")
            words += ["--database", urlunsplit(address)]
        return words

    def _command(self, *command):
        done = subprocess.run(
            self._words(*command), stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def _serve(self):
        with open(self.folder / "log", "ab") as log:
            self.child = subprocess.Popen(
                self._words("serve", "--listen", "127.0.0.1:0", "--log-level", "warn"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={"FRONTDESK_REGISTRATION": "open"},
                text=True,
            )
        line = self.child.stdout.readline()
        if not line.startswith("listening on http://"):
            raise RuntimeError(f"the server did not start:\n{self.log()}")
        self.url = line.strip().removeprefix("listening on ")

    def _stop(self):
        """Ends the program as an operator does."""
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait()
        self.child.stdout.close()
        if code != 0:
            raise RuntimeError(f"the server ended with {code}:\n{self.log()}")

    def _remove(self):
        if self.child:
            self.child.kill()
            self.child.wait()
        if self.database:
            _administer(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        shutil.rmtree(self.folder)
