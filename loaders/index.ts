/** The formats of `load`. */
import { GrantlensError } from '../engine/model/index.ts';
import { awsLoader } from './aws/aws-loader.ts';
import { azurehoundLoader } from './azurehound/index.ts';
import { csvLoader } from './csv/csv-loader.ts';
import { gcpLoader } from './gcp/index.ts';
import { githubLoader } from './github/index.ts';
import { graphLoader } from './graph/graph-loader.ts';
import { kubernetesLoader } from './kubernetes/loader.ts';
import { ldifLoader } from './ldif/index.ts';
import type { Loader } from './loader.ts';
import { oktaLoader } from './okta/index.ts';
import { opengraphLoader } from './opengraph/index.ts';
import { pairsLoader } from './pairs/pairs-loader.ts';
import { posixLoader } from './posix/index.ts';
import { postgresLoader } from './postgres/index.ts';
import { scimLoader } from './scim/index.ts';
import { sharphoundLoader } from './sharphound/index.ts';
import { cloudtrailLoader } from './use/cloudtrail.ts';
import { kubernetesAuditLoader } from './use/kubernetes-audit.ts';

export { createTextSink, type TextSink } from './formats/compress.ts';
export { type LineBatch, readLines } from './formats/lines.ts';
export { readWholeText } from './formats/whole-text.ts';
export { LOAD_OPTIONS } from './load-options.ts';
export type { GraphToMatch, Loaded, Loader, LoadReport, LoadRequest, Skipped } from './loader.ts';

/** Every loader, in the order that `--help` shows. */
export const loaders: readonly Loader[] = Object.freeze([
  sharphoundLoader,
  azurehoundLoader,
  ldifLoader,
  scimLoader,
  oktaLoader,
  posixLoader,
  awsLoader,
  gcpLoader,
  kubernetesLoader,
  githubLoader,
  postgresLoader,
  cloudtrailLoader,
  kubernetesAuditLoader,
  opengraphLoader,
  csvLoader,
  pairsLoader,
  graphLoader,
]);

/**
 * The loader of a format.
 *
 * @throws GrantlensError ARGUMENT_INVALID that lists the formats when there is none of this name
 */
export function loaderFor(format: string): Loader {
  const loader = loaders.find((candidate) => candidate.format === format);
  if (loader !== undefined) return loader;
  const formats = loaders.map((known) => known.format);
  throw new GrantlensError(
    'ARGUMENT_INVALID',
    `there is no format ${JSON.stringify(format)}; the formats are ${formats.join(', ')}`,
    { format, formats },
  );
}
