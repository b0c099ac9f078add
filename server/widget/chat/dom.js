// Making elements. Texts become text nodes, whoever wrote them: there is no way from here to markup.

/** An element with attributes and children; what is false, null or undefined is left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Says a text where it is shown, if it is not said there already: screen readers repeat changes. */
export function setText(element, text = '') {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
