/** The forms in which a plan leaves the product. */
import { GrantlensError } from '../../model/index.ts';
import type { RolePlan } from '../plan.ts';
import { planAws } from './aws.ts';
import { changesJson } from './changes-json.ts';
import { planCsv } from './csv.ts';
import type { ExportedFile, Exporter } from './exporter.ts';
import { planKubernetes } from './kubernetes.ts';
import { planMarkdown } from './markdown.ts';
import { planScim } from './scim.ts';

export const EXPORTERS: readonly Exporter[] = [changesJson, planCsv, planMarkdown, planScim, planKubernetes, planAws];

/** @throws GrantlensError ARGUMENT_INVALID for an unknown form; EXPORT_UNSUPPORTED for what the form cannot say */
export function exportPlan(plan: RolePlan, format: string): readonly ExportedFile[] {
  const exporter = EXPORTERS.find((one) => one.format === format);
  if (exporter !== undefined) return exporter.write(plan);
  const known = EXPORTERS.map((one) => one.format).join(', ');
  throw new GrantlensError('ARGUMENT_INVALID', `format must be one of ${known}, is ${JSON.stringify(format)}.`, {
    argument: 'format',
  });
}

/** Files of an export one after the other, in the order in which they count: each form of several files may be read so. */
export const exportedText = (files: readonly ExportedFile[]): string => files.map(({ text }) => text).join('');
