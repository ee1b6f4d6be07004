/** What is in an estate and not the estate's to change. */
import type { Attributes } from './records.ts';

/**
 * The attribute by which a source says so, `true` for yes: what a principal gives, and that it is there, is its vendor's affair. Who has it
 * is not.
 */
export const MANAGED_BY_VENDOR = 'managedByVendor';

export const isManagedByVendor = (attributes: Attributes): boolean =>
  Object.hasOwn(attributes, MANAGED_BY_VENDOR) && attributes[MANAGED_BY_VENDOR] === true;
