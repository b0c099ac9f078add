// How the button and the frame look. The rules live in a shadow tree and are adopted, so that a site's
// rules do not reach them and a strict policy of the site does not stop them.

const RULES = `
:host { all: initial; }
:host([hidden]) { display: none; }
.button { position: fixed; bottom: 20px; inset-inline-end: var(--offset, 20px); z-index: 2147483000; display: grid; place-items: center; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 50%; background: var(--brand, #146def); color: var(--on-brand, #fff); box-shadow: 0 4px 18px rgb(0 0 0 / .28); cursor: pointer; }
.button:focus-visible { outline: 3px solid #14161a; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
.left .button { inset-inline: var(--offset, 20px) auto; }
.button img { width: 32px; height: 32px; object-fit: contain; }
svg { width: 28px; height: 28px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.badge { position: absolute; top: -2px; inset-inline-end: -2px; min-width: 22px; height: 22px; border: 2px solid #fff; border-radius: 13px; background: #b3261e; color: #fff; font: 600 12px/22px system-ui, sans-serif; text-align: center; }
.frame { position: fixed; bottom: 96px; inset-inline-end: var(--offset, 20px); z-index: 2147483000; width: 390px; max-width: calc(100vw - 40px); height: min(640px, calc(100dvh - 116px)); border: 0; border-radius: 16px; background: transparent; box-shadow: 0 8px 40px rgb(0 0 0 / .25); }
.left .frame { inset-inline: var(--offset, 20px) auto; }
.preview .frame { height: 170px; box-shadow: none; }
.filled svg { fill: currentcolor; }
[hidden] { display: none; }
@media (max-width: 480px) {
  .open .frame { inset: 0; width: 100%; max-width: none; height: 100dvh; border-radius: 0; }
  .open.left .frame { inset: 0; }
  .open .button { display: none; }
}
@media (prefers-reduced-motion: no-preference) { .button { transition: transform .15s; } .button:hover { transform: scale(1.06); } }
`;

export function adoptLook(shadow) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  shadow.adoptedStyleSheets = [sheet];
}
