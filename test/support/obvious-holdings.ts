/** What each identity was given, by walking plain records: slow and obvious. */
import type { EdgeRecord, Reach } from '../../engine/model/index.ts';
import { isDisabled, type OracleGraph, worldAt } from './oracle/index.ts';

export const entitlementText = (
  resource: string,
  actions: readonly string[],
  except: readonly string[],
  down: boolean,
) => JSON.stringify([resource, [...actions].sort(), [...except].sort(), down]);

export interface PlainLimit {
  readonly conditions: readonly string[];
  readonly from: number;
  readonly to: number;
}

const NONE: PlainLimit = { conditions: [], from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
export const textOfLimit = ({ conditions, from, to }: PlainLimit) =>
  JSON.stringify([conditions, String(from), String(to)]);

function limitOf(edge: EdgeRecord): PlainLimit {
  const { condition, validFrom = NONE.from, validTo = NONE.to } = edge;
  return { conditions: condition === undefined ? [] : [condition], from: validFrom, to: validTo };
}

const both = (a: PlainLimit, b: PlainLimit): PlainLimit => ({
  conditions: [...new Set([...a.conditions, ...b.conditions])].sort(),
  from: Math.max(a.from, b.from),
  to: Math.min(a.to, b.to),
});

/** Entitlements with what limits each: by every way to what is not had for good. */
export function obviousLimited(graph: OracleGraph, reach: Reach, at: number): ReadonlyMap<string, ReadonlySet<string>> {
  const world = worldAt(graph, at);
  const steps = ['MEMBER_OF', 'HAS_ROLE', 'INHERITS', ...(reach === 'ENTITLED' ? [] : ['CAN_ASSUME'])];
  const isStep = ({ kind, to }: EdgeRecord) =>
    steps.includes(kind) || (kind === 'CONTROLS' && reach === 'ESCALATION' && world.kinds.get(to) !== 'Resource');
  const ways = world.edges.filter(isStep);
  const held = new Map<string, Set<string>>();
  for (const [id, kind] of world.kinds) {
    if ((kind !== 'User' && kind !== 'ServiceAccount') || isDisabled(graph, id)) continue;
    const plain = new Set([id]);
    for (const node of plain)
      for (const edge of ways)
        if (edge.from === node && textOfLimit(limitOf(edge)) === textOfLimit(NONE)) plain.add(edge.to);
    const reached = new Map<string, { readonly node: string; readonly limit: PlainLimit }>();
    for (const node of plain) reached.set(node, { node, limit: NONE });
    for (const { node, limit } of reached.values())
      for (const edge of ways) {
        if (edge.from !== node || plain.has(edge.to)) continue;
        const next = both(limit, limitOf(edge));
        const key = `${edge.to} ${textOfLimit(next)}`;
        if (!reached.has(key)) reached.set(key, { node: edge.to, limit: next });
      }
    const found = new Map<string, PlainLimit[]>();
    const forGood = new Set<string>();
    for (const { node, limit } of reached.values())
      for (const edge of world.edges) {
        if (edge.from !== node) continue;
        const takes = edge.kind === 'CONTROLS' && reach === 'ESCALATION' && world.kinds.get(edge.to) === 'Resource';
        if (!takes && (edge.kind !== 'GRANTS' || edge.effect === 'DENY')) continue;
        const text = takes
          ? entitlementText(edge.to, ['*'], [], true)
          : entitlementText(edge.to, edge.actions ?? [], edge.exceptActions ?? [], edge.inherit !== false);
        const granted = JSON.stringify([text, textOfLimit(limitOf(edge))]);
        if (plain.has(node)) forGood.add(granted);
        found.set(granted, [...(found.get(granted) ?? []), both(limit, limitOf(edge))]);
      }
    const own = new Set<string>();
    for (const [granted, limits] of found) {
      const [text, itself] = JSON.parse(granted) as [string, string];
      for (const limit of forGood.has(granted) ? [itself] : limits.map(textOfLimit)) own.add(`${text} ${limit}`);
    }
    held.set(id, own);
  }
  return held;
}
