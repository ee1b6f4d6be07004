/** Entitlements of an account as a policy document: what docs/loaders/aws.md makes of statements, backwards. */
import { GrantlensError } from '../../model/index.ts';
import { type Atom, atomText } from '../atom.ts';

interface Statement {
  readonly Effect: 'Allow';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

/** Characters of a managed policy at most, white space aside: a quota of AWS. */
const LONGEST = 6_144;
/** What an allow on what another account has comes with: the statement that gives it has no such words. */
const FOREIGN = 'the account of the resource allows it too';

/**
 * One statement for all resources of which the same is said.
 *
 * @param every all entitlements of the plan: an allow that one statement gives as several grants is told whole or not at all
 * @throws GrantlensError EXPORT_UNSUPPORTED for what no statement says; for a document that is too long
 */
export function policyDocument(role: string, atoms: readonly Atom[], every: readonly Atom[]) {
  const whole = new Set(every.flatMap((atom) => (isForeign(atom) ? [keyOf(atom)] : [])));
  const own = new Set(atoms.map((atom) => `${isForeign(atom)} ${keyOf(atom)}`));
  const excepting = new Set(
    every.filter(isOfNotResource).map(({ actions, exceptActions }) => `${actions} ${exceptActions}`),
  );
  const statements = new Map<string, { readonly said: Omit<Statement, 'Resource'>; readonly resources: Set<string> }>();
  for (const atom of atoms) {
    const key = keyOf(atom);
    // A statement on `*` reaches the account and others: the plan may not have taken the two apart.
    if (!isForeign(atom) && whole.has(key) && !own.has(`true ${key}`)) refuse(atom);
    if (isForeign(atom) && reachesOwn(atom) && !own.has(`false ${key}`)) refuse(atom);
    if (excepting.has(`${atom.actions} ${atom.exceptActions}`)) refuse(atom);
    const said = saidBy(atom);
    const text = JSON.stringify(said);
    const known = statements.get(text) ?? { said, resources: new Set() };
    statements.set(text, known);
    known.resources.add(patternOf(atom));
  }
  const document = {
    Version: '2012-10-17',
    Statement: [...statements.values()].map(
      ({ said, resources }): Statement => ({ ...said, Resource: [...resources].sort() }),
    ),
  };
  const length = JSON.stringify(document).replaceAll(/\s/g, '').length;
  if (length <= LONGEST) return document;
  throw unsupported(
    `the policy of ${JSON.stringify(role)} would have ${length} characters, of which AWS takes ${LONGEST}`,
  );
}

const OTHERS = /^aws:\d{12}:other-accounts:(.+)$/s;
const PLACED = /^aws:\d{12}:(.+)$/s;

const isForeign = ({ resource }: Atom): boolean => OTHERS.test(resource);

/** What NotResource leaves partly outside: the other grants of such a statement go with it. */
const isOfNotResource = ({ condition, inherit }: Atom): boolean =>
  !inherit || condition?.includes('resource is not ') === true;

/** The pattern as the statement has it. */
function patternOf({ resource }: Atom): string {
  const placed = OTHERS.exec(resource) ?? PLACED.exec(resource);
  return placed?.[1] ?? (resource.startsWith('resource:') ? resource.slice('resource:'.length) : resource);
}

/** Whether a pattern of other accounts is one of every account: it says none, or any. */
function reachesOwn(atom: Atom): boolean {
  const account = patternOf(atom).split(':')[4];
  return account === undefined || account === '' || account.includes('*');
}

function conditionOf(atom: Atom): string | undefined {
  const { condition } = atom;
  if (!isForeign(atom) || condition === undefined) return condition;
  if (condition === FOREIGN) return undefined;
  return condition.endsWith(` and ${FOREIGN}`) ? condition.slice(0, -` and ${FOREIGN}`.length) : condition;
}

const keyOf = (atom: Atom): string =>
  JSON.stringify([patternOf(atom), atom.actions, atom.exceptActions, conditionOf(atom) ?? null]);

function saidBy(atom: Atom): Omit<Statement, 'Resource'> {
  const { actions, exceptActions, validFrom, validTo, resource } = atom;
  const isNot = exceptActions.length > 0;
  if (isNot && actions.join() !== '*') refuse(atom);
  if (validFrom !== undefined || validTo !== undefined || resource.includes('${')) refuse(atom);
  const condition = conditionOf(atom);
  return {
    Effect: 'Allow',
    ...(isNot ? { NotAction: exceptActions } : { Action: actions }),
    ...(condition === undefined ? {} : { Condition: parsed(condition) ?? refuse(atom) }),
  };
}

/** A condition is the block of its statement, unless the loader said more of it. */
function parsed(condition: string): unknown {
  try {
    return JSON.parse(condition);
  } catch {
    return undefined;
  }
}

const unsupported = (why: string, facts: Readonly<Record<string, unknown>> = {}): GrantlensError =>
  new GrantlensError('EXPORT_UNSUPPORTED', `The plan cannot be told in policies of AWS: ${why}.`, {
    format: 'aws',
    ...facts,
  });

function refuse(atom: Atom): never {
  throw unsupported(`no statement says just ${atomText(atom)}`, { resource: atom.resource });
}
