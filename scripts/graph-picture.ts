/** Draws ways through a graph as an SVG picture, the way Neo4j Browser shows them: a circle a node, coloured by its label. */

export interface PictureNode {
  readonly id: string;
  readonly caption: string;
  /** The label that gives the colour. */
  readonly label: string;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly caption: string;
  /** Drawn thick and red: where one becomes someone else. */
  readonly stands?: 'out';
}

/** One way: as many nodes as edges and one more. */
export interface Way {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** As in cypher/analyst/browser-style.grass. */
const COLOURS: Readonly<Record<string, string>> = {
  User: '#4c8eda',
  ServiceAccount: '#569480',
  Group: '#f79767',
  Role: '#8d6cab',
  Resource: '#da7194',
};
const COLUMN = 330;
const ROW = 62;
const RADIUS = 17;
const TOP = 118;
const LEFT = 130;
const LONGEST = 34;

interface Place {
  readonly x: number;
  y: number;
}
type Places = ReadonlyMap<string, Place>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/**
 * @param title in large letters
 * @param below in small letters, a line each
 * @param ways drawn together: a node that several ways pass is there once
 * @returns the SVG document
 */
export function graphPicture(title: string, below: readonly string[], ways: readonly Way[]): string {
  const nodes = new Map(ways.flatMap((way) => way.nodes).map((node) => [node.id, node]));
  const edges = new Map(
    ways.flatMap((way) => way.edges).map((edge) => [`${edge.from}\n${edge.to}\n${edge.caption}`, edge]),
  );
  const places = placed(ways, [...edges.values()]);
  const width = Math.max(...[...places.values()].map(({ x }) => x)) + 260;
  const height = Math.max(...[...places.values()].map(({ y }) => y)) + 60;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<defs>${arrow('plain', '#a5abb6')}${arrow('out', '#c9302c')}</defs>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#f9fbfd"/>`,
    `<g font-family="'Public Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif" fill="#2a2c34">`,
    `<text x="28" y="36" font-size="20" font-weight="600">${escaped(title)}</text>`,
    ...below.map((line, i) => `<text x="28" y="${58 + i * 18}" font-size="13" fill="#5e636e">${escaped(line)}</text>`),
    ...legend([...new Set([...nodes.values()].map(({ label }) => label))], width),
    ...[...edges.values()].map((edge) => drawnEdge(edge, places)),
    ...[...nodes.values()].map((node) => drawnNode(node, places.get(node.id)!)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const arrow = (name: string, colour: string): string =>
  `<marker id="${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${colour}"/></marker>`;

function legend(labels: readonly string[], width: number): string[] {
  return labels.flatMap((label, i) => {
    const x = width - 150 * (labels.length - i);
    return [
      `<circle cx="${x}" cy="30" r="8" fill="${COLOURS[label] ?? '#a5abb6'}"/>`,
      `<text x="${x + 14}" y="34" font-size="12">${label}</text>`,
    ];
  });
}

/** Columns by how far it still is to the end, and in a column in the order of where the ways go on. */
function placed(ways: readonly Way[], edges: readonly PictureEdge[]): Places {
  const left = new Map<string, number>();
  for (const { nodes } of ways)
    for (const [i, { id }] of nodes.entries()) left.set(id, Math.max(left.get(id) ?? 0, nodes.length - 1 - i));
  const most = Math.max(...left.values());
  const places = new Map<string, Place>();
  for (const [id, distance] of left) places.set(id, { x: LEFT + (most - distance) * COLUMN, y: 0 });
  const columns = Array.from({ length: most + 1 }, (_, distance) =>
    [...left.keys()].filter((id) => left.get(id) === distance).sort(),
  );
  const tallest = Math.max(...columns.map((column) => column.length));
  const spread = (column: readonly string[]): void => {
    const step = Math.min(3 * ROW, (tallest * ROW) / column.length);
    const first = TOP + (tallest * ROW - column.length * step) / 2 + step / 2;
    for (const [i, id] of column.entries()) places.get(id)!.y = first + i * step;
  };
  for (const column of columns) spread(column);
  for (let round = 0; round < 8; round++)
    for (const column of round % 2 === 0 ? columns : columns.toReversed())
      spread(byNeighbours(column, edges, places, round % 2 === 0 ? 'to' : 'from'));
  return places;
}

/** A column in the order of the middle of its neighbours on one side. */
function byNeighbours(
  column: readonly string[],
  edges: readonly PictureEdge[],
  places: Places,
  side: 'from' | 'to',
): readonly string[] {
  const own = side === 'to' ? 'from' : 'to';
  const middle = (id: string): number => {
    const heights = edges.filter((edge) => edge[own] === id).map((edge) => places.get(edge[side])!.y);
    return heights.length === 0 ? places.get(id)!.y : heights.reduce((sum, y) => sum + y, 0) / heights.length;
  };
  const middles = new Map(column.map((id) => [id, middle(id)]));
  return [...column].sort((a, b) => middles.get(a)! - middles.get(b)! || places.get(a)!.y - places.get(b)!.y);
}

function drawnNode({ caption, label }: PictureNode, { x, y }: Place): string {
  return [
    `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${COLOURS[label] ?? '#a5abb6'}" stroke="#00000022" stroke-width="2"/>`,
    `<text x="${x}" y="${y + RADIUS + 14}" font-size="11.5" text-anchor="middle" stroke="#f9fbfd" stroke-width="4" paint-order="stroke">${escaped(shortened(caption))}</text>`,
  ].join('');
}

function drawnEdge({ from, to, caption, stands }: PictureEdge, places: Places): string {
  const [a, b] = [places.get(from)!, places.get(to)!];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const at = (distance: number): Place => ({
    x: a.x + ((b.x - a.x) * distance) / length,
    y: a.y + ((b.y - a.y) * distance) / length,
  });
  const [start, end, middle] = [at(RADIUS + 2), at(length - RADIUS - 4), at(length * 0.42)];
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const colour = stands === 'out' ? '#c9302c' : '#a5abb6';
  const marker = stands === 'out' ? 'out' : 'plain';
  const n = (value: number): string => value.toFixed(1);
  return [
    `<line x1="${n(start.x)}" y1="${n(start.y)}" x2="${n(end.x)}" y2="${n(end.y)}" stroke="${colour}" stroke-width="${stands === 'out' ? 2 : 1.3}" marker-end="url(#${marker})"/>`,
    `<text transform="translate(${n(middle.x)},${n(middle.y)}) rotate(${n(angle)})" y="3" font-size="9.5" fill="${stands === 'out' ? '#9c1f1b' : '#5e636e'}" text-anchor="middle" stroke="#f9fbfd" stroke-width="4" paint-order="stroke">${escaped(shortened(caption))}</text>`,
  ].join('');
}
