/** Reads a plan file. What is carried out is checked change by change, whoever wrote the file. */
import {
  type Change,
  changeOfLine,
  GrantlensError,
  type JsonValue,
  lineOfEdge,
  lineOfNode,
  Problems,
} from '../model/index.ts';
import { canonicalJson } from '../runs/canonical.ts';
import type { AgreedException, PlannedException } from './exceptions/agreed-exception.ts';
import { listedExceptions } from './exceptions/read-exceptions.ts';
import { PLAN_FORMAT, PLAN_FORMAT_VERSION, planId, type RolePlan } from './plan.ts';

/** Characters of a plan file at most. */
export const LONGEST_PLAN = 500_000_000;

/**
 * @throws InputError with each place that is wrong; GrantlensError LIMIT_EXCEEDED for a file that is too long
 */
export function readPlan(text: string, file?: string): RolePlan {
  const problems = new Problems();
  const wrong = (field: string, message: string): void =>
    problems.add({ ...(file === undefined ? {} : { file }), field, message });
  if (text.length > LONGEST_PLAN)
    throw new GrantlensError('LIMIT_EXCEEDED', `A plan file has at most ${LONGEST_PLAN} characters.`);
  const plan = parsed(text, wrong);
  if (plan !== undefined) {
    if (plan.format !== PLAN_FORMAT) wrong('format', `must be ${JSON.stringify(PLAN_FORMAT)}`);
    else if (plan.formatVersion !== PLAN_FORMAT_VERSION)
      wrong('formatVersion', `must be ${PLAN_FORMAT_VERSION}; another version of Grantlens wrote the plan`);
    else if (planId(plan) !== plan.id)
      wrong('id', 'does not follow from the rest: the plan was changed after it was made');
    else checkSteps(plan, wrong);
  }
  problems.throwIfAny();
  return plan!;
}

type Wrong = (field: string, message: string) => void;

function parsed(text: string, wrong: Wrong): RolePlan | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as RolePlan;
    wrong('', 'must be an object: a plan as it is kept');
  } catch (error) {
    wrong('', `is no JSON: ${(error as Error).message}`);
  }
  return undefined;
}

function checkSteps(plan: RolePlan, wrong: Wrong): void {
  if (!Array.isArray(plan.steps)) {
    wrong('steps', 'must be a list');
    return;
  }
  for (const [s, step] of plan.steps.entries())
    for (const list of ['changes', 'inverse'] as const) {
      const changes: unknown = step?.[list];
      if (!Array.isArray(changes)) wrong(`steps[${s}].${list}`, 'must be a list');
      else
        for (const [c, change] of changes.entries()) checkChange(change as Change, `steps[${s}].${list}[${c}]`, wrong);
    }
  if (typeof plan.steps[0]?.title !== 'string' && plan.steps.length > 0) wrong('steps[0].title', 'must be text');
  if (plan.exceptions !== undefined && !isListOf(plan.exceptions, isException))
    wrong('exceptions', 'must be a list of exceptions');
  if (!isListOf(plan.groundRoles, (one) => typeof one === 'string')) wrong('groundRoles', 'must be a list of ids');
  if (!isListOf(plan.ground, (one) => isListOf(one, (part) => typeof part === 'string')))
    wrong('ground', 'must be a list of pairs of texts');
}

const isListOf = (value: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);

const isException = (one: unknown): boolean => {
  const { used, note, ...exception } = (one ?? {}) as Partial<PlannedException>;
  if (typeof used !== 'boolean' || (note !== null && typeof note !== 'string')) return false;
  try {
    return listedExceptions([exception as AgreedException]).entries.length === 1;
  } catch {
    return false;
  }
};

/** A change is what the exchange form makes of it: nothing is missing, nothing is beside it, and the id of an edge is its own. */
function checkChange(change: Change, place: string, wrong: Wrong): void {
  const report = (field: string, message: string): void => wrong(field === '' ? place : `${place}.${field}`, message);
  switch (change?.op) {
    case 'REMOVE_EDGE':
    case 'REMOVE_NODE':
      if (typeof change.id !== 'string' || typeof change.source !== 'string')
        report('', 'must name an id and a source');
      return;
    case 'PUT_EDGE':
    case 'PUT_NODE': {
      const made = madeAgain(change, report);
      if (
        made !== undefined &&
        canonicalJson(made as unknown as JsonValue) !== canonicalJson(change as unknown as JsonValue)
      )
        report('', 'is not in the form that changes have');
      return;
    }
    default:
      report('op', 'must be PUT_NODE, REMOVE_NODE, PUT_EDGE or REMOVE_EDGE');
  }
}

function madeAgain(change: Change & { readonly op: 'PUT_EDGE' | 'PUT_NODE' }, report: Wrong): Change | undefined {
  const record: unknown = change.op === 'PUT_EDGE' ? change.edge : change.node;
  if (typeof record !== 'object' || record === null) {
    report('', 'has nothing to put');
    return undefined;
  }
  try {
    const line = change.op === 'PUT_EDGE' ? lineOfEdge(change.edge) : lineOfNode(change.node);
    return changeOfLine(line, 'plan', report);
  } catch {
    report('', 'is not in the form that changes have');
    return undefined;
  }
}
