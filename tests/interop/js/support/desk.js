// A company's desk over REST.

export class Desk {
  constructor(server, who) {
    this.server = server;
    this.who = who;
  }

  /** Signs in; the tokens of an earlier session stay valid. */
  async signIn() {
    const session = await this.ask('POST', '/api/session', { user: this.who });
    this.accountId = session.account_id;
    this.userId = session.user_id;
    this.token = session.token;
    this.renewToken = session.renew_token;
    return this;
  }

  /** Trades the renew token for a new pair. */
  async renew() {
    const session = await this.ask('POST', '/api/session/renew', undefined, this.renewToken);
    this.token = session.token;
    this.renewToken = session.renew_token;
  }

  get notification() {
    return `notification:${this.accountId}`;
  }

  get room() {
    return `room:${this.accountId}`;
  }

  /** The `data` of the answer to a request that must succeed. */
  async ask(method, path, body, authorization = this.token) {
    const headers = { 'content-type': 'application/json' };
    if (authorization) {
      headers.authorization = authorization;
    }
    const response = await fetch(this.server.url + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text).data : undefined;
  }

  /** A customer who has written once. */
  async conversation(body = 'Where is my order?') {
    const account_id = this.accountId;
    const anonymous = null;
    const customer = await this.ask('POST', '/api/customers', { customer: { account_id, name: 'Grace' } }, anonymous);
    const message = { body, sent_at: new Date().toISOString() };
    const conversation = { account_id, customer_id: customer.id };
    const started = await this.ask('POST', '/api/conversations', { conversation, message }, anonymous);
    return { id: started.id, customerId: customer.id, topic: `conversation:${started.id}` };
  }

  /** The agent's reply. */
  reply(conversationId, body, more = {}) {
    return this.ask('POST', '/api/messages', { message: { conversation_id: conversationId, body, ...more } });
  }

  /** A connection of the desk's first inbox; its id. */
  async connection(kind, settings, secrets) {
    const [inbox] = await this.ask('GET', '/api/inboxes');
    const connection = { name: kind, kind, inbox_id: inbox.id, settings, secrets };
    const made = await this.ask('POST', '/api/v1/connections', { connection });
    return made.id;
  }

  /** A thread as the desk shows it. */
  show(conversationId) {
    return this.ask('GET', `/api/conversations/${conversationId}`);
  }
}
