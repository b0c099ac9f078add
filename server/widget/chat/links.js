// Customers' and agents' texts: words, and addresses of the web as links. Nothing else acts.

import { el } from './dom.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/gi;
// What ends a sentence does not belong to the address in it.
const TAIL = /[.,:;!?'")\]}]+$/;

/** An address of the web, or nothing: other schemes run things. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined; // What is no address is a word.
  }
}

function link(text) {
  const href = webAddress(text);
  return href ? el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text) : text;
}

/** The nodes of a text. */
export function linked(text) {
  const nodes = [];
  let after = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(TAIL, '');
    nodes.push(text.slice(after, found.index), link(address));
    after = found.index + address.length;
  }
  nodes.push(text.slice(after));
  return nodes.filter((node) => node !== '');
}
