// A restarted server gets its clients back by itself, and they hear what happens next.

import assert from 'node:assert/strict';

import { WAYS } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

/**
 * Clients wait up to 10 s between attempts; stories need not. The oldest join anew that often until
 * they are answered, and forget the question when they repeat it, so it must not be too often.
 */
const SOON = { reconnectAfterMs: () => 1_000, rejoinAfterMs: () => 50 };

stories('a restart', ['Acme'], (story) => {
  story('every client comes back and hears what comes next', async ({ server, desk, connect }) => {
    const talk = await desk.conversation('Before.');
    const clients = WAYS.map((way) => ({
      name: `phoenix ${way.version}, ${way.transport}`,
      code: way.transport === 'WebSocket' ? 1012 : undefined,
      client: connect({ ...way, params: { token: desk.token }, options: SOON }),
    }));
    for (const one of clients) {
      one.channel = await one.client.join(desk.notification);
      one.shouts = one.channel.on('shout');
      await one.channel.joins.next();
    }

    await server.restart();

    for (const { name, code, client, channel } of clients) {
      const closed = await client.closed.next();
      assert.equal(code && closed.code, code, name);
      await channel.joins.next(({ status }) => status === 'ok');
    }
    const reply = await desk.reply(talk.id, 'After.');
    for (const { shouts } of clients) {
      await shouts.next(({ id }) => id === reply.id);
    }
  });

  story('a push made meanwhile is delivered after the rejoin', async ({ server, desk, connect }) => {
    const talk = await desk.conversation('Before.');
    const visitor = connect({ options: SOON });
    const channel = await visitor.join(talk.topic, { customer_id: talk.customerId });
    const shouts = channel.on('shout');
    await server.stop();
    await visitor.closed.next();
    channel.raw.push('shout', { body: 'Are you there?', customer_id: talk.customerId });
    await server.serve(server.address);
    await shouts.next(({ body }) => body === 'Are you there?');
    const { messages } = await desk.show(talk.id);
    assert.deepEqual(
      messages.map(({ body }) => body),
      ['Before.', 'Are you there?'],
    );
  });
});
