/** The sources that are declared: what their records become. Each has a page of its own in docs/loaders. */
import { azurehound } from './azurehound/description.ts';
import type { SourceDescription } from './declared/description.ts';
import { gcp } from './gcp/description.ts';
import { github } from './github/description.ts';
import { ldif } from './ldif/description.ts';
import { okta } from './okta/description.ts';
import { opengraph } from './opengraph/description.ts';
import { posix } from './posix/description.ts';
import { postgres } from './postgres/description.ts';
import { scim } from './scim/description.ts';
import { sharphound } from './sharphound/description.ts';

export const descriptions: readonly SourceDescription[] = Object.freeze([
  sharphound,
  ldif,
  posix,
  scim,
  gcp,
  okta,
  postgres,
  azurehound,
  opengraph,
  github,
]);
