/** The rules of duties that roles are asked to keep apart, checked before anything long begins. */
import { invalid } from '../../access/ground.ts';
import { resolveSodRules } from '../../findings/duties/resolve-sod-rules.ts';
import type { SodRules } from '../../findings/find-all.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

/** @throws GrantlensError ARGUMENT_INVALID where there are none; InputError for what they name that is not there */
export function rulesToKeep(sod: SodRules | undefined, snapshot: Snapshot): SodRules {
  if (sod === undefined)
    throw invalid('separateDuties', 'there are no duties to keep apart: name a file of rules with --sod');
  resolveSodRules(snapshot, sod.rules, sod.file);
  return sod;
}
