/** Draws the front of a restructure plan as an SVG picture: edits to the right, structural complexity upwards, a dot for each way. */

export interface FrontDot {
  readonly edits: number;
  readonly complexity: number;
  readonly roles: number;
  /** `as it is`, `an edit at 0.5`. */
  readonly caption: string;
  readonly isChosen: boolean;
}

const WIDTH = 760;
const HEIGHT = 380;
const LEFT = 80;
const RIGHT = 200;
const TOP = 70;
const BOTTOM = 60;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const shown = (value: number): string => value.toLocaleString('en-US');

/** @returns the SVG document */
export function frontPicture(title: string, dots: readonly FrontDot[]): string {
  const most = Math.max(1, ...dots.map(({ edits }) => edits));
  const high = Math.max(1, ...dots.map(({ complexity }) => complexity));
  const low = Math.min(...dots.map(({ complexity }) => complexity));
  // The lowest dot does not lie on the axis, so that both can be seen.
  const floor = Math.max(0, low - (high - low) * 0.15 - 1);
  const x = (edits: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * edits) / most;
  const y = (complexity: number): number =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (complexity - floor)) / (high - floor);
  const sorted = [...dots].sort((a, b) => a.edits - b.edits);
  const text = (at: number, up: number, words: string, more = ''): string =>
    `<text x="${at.toFixed(1)}" y="${up.toFixed(1)}" font-family="sans-serif" font-size="12" fill="#333"${more}>${escaped(words)}</text>`;
  const line = sorted.map(({ edits, complexity }) => `${x(edits).toFixed(1)},${y(complexity).toFixed(1)}`).join(' ');
  const marks = sorted.map(({ edits, complexity, roles, caption, isChosen }) => {
    const [at, up] = [x(edits), y(complexity)];
    const dot = `<circle cx="${at.toFixed(1)}" cy="${up.toFixed(1)}" r="${isChosen ? 7 : 5}" fill="${isChosen ? '#c0392b' : '#4c8eda'}"/>`;
    return `${dot}\n${text(at + 10, up - 6, `${caption}: ${shown(complexity)}, ${shown(roles)} roles, ${shown(edits)} edits`)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, 30, title, ' font-weight="bold"'),
    text(LEFT, 48, 'the way that the plan takes is red'),
    `<path d="M${LEFT} ${TOP} V${HEIGHT - BOTTOM} H${WIDTH - RIGHT + 20}" fill="none" stroke="#999"/>`,
    text(LEFT - 70, TOP - 8, 'complexity'),
    text(LEFT - 60, y(high) + 4, shown(high)),
    text(LEFT - 60, y(low) + 4, low === high ? '' : shown(low)),
    text(WIDTH - RIGHT - 30, HEIGHT - BOTTOM + 34, 'edits'),
    text(x(0) - 4, HEIGHT - BOTTOM + 18, '0'),
    text(x(most) - 10, HEIGHT - BOTTOM + 18, shown(most)),
    `<polyline points="${line}" fill="none" stroke="#4c8eda" stroke-dasharray="4 4"/>`,
    ...marks,
    '</svg>',
    '',
  ].join('\n');
}
