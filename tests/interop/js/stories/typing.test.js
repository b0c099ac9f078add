// Each side sees the other type, never itself, and the dots go away.

import assert from 'node:assert/strict';

import { TRANSPORTS } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

stories('typing', ['Acme'], (story) => {
  for (const transport of TRANSPORTS) {
    story(`${transport}: both ways, and it ends by itself`, async ({ desk, connect }) => {
      const talk = await desk.conversation();
      const agent = connect({ transport, params: { token: desk.token } });
      const office = (await agent.join(desk.notification)).on('typing');
      const desktop = await agent.join(talk.topic);
      const atDesk = desktop.on('typing');
      const chat = await connect({ transport }).join(talk.topic, { customer_id: talk.customerId });
      const inChat = chat.on('typing');

      chat.push('typing', { typing: true });
      const dots = await atDesk.next();
      assert.deepEqual([dots.typing, dots.type], [true, 'customer']);
      assert.deepEqual([dots.customer_id, dots.conversation_id], [talk.customerId, talk.id]);
      assert.equal((await office.next()).customer_id, talk.customerId);
      assert.equal((await atDesk.next()).typing, false);

      desktop.push('typing', { typing: true });
      const answer = await inChat.next();
      assert.deepEqual([answer.typing, answer.type, answer.user_id], [true, 'agent', desk.userId]);
      assert.equal((await inChat.next()).typing, false);
      assert.deepEqual(inChat.all, []);
    });
  }
});
