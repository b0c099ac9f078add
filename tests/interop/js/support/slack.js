// A Slack that opens lines: it writes envelopes to whoever holds one and hears their answers.

import { once } from 'node:events';
import { createServer } from 'node:http';

import { WebSocketServer } from 'ws';

export class Slack {
  /** A Slack on a free port. Close it at the end. */
  static async start() {
    const slack = new Slack();
    slack.answers = [];
    slack.posted = [];
    slack.http = createServer((request, response) => slack.asked(request, response));
    slack.sockets = new WebSocketServer({ server: slack.http });
    slack.sockets.on('connection', (socket) => slack.opened(socket));
    slack.http.listen(0, '127.0.0.1');
    await once(slack.http, 'listening');
    slack.address = `127.0.0.1:${slack.http.address().port}`;
    slack.url = `http://${slack.address}/api/`;
    return slack;
  }

  async asked(request, response) {
    let body = '';
    for await (const part of request) {
      body += part;
    }
    const method = new URL(request.url, 'http://slack.test').pathname.split('/').pop();
    const said = this.said(method, body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...said }));
  }

  said(method, body) {
    switch (method) {
      case 'apps.connections.open':
        return { url: `ws://${this.address}/` };
      case 'auth.test':
        return { team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' };
      case 'chat.postMessage':
        this.posted.push(body);
        return { channel: 'C1', ts: `1795000100.${String(this.posted.length).padStart(6, '0')}` };
      default:
        return { messages: [], channels: [] };
    }
  }

  opened(socket) {
    this.line?.terminate();
    this.line = socket;
    socket.on('message', (text) => this.answers.push(JSON.parse(text)));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, debug_info: {} }));
  }

  /** Says something over the line that stands. */
  tells(frame) {
    this.line.send(JSON.stringify(frame));
  }

  /** Waits until somebody holds a line other than this one. */
  async lineAfter(last) {
    while (!this.line || this.line === last || this.line.readyState !== 1) {
      await new Promise((done) => setTimeout(done, 20));
    }
    return this.line;
  }

  async close() {
    this.line?.terminate();
    this.sockets.close();
    this.http.close();
    this.http.closeAllConnections();
    await once(this.http, 'close');
  }
}
