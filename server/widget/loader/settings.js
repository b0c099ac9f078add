// What a site says about its chat: in the attributes of the script's element or in an object of its
// page, `Frontdesk.config`, or `Papercups.config` where a page was written for that.

const SCRIPT = document.currentScript;
export const ORIGIN = new URL(SCRIPT.src).origin;

/** The parameters of the chat page that a site may give. */
export const NAMES = [
  'title', 'subtitle', 'primaryColor', 'greeting', 'awayMessage', 'newMessagePlaceholder',
  'emailInputPlaceholder', 'newMessagesNotificationText', 'agentAvailableText',
  'agentUnavailableText', 'showAgentAvailability', 'requireEmailUpfront', 'isBrandingHidden',
  'isOutsideWorkingHours', 'companyName', 'theme', 'lang', 'dir', 'words',
];

export function readSettings() {
  const given = { ...globalThis.Papercups?.config, ...globalThis.Frontdesk?.config, ...SCRIPT.dataset };
  const account = given.account ?? given.token ?? given.accountId;
  return { ...given, account };
}

/** The address of the chat page. Who the visitor is stands in the fragment, which is not sent. */
export function chatAddress(settings, ts) {
  const address = new URL('/chat', ORIGIN);
  const query = { token: settings.account, inbox: settings.inbox, ts, closeable: '1' };
  for (const name of NAMES) {
    const value = settings[name];
    query[name] = typeof value === 'object' ? value && JSON.stringify(value) : value;
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') {
      address.searchParams.set(name, value);
    }
  }
  const customer = { host: location.host, pathname: location.pathname, current_url: location.href, ...settings.customer };
  address.hash = new URLSearchParams({ customer: JSON.stringify(customer) });
  return address.href;
}
