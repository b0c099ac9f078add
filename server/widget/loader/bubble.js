// The round button, with how much is unread.

import { readable } from '../chat/color.js';

const SPEECH = 'M4 5.5h16v11H10l-4.5 3.5v-3.5H4z';
const DOWN = 'M6 9.5l6 6 6-6';

function drawing() {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(space, 'path'));
  return svg;
}

export class Bubble {
  constructor(pressed) {
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.className = 'button';
    this.badge = document.createElement('span');
    this.badge.className = 'badge';
    this.badge.setAttribute('aria-hidden', 'true');
    this.svg = drawing();
    this.shown = this.svg;
    this.button.append(this.shown, this.badge);
    this.button.addEventListener('click', pressed);
    this.show({ isOpen: false, unread: 0 });
  }

  show({ isOpen, unread }) {
    const news = unread > 0 ? `, ${unread} unread` : '';
    this.button.setAttribute('aria-label', isOpen ? 'Close the chat' : `Open the chat${news}`);
    this.button.setAttribute('aria-expanded', String(isOpen));
    this.badge.hidden = isOpen || unread === 0;
    this.badge.textContent = unread > 99 ? '99+' : String(unread);
    this.svg.firstChild.setAttribute('d', isOpen ? DOWN : SPEECH);
  }

  paint(color) {
    if (color) {
      const { ground, letters } = readable(color);
      this.button.style.setProperty('--brand', ground);
      this.button.style.setProperty('--on-brand', letters);
    }
  }

  /** Shows a picture of the site's own; where it does not come, what was there stays. */
  picture(address) {
    if (!address || address === this.address) {
      return;
    }
    this.address = address;
    const image = document.createElement('img');
    image.alt = '';
    const show = () => {
      this.shown.replaceWith(image);
      this.shown = image;
    };
    image.addEventListener('load', show, { once: true });
    image.src = address;
  }
}
