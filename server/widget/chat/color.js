// The site's colour, made readable: letters on it are light where they can be, dark where they must.

const ENOUGH = 4.5;
const NEARLY = 2.6;

function parse(text) {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!digits) {
    return undefined;
  }
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return [0, 2, 4].map((at) => parseInt(long.slice(at, at + 2), 16));
}

/** How bright a colour is to the eye, from 0 to 1. */
function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrastWithWhite = (color) => 1.05 / (luminance(color) + 0.05);

/** The ground and the letters for a colour; a colour that is none is the usual one. */
export function readable(text) {
  let ground = parse(text) ?? parse('1677ff');
  if (contrastWithWhite(ground) < NEARLY) {
    return { ground: css(ground), letters: '#14161a' };
  }
  while (contrastWithWhite(ground) < ENOUGH) {
    ground = ground.map((part) => Math.floor(part * 0.97));
  }
  return { ground: css(ground), letters: '#ffffff' };
}

function css(color) {
  return `rgb(${color.join(' ')})`;
}
