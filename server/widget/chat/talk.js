// The conversation with the company: found, followed, and written to. Whatever happens to the line,
// the thread is what the server has, and the outbox is what the server does not have yet.

import { Refused, api } from './api.js';
import { alone } from './keep.js';
import { written } from './outbox.js';
import { Presence } from './presence.js';
import { Socket } from './socket.js';
import { Thread, isOurs } from './thread.js';
import { OthersTyping, OwnTyping } from './typing.js';

const RETRY_MS = 5000;
const ECHO_MS = 8000;

export class Talk {
  /** `hooks`: `changed`, and `joined`, `created`, `sent`, `received`, which the host hears of. */
  constructor(config, visitor, outbox, hooks) {
    Object.assign(this, { config, visitor, outbox, hooks });
    this.thread = new Thread();
    this.presence = new Presence();
    this.others = new OthersTyping(() => hooks.changed());
    this.own = new OwnTyping((payload) => this.socket.push(this.topic, 'typing', payload));
    this.socket = new Socket(() => this.lineChanged());
    this.asked = new Map();
  }

  get topic() {
    return `conversation:${this.conversationId}`;
  }

  /** Finds out who is here and what was said, and follows it. */
  async begin() {
    this.socket.connect();
    this.socket.join(`room:${this.config.accountId}`, {}, {
      presence_state: (state) => this.presenceChanged(() => this.presence.replace(state)),
      presence_diff: (diff) => this.presenceChanged(() => this.presence.change(diff)),
    });
    await this.refresh();
  }

  refresh() {
    return this.step(async () => {
      this.customerId ??= await this.visitor.known();
      await this.load();
    });
  }

  presenceChanged(change) {
    change();
    this.hooks.changed();
  }

  lineChanged() {
    if (!this.socket.isOpen) {
      this.wasLost = true;
      this.others.clear();
    } else if (this.wasLost && !this.conversationId) {
      this.refresh();
    }
    this.hooks.changed();
  }

  /** Does something that needs the server, and comes back to it when the server could not. */
  async step(action) {
    try {
      await action();
      this.problem = undefined;
      this.flush();
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      this.problem = error.isPassing ? 'unreachable' : 'refused';
      if (error.isPassing) {
        this.again((error.retryAfter ?? 0) * 1000 || RETRY_MS);
      }
    }
    this.hooks.changed();
  }

  again(delay) {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.refresh(), delay);
  }

  /** Takes in what the server has of the visitor's newest conversation. */
  async load() {
    if (!this.customerId) {
      return;
    }
    const { accountId, inboxId } = this.config;
    const chats = await api.chats(accountId, this.customerId, inboxId);
    const chat = chats.find(({ id }) => id === this.conversationId) ?? chats[0];
    if (chat) {
      this.take(chat.messages);
      if (chat.read) {
        this.thread.read(Math.max(...chat.messages.map(({ seq }) => seq)));
      }
      this.follow(chat.id);
    } else if (!this.conversationId) {
      const joined = () => this.step(() => this.load());
      this.socket.join(`conversation:lobby:${this.customerId}`, {}, { 'conversation:created': joined });
    }
  }

  follow(id) {
    if (this.conversationId === id) {
      return;
    }
    if (this.conversationId) {
      this.socket.leave(this.topic);
    }
    this.conversationId = id;
    this.socket.join(this.topic, { customer_id: this.customerId }, {
      // What was said between two joins is fetched after each.
      joined: () => this.step(() => this.load()),
      shout: (message) => this.heard(message),
      typing: (spell) => this.others.heard(spell),
      read: ({ seq }) => {
        this.thread.read(seq);
        this.hooks.changed();
      },
    });
    this.hooks.joined(this.customerId, id);
  }

  heard(message) {
    if (isOurs(message)) {
      this.others.clear(message.type === 'bot' ? 'ai' : message.user_id);
    }
    this.take([message]).filter(isOurs).forEach((fresh) => this.hooks.received(fresh));
    this.hooks.changed();
  }

  take(messages) {
    const fresh = this.thread.take(messages);
    for (const name of messages.map(({ metadata }) => metadata?.client_id).filter(Boolean)) {
      this.outbox.confirm(name);
      clearTimeout(this.asked.get(name));
      this.asked.delete(name);
    }
    fresh.filter((message) => !isOurs(message)).forEach((message) => this.hooks.sent(message));
    return fresh;
  }

  /** Sends a message as soon as that is possible. */
  say(body, files, { email, metadata } = {}) {
    this.email = email || this.email;
    this.outbox.add(body, files, metadata);
    this.own.stop();
    this.hooks.changed();
    this.flush();
  }

  /** Sends what waits and is not under way. */
  flush() {
    const waiting = this.outbox.waiting.filter((entry) => !entry.failed);
    if (!this.conversationId) {
      if (waiting.length > 0 && !this.isStarting) {
        this.isStarting = true;
        this.step(() => alone('frontdesk-start', () => this.start())).finally(() => (this.isStarting = false));
      }
    } else if (this.socket.isJoined(this.topic)) {
      waiting.filter(({ name }) => !this.asked.has(name)).forEach((entry) => this.shout(entry));
    }
  }

  /** Begins the conversation with the first message, unless another page has just begun it. */
  async start() {
    if (!this.customerId) {
      this.customerId = (await this.visitor.known()) ?? (await this.visitor.become(this.email));
      this.hooks.created(this.customerId);
    }
    await this.load();
    const entry = this.outbox.waiting.find(({ failed }) => !failed);
    if (this.conversationId || !entry) {
      return;
    }
    const { accountId: account_id, inboxId: inbox_id } = this.config;
    const conversation = { account_id, inbox_id: inbox_id ?? null, customer_id: this.customerId };
    try {
      const body = JSON.stringify({ conversation, message: written(entry) });
      const { id } = await api.start(body, entry.name);
      this.follow(id);
      await this.load();
      this.outbox.confirm(entry.name);
    } catch (error) {
      if (error instanceof Refused && error.status === 409) {
        this.outbox.confirm(entry.name); // It was said in a conversation that is closed by now.
      } else if (error instanceof Refused && !error.isPassing) {
        this.outbox.fail(entry);
        throw error;
      } else {
        throw error;
      }
    }
  }

  shout(entry) {
    // The echo confirms it. Where none comes, the thread is looked at before it is sent again.
    this.asked.set(entry.name, setTimeout(() => {
      this.asked.delete(entry.name);
      this.step(() => this.load());
    }, ECHO_MS));
    const payload = { ...written(entry), customer_id: this.customerId, idempotency_key: entry.name };
    this.socket.push(this.topic, 'shout', payload, ({ status, response }) => {
      if (status === 'error' && response.reason !== 'unavailable') {
        clearTimeout(this.asked.get(entry.name));
        this.asked.delete(entry.name);
        this.outbox.fail(entry);
        this.hooks.changed();
      }
    });
  }

  retry(name) {
    this.outbox.retry(name);
    this.flush();
    this.hooks.changed();
  }

  /** The visitor has seen everything that is there. */
  saw() {
    if (this.conversationId && this.thread.unseen.length > 0 && this.socket.isJoined(this.topic)) {
      this.socket.push(this.topic, 'messages:seen', {});
      this.thread.markSeen();
      return true;
    }
    return false;
  }

  /** Goes on as another customer, whom the site names. */
  become(customerId) {
    if (customerId !== this.customerId) {
      this.visitor.adopt(customerId);
      this.socket.leave(this.topic);
      Object.assign(this, { customerId, conversationId: undefined, thread: new Thread() });
      this.refresh();
    }
  }
}
