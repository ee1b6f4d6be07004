import { declaredLoader } from '../declared/declared-loader.ts';
import { gcp } from './description.ts';
import { openGcp } from './reader.ts';

/** Google Cloud, from its asset inventory: docs/loaders/gcp.md. */
export const gcpLoader = declaredLoader(gcp, openGcp);
