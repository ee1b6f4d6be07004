/** Conditions about keys of the request that are settled before it is made, such as the service that a role is passed to. */
import { matchesGlob } from './glob.ts';

/** Values by key in lower case. Of several values it is not known which the request has. */
export type KnownKeys = Readonly<Record<string, readonly string[]>>;

type Test = (wanted: string, value: string) => boolean;

/** Operators on text that are worked out here: the test, and whether it is turned round. */
const OPERATORS: Readonly<Record<string, readonly [test: Test, negated: boolean]>> = {
  stringequals: [(wanted, value) => wanted === value, false],
  stringlike: [matchesGlob, false],
  stringequalsignorecase: [(wanted, value) => wanted.toLowerCase() === value.toLowerCase(), false],
  stringnotequals: [(wanted, value) => wanted === value, true],
  stringnotlike: [matchesGlob, true],
  stringnotequalsignorecase: [(wanted, value) => wanted.toLowerCase() === value.toLowerCase(), true],
};

/**
 * What is left of a condition block when the known keys are put in.
 *
 * @param text the block as compact JSON
 * @returns undefined where nothing is left, `never` where it cannot hold, else the rest of the block
 */
export function openCondition(text: string | undefined, known: KnownKeys): string | 'never' | undefined {
  if (text === undefined || Object.keys(known).length === 0) return text;
  const block = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  const rest: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, tests] of Object.entries(block)) {
    for (const [key, wanted] of Object.entries(tests)) {
      const outcome = outcomeOf(operator, known[key.toLowerCase()], [wanted].flat());
      if (outcome === 'no') return 'never';
      if (outcome === 'open') rest[operator] = { ...rest[operator], [key]: wanted };
    }
  }
  return Object.keys(rest).length === 0 ? undefined : JSON.stringify(rest);
}

function outcomeOf(
  operator: string,
  values: readonly string[] | undefined,
  wanted: readonly string[],
): 'yes' | 'no' | 'open' {
  const plain = operator
    .toLowerCase()
    .replace(/^for(?:any|all)values?:/, '')
    .replace(/ifexists$/, '');
  const known = OPERATORS[plain];
  if (values === undefined || known === undefined || wanted.some((text) => text.includes('${'))) return 'open';
  const [test, negated] = known;
  const hits = values.map((value) => wanted.some((text) => test(text, value)) !== negated);
  if (hits.every(Boolean)) return 'yes';
  return hits.some(Boolean) ? 'open' : 'no';
}
