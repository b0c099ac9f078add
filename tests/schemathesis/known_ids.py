"""The ids that the example desk has, by the name of the field that refers to them."""

import json
import os
import zlib

VARIABLE = "FRONTDESK_KNOWN_IDS"
# Lists of things, and how other things' fields refer to one of them.
NOUNS = {
    "browser_sessions": ["browser_session_id"],
    "canned_responses": ["canned_response_id"],
    "companies": ["company_id"],
    "conversations": ["conversation_id"],
    "customers": ["customer_id"],
    "event_subscriptions": ["event_subscription_id"],
    "forwarding_addresses": ["forwarding_address_id"],
    "inboxes": ["inbox_id"],
    "issues": ["issue_id"],
    "messages": ["message_id"],
    "notes": ["note_id"],
    "personal_api_keys": ["personal_api_key_id"],
    "tags": ["tag_id"],
    "users": ["user_id", "assignee_id"],
    "v1/drafts": ["draft_id"],
}


def collect(server, token):
    """Asks the server for what it has; routes that do not list are passed over."""
    paths = server.document()["paths"]
    known = {"account_id": [server.account_id]}
    for noun, fields in NOUNS.items():
        if "get" in paths.get(f"/api/{noun}", {}):
            rows = server.ask("GET", f"/api/{noun}", token)
            for field in fields:
                known[field] = [row["id"] for row in rows]
    return known


def load():
    """What `collect` found, in the process that asks the questions."""
    return json.loads(os.environ[VARIABLE])


def in_path(path):
    """The field that `{id}` in a path stands for."""
    noun = path.split("/{id}")[0].removeprefix("/api/").removeprefix("v1/")
    fields = NOUNS.get(noun) or NOUNS.get(f"v1/{noun}") or [None]
    return fields[0]


def choose(known, field, generated):
    """Mostly a known id in place of a generated one; always the same for the same."""
    ids = known.get(field)
    number = zlib.crc32(repr((field, generated)).encode("utf-8", "surrogatepass"))
    if not ids or number % 4 == 0:
        return generated
    return ids[number // 4 % len(ids)]
