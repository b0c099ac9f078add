// The page around this one, when there is one: what it is told and what it asks for.

export const isFramed = globalThis.parent !== globalThis;

/** Tells the host. Every payload names the instance that the host opened. */
export function tell(event, payload = {}, ts = undefined) {
  if (isFramed) {
    globalThis.parent.postMessage({ event, payload: ts === undefined ? payload : { ...payload, ts } }, '*');
  }
}

/** Listens to the host and to nobody else. */
export function listen(handlers) {
  globalThis.addEventListener('message', ({ source, data }) => {
    if (isFramed && source === globalThis.parent && typeof data?.event === 'string' && Object.hasOwn(handlers, data.event)) {
      handlers[data.event](data.payload);
    }
  });
}
