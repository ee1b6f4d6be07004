/** What rules mean in one version: names become numbers, patterns are spelled out, and what cannot be is told with its place. */
import { NODE_KINDS, Problems } from '../../model/index.ts';
import { foldCase, matches, overlap } from '../../snapshot/action-pattern.ts';
import { isThere, liveNodes } from '../../snapshot/nodes.ts';
import { kindIndexOf, RESOURCE, type Snapshot } from '../../snapshot/snapshot.ts';
import { ActionWords, standInsFor } from '../action-words.ts';
import { placeText } from './read-sod-rules.ts';
import { type Duty, MAX_EXPANDED, type ResolvedDuty, type ResolvedSodRule, type SodRule } from './sod-rule.ts';

type Entitlement = Extract<Duty, { is: 'entitlement' }>;

/**
 * O(rules + resources, once, if a pattern names any + what the patterns come to).
 *
 * An action pattern stands for each action and pattern that some grant on the resource, or on what contains it, names within it.
 *
 * @param fileName what problems call the file
 * @throws InputError for roles, groups and resources that are not there, for patterns that match no resource or come to more
 * than MAX_EXPANDED, and for what is on both sides
 */
export function resolveSodRules(
  snapshot: Snapshot,
  rules: readonly SodRule[],
  fileName: string,
): readonly ResolvedSodRule[] {
  const problems = new Problems();
  const report: Report = ({ place }, message) => {
    problems.add({ file: fileName, line: place.line, column: place.column, field: place.field, message });
  };
  const resources = resourcesOf(snapshot, rules);
  const words = new ActionWords(snapshot);
  const resolved = rules.map((rule) => {
    const [left, right] = [rule.left, rule.right].map((side) => namedOn(snapshot, side, resources, report));
    reportShared(snapshot, left!, right!, report);
    return { ...rule, left: spelledOut(left!, words, report), right: spelledOut(right!, words, report) };
  });
  problems.throwIfAny();
  return resolved;
}

type Report = (duty: Duty, message: string) => void;

/** A duty with one of the nodes that it names. */
interface Named {
  readonly duty: Duty;
  readonly node: number;
}

/** For each resource pattern the resources that it matches; one more than may be at most. */
function resourcesOf(snapshot: Snapshot, rules: readonly SodRule[]): ReadonlyMap<string, readonly number[]> {
  const patterns = new Map<string, number[]>();
  for (const { left, right } of rules)
    for (const duty of [...left, ...right])
      if (duty.is === 'entitlement' && duty.resource.includes('*')) patterns.set(foldCase(duty.resource), []);
  if (patterns.size === 0) return patterns;
  for (const node of liveNodes(snapshot, RESOURCE, RESOURCE + 1)) {
    const id = foldCase(snapshot.ids.at(node));
    for (const [pattern, found] of patterns) if (found.length <= MAX_EXPANDED && matches(pattern, id)) found.push(node);
  }
  return patterns;
}

function namedOn(
  snapshot: Snapshot,
  side: readonly Duty[],
  resources: ReadonlyMap<string, readonly number[]>,
  report: Report,
): readonly Named[] {
  return side.flatMap((duty): readonly Named[] => {
    if (duty.is === 'entitlement' && duty.resource.includes('*')) {
      const found = resources.get(foldCase(duty.resource))!;
      if (found.length === 0) report(duty, `no resource’s id matches ${JSON.stringify(duty.resource)}`);
      return found.map((node) => ({ duty, node }));
    }
    const [id, kind] =
      duty.is === 'entitlement' ? [duty.resource, 'Resource'] : [duty.id, duty.is === 'role' ? 'Role' : 'Group'];
    const node = snapshot.index.find(id);
    const is = node >= 0 && isThere(snapshot, node) ? NODE_KINDS[kindIndexOf(snapshot, node)] : undefined;
    if (is === kind) return [{ duty, node }];
    report(
      duty,
      is === undefined
        ? `no ${kind} has the id ${JSON.stringify(id)}`
        : `${JSON.stringify(id)} is a ${is}, not a ${kind}`,
    );
    return [];
  });
}

/** Reports each duty of the right that names a node with some action in common with the left, once. */
function reportShared(snapshot: Snapshot, left: readonly Named[], right: readonly Named[], report: Report): void {
  const onLeft = new Map<number, Duty[]>();
  for (const { duty, node } of left) onLeft.set(node, [...(onLeft.get(node) ?? []), duty]);
  const reported = new Set<Duty>();
  for (const { duty, node } of right) {
    const other = onLeft.get(node)?.find((each) => overlaps(each, duty));
    if (other === undefined || reported.has(duty)) continue;
    reported.add(duty);
    report(duty, `names something of the other side, on ${snapshot.ids.at(node)}: ${placeText(other.place)}`);
  }
}

const overlaps = (a: Duty, b: Duty): boolean =>
  a.is !== 'entitlement' || b.is !== 'entitlement' || overlap(foldCase(a.action), foldCase(b.action));

/** Each question once, in the order of the file. */
function spelledOut(side: readonly Named[], words: ActionWords, report: Report): readonly ResolvedDuty[] {
  const all = new Map<string, ResolvedDuty>();
  for (const { duty, node } of side) {
    for (const each of duty.is === 'entitlement' ? actionsOn(duty, node, words) : [{ node }])
      all.set(`${node} ${each.action ?? ''}`, each);
    if (all.size > MAX_EXPANDED) {
      report(duty, `the side comes to more than ${MAX_EXPANDED} pairs of an action and a resource; name fewer`);
      return [];
    }
  }
  return [...all.values()];
}

/** The actions that stand for a pattern on a resource. */
function actionsOn({ action }: Entitlement, node: number, words: ActionWords): readonly ResolvedDuty[] {
  const pattern = foldCase(action);
  if (!pattern.includes('*')) return [{ node, action: pattern, shown: action }];
  return standInsFor(pattern, words.on(node)).map((each) => ({ node, ...each }));
}
