// phoenix.js in a page, in every version that is in use, with promises where it has callbacks.

import { Heard } from './heard.js';
import { Page } from './page.js';

/** The oldest on npm, the first with the second frame format, the one in Papercups, the newest. */
export const VERSIONS = ['1.2', '1.3', '1.5', '1.7', '1.8'];
export const TRANSPORTS = ['WebSocket', 'LongPoll'];
/** Every way in. By long polling 1.2 understands only Phoenix servers as old as itself. */
export const WAYS = VERSIONS.flatMap((version) =>
  TRANSPORTS.filter((transport) => version !== '1.2' || transport === 'WebSocket').map(
    (transport) => ({ version, transport }),
  ),
);

export class Client {
  /** A socket that is connecting. */
  constructor(url, { version = '1.8', transport = 'WebSocket', params = {}, options = {} } = {}) {
    this.page = new Page(`phoenix-${version}`);
    const { Socket, LongPoll } = this.page.library;
    const ways = transport === 'LongPoll' ? { transport: LongPoll } : {};
    this.socket = new Socket(url, { params, ...ways, ...options });
    this.opened = new Heard();
    this.closed = new Heard();
    this.failed = new Heard();
    this.frames = new Heard();
    this.socket.onOpen(() => this.opened.add(true));
    this.socket.onClose((event) => this.closed.add(event));
    this.socket.onError((error) => this.failed.add(error));
    this.socket.onMessage((frame) => this.frames.add(frame));
    this.socket.connect();
  }

  /** A channel that is not joined yet. */
  channel(topic, params = {}) {
    return new Channel(this.socket.channel(topic, params));
  }

  /** A channel that was joined. */
  async join(topic, params = {}) {
    const channel = this.channel(topic, params);
    const { status, response } = await channel.join();
    if (status !== 'ok') {
      throw new Error(`${topic}: ${status} ${JSON.stringify(response)}`);
    }
    return channel;
  }

  close() {
    this.socket.disconnect();
    this.page.close();
  }
}

export class Channel {
  constructor(raw) {
    this.raw = raw;
    this.heard = new Map();
    this.closed = new Heard();
    this.joins = new Heard();
    raw.onClose(() => this.closed.add(true));
  }

  /** Joins for the first time. Every later join, after a lost connection, is in `joins`. */
  join() {
    return answered(this.raw.join(), (answer) => this.joins.add(answer));
  }

  push(event, payload) {
    return answered(this.raw.push(event, payload));
  }

  leave() {
    return answered(this.raw.leave());
  }

  /** Listens to an event; without a listener phoenix.js drops it. */
  on(event) {
    if (!this.heard.has(event)) {
      const heard = new Heard();
      this.heard.set(event, heard);
      this.raw.on(event, (payload) => heard.add(payload));
    }
    return this.heard.get(event);
  }
}

/** The first answer to a push; `each` hears that one and those after it. */
function answered(push, each = () => {}) {
  return new Promise((resolve) => {
    for (const status of ['ok', 'error', 'timeout']) {
      push.receive(status, (response) => {
        const answer = { status, response: structuredClone(response) };
        each(answer);
        resolve(answer);
      });
    }
  });
}
