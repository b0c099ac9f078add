// Slack's own framework for apps, beside ours: what it believes we believe, and a line that it holds is
// held by us in the same way.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

import bolt from '@slack/bolt';

import { Slack } from '../support/slack.js';
import { stories } from '../support/stories.js';

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const { App, LogLevel, SocketModeReceiver, verifySlackRequest } = bolt;

const event = (ts, text) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: `Ev${ts}`,
  authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
  event: { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U1', team: 'T2', text, ts },
});

const envelope = (id, payload) => ({
  type: 'events_api',
  envelope_id: id,
  payload,
  accepts_response_payload: false,
});

/** Waits until the condition gives something. A story that waits for ever is ended. */
async function eventually(condition) {
  for (;;) {
    const found = await condition();
    if (found) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Whether Slack's framework believes a request. */
function isBelieved(headers, body) {
  try {
    verifySlackRequest({ signingSecret: SECRET, headers, body });
    return true;
  } catch {
    return false;
  }
}

stories(
  'Slack',
  ['Acme'],
  (story) => {
    story('what Slack\'s framework believes is believed, and nothing else', async ({ server, desk, ends }) => {
      const slack = ends(await Slack.start());
      const settings = { team_id: 'T1', base_url: slack.url };
      const id = await desk.connection('slack', settings, { bot_token: 'xoxb-1', signing_secret: SECRET });
      const now = Math.floor(Date.now() / 1000);
      const body = JSON.stringify(event('1795000000.000100', 'Grüße'));
      const sign = (secret, moment, text) =>
        `v0=${createHmac('sha256', secret).update(`v0:${moment}:${text}`).digest('hex')}`;
      for (const [moment, signature] of [
        [now, sign(SECRET, now, body)],
        [now, sign('another', now, body)],
        [now, sign(SECRET, now, `${body} `)],
        [now, sign(SECRET, now - 1, body)],
        [now - 400, sign(SECRET, now - 400, body)],
        [now, sign(SECRET, now, body).slice(3)],
        [now, 'v0='],
      ]) {
        const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': moment };
        const answer = await fetch(`${server.url}/api/hooks/${id}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        assert.equal(answer.status === 200, isBelieved(headers, body), `${moment} ${signature}`);
      }
    });

    story('a line is held as Slack\'s framework holds one', async ({ desk, ends }) => {
      // The framework first: what it hears and answers is what the stand-in must bring about.
      const slack = ends(await Slack.start());
      const quiet = { logLevel: LogLevel.ERROR };
      const receiver = new SocketModeReceiver({
        appToken: 'xapp-1',
        installerOptions: { clientOptions: { slackApiUrl: slack.url } },
        ...quiet,
      });
      const app = new App({
        receiver,
        authorize: async () => ({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'UBOT' }),
        clientOptions: { slackApiUrl: slack.url },
        ...quiet,
      });
      const heard = [];
      app.message(async ({ message }) => heard.push(message.text));
      await app.start();
      const first = await slack.lineAfter(null);
      slack.tells(envelope('E1', event('1795000000.000100', 'Hello')));
      await eventually(() => heard.length === 1 && slack.answers.length === 1);
      slack.tells({ type: 'disconnect', reason: 'refresh_requested' });
      await slack.lineAfter(first);
      slack.tells(envelope('E2', event('1795000001.000100', 'Again')));
      await eventually(() => heard.length === 2 && slack.answers.length === 2);
      await app.stop();

      const other = ends(await Slack.start());
      const settings = { base_url: other.url };
      await desk.connection('slack', settings, { bot_token: 'xoxb-1', app_token: 'xapp-1' });
      const line = await other.lineAfter(null);
      other.tells(envelope('E1', event('1795000000.000100', 'Hello')));
      await eventually(() => other.answers.length === 1);
      other.tells({ type: 'disconnect', reason: 'refresh_requested' });
      await other.lineAfter(line);
      other.tells(envelope('E2', event('1795000001.000100', 'Again')));
      await eventually(() => other.answers.length === 2);
      assert.deepEqual(other.answers, slack.answers.map(({ envelope_id }) => ({ envelope_id })));
      const texts = await eventually(async () => {
        const talks = await desk.ask('GET', '/api/conversations');
        const said = talks.filter((it) => it.source === 'slack').map((it) => it.messages[0].body);
        return said.includes('Hello') && said.includes('Again') && said;
      });
      assert.deepEqual(heard, ['Hello', 'Again']);
      assert.ok(texts.length >= 2);
    });
  },
  ['--set', 'outgoing.allow=127.0.0.0/8'],
);
