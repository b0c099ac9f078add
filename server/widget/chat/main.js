// The chat page: puts the parts together. What is drawn follows from the state, whatever changed.

import { Refused, api } from './api.js';
import { byId } from './dom.js';
import { isFramed, listen, tell } from './host.js';
import { icon } from './icons.js';
import { Keep } from './keep.js';
import { Outbox } from './outbox.js';
import { changedParams, configure, readParams } from './params.js';
import { Talk } from './talk.js';
import { Uploads } from './uploads.js';
import { ComposerView } from './view_composer.js';
import { dress, showOffice } from './view_header.js';
import { showPreview } from './view_preview.js';
import { LineView, showTyping } from './view_status.js';
import { ThreadView, helloOf } from './view_thread.js';
import { Visitor } from './visitor.js';
import { WORDS, replaceWords } from './words.js';

/** What a host needs for the button that it shows beside this page. */
function lookOf({ primaryColor, isOutsideWorkingHours }, settings) {
  return {
    primaryColor,
    isOutsideWorkingHours,
    isOpenByDefault: settings.is_open_by_default,
    customIconUrl: settings.custom_icon_url,
    iconVariant: settings.icon_variant,
  };
}

class Page {
  constructor(params) {
    this.params = params;
    this.config = configure(params);
    this.isOpen = !isFramed || !params.ts;
    const keep = new Keep(params.accountId, params.inboxId, params.customer.external_id);
    this.visitor = new Visitor(this.config, keep);
    this.talk = new Talk(this.config, this.visitor, new Outbox(keep), {
      changed: () => this.draw(),
      joined: (customerId, conversationId) => this.tell('conversation:join', { customerId, conversationId }),
      created: (customerId) => this.tell('customer:created', { customerId }),
      sent: (message) => this.tell('message:sent', message),
      received: (message) => this.tell('message:received', message),
    });
    this.uploads = new Uploads(() => ({ account_id: params.accountId, customer_id: this.talk.customerId }), () => this.draw());
    this.thread = new ThreadView({
      retry: (name) => this.talk.retry(name),
      quick: ({ text, action }) => this.talk.say(text, [], { metadata: action ? { quick_reply: action } : {} }),
    });
    this.composer = new ComposerView({
      send: (text, email) => this.talk.say(text || null, this.uploads.take(), { email }),
      typed: () => this.talk.own.key(),
      attach: (file) => this.uploads.add(file),
      remove: (upload) => this.uploads.remove(upload),
    }, keep);
    this.line = new LineView();
    keep.watch(() => this.draw());
    document.addEventListener('visibilitychange', () => this.draw());
    byId('close').append(icon('close'));
    byId('close').addEventListener('click', () => this.close());
    document.addEventListener('keydown', ({ key, isComposing }) => key === 'Escape' && !isComposing && this.escape());
  }

  tell(event, payload) {
    tell(event, payload, this.params.ts);
  }

  close() {
    if (isFramed && this.config.closeable) {
      this.tell('papercups:close');
    }
  }

  /** What is shown beside the closed chat goes away; hosts for Papercups would open the chat when asked to close it. */
  escape() {
    if (byId('preview').hidden) {
      this.close();
    } else {
      this.tell('messages:seen', {});
    }
  }

  async start() {
    this.draw();
    this.listen();
    this.tell('chat:loaded');
    if (!this.params.accountId) {
      this.talk.problem = 'unknown';
      this.draw();
      return;
    }
    try {
      this.settings = await api.settings(this.params.accountId, this.params.inboxId);
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      if (!error.isPassing) {
        this.talk.problem = 'unknown';
        this.draw();
        return;
      }
      this.settings = {}; // Without them the chat looks plainer, and works.
    }
    this.configure({});
    await this.talk.begin();
  }

  configure(changes) {
    Object.assign(this.params, changes);
    Object.assign(this.config, configure(this.params, this.settings));
    if (this.settings) {
      this.tell('frontdesk:look', lookOf(this.config, this.settings));
    }
    this.draw();
  }

  listen() {
    listen({
      'papercups:plan': () => {},
      'papercups:ping': () => {},
      'papercups:toggle': (payload) => this.toggled(payload ?? {}),
      'notifications:display': (payload) => {
        this.hasPreview = payload?.shouldDisplayNotifications === true;
        this.previewsHello = this.hasPreview && payload.popUpInitialMessage === true;
        this.draw();
      },
      'config:update': (payload) => this.configure(changedParams(payload)),
      'customer:set:id': (id) => typeof id === 'string' && this.talk.become(id),
      'customer:update': (payload) => payload?.metadata && this.told(payload.metadata),
    });
  }

  /** The host says more of the visitor. */
  async told(metadata) {
    const { customerId } = this.talk;
    if (!customerId) {
      this.visitor.learn(metadata);
      await this.talk.refresh();
    } else if (await this.visitor.describe(customerId, metadata)) {
      this.tell('customer:updated', { customerId });
    }
  }

  /** What opens by itself leaves the focus where the visitor has it. */
  toggled({ isOpen, isByItself }) {
    this.isOpen = isOpen === true;
    if (this.isOpen && this.previewsHello) {
      this.tell('messages:seen', {});
    }
    this.draw();
    if (this.isOpen && !isByItself) {
      byId('text').focus();
    }
  }

  draw() {
    const { config, talk } = this;
    const messages = talk.thread.messages;
    const waiting = talk.outbox.waiting.filter(({ name }) => !talk.thread.has(name));
    const isOnline = talk.socket.isOpen && navigator.onLine;
    dress(config);
    byId('close').hidden = !(isFramed && config.closeable);
    byId('close').setAttribute('aria-label', WORDS.close);
    showOffice(config, talk.presence.isSomebodyThere);
    this.thread.show(config, talk.thread, waiting, isOnline);
    showTyping(config, talk.others.first, messages);
    this.line.show({ isOpen: talk.socket.isOpen, problem: talk.problem });
    const isNew = !talk.customerId && messages.length === 0 && waiting.length === 0;
    const wantsEmail = config.requireEmailUpfront && isNew && !config.customer.email;
    this.composer.show(config, this.uploads, { wantsEmail, isUnknown: talk.problem === 'unknown' });
    this.mark();
  }

  /** What is open and looked at is seen; of the rest the host is told. */
  mark() {
    if (this.isOpen && document.visibilityState === 'visible' && this.talk.saw()) {
      this.tell('messages:seen', {});
    }
    const unseen = this.talk.thread.unseen;
    const newest = unseen.at(-1);
    if (unseen.length !== (this.toldUnseen ?? 0)) {
      this.toldUnseen = unseen.length;
      this.tell('frontdesk:unseen', { count: unseen.length });
      if (newest && !this.isOpen) {
        this.tell('messages:unseen', { message: newest });
      }
    }
    const shown = newest ?? (this.previewsHello ? helloOf(this.config) : undefined);
    showPreview(this.config, !this.isOpen && this.hasPreview ? shown : undefined);
    byId('preview').onclick = () => this.tell('papercups:open', {});
  }
}

const params = readParams(location);
replaceWords(params.words);
new Page(params).start();
