"""A service that speaks S3, with a bucket `desk`, on a free port of the loopback.

moto keeps the objects. Before it stands a check of every signature: botocore computes it anew from
the request and the secret, and what differs by a letter is refused, as AWS refuses it. Whatever
lies below `/-/` is for tests: it reads objects without a signature.

    service.py KEY SECRET REGION
"""

import hmac
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
from werkzeug.test import Client

KEY, SECRET, REGION = sys.argv[1:4]

# By this moto finds out that S3 is meant; it looks at nothing else of it.
MEANT_FOR_S3 = f"AWS4-HMAC-SHA256 Credential=tests/20260101/{REGION}/s3/aws4_request"

INSPECTION = "/-/"


class Checked:
    """Lets signed requests through to the service."""

    def __init__(self, service):
        self.service = service

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith(INSPECTION):
            inside = "/" + environ["PATH_INFO"].removeprefix(INSPECTION)
            environ |= {
                "PATH_INFO": inside,
                "RAW_URI": inside,
                "REQUEST_URI": inside,
                "HTTP_AUTHORIZATION": MEANT_FOR_S3,
            }
        elif problem := refusal(environ):
            body = f"<Error><Code>{problem}</Code></Error>".encode()
            start_response("403 Forbidden", [("content-type", "application/xml")])
            return [body]
        return self.service(environ, start_response)


def refusal(environ):
    """Why a request is not let in; nothing where it is."""
    raw = environ["RAW_URI"]
    path, _, query = raw.partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True))
    date = said.get("X-Amz-Date", "")
    scope = f"{KEY}/{date[:8]}/{REGION}/s3/aws4_request"
    if said.get("X-Amz-Credential") != scope:
        return "InvalidAccessKeyId"
    if said.get("X-Amz-SignedHeaders") != "host":
        return "AccessDenied"
    signed_at = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    until = signed_at + timedelta(seconds=int(said["X-Amz-Expires"]))
    now = datetime.now(timezone.utc)
    if not signed_at - timedelta(minutes=15) <= now <= until:
        return "RequestTimeTooSkewed"
    rest = "&".join(
        part for part in query.split("&") if not part.startswith("X-Amz-Signature=")
    )
    url = f"http://{environ['HTTP_HOST']}{path}?{rest}"
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url)
    request.context["timestamp"] = date
    auth = S3SigV4QueryAuth(Credentials(KEY, SECRET), "s3", REGION)
    text = auth.string_to_sign(request, auth.canonical_request(request))
    wanted = auth.signature(text, request)
    is_right = hmac.compare_digest(wanted, said.get("X-Amz-Signature", ""))
    return None if is_right else "SignatureDoesNotMatch"


def main():
    service = DomainDispatcherApplication(create_backend_app)
    made = Client(service).put("/desk", headers={"Authorization": MEANT_FOR_S3})
    assert made.status_code == 200, made.data
    server = make_server("127.0.0.1", 0, Checked(service), threaded=True)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
