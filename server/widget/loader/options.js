// What a site asks of the script alone, and what the script keeps in the site's own drawer.

/** A switch, as an attribute or as a value of a script says it; nothing where it is not said. */
export function switchOf(value) {
  return value === undefined || value === null ? undefined : value === '' || value === true || value === 1 || value === 'true' || value === '1';
}

/** Where the button stands: a side, and how far from it in pixels. */
export function placeOf(position) {
  const { side, offset } = typeof position === 'object' && position ? position : { side: position };
  return { isLeft: side === 'left', offset: Number.isFinite(offset) ? `${offset}px` : undefined };
}

/** After how many milliseconds the greeting shows itself beside the button; nothing where it does not. */
export function popUpAfter(value) {
  if (!switchOf(value) && !(Number(value) > 0)) {
    return undefined;
  }
  return Number(value) > 1 ? Number(value) : 0;
}

/** What is kept by the site's pages for an account. Where browsers keep nothing, nothing is known. */
export class Drawer {
  constructor(account) {
    this.prefix = `frontdesk:${account}:`;
  }

  has(name) {
    try {
      return localStorage.getItem(this.prefix + name) === '1';
    } catch {
      return false; // Refused: it is as on the first visit.
    }
  }

  note(name, isSo) {
    try {
      localStorage.setItem(this.prefix + name, isSo ? '1' : '0');
    } catch {
      // Refused or full: the next visit is as the first.
    }
  }
}
