import type { Fields } from './fields.ts';
import type { LabelRequirement, LabelSelector, ObjectHead, RoleObject, Rule } from './objects.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** A Role or ClusterRole, held to the rules by which the API server takes one. */
export function readRole(fields: Fields, head: ObjectHead, kind: RoleObject['kind'], title: string): RoleObject {
  const isCluster = kind === 'ClusterRole';
  fields.known('apiVersion', 'kind', 'metadata', 'rules', ...(isCluster ? ['aggregationRule'] : []));
  const rules = fields
    .maps('rules')
    .map((rule, index) => readRule(rule, kind, `${title} rules[${index}]`, index, head));
  const aggregation = fields.map('aggregationRule')?.known('clusterRoleSelectors');
  const selectors = aggregation?.maps('clusterRoleSelectors').map(readSelector);
  return { ...head, kind, rules, ...(selectors === undefined ? {} : { selectors }) };
}

function readRule(rule: Fields, kind: RoleObject['kind'], title: string, index: number, head: ObjectHead): Rule {
  rule.known('verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs');
  const read: Rule = {
    verbs: rule.texts('verbs'),
    apiGroups: typeWords(rule, 'apiGroups', rule.texts('apiGroups', true)),
    resources: typeWords(rule, 'resources', rule.texts('resources')),
    resourceNames: rule.texts('resourceNames'),
    nonResourceURLs: rule.texts('nonResourceURLs'),
    index,
    title,
    evidence: `${evidencePlace(rule, head)} ${title}`,
  };
  checkRule(rule, read, kind);
  return read;
}

/** Words of which ids of resource types are made. Kubernetes takes others in rules, where they match nothing. */
function typeWords(rule: Fields, name: string, words: readonly string[]): readonly string[] {
  for (const [index, word] of words.entries()) {
    if (!/^[\x21-\x7e]{0,253}$/.test(word)) rule.fail(name, 'must be ASCII without spaces, at most 253 letters', index);
  }
  return words;
}

/** The line of the rule itself where lines are known. */
const evidencePlace = (rule: Fields, head: ObjectHead): string =>
  head.place.line === undefined ? head.place.text : `${head.place.file}:${rule.line()}`;

function checkRule(rule: Fields, read: Rule, kind: RoleObject['kind']): void {
  if (!rule.has('verbs') || read.verbs.length === 0) rule.fail('verbs', 'is missing; a rule needs at least one verb');
  if (read.nonResourceURLs.length > 0) {
    const field = 'nonResourceURLs';
    if (kind === 'Role') rule.fail(field, 'only a ClusterRole can grant them');
    if (read.apiGroups.length + read.resources.length + read.resourceNames.length > 0) {
      rule.fail(field, 'cannot stand in one rule with apiGroups, resources or resourceNames; make two rules of it');
    }
    return;
  }
  if (read.apiGroups.length === 0) rule.fail('apiGroups', 'is missing; write [""] for the core group');
  if (read.resources.length === 0) rule.fail('resources', 'is missing; a rule needs resources or nonResourceURLs');
}

function readSelector(selector: Fields): LabelSelector {
  selector.known('matchLabels', 'matchExpressions');
  const matchExpressions = selector.maps('matchExpressions').flatMap((one) => readRequirement(one) ?? []);
  return { matchLabels: selector.labels('matchLabels'), matchExpressions };
}

function readRequirement(fields: Fields): LabelRequirement | undefined {
  fields.known('key', 'operator', 'values');
  const key = fields.text('key');
  const operator = OPERATORS.find((one) => one === fields.raw('operator'));
  const values = fields.texts('values', true);
  if (operator === undefined) return fields.fail('operator', `must be one of ${OPERATORS.join(', ')}`);
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues !== values.length > 0) {
    return fields.fail('values', needsValues ? `is missing; ${operator} needs some` : `must be empty with ${operator}`);
  }
  return key === undefined ? undefined : { key, operator, values };
}
