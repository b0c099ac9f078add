// `window.Frontdesk`: what a site can ask of its chat, and what it can hear.

import { Bubble } from './bubble.js';
import { Frame } from './frame.js';
import { adoptLook } from './look.js';
import { readSettings } from './settings.js';

class Widget {
  constructor(settings) {
    this.settings = settings;
    this.isOpen = false;
    this.unread = 0;
    this.listeners = new Map();
    this.host = document.createElement('div');
    this.host.setAttribute('role', 'region');
    this.host.setAttribute('aria-label', settings.title ?? 'Chat');
    const shadow = this.host.attachShadow({ mode: 'open' });
    adoptLook(shadow);
    this.box = document.createElement('div');
    this.box.className = settings.position === 'left' ? 'left' : '';
    this.bubble = new Bubble(() => this.toggle());
    this.bubble.paint(settings.primaryColor);
    this.bubble.button.hidden = settings.hideToggleButton === true || settings.hideToggleButton === 'true';
    this.frame = new Frame(settings, (event, payload) => this.heard(event, payload));
    this.box.append(this.frame.element, this.bubble.button);
    shadow.append(this.box);
    document.body.append(this.host);
    const ask = { open: () => this.open(), close: () => this.close(), toggle: () => this.toggle() };
    for (const [name, action] of Object.entries(ask)) {
      globalThis.addEventListener(`papercups:${name}`, action);
    }
  }

  heard(event, payload) {
    if (event === 'chat:loaded') {
      this.isLoaded = true;
      this.frame.tell('papercups:toggle', { isOpen: this.isOpen });
      this.emit('ready', {});
    } else if (event === 'frontdesk:unseen') {
      this.unread = payload.count;
      this.show();
      this.emit('unread', { count: payload.count });
    } else if (event === 'papercups:open') {
      this.open();
    } else if (event === 'papercups:close') {
      this.close();
    } else if (event === 'customer:created' || event === 'message:sent' || event === 'message:received') {
      this.emit(event, payload);
    }
  }

  emit(event, payload) {
    this.listeners.get(event)?.forEach((listener) => listener(payload));
  }

  show() {
    this.box.classList.toggle('open', this.isOpen);
    this.frame.element.hidden = !this.isOpen;
    this.bubble.show(this);
  }

  turn(isOpen) {
    if (isOpen === this.isOpen) {
      return;
    }
    this.isOpen = isOpen;
    this.show();
    this.frame.tell('papercups:toggle', { isOpen });
    (isOpen ? this.frame.element : this.bubble.button).focus();
    this.emit(isOpen ? 'open' : 'close', {});
  }

  open() {
    this.turn(true);
  }

  close() {
    this.turn(false);
  }

  toggle() {
    this.turn(!this.isOpen);
  }

  /** Says who the visitor is: `external_id`, `email`, `name`, `identity_hash`, `metadata`. */
  identify(customer) {
    this.settings.customer = { ...this.settings.customer, ...customer };
    this.frame.reload();
  }

  /** Changes parameters of the chat while it is there. */
  update(changes) {
    Object.assign(this.settings, changes);
    this.bubble.paint(changes.primaryColor);
    this.frame.tell('config:update', changes);
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  remove() {
    this.frame.remove();
    this.host.remove();
  }
}

function start() {
  const settings = readSettings();
  if (!settings.account) {
    console.error('Frontdesk: data-account is missing. Write the account id there, as frontdesk-server init said it.');
    return;
  }
  const widget = new Widget(settings);
  const api = { get isOpen() { return widget.isOpen; }, get unread() { return widget.unread; } };
  for (const name of ['open', 'close', 'toggle', 'identify', 'update', 'on', 'remove']) {
    api[name] = (...given) => widget[name](...given);
  }
  globalThis.Frontdesk = api;
  globalThis.dispatchEvent(new CustomEvent('frontdesk:ready'));
}

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', start);
} else {
  start();
}
