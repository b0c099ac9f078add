// Agents' tokens: renewed while a socket is open, refused when they are over.

import assert from 'node:assert/strict';

import { TRANSPORTS } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

stories('sessions', ['Acme', 'Globex'], (story) => {
  for (const transport of TRANSPORTS) {
    const sit = (connect, desk, options) =>
      connect({ transport, params: { token: desk.token }, options });

    story(`${transport}: a renewed token opens a socket beside the old one`, async ({ server, connect }) => {
      const desk = await server.company('Acme');
      const office = await sit(connect, desk).join(desk.notification);
      const shouts = office.on('shout');
      await desk.renew();
      await sit(connect, desk).join(desk.notification);
      const talk = await desk.conversation();
      assert.equal((await shouts.next()).conversation_id, talk.id);
    });

    story(`${transport}: signing out ends the session's sockets and its token`, async ({ server, connect }) => {
      const desk = await server.company('Acme');
      const agent = sit(connect, desk, { reconnectAfterMs: () => 50 });
      await agent.join(desk.notification);
      await agent.opened.next();
      await desk.ask('DELETE', '/api/session');
      await agent.closed.next();
      await agent.failed.next();
      assert.deepEqual(agent.opened.all, []);
    });

    story(`${transport}: a company's token opens nothing of another's`, async ({ server, connect }) => {
      const [acme, globex] = [await server.company('Acme'), await server.company('Globex')];
      const agent = sit(connect, acme);
      const office = await agent.channel(globex.notification).join();
      assert.deepEqual(office, { status: 'error', response: { reason: 'Unauthorized' } });
      const talk = await globex.conversation();
      const thread = await agent.channel(talk.topic).join();
      assert.deepEqual(thread, { status: 'error', response: { reason: 'unauthorized' } });
    });
  }

  story('phoenix 1.8 may send the token in a header', async ({ desk, connect }) => {
    await connect({ options: { authToken: desk.token } }).join(desk.notification);
  });
});
