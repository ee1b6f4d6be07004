import type { LabelRequirement, LabelSelector } from '../read/objects.ts';

type Labels = Readonly<Record<string, string>>;

/** Does a selector match these labels? An empty one matches everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const equal = Object.entries(selector.matchLabels).every(([key, value]) => has(labels, key) && labels[key] === value);
  return equal && selector.matchExpressions.every((requirement) => meets(requirement, labels));
}

function meets({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const there = has(labels, key);
  if (operator === 'Exists') return there;
  if (operator === 'DoesNotExist') return !there;
  const among = there && values.includes(labels[key]!);
  return operator === 'In' ? among : !among;
}

const has = (labels: Labels, key: string): boolean => Object.hasOwn(labels, key);
