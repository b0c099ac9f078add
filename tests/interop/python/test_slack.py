"""Slack's own library signs what is posted to us, and its models check what we show."""

import json
import time

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.metadata import Metadata
from slack_sdk.signature import SignatureVerifier

from frontdesk_server import Desk, Server, engines
from outside import OPEN, eventually, form, post, service

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Workspace:
    """Takes messages, knows everybody, and keeps what was said."""

    def __init__(self):
        self.posted, self.changed, self.answers = [], [], []

    def __call__(self, path, headers, body):
        if path == "/answers":
            self.answers.append(json.loads(body))
            return 200, {}
        assert headers["authorization"] == "Bearer xoxb-1"
        if path == "/api/chat.postMessage":
            self.posted.append({**json.loads(body), "ts": f"1795000100.{len(self.posted):06}"})
            return 200, {"ok": True, "channel": self.posted[-1]["channel"], "ts": self.posted[-1]["ts"]}
        if path == "/api/chat.update":
            self.changed.append(json.loads(body))
            return 200, {"ok": True}
        if path.startswith("/api/users.info"):
            profile = {"display_name": "grace", "email": "admin@acme.test"}
            return 200, {"ok": True, "user": {"profile": profile, "is_email_confirmed": True}}
        if path.startswith("/api/conversations.info"):
            return 200, {"ok": True, "channel": {"name": "shared"}}
        return 200, {"ok": True, "messages": [], "channels": [], "team_id": "T1"}


def checked(message):
    """The blocks of a message, after Slack's library has looked at them."""
    blocks = Block.parse_all(message.get("blocks", []))
    for block, raw in zip(blocks, message.get("blocks", []), strict=True):
        block.validate_json()
        assert block.to_dict()["type"] == raw["type"]
    return blocks


@pytest.mark.parametrize("engine", engines())
def test_what_slacks_library_signs_is_believed_and_what_we_show_is_as_it_should_be(engine):
    slack = Workspace()
    with Server(engine, **OPEN) as server, service(slack) as url:
        desk = Desk(server, "Acme")
        settings = {"team_id": "T1", "base_url": f"{url}/api", "seat": {"channel": "C0TEAM"}}
        connection = desk.connect("slack", settings, {"bot_token": "xoxb-1", "signing_secret": SECRET})
        hook = f"{server.url}/api/hooks/{connection}"

        def posted(body, kind, secret=SECRET, moment=None):
            moment = moment or str(int(time.time()))
            signature = SignatureVerifier(secret).generate_signature(timestamp=moment, body=body)
            signed = {"x-slack-request-timestamp": moment, "x-slack-signature": signature}
            return post(hook, body, {"content-type": kind, **signed})

        event = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "team": "T2"}
        event |= {"text": "Grüße", "ts": "1795000000.000100"}
        said = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
        body = json.dumps(said, ensure_ascii=False).encode()
        assert posted(body, "application/json", secret="another secret of theirs") == 403
        assert posted(body, "application/json", moment=str(int(time.time()) - 301)) == 403
        assert posted(body, "application/json") == 200
        eventually(lambda: len(slack.posted) == 2)
        root, told = slack.posted
        assert [block.type for block in checked(root)] == ["section", "section", "context", "actions"]
        assert checked(told) == []
        assert Metadata(**told["metadata"]).event_payload["id"]
        (talk,) = desk.conversations()
        desk.ask("POST", "/api/v1/drafts", {"draft": {"conversation_id": talk["id"], "body": "x & y\n" * 2000}})
        eventually(lambda: len(slack.posted) == 3)
        draft = checked(slack.posted[2])
        press = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": "U4", "team_id": "T1"},
            "response_url": f"{url}/answers",
            "actions": [{**draft[-1].elements[1].to_dict(), "action_ts": "1.1"}],
        }
        kind = "application/x-www-form-urlencoded"
        assert posted(form({"payload": json.dumps(press)}), kind, secret="another secret of theirs") == 403
        assert posted(form({"payload": json.dumps(press)}), kind) == 200
        eventually(lambda: slack.changed)
        assert checked(slack.changed[0])[-1].type == "context"
        command = {"command": "/frontdesk", "text": "help", "team_id": "T1", "user_id": "U4"}
        command |= {"trigger_id": "1", "response_url": f"{url}/answers"}
        assert posted(form(command), kind) == 200
        eventually(lambda: slack.answers)
        assert slack.answers[0]["response_type"] == "ephemeral"
