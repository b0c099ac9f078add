"""Twilio's own library signs what is posted to us, and reads what we post."""

from urllib.parse import parse_qs, urlparse

import pytest
from twilio.request_validator import RequestValidator

from frontdesk_server import Desk, Server, engines
from outside import OPEN, eventually, form, post, service

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a-token-of-twilio"
OURS, THEIRS = "+15557654321", "+15551234567"
KIND = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("engine", engines())
def test_what_twilios_library_signs_is_believed_and_what_we_send_is_a_message(engine):
    sent = []

    def twilio(path, headers, body):
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        sent.append(fields)
        return 201, {"sid": "SM" + "9" * 32, "status": "queued"}

    with Server(engine, **OPEN) as server, service(twilio) as url:
        desk = Desk(server, "Acme")
        settings = {"account_sid": ACCOUNT, "numbers": [OURS], "base_url": url}
        path = f"/api/hooks/{desk.connect('sms', settings, {'auth_token': TOKEN})}"
        signer = RequestValidator(TOKEN)

        def posted(fields, path=path, signer=signer):
            signature = signer.compute_signature(f"https://desk.test{path}", fields)
            return post(server.url + path, form(fields), {**KIND, "x-twilio-signature": signature})

        hello = {"AccountSid": ACCOUNT, "MessageSid": "SM1", "From": THEIRS, "To": OURS}
        hello |= {"Body": "Grüße & <b>?", "FromCity": "", "NumMedia": "0"}
        assert posted(hello, signer=RequestValidator("another")) == 403
        assert posted(hello) == 204
        assert posted(hello) == 204
        (talk,) = desk.conversations()
        assert [it["body"] for it in talk["messages"]] == ["Grüße & <b>?"]
        reply = desk.reply(talk["id"], "It is on its way")
        eventually(lambda: sent)
        assert (sent[0]["To"], sent[0]["From"], sent[0]["Body"]) == (THEIRS, OURS, "It is on its way")
        # The address of receipts is signed with its query.
        callback = urlparse(sent[0]["StatusCallback"])
        told = {"AccountSid": ACCOUNT, "MessageSid": "SM" + "9" * 32, "MessageStatus": "delivered"}
        assert posted(told, path=f"{callback.path}?{callback.query}") == 204
        shown = desk.ask("GET", f"/api/messages/{reply['id']}")
        assert shown["delivery_state"] == "delivered"
