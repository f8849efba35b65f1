// Contrast of text, and whether colours can be told apart with red-green blindness.
const linear = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
export const rgb = (text) => text.match(/[\d.]+/g).map(Number);
export const hex = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));

const luminance = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => sum + weight * linear(c[i]), 0);
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

// Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
const blindness = {
  none: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
};
export const kinds = Object.keys(blindness);

function lab(c, kind) {
  const [r, g, b] = blindness[kind]
    .map((row) => Math.min(1, Math.max(0, row.reduce((sum, weight, i) => sum + weight * linear(c[i]), 0))));
  const [x, y, z] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883
  ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
// Distance in CIE Lab; 2.3 can just be told apart side by side.
export const distance = (a, b, kind = "none") => Math.hypot(...lab(a, kind).map((v, i) => v - lab(b, kind)[i]));
