/** The sources that are declared: what their records become. Each has a page of its own in docs/loaders. */
import { azurehound } from './azurehound/description.ts';
import type { SourceDescription } from './declared/description.ts';
import { ldif } from './ldif/description.ts';
import { opengraph } from './opengraph/description.ts';
import { posix } from './posix/description.ts';
import { scim } from './scim/description.ts';
import { sharphound } from './sharphound/description.ts';

export const descriptions: readonly SourceDescription[] = Object.freeze([
  sharphound,
  azurehound,
  opengraph,
  ldif,
  posix,
  scim,
]);
