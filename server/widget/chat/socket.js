// A Phoenix socket: joins again by itself whenever the line breaks, and beats so that it notices.

const DELAYS_MS = [100, 500, 1000, 2000, 5000];
const BEAT_MS = 25_000;
const SILENCE_MS = 10_000;

export class Socket {
  /** `changed` is called when the line comes and goes. */
  constructor(changed) {
    this.changed = changed;
    this.channels = new Map();
    this.replies = new Map();
    this.nextRef = 1;
    this.tries = 0;
    this.isOpen = false;
    globalThis.addEventListener('online', () => this.hurry());
    globalThis.addEventListener('offline', () => this.lost());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.hurry());
  }

  connect() {
    this.isWanted = true;
    clearTimeout(this.retry);
    if (this.line) {
      return;
    }
    const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/socket/websocket?vsn=2.0.0`);
    this.line = line;
    this.impatience = setTimeout(() => this.lost(line), SILENCE_MS);
    line.onopen = () => this.opened(line);
    line.onmessage = ({ data }) => line === this.line && this.received(JSON.parse(data));
    line.onclose = () => this.lost(line);
  }

  opened(line) {
    if (line !== this.line) {
      return;
    }
    clearTimeout(this.impatience);
    this.tries = 0;
    this.isOpen = true;
    this.beat = setInterval(() => this.heartbeat(), BEAT_MS);
    this.changed();
    this.channels.forEach((channel) => this.enter(channel));
  }

  /** The line is gone, or as good as gone. */
  lost(line = this.line) {
    if (!line || line !== this.line) {
      return;
    }
    clearTimeout(this.impatience);
    clearInterval(this.beat);
    this.line = undefined;
    this.isOpen = false;
    this.replies.clear();
    line.onclose = null;
    line.close();
    this.channels.forEach((channel) => (channel.isJoined = false));
    this.changed();
    const delay = DELAYS_MS[Math.min(this.tries, DELAYS_MS.length - 1)];
    this.tries += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), delay * (0.75 + Math.random() / 2));
  }

  /** Tries now: the network is back, or somebody looks. */
  hurry() {
    if (this.isWanted && !this.line) {
      this.connect();
    }
  }

  heartbeat() {
    const line = this.line;
    const silent = setTimeout(() => this.lost(line), SILENCE_MS);
    this.send(null, 'phoenix', 'heartbeat', {}, () => clearTimeout(silent));
  }

  /** Joins a topic for as long as the page is open. `joined` is called after every join. */
  join(topic, params, { joined = () => {}, refused = () => {}, ...events }) {
    const channel = { topic, params, joined, refused, events, isJoined: false };
    this.channels.set(topic, channel);
    if (this.isOpen) {
      this.enter(channel);
    }
  }

  leave(topic) {
    const channel = this.channels.get(topic);
    this.channels.delete(topic);
    if (channel?.isJoined) {
      this.send(channel.joinRef, topic, 'phx_leave', {});
    }
  }

  enter(channel) {
    channel.joinRef = String(this.nextRef);
    this.send(channel.joinRef, channel.topic, 'phx_join', channel.params, ({ status }) => {
      channel.isJoined = status === 'ok';
      (channel.isJoined ? channel.joined : channel.refused)();
    });
  }

  isJoined(topic) {
    return this.channels.get(topic)?.isJoined === true;
  }

  /** Says something in a joined topic. A text is sent as it is. */
  push(topic, event, payload, answered) {
    const channel = this.channels.get(topic);
    if (channel?.isJoined) {
      this.send(channel.joinRef, topic, event, payload, answered);
    }
  }

  send(joinRef, topic, event, payload, answered) {
    const ref = String(this.nextRef);
    this.nextRef += 1;
    if (answered) {
      this.replies.set(ref, answered);
    }
    const head = JSON.stringify([joinRef, ref, topic, event]).slice(0, -1);
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    if (this.line?.readyState === WebSocket.OPEN) {
      this.line.send(`${head},${body}]`);
    }
  }

  received([joinRef, ref, topic, event, payload]) {
    if (event === 'phx_reply') {
      const answered = this.replies.get(ref);
      this.replies.delete(ref);
      answered?.(payload);
      return;
    }
    const channel = this.channels.get(topic);
    if (!channel || (joinRef && joinRef !== channel.joinRef)) {
      return;
    }
    if (event === 'phx_error' || event === 'phx_close') {
      channel.isJoined = false;
      this.lost();
      return;
    }
    channel.events[event]?.(payload);
  }
}
