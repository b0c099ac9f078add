"""PyPI's `phoenix-channels-python-client`: asyncio, both frame formats, and it comes back by itself."""

import asyncio

import pytest
from phoenix_channels_python_client import (
    PHXChannelsClient,
    PhoenixChannelsProtocolVersion,
    ReconnectPolicy,
)
from phoenix_channels_python_client.exceptions import PHXConnectionError, PHXTopicError

AT_ONCE = ReconnectPolicy(
    base_delay_s=0.05,
    service_restart_min_delay_s=0.05,
    service_restart_max_delay_s=0.1,
    rapid_first_min_delay_s=0.05,
    rapid_second_min_delay_s=0.05,
    rapid_cooldown_base_s=0.05,
    rapid_cooldown_step_s=0,
    rapid_cooldown_max_s=0.05,
)

both_formats = pytest.mark.parametrize("version", list(PhoenixChannelsProtocolVersion))


def client(server, query="", **options):
    """A client of this server. It sends an API key along, which the server does not look at."""
    url = f"{server.socket_url}{query}"
    return PHXChannelsClient(url, "ignored", reconnect_policy=AT_ONCE, **options)


async def listen(one, topic):
    """Joins; a queue of every message that comes."""
    heard = asyncio.Queue()
    await one.subscribe_to_topic(topic, heard.put)
    return heard


async def next_of(heard, event):
    """The payload of the next such event."""
    while True:
        message = await heard.get()
        if str(message.event) == event:
            return message.payload


def test_an_agent_hears_a_customer_also_after_a_restart(server, desk):
    """In the first format only: in the second this client drops every broadcast, because it takes
    their empty join reference for an old one."""

    async def story():
        version = PhoenixChannelsProtocolVersion.V1
        async with client(server, f"?token={desk.token}", protocol_version=version) as agent:
            heard = await listen(agent, desk.notification)
            await next_of(heard, "presence_state")
            before, _ = desk.conversation()
            assert (await next_of(heard, "shout"))["conversation_id"] == before
            await asyncio.to_thread(server.restart)
            await next_of(heard, "presence_state")
            after, _ = desk.conversation()
            assert (await next_of(heard, "shout"))["conversation_id"] == after

    asyncio.run(story())


@both_formats
def test_it_joins_again_after_a_restart_and_leaves(server, desk, version):
    async def story():
        key = f"user:{desk.user_id}"
        async with client(server, f"?token={desk.token}", protocol_version=version) as agent:
            heard = await listen(agent, desk.notification)
            assert list(await next_of(heard, "presence_state")) == [key]
            await asyncio.to_thread(server.restart)
            assert list(await next_of(heard, "presence_state")) == [key]
            await agent.unsubscribe_from_topic(desk.notification)
            assert not agent.is_topic_joined(desk.notification)

    asyncio.run(story())


@both_formats
def test_its_heartbeats_are_answered(server, version):
    async def story():
        answered = asyncio.Semaphore(0)
        options = {
            "protocol_version": version,
            "heartbeat_interval_s": 0.2,
            "on_heartbeat_ack": answered.release,
        }
        async with client(server, **options):
            for _ in range(3):
                await answered.acquire()

    asyncio.run(story())


@both_formats
def test_a_visitor_is_refused_the_office(server, desk, version):
    async def story():
        async with client(server, protocol_version=version) as visitor:
            with pytest.raises(PHXTopicError, match="Unauthorized"):
                await listen(visitor, desk.notification)

    asyncio.run(story())


def test_a_bad_token_is_refused_at_the_door(server):
    async def story():
        with pytest.raises(PHXConnectionError):
            async with client(server, "?token=not-a-token", auto_reconnect=False):
                pass

    asyncio.run(story())
