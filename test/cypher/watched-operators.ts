/** What a plan should not do unseen: read a whole label, type or index, multiply rows, or hold everything back. */
import type { Plan } from 'neo4j-driver';

/**
 * The operators of a plan that are watched, sorted: `Eager`, `CartesianProduct`, and whatever scans with what it scans, such as
 * `NodeByLabelScan role:Role`. Seeks and counts from the count store are not among them.
 */
export function watchedOperators(plan: Plan): readonly string[] {
  const found: string[] = [];
  const visit = ({ operatorType, arguments: details, children }: Plan): void => {
    const name = operatorType.replace(/@.*/, '');
    if (name === 'Eager' || name === 'CartesianProduct') found.push(name);
    else if (name.endsWith('Scan')) found.push(`${name} ${scanned(details)}`);
    children.forEach(visit);
  };
  visit(plan);
  return found.sort();
}

/** What is scanned, without names that the planner makes up. */
const scanned = (details: Plan['arguments']): string =>
  String((details as Record<string, unknown>)['Details'] ?? '').replace(/anon_\d+/g, '_');

/** What is in `now` more often than in `before`. */
export function added(now: readonly string[], before: readonly string[]): readonly string[] {
  const left = [...before];
  return now.filter((one) => {
    const place = left.indexOf(one);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
