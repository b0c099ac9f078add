// Typing, both ways. The server ends a spell that is not renewed within two seconds.

const RENEW_MS = 1200;
const STOP_MS = 2000;
// An assistant thinks for longer than people pause; this only ends what was never ended.
const FORGET_MS = { agent: 4000, ai: 60_000 };

/** Tells that the visitor types. */
export class OwnTyping {
  constructor(push) {
    this.push = push;
    this.toldAt = 0;
  }

  key() {
    if (Date.now() - this.toldAt > RENEW_MS) {
      this.toldAt = Date.now();
      this.push({ typing: true });
    }
    clearTimeout(this.stopping);
    this.stopping = setTimeout(() => this.stop(), STOP_MS);
  }

  stop() {
    clearTimeout(this.stopping);
    if (this.toldAt) {
      this.toldAt = 0;
      this.push({ typing: false });
    }
  }
}

/** Who else types. */
export class OthersTyping {
  constructor(changed) {
    this.changed = changed;
    this.spells = new Map();
  }

  heard({ typing, type, user_id }) {
    if (!(type in FORGET_MS)) {
      return;
    }
    const who = type === 'ai' ? 'ai' : user_id;
    clearTimeout(this.spells.get(who));
    this.spells.delete(who);
    if (typing) {
      this.spells.set(who, setTimeout(() => this.clear(who), FORGET_MS[type]));
    }
    this.changed();
  }

  /** Somebody has written, or the line broke. */
  clear(who) {
    for (const name of who === undefined ? [...this.spells.keys()] : [who]) {
      clearTimeout(this.spells.get(name));
      this.spells.delete(name);
    }
    this.changed();
  }

  /** The id of a user, `ai`, or nothing. */
  get first() {
    return this.spells.keys().next().value;
  }
}
