// The top: what this chat is called, and whether somebody is there.

import { readable } from './color.js';
import { byId, setText } from './dom.js';

/** Dresses the page as the site wishes. */
export function dress(config) {
  const root = document.documentElement;
  root.lang = config.lang;
  root.dir = config.dir === 'rtl' ? 'rtl' : 'ltr';
  if (['light', 'dark'].includes(config.theme)) {
    root.dataset.theme = config.theme;
  }
  const { ground, letters } = readable(config.primaryColor);
  root.style.setProperty('--brand', ground);
  root.style.setProperty('--on-brand', letters);
  document.title = config.title;
  setText(byId('title'), config.title);
  setText(byId('subtitle'), config.subtitle);
  byId('subtitle').hidden = !config.subtitle;
}

export function showOffice(config, isSomebodyThere) {
  const office = byId('office');
  office.hidden = !config.showAgentAvailability;
  office.dataset.there = isSomebodyThere;
  setText(office, isSomebodyThere ? config.agentAvailableText : config.agentUnavailableText);
}
