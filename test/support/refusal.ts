import { inspect } from 'node:util';
import { GrantlensError } from '../../engine/model/index.ts';

/** The error of this product that something ends in. @throws Error when it ends otherwise */
export async function refusalOf(act: () => unknown): Promise<GrantlensError> {
  let outcome: unknown;
  try {
    outcome = await act();
  } catch (error) {
    if (error instanceof GrantlensError) return error;
    throw new Error(`threw something else: ${inspect(error)}`, { cause: error });
  }
  throw new Error(`was not refused: ${inspect(outcome, { depth: 4 })}`);
}
