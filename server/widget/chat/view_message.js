// One message as it looks.

import { moment, timeOf } from './clock.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { linked, webAddress } from './links.js';
import { WORDS } from './words.js';

/** What to call who wrote it. */
export function nameOf(message, config) {
  if (message.type === 'bot') {
    return config.companyName ?? WORDS.bot;
  }
  if (message.user_id === null) {
    return WORDS.you;
  }
  return message.user?.display_name || message.user?.full_name || config.companyName || WORDS.team;
}

function face(message, name) {
  const photo = webAddress(message.user?.profile_photo_url ?? '');
  return photo
    ? el('img', { class: 'face', src: photo, alt: '' })
    : el('span', { class: 'face', 'aria-hidden': 'true' }, [...name][0].toLocaleUpperCase());
}

/** Files are asked of the server that this page came from, whatever name it has elsewhere. */
function place(address) {
  const url = new URL(address, location.href);
  return url.pathname.startsWith('/files/') ? url.pathname + url.search : '#';
}

function attachment({ filename, file_url, content_type }) {
  const isImage = content_type?.startsWith('image/');
  const shown = isImage
    ? el('img', { class: 'picture', src: place(file_url), alt: filename, loading: 'lazy' })
    : [icon('file'), el('bdi', {}, filename)];
  const link = { class: isImage ? 'picture-link' : 'file', href: place(file_url), target: '_blank', rel: 'noopener' };
  return el('a', { ...link, download: filename }, shown);
}

/** A message of either side, as a line of the list. `first` begins a run of the same writer. */
export function messageLine(message, config, { isOwn, first }) {
  const name = nameOf(message, config);
  const bubble = [
    message.body && el('p', { class: 'bubble', dir: 'auto' }, linked(message.body)),
    (message.attachments ?? []).map(attachment),
  ];
  const at = message.created_at ?? message.sent_at;
  const time = at && el('time', { datetime: moment(at).toISOString() }, timeOf(moment(at), config.lang));
  return el('li', { class: `message ${isOwn ? 'own' : 'theirs'}${first ? ' first' : ''}` },
    !isOwn && face(message, name),
    el('div', { class: 'said' },
      el('span', { class: isOwn || !first ? 'visually-hidden' : 'name' }, el('bdi', {}, name)),
      bubble,
      el('span', { class: 'under' }, time, isOwn && el('span', { class: 'state' }))));
}
