// Behind a proxy that swallows WebSockets, phoenix.js goes on by long polling.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { Client } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

/** Passes requests on, except that no WebSocket ever opens. */
async function proxy(server) {
  const open = new Set();
  const keep = (socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
  };
  const listener = createServer((near) => {
    keep(near);
    near.once('data', (head) => {
      if (/^upgrade: websocket/im.test(head.toString('latin1'))) {
        return;
      }
      const { hostname, port } = new URL(server.url);
      const far = connect(Number(port), hostname);
      keep(far);
      far.write(head);
      near.pipe(far).pipe(near);
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    socketUrl: `ws://127.0.0.1:${listener.address().port}/socket`,
    close: () => {
      open.forEach((socket) => socket.destroy());
      listener.close();
    },
  };
}

stories('the fallback to long polling', ['Acme'], (story) => {
  for (const version of ['1.7', '1.8']) {
    story(`phoenix ${version} takes it and works on`, async ({ server, desk, ends }) => {
      const between = ends(await proxy(server));
      const options = { longPollFallbackMs: 200 };
      const agent = ends(new Client(between.socketUrl, { version, params: { token: desk.token }, options }));
      const office = await agent.join(desk.notification);
      const shouts = office.on('shout');
      const talk = await desk.conversation();
      assert.equal((await shouts.next()).conversation_id, talk.id);
      const said = await office.push('shout', { conversation_id: talk.id, body: 'Hello' });
      assert.equal(said.status, 'ok');
      assert.equal(agent.socket.transport, agent.page.library.LongPoll);
    });
  }
});
