import { declaredLoader } from '../declared/declared-loader.ts';
import { scim } from './description.ts';
import { openScim } from './reader.ts';

/** Users and groups of a SCIM service: docs/loaders/scim.md. */
export const scimLoader = declaredLoader(scim, openScim);
