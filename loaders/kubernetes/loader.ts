import { type Change, GrantlensError, Problems, wrongWithText } from '../../engine/model/index.ts';
import { filesInAll } from '../formats/files-in.ts';
import { shownPath } from '../formats/open-text.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { Loaded, Loader, LoadReport, LoadRequest, Skipped } from '../loader.ts';
import { ClusterMap } from './map/cluster-map.ts';
import { Estate } from './read/estate.ts';
import { manifestsIn } from './read/manifests.ts';
import type { Place } from './read/objects.ts';
import { wrongWithNamespace } from './read/read-head.ts';
import { readObject } from './read/read-object.ts';

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** Manifests of Kubernetes: roles, bindings, service accounts. See docs/loaders/kubernetes.md. */
export const kubernetesLoader: Loader = {
  format: 'kubernetes',
  summary: 'Kubernetes RBAC: manifests in YAML or JSON, files or folders; one cluster a load',
  load,
};

/**
 * @param request `options.namespace`: the namespace of objects that name none, as with `kubectl --namespace`; default
 *   `default`
 */
async function load(request: LoadRequest): Promise<Loaded> {
  const source = sourceOf(request);
  const wrong = wrongWithText(source, 100);
  if (wrong !== undefined) throw new GrantlensError('ARGUMENT_INVALID', `the source ${wrong}`);
  const namespace = request.options['namespace'] ?? 'default';
  const wrongNamespace = wrongWithNamespace(namespace);
  if (wrongNamespace !== undefined)
    throw new GrantlensError('ARGUMENT_INVALID', `the option namespace: ${wrongNamespace}`);
  const { files, skipped } = await filesInAll(request.paths, { extensions: EXTENSIONS });
  const report: LoadReport = { unresolved: [], skipped: [...skipped] };
  return { source, complete: [source], changes: changesOf(source, namespace, files, report), report };
}

async function* changesOf(
  source: string,
  namespace: string,
  files: readonly string[],
  report: LoadReport,
): AsyncGenerator<Change> {
  const problems = new Problems();
  const estate = await readEstate(namespace, files, problems, report.skipped);
  problems.throwIfAny();
  yield* new ClusterMap(source, estate, report).changes();
}

async function readEstate(
  namespace: string,
  files: readonly string[],
  problems: Problems,
  skipped: Skipped[],
): Promise<Estate> {
  const estate = new Estate(problems, skipped);
  const unplaced: Place[] = [];
  const namespaces = { name: namespace, used: (place: Place) => void unplaced.push(place) };
  for (const file of files) {
    for await (const manifest of manifestsIn(file, problems)) {
      const object = readObject(manifest, namespaces, problems);
      if (object === undefined) continue;
      if ('other' in object) estate.addOther(object);
      else estate.add(object);
    }
  }
  skipped.push(...estate.others(), ...unplacedNote(unplaced, namespace));
  if (estate.size === 0 && problems.total === 0) problems.add(nothingFound(files));
  return estate;
}

function unplacedNote(places: readonly Place[], namespace: string): readonly Skipped[] {
  const [first] = places;
  if (first === undefined) return [];
  const more = places.length === 1 ? '' : ` and ${places.length - 1} more`;
  return [{ where: `${first.text}${more}`, why: `names no namespace; taken to be in ${namespace}, as kubectl does` }];
}

/** A load that finds nothing would withdraw everything that the source ever vouched for. */
function nothingFound(files: readonly string[]) {
  const file = files.length === 1 ? shownPath(files[0]!) : undefined;
  const message = `no object of RBAC is in ${file === undefined ? `any of the ${files.length} files` : 'it'}; is this the right place?`;
  return { ...(file === undefined ? {} : { file }), message };
}
