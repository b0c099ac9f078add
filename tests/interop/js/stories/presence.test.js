// phoenix.js's own Presence shows who is there, and only those.

import assert from 'node:assert/strict';

import { until } from '../support/heard.js';
import { WAYS } from '../support/phoenix.js';
import { stories } from '../support/stories.js';

/** Since 1.4 there is a Presence that follows a channel by itself. */
const FOLLOWING = WAYS.filter(({ version }) => version >= '1.4').map((way) => ({
  ...way,
  company: `Acme${way.version}${way.transport}`,
}));

/** Joins with a Presence that follows. */
async function watch(client, topic, params = {}) {
  const { Presence } = client.page.library;
  const channel = client.channel(topic, params);
  const presence = new Presence(channel.raw);
  assert.equal((await channel.join()).status, 'ok');
  const keys = () => presence.list((key) => key).sort().join();
  return {
    leave: () => channel.leave(),
    first: () => presence.list()[0],
    shows: (...wanted) => until(() => keys() === wanted.sort().join()),
  };
}

stories('presence', ['Acme1.2', ...FOLLOWING.map(({ company }) => company)], (story) => {
  for (const { version, transport, company } of FOLLOWING) {
    const name = `phoenix ${version}, ${transport}`;
    const connectAs = (connect, params = {}) => connect({ version, transport, params });

    story(`${name}: agents come and go`, async ({ server, connect }) => {
      const desk = await server.company(company);
      const key = `user:${desk.userId}`;
      const room = await watch(connectAs(connect), desk.room);
      await room.shows();
      const seat = () => watch(connectAs(connect, { token: desk.token }), desk.notification);
      const office = await seat();
      await office.shows(key);
      await room.shows(key);
      assert.equal(room.first().metas[0].user_id, desk.userId);
      const another = await seat();
      await until(() => room.first().metas.length === 2);
      await another.leave();
      await until(() => room.first().metas.length === 1);
      await office.leave();
      await room.shows();
    });

    story(`${name}: customers come and go`, async ({ server, connect }) => {
      const desk = await server.company(company);
      const [talk, agent] = [await desk.conversation(), `user:${desk.userId}`];
      const [key, params] = [`customer:${talk.customerId}`, { customer_id: talk.customerId }];
      const office = await watch(connectAs(connect, { token: desk.token }), desk.notification);
      const thread = await watch(connectAs(connect), talk.topic, params);
      await thread.shows(key);
      await office.shows(agent, key);
      const phone = connectAs(connect);
      const onPhone = await watch(phone, talk.topic, params);
      await until(() => thread.first().metas.length === 2);
      // Nobody can tell for a while that a page that polled is gone, unless it says so.
      await (transport === 'WebSocket' ? phone.close() : onPhone.leave());
      await until(() => thread.first().metas.length === 1);
      await office.shows(agent, key);
      await thread.leave();
      await office.shows(agent);
    });
  }

  for (const version of ['1.2', '1.3']) {
    story(`phoenix ${version}: the functions of its Presence agree`, async ({ desk, connect }) => {
      const visitor = connect({ version });
      const { Presence } = visitor.page.library;
      let state = {};
      const room = visitor.channel(desk.room);
      room.raw.on('presence_state', (whole) => (state = Presence.syncState(state, whole)));
      room.raw.on('presence_diff', (diff) => (state = Presence.syncDiff(state, diff)));
      assert.equal((await room.join()).status, 'ok');
      const agent = connect({ version, params: { token: desk.token } });
      await agent.join(desk.notification);
      await until(() => Object.keys(state).join() === `user:${desk.userId}`);
      agent.close();
      await until(() => Object.keys(state).length === 0);
    });
  }
});
