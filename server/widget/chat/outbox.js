// What the visitor sent and the server has not confirmed. It survives a reload, and every message has
// a name of its own from the beginning, so that sending it again makes no second one.

const DRAWER = 'out:';

/** A name that nobody else gives. */
function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Outbox {
  constructor(keep) {
    this.keep = keep;
  }

  /** What waits, the oldest first. */
  get waiting() {
    const entries = this.keep.names(DRAWER).map((name) => this.keep.get(name));
    return entries.filter(Boolean).sort((one, other) => one.order - other.order);
  }

  add(body, files, metadata = {}) {
    const name = newName();
    const order = Math.max(Date.now(), ...this.waiting.map((entry) => entry.order + 1));
    this.keep.set(DRAWER + name, { name, body, files, metadata, order, sentAt: new Date().toISOString() });
  }

  /** Notes that the server will not take it as it is. */
  fail(entry) {
    this.keep.set(DRAWER + entry.name, { ...entry, failed: true });
  }

  retry(name) {
    this.keep.set(DRAWER + name, { ...this.keep.get(DRAWER + name), failed: false });
  }

  confirm(name) {
    this.keep.remove(DRAWER + name);
  }
}

/** A waiting message as it is sent. It is the same text every time, which is how the server knows it. */
export function written(entry) {
  return {
    body: entry.body,
    sent_at: entry.sentAt,
    file_ids: entry.files.map((file) => file.id),
    metadata: { ...entry.metadata, client_id: entry.name },
  };
}
