/** A form in which a plan leaves the product, for those who carry it out elsewhere. */
import type { RolePlan } from '../plan.ts';

export interface ExportedFile {
  /** A plain file name. */
  readonly name: string;
  readonly text: string;
}

export interface Exporter {
  readonly format: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  /** @throws GrantlensError EXPORT_UNSUPPORTED for what the form cannot say */
  readonly write: (plan: RolePlan) => readonly ExportedFile[];
}
