// Where the visitor writes: the text, the address when the site wants one first, and files.

import { byId, el, setText } from './dom.js';
import { icon } from './icons.js';
import { WORDS, say } from './words.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TALLEST_PX = 140;

export class ComposerView {
  /** `actions`: `send(text, email)`, `typed()`, `attach(file)`, `remove(upload)`, `close()`. */
  constructor(actions, keep) {
    Object.assign(this, { actions, keep });
    this.text = byId('text');
    this.email = byId('email');
    this.text.value = keep.get('draft') ?? '';
    byId('composer').addEventListener('submit', (event) => this.submit(event));
    this.text.addEventListener('keydown', (event) => this.key(event));
    this.text.addEventListener('input', () => this.typed());
    byId('attach').addEventListener('click', () => byId('file').click());
    byId('file').addEventListener('change', ({ target }) => {
      this.take(target.files);
      target.value = '';
    });
    this.text.addEventListener('paste', (event) => this.take(event.clipboardData.files, event));
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => this.take(event.dataTransfer.files, event));
    byId('attach').append(icon('attach'));
    byId('send').append(icon('send'));
  }

  take(files, event) {
    if (files.length > 0) {
      event?.preventDefault();
      [...files].forEach((file) => this.actions.attach(file));
    }
  }

  key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      this.submit(event);
    }
  }

  typed() {
    this.keep.set('draft', this.text.value);
    this.fit();
    if (this.text.value.trim()) {
      this.actions.typed();
    }
    this.enable();
  }

  fit() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST_PX)}px`;
  }

  submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (this.isBusy || (!text && !this.hasFiles)) {
      return;
    }
    const email = this.email.value.trim();
    const isMissing = this.wantsEmail && !EMAIL.test(email);
    setText(byId('email-problem'), isMissing ? WORDS.emailProblem : '');
    this.email.setAttribute('aria-invalid', isMissing);
    if (isMissing) {
      this.email.focus();
      return;
    }
    this.text.value = '';
    this.keep.remove('draft');
    this.fit();
    this.actions.send(text, this.wantsEmail ? email : undefined);
    this.text.focus();
  }

  enable() {
    byId('send').disabled = this.isBusy || (!this.text.value.trim() && !this.hasFiles);
  }

  show(config, uploads, { wantsEmail, isUnknown }) {
    this.wantsEmail = wantsEmail;
    this.isBusy = uploads.isGoing || isUnknown;
    this.hasFiles = uploads.files.some(({ state }) => state === 'there');
    this.text.placeholder = config.newMessagePlaceholder;
    this.email.placeholder = config.emailInputPlaceholder;
    byId('composer').setAttribute('aria-label', WORDS.message);
    setText(byId('text-label'), WORDS.message);
    setText(byId('email-label'), WORDS.email);
    this.email.setAttribute('aria-describedby', 'email-problem');
    byId('attach').setAttribute('aria-label', WORDS.attach);
    byId('send').setAttribute('aria-label', WORDS.send);
    byId('email-row').hidden = !wantsEmail;
    byId('brand').hidden = config.isBrandingHidden;
    setText(byId('brand'), say(WORDS.poweredBy, { name: 'Frontdesk' }));
    byId('files').hidden = uploads.files.length === 0;
    byId('files').replaceChildren(...uploads.files.map((upload) => this.upload(upload)));
    this.fit();
    this.enable();
  }

  upload(upload) {
    const { name, share, state } = upload;
    const problem = { failed: WORDS.uploadFailed, 'too large': WORDS.tooLarge }[state];
    const label = say(WORDS.remove, { name });
    return el('li', { class: 'upload' },
      problem ? el('span', { class: 'problem', role: 'alert' }, say(problem, { name })) : el('bdi', { class: 'upload-name' }, name),
      state === 'going' && el('progress', { max: 1, value: share, 'aria-label': name }),
      el('button', { type: 'button', class: 'round small', 'aria-label': label, onclick: () => this.actions.remove(upload) }, icon('close')));
  }
}
