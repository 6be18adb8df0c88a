/** A colour: red, green and blue 0–255, and how much it covers, 0–1. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** The names of HTML 4; others are to be written as numbers. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ black: '#000000', silver: '#c0c0c0', gray: '#808080', grey: '#808080', white: '#ffffff' },
  ...{ maroon: '#800000', red: '#ff0000', purple: '#800080', fuchsia: '#ff00ff', green: '#008000' },
  ...{ lime: '#00ff00', olive: '#808000', yellow: '#ffff00', navy: '#000080', blue: '#0000ff' },
  ...{ teal: '#008080', aqua: '#00ffff', transparent: '#00000000', none: '#00000000' },
};

const RGB = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/;

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)` and a few names. */
export function colourOf(text: string): Colour | undefined {
  const written = text.trim().toLowerCase();
  const [, red, green, blue, alpha = '1', percent] = RGB.exec(written) ?? [];
  if (red && green && blue) return [+red, +green, +blue, +alpha / (percent ? 100 : 1)];
  const hex = /^#([\da-f]{3,8})$/.exec(NAMED[written] ?? written)?.[1];
  if (!hex || hex.length === 5 || hex.length === 7) return undefined;
  const digits = hex.length > 4 ? hex : hex.replaceAll(/./g, '$&$&');
  const channel = (at: number) => Number.parseInt(digits.slice(at, at + 2) || 'ff', 16);
  return [channel(0), channel(2), channel(4), channel(6) / 255];
}

/** What is seen of a colour on an opaque ground. */
export function over([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const mix = (top: number, below: number) => top * alpha + below * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

/** As `#rrggbb`. */
export function hexOf([red, green, blue]: Colour): string {
  return `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/**
 * How well one opaque colour reads on another, 1–21.
 *
 * @see WCAG 2.2, "contrast ratio" and "relative luminance"
 */
export function contrast(text: Colour, ground: Colour): number {
  const [dark = 0, light = 0] = [luminance(text), luminance(ground)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
