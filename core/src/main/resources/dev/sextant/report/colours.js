// Two scales that do not depend on telling red from green: one from nothing to much, one from against to for.

const SCALES = {
  light: {
    much: [
      [246, 244, 238],
      [205, 219, 232],
      [133, 170, 208],
      [52, 112, 176],
      [13, 48, 98],
    ],
    sides: [
      [178, 78, 8],
      [236, 176, 120],
      [243, 241, 236],
      [138, 178, 220],
      [22, 86, 158],
    ],
  },
  dark: {
    // much: the middle and upper part of cividis
    much: [
      [24, 30, 40],
      [38, 62, 106],
      [92, 98, 112],
      [164, 155, 112],
      [250, 222, 86],
    ],
    sides: [
      [255, 166, 84],
      [150, 98, 54],
      [38, 43, 53],
      [56, 104, 156],
      [122, 186, 255],
    ],
  },
};

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";

function between(stops, share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(place));
  return stops[i].map((from, channel) => Math.round(from + (place - i) * (stops[i + 1][channel] - from)));
}

/** Red, green, blue for 0 (nothing) to 1 (all). */
const much = share => between(SCALES[isDark() ? "dark" : "light"].much, share);

/** Red, green, blue for -1 (against) over 0 to 1 (for). */
const side = share => between(SCALES[isDark() ? "dark" : "light"].sides, (share + 1) / 2);

const rgb = colour => `rgb(${colour.join(" ")})`;

/** Black or white, whichever is easier to read on a colour. */
function ink(colour) {
  const [r, g, b] = colour.map(c => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.19 ? "#10151d" : "#ffffff";
}
