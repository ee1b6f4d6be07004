/** What people have agreed that a plan may change about who can do what. See docs/restructure.md. */

/** LOSE: he may lose what he has. GAIN: he may be given what he has not. */
export const AGREED_CHANGES = ['LOSE', 'GAIN', 'BOTH'] as const;
export type AgreedChange = (typeof AGREED_CHANGES)[number];

/** One identity, the actions that a pattern matches, and a resource with all that it contains. */
export interface AgreedException {
  /** Id of a user or service account. */
  readonly identity: string;
  /** An action or a pattern, as grants have them. */
  readonly action: string;
  /** Id of a resource. */
  readonly resource: string;
  readonly may: AgreedChange;
  /** Who has agreed, and why: text for those who decide. */
  readonly agreedBy: string;
  readonly because: string;
}

/** Where one was read: a line of a file, or a place in a list. */
export interface ExceptionPlace {
  readonly field: string;
  readonly line?: number;
  readonly column?: number;
}

export interface PlacedException {
  readonly exception: AgreedException;
  readonly place: ExceptionPlace;
}

/** The exceptions of a question, with what problems call the file that they are of. */
export interface AgreedList {
  readonly file?: string | undefined;
  readonly entries: readonly PlacedException[];
}

/** One as a plan tells it. */
export interface PlannedException extends AgreedException {
  /** True when the plan changes something of it. */
  readonly used: boolean;
  /** Why nothing of it could be changed, or what to know about it; null for nothing. */
  readonly note: string | null;
}

/** Exceptions of one plan, characters of a file of them, and characters of who agreed and why. */
export const MOST_EXCEPTIONS = 10_000;
export const MOST_EXCEPTION_TEXT = 8_388_608;
export const LONGEST_REASON = 2_000;

export const mayLose = ({ may }: Pick<AgreedException, 'may'>): boolean => may !== 'GAIN';
export const mayGain = ({ may }: Pick<AgreedException, 'may'>): boolean => may !== 'LOSE';

const TURNED: Readonly<Record<AgreedChange, AgreedChange>> = { LOSE: 'GAIN', GAIN: 'LOSE', BOTH: 'BOTH' };

/** What may change when a plan is taken back. */
export const turned = (exceptions: readonly AgreedException[]): readonly AgreedException[] =>
  exceptions.map((exception) => ({ ...exception, may: TURNED[exception.may] }));

/** In a few words: who may lose or gain what. */
export function exceptionText({ identity, action, resource, may }: AgreedException): string {
  const what = `${action} on ${JSON.stringify(resource)}`;
  const how = may === 'BOTH' ? 'lose or gain' : may.toLowerCase();
  return `${JSON.stringify(identity)} may ${how} ${what}`;
}
