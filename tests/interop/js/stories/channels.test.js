// Every phoenix.js in use joins, talks and leaves, over WebSocket and by long polling.

import assert from 'node:assert/strict';

import { until } from '../support/heard.js';
import { VERSIONS, WAYS } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const refused = (reason) => ({ status: 'error', response: { reason } });

stories('channels', ['Acme'], (story) => {
  for (const way of WAYS) {
    const name = `phoenix ${way.version}, ${way.transport}`;

    story(`${name}: joins, is answered, leaves and hears no more`, async ({ desk, connect }) => {
      const talk = await desk.conversation();
      const witness = (await connect().join(talk.topic)).on('shout');
      const agent = connect({ ...way, params: { token: desk.token } });
      const channel = await agent.join(talk.topic);
      const shouts = channel.on('shout');
      const sent = { hello: ['wörld', 1, null] };
      assert.deepEqual(await channel.push('ping', sent), { status: 'ok', response: sent });
      const reply = await desk.reply(talk.id, 'On its way.');
      await shouts.next(({ id }) => id === reply.id);
      assert.equal((await channel.leave()).status, 'ok');
      await channel.closed.next();
      const unheard = await desk.reply(talk.id, 'Unheard.');
      await witness.next(({ id }) => id === unheard.id);
      const again = (await agent.join(talk.topic)).on('shout');
      const last = await desk.reply(talk.id, 'Heard.');
      assert.equal((await again.next()).id, last.id);
      assert.ok(!shouts.all.some(({ id }) => id === unheard.id));
    });

    story(`${name}: joins twice and hears once`, async ({ desk, connect }) => {
      const visitor = connect(way);
      const talk = await desk.conversation();
      await visitor.join(talk.topic);
      const second = await visitor.join(talk.topic);
      const shouts = second.on('shout');
      const first = await desk.reply(talk.id, 'Once.');
      const marker = await desk.reply(talk.id, 'Twice.');
      await shouts.next((shout) => shout.id === marker.id);
      const times = ({ id }) => visitor.frames.all.filter(({ payload }) => payload.id === id).length;
      assert.deepEqual([times(first), times(marker)], [1, 1]);
    });

    story(`${name}: is refused what is not for it`, async ({ desk, connect }) => {
      const visitor = connect(way);
      const join = (topic) => visitor.channel(topic).join();
      assert.deepEqual(await join('weather:today'), refused('unmatched topic'));
      assert.deepEqual(await join(desk.notification), refused('Unauthorized'));
      assert.deepEqual(await join(`conversation:${NOBODY}`), refused('unauthorized'));
      await visitor.join(desk.room);
    });

    story(`${name}: stays outside with a bad token`, async ({ connect }) => {
      const options = { reconnectAfterMs: () => 60_000 };
      const stranger = connect({ ...way, params: { token: 'not-a-token' }, options });
      // Long polling in 1.3 throws where later ones report an error.
      await until(() => stranger.failed.all.length > 0 || stranger.page.errors.length > 0);
      assert.deepEqual(stranger.opened.all, []);
      assert.equal(stranger.socket.isConnected(), false);
    });

    story(`${name}: an agent reads, shouts and notes`, async ({ desk, connect }) => {
      const talk = await desk.conversation();
      const office = await connect({ ...way, params: { token: desk.token } }).join(desk.notification);
      const chat = await connect(way).join(talk.topic, { customer_id: talk.customerId });
      const [inOffice, inChat] = [office.on('shout'), chat.on('shout')];
      const changed = office.on('conversation:updated');
      const say = (payload) => office.push('shout', { conversation_id: talk.id, ...payload });

      const read = await office.push('read', { conversation_id: talk.id });
      assert.deepEqual(read, { status: 'ok', response: {} });
      assert.equal((await changed.next(({ id }) => id === talk.id)).updates.read, true);
      assert.equal((await say({ body: 'VIP', private: true })).status, 'ok');
      assert.equal((await say({ body: 'Hello' })).status, 'ok');
      const note = await inOffice.next(({ body }) => body === 'VIP');
      assert.deepEqual([note.private, note.user_id], [true, desk.userId]);
      await inChat.next(({ body }) => body === 'Hello');

      const sentAt = new Date().toISOString();
      chat.push('shout', { body: 'Thanks', customer_id: talk.customerId, sent_at: sentAt });
      const thanks = await inOffice.next(({ body }) => body === 'Thanks');
      assert.deepEqual([thanks.customer_id, thanks.user_id], [talk.customerId, null]);
      await inChat.next(({ id }) => id === thanks.id);
    });
  }

  for (const version of VERSIONS) {
    story(`phoenix ${version}: its heartbeats are answered`, async ({ connect }) => {
      const client = connect({ version, options: { heartbeatIntervalMs: 300 } });
      await client.opened.next();
      const isAnswer = ({ topic, event }) => topic === 'phoenix' && event === 'phx_reply';
      for (let beat = 0; beat < 3; beat += 1) {
        const { payload } = await client.frames.next(isAnswer);
        assert.deepEqual(structuredClone(payload), { status: 'ok', response: {} });
      }
      assert.deepEqual(client.closed.all, []);
    });
  }

  for (const version of ['1.5', '1.7', '1.8']) {
    story(`phoenix ${version}: a binary ping comes back in binary`, async ({ desk, connect }) => {
      const client = connect({ version });
      const channel = await client.join((await desk.conversation()).topic);
      const bytes = client.page.window.eval('new Uint8Array([0, 1, 127, 128, 255]).buffer');
      const { status, response } = await channel.push('ping', bytes);
      assert.equal(status, 'ok');
      assert.deepEqual([...new Uint8Array(response)], [0, 1, 127, 128, 255]);
    });
  }
});
