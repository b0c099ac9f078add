"""PyPI's `phxsocket`: threads, the first frame format, and integers as references."""

from queue import Queue

import pytest
from phxsocket import Client
from phxsocket.channel import ChannelConnectError


@pytest.fixture
def connect(server):
    """Opens sockets and closes them when the story is over."""
    clients = []

    def open_one(**params):
        client = Client(server.socket_url, params)
        client.heartbeat_interval = 0.05
        client.closed = Queue()
        client.on_close = client.closed.put
        client.connect()
        clients.append(client)
        return client

    yield open_one
    for client in clients:
        if client._loop:
            client.close()


def listen(channel, event):
    """A queue of what comes."""
    heard = Queue()
    channel.on(event, heard.put)
    return heard


def wait_for(heard, body):
    """The message with this body; what was said before may still be on its way."""
    while True:
        message = heard.get()
        if message["body"] == body:
            return message


def test_an_agent_and_a_visitor_talk(connect, desk):
    conversation, customer = desk.conversation()
    office = connect(token=desk.token).channel(desk.notification)
    chat = connect().channel(f"conversation:{conversation}", {"customer_id": customer})
    in_office, in_chat = listen(office, "shout"), listen(chat, "shout")
    present = listen(chat, "presence_state")
    assert office.join() == {}
    assert chat.join() == {}
    assert list(present.get()) == [f"customer:{customer}"]

    assert chat.push("ping", {"n": [1]}, reply=True).wait_for_response() == {"status": "ok", "response": {"n": [1]}}
    chat.push("shout", {"body": "Hello", "customer_id": customer})
    assert wait_for(in_office, "Hello")["customer_id"] == customer
    note = {"conversation_id": conversation, "body": "VIP", "private": True}
    assert office.push("shout", note, reply=True).wait_for_response()["status"] == "ok"
    assert wait_for(in_office, "VIP")["private"] is True
    reply = {"conversation_id": conversation, "body": "Good day"}
    assert office.push("shout", reply, reply=True).wait_for_response()["status"] == "ok"
    wait_for(in_chat, "Hello")
    assert in_chat.get()["body"] == "Good day"


def test_a_visitor_is_refused_the_office(connect, desk):
    with pytest.raises(ChannelConnectError, match="Unauthorized"):
        connect().channel(desk.notification).join()


def test_a_bad_token_is_refused_at_the_door(connect):
    with pytest.raises(Exception, match="HTTP 403"):
        connect(token="not-a-token")


def test_after_leaving_it_hears_nothing(connect, desk):
    conversation, _ = desk.conversation()
    topic = f"conversation:{conversation}"
    witness = connect().channel(topic)
    seen = listen(witness, "shout")
    witness.join()
    channel = connect().channel(topic)
    heard = listen(channel, "shout")
    closed = Queue()
    channel.on_close = lambda: closed.put(True)
    channel.join()
    channel.push("phx_leave", {}, reply=True).wait_for_response()
    closed.get()
    while not heard.empty():
        heard.get()
    desk.reply(conversation, "Unheard.")
    wait_for(seen, "Unheard.")
    channel.join()
    desk.reply(conversation, "Heard.")
    assert heard.get()["body"] == "Heard."


def test_it_connects_again_after_a_restart(connect, desk, server):
    conversation, _ = desk.conversation()
    client = connect()
    channel = client.channel(f"conversation:{conversation}")
    heard = listen(channel, "shout")
    channel.join()
    server.restart()
    client.closed.get()
    client.set_params({}, server.socket_url)
    client.connect()
    channel.join()
    desk.reply(conversation, "After.")
    wait_for(heard, "After.")
