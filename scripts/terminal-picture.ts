/** Draws the text of a terminal as an SVG picture, so that a page can show an answer as it looks. */
const CELL = 8.4;
const LINE = 19;
const MARGIN = 20;
const BAR = 30;

/** What stands out in an answer, and how: first match wins. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^\$ .*/, '#e6edf3'],
  [/ALLOWED/, '#3fb950'],
  [/CONDITIONAL|\[[^\]]*\]|^ {2}if .*$/, '#d29922'],
  [/DENIED|NONE/, '#f85149'],
  [/◆/, '#d29922'],
  [/[└├│─]+/, '#6e7681'],
  [/\b(user|group|role|app|folder|host|db|bucket|service|region):[^\s)]+/, '#58a6ff'],
];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** @param lines without colours; @returns the SVG document */
export function terminalPicture(title: string, lines: readonly string[]): string {
  const columns = Math.max(60, ...lines.map((line) => [...line].length));
  const width = Math.ceil(columns * CELL + 2 * MARGIN);
  const height = BAR + lines.length * LINE + 2 * MARGIN - 6;
  const rows = lines.map(
    (line, i) => `<text x="${MARGIN}" y="${BAR + MARGIN + i * LINE}" xml:space="preserve">${coloured(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<rect width="${width}" height="${BAR}" rx="8" fill="#161b22"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, i) => `<circle cx="${MARGIN + i * 18}" cy="${BAR / 2}" r="5.5" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#c9d1d9">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function coloured(line: string): string {
  let rest = line;
  let out = '';
  while (rest !== '') {
    const hits = MARKS.map(([mark, fill]) => ({ hit: mark.exec(rest), fill })).filter(({ hit }) => hit !== null);
    const first = hits.sort((a, b) => a.hit!.index - b.hit!.index)[0];
    if (first === undefined) return out + escaped(rest);
    const { index, 0: text } = first.hit!;
    out += `${escaped(rest.slice(0, index))}<tspan fill="${first.fill}">${escaped(text)}</tspan>`;
    rest = rest.slice(index + text.length);
  }
  return out;
}
