"""Services of others as the server meets them, on the loopback; and a client of its hooks."""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Whoever is called here is on this machine.
OPEN = {"FRONTDESK_OUTGOING_ALLOW": "127.0.0.0/8", "FRONTDESK_PUBLIC_URL": "https://desk.test"}


@contextmanager
def service(answer):
    """Serves; `answer` gets the path, the headers and the bytes of a request and gives a status and JSON."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            status, said = answer(self.path, self.headers, body)
            said = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = answer

        def log_message(self, *_):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def post(url, body, headers):
    """The status that a request is answered with."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def form(fields):
    """Fields as they are posted."""
    return urllib.parse.urlencode(fields).encode()


def eventually(condition):
    """What the condition gives, once it gives something. A story that waits for ever is ended by its runner."""
    while not (found := condition()):
        time.sleep(0.05)
    return found
