// What the closed widget shows of a new message, where the host gives it room.

import { byId, el } from './dom.js';
import { nameOf } from './view_message.js';

/** Shows the newest unseen message and nothing else of the page, or the page again. */
export function showPreview(config, message) {
  const preview = byId('preview');
  preview.hidden = !message;
  byId('chat').hidden = Boolean(message);
  document.documentElement.classList.toggle('is-preview', Boolean(message));
  if (message) {
    preview.replaceChildren(
      el('strong', {}, el('bdi', {}, nameOf(message, config))),
      el('span', { class: 'preview-text', dir: 'auto' }, message.body ?? ''),
      el('span', { class: 'preview-more' }, config.newMessagesNotificationText));
  }
}
