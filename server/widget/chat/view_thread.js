// The conversation: days, messages, what waits, and the suggested replies. Lines that have not
// changed stay as they are, so that screen readers read only what is new.

import { dayKey, dayOf, moment } from './clock.js';
import { byId, el } from './dom.js';
import { isOurs } from './thread.js';
import { messageLine } from './view_message.js';
import { WORDS } from './words.js';

const NEAR_PX = 80;

/** What stands above everything that was said, where the site wishes so. */
export function helloOf(config) {
  const greeting = config.isOutsideWorkingHours ? config.awayMessage ?? config.greeting : config.greeting;
  return greeting ? { id: 'greeting', type: 'bot', user_id: null, body: greeting } : undefined;
}

export class ThreadView {
  constructor(actions) {
    this.actions = actions;
    this.log = byId('log');
    this.list = byId('messages');
    this.news = byId('news');
    this.news.addEventListener('click', () => this.toEnd());
    this.log.addEventListener('scroll', () => this.isAtEnd && (this.news.hidden = true), { passive: true });
    this.list.addEventListener('load', () => this.wasAtEnd && this.toEnd(), true);
    this.shown = new Map();
  }

  get isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_PX;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.news.hidden = true;
  }

  show(config, thread, waiting, isOnline) {
    const { messages } = thread;
    this.log.setAttribute('aria-label', WORDS.conversation);
    this.news.textContent = config.newMessagesNotificationText;
    this.wasAtEnd = this.isAtEnd;
    const before = this.shown;
    this.shown = new Map();
    this.fresh = false;
    const lines = this.lines(config, messages, waiting)
      .map(([key, face, make, message]) =>
        this.line(before, key, JSON.stringify(face), make, this.stateOf(message, thread, isOnline)));
    lines.forEach((line, at) => this.list.children[at] !== line && this.list.insertBefore(line, this.list.children[at] ?? null));
    while (this.list.children.length > lines.length) {
      this.list.lastChild.remove();
    }
    if (this.wasAtEnd || waiting.length > (this.waited ?? 0)) {
      this.toEnd();
    } else if (this.fresh) {
      this.news.hidden = false;
    }
    this.waited = waiting.length;
  }

  /** The line under this key, made anew only when it looks different. */
  line(before, key, face, make, state) {
    const old = before.get(key);
    const made = old?.face === face ? old : { face, element: make() };
    if (made.state !== state) {
      made.state = state;
      made.element.querySelector('.state')?.replaceChildren(...this.stateNodes(state, key));
    }
    this.fresh ||= !old;
    this.shown.set(key, made);
    return made.element;
  }

  /** Every line: its key, what it depends on, and how it is made. */
  lines(config, messages, waiting) {
    const hello = helloOf(config);
    const pending = waiting.map((entry) => ({
      id: entry.name, type: 'reply', user_id: null, body: entry.body, attachments: entry.files,
      sent_at: entry.sentAt, metadata: { client_id: entry.name }, entry,
    }));
    const lines = [];
    let last;
    for (const message of [hello, ...messages, ...pending].filter(Boolean)) {
      const day = message.created_at ?? message.sent_at;
      const key = message.metadata?.client_id ?? message.id;
      if (day && dayKey(moment(day)) !== last?.day) {
        const text = dayOf(moment(day), config.lang);
        lines.push([`day of ${key}`, text, () => el('li', { class: 'day' }, text)]);
      }
      const isOwn = !isOurs(message);
      const writer = isOwn ? 'own' : message.user_id ?? 'bot';
      const first = last?.writer !== writer;
      const face = [message.body, first, message.attachments?.length, config.companyName, config.lang];
      lines.push([key, face, () => messageLine(message, config, { isOwn, first }), message]);
      last = { day: day ? dayKey(moment(day)) : last?.day, writer };
    }
    return [...lines, ...this.suggestions(messages, waiting)];
  }

  /** How far a message of the visitor has come: its word, or `failed`. */
  stateOf(message, thread, isOnline) {
    const entry = message?.entry;
    if (!entry) {
      return message && thread.isRead(message) ? WORDS.seen : WORDS.sent;
    }
    return entry.failed ? 'failed' : isOnline ? WORDS.sending : WORDS.waiting;
  }

  stateNodes(state, name) {
    if (state !== 'failed') {
      return [state];
    }
    const again = el('button', { type: 'button', class: 'again', onclick: () => this.actions.retry(name) }, WORDS.again);
    return [el('span', { class: 'problem' }, WORDS.failed, ' ', again)];
  }

  /** The replies that the last message offers, until something is said after it. */
  suggestions(messages, waiting) {
    const last = messages.at(-1);
    const offered = last && isOurs(last) && waiting.length === 0 ? last.metadata?.quick_replies : undefined;
    const replies = Array.isArray(offered) ? offered.filter((reply) => typeof reply?.text === 'string') : [];
    if (replies.length === 0) {
      return [];
    }
    const button = (reply) =>
      el('button', { type: 'button', class: 'quick', dir: 'auto', onclick: () => this.actions.quick(reply) }, reply.text);
    const make = () => el('li', { class: 'quick-replies' },
      el('div', { role: 'group', 'aria-label': WORDS.quickReplies }, replies.map(button)));
    return [[`quick ${last.id}`, replies, make]];
  }
}
