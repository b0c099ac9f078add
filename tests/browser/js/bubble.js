// A site that has the Papercups widget, pointed at our page.

import { ChatWidget } from '@papercups-io/chat-widget';
import { createElement } from 'react';
import { render } from 'react-dom';

const { account, inbox, origin, more } = document.body.dataset;
const root = document.body.appendChild(document.createElement('div'));
window.heard = [];
const note = (name) => (payload) => window.heard.push([name, payload?.body]);
render(
  createElement(ChatWidget, {
    token: account,
    inbox,
    baseUrl: origin,
    iframeUrlOverride: `${origin}/chat`,
    title: 'Ask us',
    greeting: 'Hello from the shop',
    customer: { name: 'Grace', external_id: 'shop-7' },
    onChatOpened: note('opened'),
    onMessageSent: note('sent'),
    onMessageReceived: note('received'),
    ...JSON.parse(more),
  }),
  root,
);
