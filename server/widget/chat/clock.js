// Times as people say them.

import { WORDS } from './words.js';

/** A moment of the server; one without a zone is in UTC. */
export function moment(text) {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

export function timeOf(date, lang) {
  return new Intl.DateTimeFormat(lang, { hour: 'numeric', minute: '2-digit' }).format(date);
}

/** Tells one day from another, where the visitor is. */
export function dayKey(date) {
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

export function dayOf(date, lang, now = new Date()) {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) {
    return WORDS.today;
  }
  if (dayKey(date) === dayKey(yesterday)) {
    return WORDS.yesterday;
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
  return new Intl.DateTimeFormat(lang, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(date);
}
