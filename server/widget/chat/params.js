// How the page is to be: what its address says, over what the inbox's settings say. The fragment of
// the address counts like the query, and servers never see it: sites put there who the visitor is.

import { WORDS } from './words.js';

const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;
const TEXTS = [
  'title', 'subtitle', 'primaryColor', 'greeting', 'awayMessage', 'newMessagePlaceholder',
  'emailInputPlaceholder', 'newMessagesNotificationText', 'agentAvailableText',
  'agentUnavailableText', 'companyName', 'customerId', 'theme', 'lang', 'dir', 'ts',
];
const SWITCHES = [
  'showAgentAvailability', 'requireEmailUpfront', 'isBrandingHidden', 'isOutsideWorkingHours',
  'closeable', 'mobile',
];

/** Some sites encode a value twice. */
function decoded(text) {
  if (!/%[0-9a-f]{2}/i.test(text)) {
    return text;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone percent sign means itself.
  }
}

function object(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined; // What is no JSON says nothing.
  }
}

/** What the page's address says; what it does not say is left out. */
export function readParams({ search, hash }) {
  const given = new Map([...new URLSearchParams(search), ...new URLSearchParams(hash.slice(1))]);
  const text = (name) => {
    const value = given.get(name);
    return value && value !== 'undefined' && value !== 'null' ? value : undefined;
  };
  const params = { accountId: text('token') ?? text('accountId'), inboxId: text('inbox') };
  for (const name of TEXTS) {
    params[name] = text(name) === undefined ? undefined : decoded(text(name));
  }
  for (const name of SWITCHES) {
    params[name] = text(name) === undefined ? undefined : isOn(text(name));
  }
  const metadata = objectOf(given.get('metadata'));
  params.customer = { ...metadata, ...objectOf(given.get('customer')) };
  params.words = objectOf(given.get('words'));
  return params;
}

function objectOf(text) {
  return text ? object(text) ?? object(decoded(text)) : undefined;
}

function isOn(value) {
  return value === '1' || value === 'true' || value === true || value === 1;
}

/** What a host page changes later, in the form of parameters. */
export function changedParams(changes) {
  const params = {};
  for (const name of TEXTS.filter((name) => name !== 'ts' && typeof changes?.[name] === 'string')) {
    params[name] = changes[name];
  }
  for (const name of SWITCHES.filter((name) => changes?.[name] !== undefined)) {
    params[name] = isOn(changes[name]);
  }
  return params;
}

/** Parameters, then the inbox's settings, then what is usual. */
export function configure(params, settings) {
  const account = settings?.account;
  const lang = params.lang ?? 'en';
  const first = (...values) => values.find((value) => value !== undefined && value !== null && value !== '');
  return {
    ...params,
    title: first(params.title, settings?.title, WORDS.title),
    subtitle: first(params.subtitle, settings?.subtitle),
    primaryColor: first(params.primaryColor, settings?.color, '#1677ff'),
    greeting: first(params.greeting, settings?.greeting),
    awayMessage: first(params.awayMessage, settings?.away_message),
    newMessagePlaceholder: first(params.newMessagePlaceholder, settings?.new_message_placeholder, WORDS.placeholder),
    emailInputPlaceholder: first(params.emailInputPlaceholder, settings?.email_input_placeholder, WORDS.emailPlaceholder),
    newMessagesNotificationText: first(
      params.newMessagesNotificationText, settings?.new_messages_notification_text, WORDS.newMessages),
    agentAvailableText: first(params.agentAvailableText, settings?.agent_available_text, WORDS.online),
    agentUnavailableText: first(params.agentUnavailableText, settings?.agent_unavailable_text, WORDS.away),
    showAgentAvailability: first(params.showAgentAvailability, settings?.show_agent_availability, false),
    requireEmailUpfront: first(params.requireEmailUpfront, settings?.require_email_upfront, false),
    isBrandingHidden: first(params.isBrandingHidden, settings?.is_branding_hidden, false),
    isOutsideWorkingHours: first(params.isOutsideWorkingHours, account?.is_outside_working_hours, false),
    companyName: first(params.companyName, account?.company_name),
    lang,
    dir: first(params.dir, RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr'),
  };
}
