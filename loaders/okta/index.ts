import { declaredLoader } from '../declared/declared-loader.ts';
import { okta } from './description.ts';
import { openOkta } from './reader.ts';

/** Okta, from saved answers of its API: docs/loaders/okta.md. */
export const oktaLoader = declaredLoader(okta, openOkta);
