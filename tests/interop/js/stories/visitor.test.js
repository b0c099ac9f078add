// A visitor's way through `@papercups-io/browser`, from the greeting to the visit after.

import assert from 'node:assert/strict';

import { until } from '../support/heard.js';
import { PACKAGES, Visit } from '../support/papercups.js';
import { stories } from '../support/stories.js';

const CACHED = '__PAPERCUPS____CUSTOMER_ID__';

stories('visitors', ['Acme'], (tell) => {
  for (const library of PACKAGES) {
    const story = (name, run) =>
      tell(`${library}: ${name}`, (bench) =>
        run(async (config) => bench.ends(await Visit.start(library, bench.desk, config)), bench),
      );

    story('greets, and tells the server nothing yet', async (start) => {
      const visit = await start();
      assert.deepEqual(visit.bodies, ['Hi there!']);
      assert.equal(visit.papercups.settings.account.company_name, 'Acme');
      assert.equal(visit.papercups.customerId, null);
    });

    story('writes, is answered and comes back', async (start, { desk }) => {
      const visit = await start({ customer: { name: 'Grace', metadata: { plan: 'free' } } });
      const { papercups } = visit;
      await papercups.sendNewMessage({ body: 'Where is my order?' }, 'grace@example.test');
      await until(() => visit.created.length === 1);
      assert.deepEqual(visit.bodies, ['Hi there!', 'Where is my order?']);
      assert.ok(papercups.messages[1].id, 'the echo replaces the optimistic copy');

      const talk = await desk.show(papercups.conversationId);
      assert.deepEqual(talk.messages.map(({ body }) => body), ['Where is my order?']);
      assert.equal(talk.customer.id, papercups.customerId);
      assert.deepEqual(
        [talk.customer.name, talk.customer.email, talk.customer.metadata],
        ['Grace', 'grace@example.test', { plan: 'free' }],
      );

      await desk.reply(talk.id, 'Not for her', { private: true });
      const reply = await desk.reply(talk.id, 'On its way.');
      await visit.shows('Hi there!', 'Where is my order?', 'On its way.');
      assert.equal(papercups.messages[2].user.email, desk.who.email);
      papercups.markMessagesAsSeen();
      await until(async () => (await desk.ask('GET', `/api/messages/${reply.id}`)).seen_at);
      await papercups.sendNewMessage({ body: 'Thank you' });
      await until(() => visit.created.length === 3);

      const { storage } = visit.page;
      assert.equal(JSON.parse(storage[CACHED]), papercups.customerId);
      visit.close();
      const later = await start({ storage });
      assert.equal(later.papercups.conversationId, talk.id);
      assert.deepEqual(later.bodies, ['Hi there!', 'Where is my order?', 'On its way.', 'Thank you']);
      assert.deepEqual(later.page.errors, []);
      await desk.reply(talk.id, 'Welcome back.');
      await until(() => later.bodies.at(-1) === 'Welcome back.');
    });

    story('sees when somebody is in the office', async (start, { desk, connect }) => {
      const visit = await start();
      await until(() => visit.present);
      assert.deepEqual(visit.present, []);
      const agent = connect({ params: { token: desk.token } });
      await agent.join(desk.notification);
      await until(() => visit.present.some(({ metas }) => metas[0].user_id === desk.userId));
      agent.close();
      await until(() => visit.present.length === 0);
    });

    story('is known again by the id that the site gives', async (start, { desk }) => {
      const customer = { external_id: `${library}-42`, name: 'Ada', email: 'ada@example.test' };
      const laptop = await start({ customer });
      await laptop.papercups.sendNewMessage({ body: 'From my laptop' });
      await until(() => laptop.created.length === 1);
      const phone = await start({ customer });
      assert.equal(phone.papercups.customerId, laptop.papercups.customerId);
      assert.deepEqual(phone.bodies, ['Hi there!', 'From my laptop']);
      await phone.papercups.identify(customer.external_id, { name: 'Ada L.' });
      const { customer: shown } = await desk.show(phone.papercups.conversationId);
      assert.equal(shown.name, 'Ada L.');
    });

    story('a cached customer that is gone is not taken up', async (start) => {
      const gone = '6a2f41a3-c54c-4ce8-b2b5-6a1ab5a1f0f0';
      const visit = await start({ storage: { [CACHED]: JSON.stringify(gone) } });
      assert.equal(visit.papercups.customerId, null);
      await visit.papercups.sendNewMessage({ body: 'New here' });
      await until(() => visit.created.length === 1);
      assert.notEqual(visit.papercups.customerId, gone);
    });

    story('hears of a conversation that an agent starts', async (start, { desk }) => {
      const visit = await start({ customer: { external_id: `${library}-lobby` } });
      await visit.papercups.identify(`${library}-lobby`);
      await visit.papercups.fetchLatestConversation();
      const { customerId } = visit.papercups;
      const conversation = { customer_id: customerId, message: { body: 'May I help?' } };
      await until(() => visit.papercups.socket.channels.some(
        (channel) => channel.topic === `conversation:lobby:${customerId}` && channel.isJoined(),
      ));
      await desk.ask('POST', '/api/conversations', { conversation });
      await visit.shows('Hi there!', 'May I help?');
    });

    story('writes with no connection, and is heard once it is back', async (start, { server, desk }) => {
      const visit = await start();
      await visit.papercups.sendNewMessage({ body: 'One' });
      await until(() => visit.created.length === 1);
      await server.stop();
      await until(() => !visit.papercups.socket.isConnected());
      await visit.papercups.sendNewMessage({ body: 'Two' });
      await server.serve(server.address);
      await until(() => visit.created.length === 2);
      assert.deepEqual(visit.bodies, ['Hi there!', 'One', 'Two']);
      const { messages } = await desk.show(visit.papercups.conversationId);
      assert.deepEqual(messages.map(({ body }) => body), ['One', 'Two']);
    });
  }
});
