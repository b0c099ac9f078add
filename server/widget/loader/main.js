// `window.Frontdesk`: what a site can ask of its chat, and what it can hear.

import { Bubble } from './bubble.js';
import { Frame } from './frame.js';
import { adoptLook } from './look.js';
import { Drawer, placeOf, popUpAfter, switchOf } from './options.js';
import { readSettings } from './settings.js';
import { wear } from './styles.js';

/** Functions that a site may give with its settings, by what they hear of. */
const CALLBACKS = {
  ready: 'onChatLoaded',
  open: 'onChatOpened',
  close: 'onChatClosed',
  'message:sent': 'onMessageSent',
  'message:received': 'onMessageReceived',
};

/** What the page says that is the site's to hear as it is. */
const FOR_THE_SITE = new Set(['customer:created', 'customer:updated', 'message:sent', 'message:received']);

class Widget {
  constructor(settings) {
    this.settings = settings;
    this.isOpen = false;
    this.unread = 0;
    this.listeners = new Map();
    this.drawer = new Drawer(settings.account);
    this.ended = new AbortController();
    this.host = document.createElement('div');
    this.host.setAttribute('role', 'region');
    this.host.setAttribute('aria-label', settings.title ?? 'Chat');
    this.shadow = this.host.attachShadow({ mode: 'open' });
    adoptLook(this.shadow);
    this.box = document.createElement('div');
    this.bubble = new Bubble(() => this.toggle());
    this.bubble.paint(settings.primaryColor);
    this.frame = new Frame(settings, (event, payload) => this.heard(event, payload));
    this.box.append(this.frame.element, this.bubble.button);
    this.place();
    this.shadow.append(this.box);
    document.body.append(this.host);
    this.listen();
  }

  place() {
    const { isLeft, offset } = placeOf(this.settings.position);
    this.box.classList.toggle('left', isLeft);
    if (offset) {
      this.box.style.setProperty('--offset', offset);
    }
    // Until the hours are known, what is to be hidden outside of them is hidden.
    this.host.hidden = switchOf(this.settings.hideOutsideWorkingHours) === true;
    this.bubble.button.hidden = switchOf(this.settings.hideToggleButton) === true;
    const { chatContainer, toggleContainer, toggleButton } = this.settings.styles ?? {};
    wear(this.frame.element, chatContainer);
    wear(this.bubble.button, toggleContainer);
    wear(this.bubble.button, toggleButton);
  }

  /** What a page says without holding the widget: the events that pages for Papercups know. */
  listen() {
    const become = ({ detail }) => detail && this.frame.tell('customer:set:id', detail);
    const asked = {
      'papercups:open': () => this.open(),
      'papercups:close': () => this.close(),
      'papercups:toggle': () => this.toggle(),
      'papercups:customer:set': become,
      'storytime:customer:set': become,
    };
    for (const [name, action] of Object.entries(asked)) {
      globalThis.addEventListener(name, action, { signal: this.ended.signal });
    }
  }

  heard(event, payload) {
    const known = {
      'chat:loaded': () => this.loaded(),
      'frontdesk:look': () => this.dress(payload),
      'frontdesk:unseen': () => {
        this.unread = payload.count;
        this.show();
        this.emit('unread', { count: payload.count });
      },
      'messages:seen': () => this.preview(false),
      'papercups:open': () => this.open(),
      'papercups:close': () => this.close(),
    };
    known[event]?.();
    if (FOR_THE_SITE.has(event)) {
      this.emit(event, payload);
    }
    if (event === 'customer:created') {
      globalThis.dispatchEvent(new CustomEvent('papercups:customer:set', { detail: payload.customerId }));
    }
  }

  /** The page is there; it is there anew after the visitor became somebody else. */
  loaded() {
    this.frame.tell('papercups:toggle', { isOpen: this.isOpen });
    if (this.isLoaded) {
      return;
    }
    this.isLoaded = true;
    this.emit('ready', { open: () => this.open(), close: () => this.close(), identify: (whom) => this.identify(whom) });
    const wait = popUpAfter(this.settings.popUpInitialMessage);
    if (wait !== undefined && !this.drawer.has('greeted')) {
      setTimeout(() => this.isOpen || this.preview(true), wait);
    }
  }

  /** What the inbox's settings say, where the site says nothing. */
  dress(look) {
    this.bubble.paint(this.settings.primaryColor ?? look.primaryColor);
    this.bubble.picture(this.settings.customIconUrl ?? look.customIconUrl);
    this.box.classList.toggle('filled', (this.settings.iconVariant ?? look.iconVariant) === 'filled');
    this.host.hidden = switchOf(this.settings.hideOutsideWorkingHours) === true && look.isOutsideWorkingHours === true;
    if (!this.isDressed) {
      this.isDressed = true;
      const usual = switchOf(this.settings.isOpenByDefault) ?? look.isOpenByDefault === true;
      this.set(this.isOpen || (this.isPersistent ? this.drawer.has('open') : usual), { isByItself: true });
    }
  }

  get isPersistent() {
    return switchOf(this.settings.persistOpenState) === true;
  }

  /** The greeting beside the button, until the visitor has seen it. */
  preview(isShown) {
    if (!isShown && this.isPreview) {
      this.drawer.note('greeted', true);
    }
    if (isShown !== Boolean(this.isPreview)) {
      const hadFocus = this.shadow.activeElement === this.frame.element;
      this.isPreview = isShown;
      this.frame.tell('notifications:display', { shouldDisplayNotifications: isShown, popUpInitialMessage: isShown });
      this.show();
      if (hadFocus && !this.isOpen) {
        this.bubble.button.focus();
      }
    }
  }

  emit(event, payload) {
    this.listeners.get(event)?.forEach((listener) => listener(payload));
    const callback = this.settings[CALLBACKS[event]];
    if (typeof callback === 'function') {
      callback(payload);
    }
  }

  show() {
    this.box.classList.toggle('open', this.isOpen);
    this.box.classList.toggle('preview', Boolean(this.isPreview) && !this.isOpen);
    this.frame.element.hidden = !this.isOpen && !this.isPreview;
    this.bubble.show(this);
  }

  set(isOpen, manner = {}) {
    if (isOpen === this.isOpen) {
      return;
    }
    this.isOpen = isOpen;
    this.show();
    this.frame.tell('papercups:toggle', { isOpen, ...manner });
    if (this.isPersistent) {
      this.drawer.note('open', isOpen);
    }
    this.emit(isOpen ? 'open' : 'close', {});
  }

  turn(isOpen) {
    if (isOpen !== this.isOpen) {
      this.set(isOpen);
      (isOpen ? this.frame.element : this.bubble.button).focus();
    }
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
    this.place();
    this.frame.tell('config:update', changes);
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  remove() {
    this.ended.abort();
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
