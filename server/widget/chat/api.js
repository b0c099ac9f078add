// Questions to the server over HTTP.

const PATIENCE_MS = 20_000;

/** An answer that says no; without a status there was none. */
export class Refused extends Error {
  constructor(status, retryAfter) {
    super(status ? `the server answered ${status}` : 'the server did not answer');
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same question may be answered later. */
  get isPassing() {
    return !this.status || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

async function ask(method, path, body, key) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  if (key) {
    headers['idempotency-key'] = key;
  }
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  let response;
  let answer;
  try {
    response = await fetch(path, {
      method, headers, body: text, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS),
    });
    answer = await response.text();
  } catch {
    throw new Refused(); // No network, no server, or no patience left: all the same to a visitor.
  }
  if (!response.ok) {
    throw new Refused(response.status, Number(response.headers.get('retry-after')) || undefined);
  }
  return JSON.parse(answer).data;
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value));

export const api = {
  settings: (account_id, inbox_id) => ask('GET', `/api/widget_settings?${query({ account_id, inbox_id })}`),
  createCustomer: (customer) => ask('POST', '/api/customers', { customer }),
  describeCustomer: (id, metadata) => ask('PUT', `/api/customers/${encodeURIComponent(id)}/metadata`, { metadata }),
  identify: (whom) => ask('POST', '/api/customers/identify', whom),
  exists: (id) => ask('GET', `/api/customers/${encodeURIComponent(id)}/exists`),
  chats: (account_id, customer_id, inbox_id) =>
    ask('GET', `/api/conversations/customer?${query({ account_id, customer_id, inbox_id })}`),
  start: (body, key) => ask('POST', '/api/conversations', body, key),
};
