// The messages of a conversation, each once, in the order that the server gave them.

/** Whether somebody of the company, or its assistant, wrote it. */
export function isOurs(message) {
  return message.type === 'bot' || message.user_id !== null;
}

export class Thread {
  constructor() {
    this.known = new Map();
    this.readUpTo = 0;
  }

  /** Somebody of the company has read everything up to this number. */
  read(seq) {
    this.readUpTo = Math.max(this.readUpTo, seq ?? 0);
  }

  /** Takes messages in; says which of them are new here. */
  take(messages) {
    const fresh = messages.filter((message) => !message.private && !this.known.has(message.id));
    for (const message of messages.filter((message) => !message.private)) {
      this.known.set(message.id, message);
    }
    return fresh;
  }

  get messages() {
    return [...this.known.values()].sort((one, other) => one.seq - other.seq);
  }

  /** Whether the server has the message that this page named so. */
  has(name) {
    return [...this.known.values()].some((message) => message.metadata?.client_id === name);
  }

  /** Whether a message of the visitor's was read: it says so, or somebody answered it. */
  isRead(message) {
    const answered = this.messages.findLast((other) => other.user_id !== null && other.type !== 'bot')?.seq ?? 0;
    return message.seq <= Math.max(this.readUpTo, answered);
  }

  get unseen() {
    return this.messages.filter((message) => isOurs(message) && !message.seen_at);
  }

  markSeen() {
    const now = new Date().toISOString();
    this.unseen.forEach((message) => this.known.set(message.id, { ...message, seen_at: now }));
  }
}
