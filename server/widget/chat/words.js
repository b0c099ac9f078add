// What the page says by itself. Sites may replace any of it with the parameter `words`.

export const WORDS = {
  title: 'Chat',
  placeholder: 'Type your message...',
  emailPlaceholder: 'Enter your email',
  newMessages: 'View new messages',
  online: 'We are online and reply soon',
  away: 'We are away and reply when we are back',
  conversation: 'Conversation',
  message: 'Message',
  email: 'Your email address',
  emailProblem: 'Enter an email address such as ada@example.com.',
  send: 'Send',
  attach: 'Attach files',
  remove: 'Remove {name}',
  close: 'Close the chat',
  you: 'You',
  bot: 'Assistant',
  team: 'Support',
  sending: 'Sending',
  waiting: 'Waiting for a connection',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent.',
  again: 'Try again',
  typing: '{name} is typing',
  offline: 'You are offline. What you write is sent once you are back.',
  reconnecting: 'Connecting again. What you write is sent then.',
  unreachable: 'The chat cannot be reached. It tries again by itself.',
  unknown: 'This chat does not exist. Its address needs the token of an account.',
  refused: 'The site has to confirm who you are before you can write here.',
  tooLarge: '{name} is too large.',
  uploadFailed: '{name} was not sent. Remove it and attach it again.',
  today: 'Today',
  yesterday: 'Yesterday',
  poweredBy: 'Powered by {name}',
  quickReplies: 'Suggested replies',
};

/** A text with its places filled. */
export function say(text, places) {
  return text.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

/** Takes a site's own words for those it names. */
export function replaceWords(given) {
  for (const [name, text] of Object.entries(given ?? {})) {
    if (name in WORDS && typeof text === 'string') {
      WORDS[name] = text;
    }
  }
}
