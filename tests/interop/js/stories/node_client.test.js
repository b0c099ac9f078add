// npm's `phoenix-channels`, for programs without a browser: it speaks the first frame format.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

import { Channel } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

const { Socket } = createRequire(import.meta.url)('phoenix-channels');

/** A socket, closed with the story; gives a function that makes its channels. */
function connect({ server, ends }, params = {}) {
  const options = { params, heartbeatIntervalMs: 50, reconnectAfterMs: () => 50 };
  const socket = new Socket(server.socketUrl, options);
  socket.connect();
  const close = () => {
    socket.disconnect();
    clearInterval(socket.heartbeatTimer);
    socket.reconnectTimer.reset();
    socket.channels.forEach((channel) => channel.rejoinTimer.reset());
  };
  ends({ close });
  return (topic, payload) => new Channel(socket.channel(topic, payload));
}

stories('phoenix-channels', ['Acme'], (story) => {
  story('an agent and a visitor talk, also after a restart', async (bench) => {
    const { server, desk } = bench;
    const talk = await desk.conversation('Before.');
    const office = connect(bench, { token: desk.token })(desk.notification);
    const chat = connect(bench)(talk.topic, { customer_id: talk.customerId });
    const [inOffice, inChat] = [office.on('shout'), chat.on('shout')];
    for (const channel of [office, chat]) {
      assert.deepEqual(await channel.join(), { status: 'ok', response: {} });
      await channel.joins.next();
    }
    assert.deepEqual(await chat.push('ping', { n: 1 }), { status: 'ok', response: { n: 1 } });

    chat.push('shout', { body: 'Hello', customer_id: talk.customerId });
    await inOffice.next(({ body }) => body === 'Hello');
    const shout = { conversation_id: talk.id, body: 'Good day' };
    assert.deepEqual(await office.push('shout', shout), { status: 'ok', response: {} });
    await inChat.next(({ body }) => body === 'Hello');
    await inChat.next(({ body }) => body === 'Good day');

    await server.restart();
    for (const channel of [office, chat]) {
      await channel.joins.next(({ status }) => status === 'ok');
    }
    // After a restart this client connects once more by itself, and hears nothing of what is said meanwhile.
    let isHeard = false;
    const heard = inChat.next(({ body }) => body === 'After.').then(() => (isHeard = true));
    while (!isHeard) {
      await desk.reply(talk.id, 'After.');
      await Promise.race([heard, pause(500)]);
    }
    assert.equal((await chat.leave()).status, 'ok');
    await chat.closed.next();
  });

  story('a visitor is refused the office', async (bench) => {
    const answer = await connect(bench)(bench.desk.notification).join();
    assert.deepEqual(answer, { status: 'error', response: { reason: 'Unauthorized' } });
  });
});
