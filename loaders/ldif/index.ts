import { declaredLoader } from '../declared/declared-loader.ts';
import { ldif } from './description.ts';
import { openLdif } from './reader.ts';

/** LDAP directories: docs/loaders/ldif.md. */
export const ldifLoader = declaredLoader(ldif, openLdif);
