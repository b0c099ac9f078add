// The two quiet lines: who types, and how the connection is.

import { byId, setText } from './dom.js';
import { nameOf } from './view_message.js';
import { WORDS, say } from './words.js';

// A break shorter than this is nobody's business.
const CALM_MS = 1500;

export function showTyping(config, who, messages) {
  const typing = byId('typing');
  const known = messages.findLast((message) => who !== undefined && message.user_id === who);
  const name = who === 'ai' ? config.companyName ?? WORDS.bot : known ? nameOf(known, config) : config.companyName ?? WORDS.team;
  setText(typing, who === undefined ? '' : say(WORDS.typing, { name }));
  typing.dataset.typing = who !== undefined;
}

export class LineView {
  /** Shows what is wrong with the connection, once it has been wrong for a moment. */
  show({ isOpen, problem }) {
    const isFine = isOpen && navigator.onLine && !problem;
    clearTimeout(this.timer);
    if (isFine) {
      setText(byId('line'));
      return;
    }
    const text = () => {
      return navigator.onLine ? WORDS[problem ?? 'reconnecting'] : WORDS.offline;
    };
    const patience = navigator.onLine && !problem ? CALM_MS : 0;
    this.timer = setTimeout(() => setText(byId('line'), text()), patience);
  }
}
