// Styles that a site gives for single parts, as Papercups' widget takes them.

/**
 * Puts declarations on an element: by a script, which no policy of the site stops. Names are as in scripts,
 * and a number is pixels where the property takes no plain one.
 */
export function wear(element, declarations) {
  for (const [name, value] of Object.entries(declarations ?? {})) {
    const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const isLength = typeof value === 'number' && !CSS.supports(property, String(value));
    element.style.setProperty(property, isLength ? `${value}px` : String(value));
  }
}
