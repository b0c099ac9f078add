// The frame with the chat page, and the conversation with it.

import { ORIGIN, chatAddress } from './settings.js';

export class Frame {
  constructor(settings, heard) {
    this.ts = String(Date.now());
    this.settings = settings;
    this.element = document.createElement('iframe');
    this.element.className = 'frame';
    this.element.title = settings.title ?? 'Chat';
    this.element.hidden = true;
    this.element.setAttribute('sandbox', 'allow-scripts allow-popups allow-same-origin allow-forms allow-downloads');
    this.listener = ({ source, origin, data }) => {
      const isOurs = source === this.element.contentWindow && origin === ORIGIN && data?.payload?.ts === this.ts;
      if (isOurs) {
        heard(data.event, data.payload);
      }
    };
    globalThis.addEventListener('message', this.listener);
    this.element.src = chatAddress(settings, this.ts);
  }

  tell(event, payload) {
    this.element.contentWindow?.postMessage({ event, payload }, ORIGIN);
  }

  /** Opens the page anew: for another visitor. */
  reload() {
    this.ts = String(Number(this.ts) + 1);
    this.element.src = chatAddress(this.settings, this.ts);
  }

  remove() {
    globalThis.removeEventListener('message', this.listener);
    this.element.remove();
  }
}
