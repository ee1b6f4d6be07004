import {
  GrantlensError,
  InputError,
  type JsonValue,
  MAX_ACTION,
  type Problems,
  parseInstant,
} from '../../engine/model/index.ts';
import { render, saysNothing, type Template } from '../csv/template.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Pass } from '../declared/declared-reading.ts';
import type { Fields, SourceRecord } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { type InputFile, inputFiles } from '../formats/input-files.ts';
import type { JsonElement } from '../formats/json-elements.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { Account } from './account.ts';
import { type Endpoint, endpointText, type Found } from './endpoints.ts';
import type { EdgeMapping, Mapping, NodeMapping } from './mapping.ts';
import { readMapping } from './read-mapping.ts';
import { startingMapping } from './starting-mapping.ts';
import { EDGES, edgeOf, elementsOf, type GraphEdge, type GraphNode, NODES, Survey } from './survey.ts';

/**
 * Opens OpenGraph files: JSON files, folders or archives of them, in any number. All of them are one source.
 *
 * @throws what `inputFiles`, `jsonElements` and `readMapping` throw; GrantlensError ARGUMENT_INVALID without a mapping, with one to
 *   start from
 */
export async function openOpenGraph(request: LoadRequest, problems: Problems): Promise<Opened> {
  const path = request.options['mapping'];
  const mapping = path === undefined ? undefined : await readMapping(path);
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'], archives: true });
  const told: Skipped[] = [...skipped];
  const survey = new Survey(problems, told);
  for (const file of files) await checked(survey, file, problems);
  problems.throwIfAny();
  if (mapping === undefined) throw noMapping(survey);
  for (const file of files) await survey.learn(file);
  const ground = { survey, mapping };
  const [only, ...others] = survey.sources;
  const source = request.source ?? mapping.source ?? (others.length === 0 ? only : undefined) ?? sourceOf(request);
  async function* records(pass: Pass): AsyncGenerator<readonly SourceRecord[]> {
    const account = new Account();
    yield* recordsOf(files, { ...ground, account }, source);
    // The account is that of the pass that makes the changes: the other tells the same.
    if (pass === 'make') told.push(...account.lines());
  }
  return { records, skipped: told };
}

async function checked(survey: Survey, file: InputFile, problems: Problems): Promise<void> {
  try {
    await survey.check(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const problem of error.problems) problems.add(problem);
  }
}

function noMapping({ nodeKinds, edgeKinds }: Survey): GrantlensError {
  const message = `load opengraph needs --mapping FILE.yaml, which says what the kinds mean. One to start from, with the kinds of these files:\n\n${startingMapping(nodeKinds, edgeKinds)}\n`;
  return new GrantlensError('ARGUMENT_INVALID', message, {
    option: 'mapping',
    nodeKinds: Object.fromEntries(nodeKinds),
    edgeKinds: Object.fromEntries(edgeKinds),
  });
}

async function* recordsOf(
  files: readonly InputFile[],
  ground: Ground,
  source: string,
): AsyncGenerator<readonly SourceRecord[]> {
  for (const file of files) {
    for await (const elements of elementsOf(file)) {
      yield elements.flatMap((element) => recordsOfElement(file, element, ground, source));
    }
  }
}

function recordsOfElement(
  file: InputFile,
  { member, index, line, value }: JsonElement,
  ground: Ground,
  source: string,
): readonly SourceRecord[] {
  const place = { source, file: file.shownAs, line, at: `${member}[${index}]` };
  if (member === NODES) return nodeRecord(ground.survey.nodeOf(file, value), ground, place);
  if (member === EDGES) return edgeRecords(edgeOf(value), ground, place);
  return [];
}

/** What records are made on. */
interface Ground {
  readonly survey: Survey;
  readonly mapping: Mapping;
  readonly account: Account;
}

type Place = Pick<SourceRecord, 'source' | 'file' | 'line' | 'at'>;

/** The rule of the first of its kinds that is mapped; null where one is to be left out, undefined where none is known. */
function ruleOf(kinds: readonly string[], mapping: Mapping): NodeMapping | null | undefined {
  let isIgnored = false;
  for (const kind of kinds) {
    if (!mapping.nodes.has(kind)) continue;
    const rule = mapping.nodes.get(kind);
    if (rule !== undefined) return rule;
    isIgnored = true;
  }
  return isIgnored ? null : undefined;
}

function nodeRecord(
  { id, kinds, properties }: GraphNode,
  { mapping, account }: Ground,
  place: Place,
): readonly SourceRecord[] {
  const rule = ruleOf(kinds, mapping);
  if (rule === null) return [];
  if (rule === undefined) {
    account.count(
      placeText(place),
      `the mapping names no node kind ${kinds.map((kind) => JSON.stringify(kind)).join(' or ') || 'for a node without one'}`,
    );
    return [];
  }
  const called = rule.name === undefined ? undefined : filled(rule.name, properties);
  const name = called ?? ['name', 'displayname', 'displayName'].map((key) => textOf(properties[key])).find(Boolean);
  const fields: Fields = {
    is: rule.kind,
    id,
    name: name ?? null,
    resourceType: rule.resourceType ?? kinds[0] ?? null,
    kinds,
    attributes: attributesOf(properties, rule),
  };
  return [{ ...place, type: 'nodes', fields }];
}

function attributesOf(properties: Fields, { attributes }: NodeMapping): Fields {
  const moved = new Set(attributes.values());
  const kept = Object.entries(properties).filter(([name]) => name !== 'name' && !moved.has(name));
  const renamed = [...attributes].map(([name, property]) => [name, properties[property] ?? null] as const);
  return Object.fromEntries([...kept, ...renamed]);
}

function edgeRecords(edge: GraphEdge, { survey, mapping, account }: Ground, place: Place): readonly SourceRecord[] {
  const rules = mapping.edges.get(edge.kind);
  if (rules === undefined)
    account.count(placeText(place), `the mapping names no edge kind ${JSON.stringify(edge.kind)}`);
  if (rules === undefined || rules.length === 0) return [];
  const [start, end] = [survey.endpoints.find(edge.start), survey.endpoints.find(edge.end)];
  for (const [found, endpoint] of [
    [start, edge.start],
    [end, edge.end],
  ] as const) {
    const why = whyNot(found, endpoint);
    if (why === undefined) continue;
    account.count(placeText(place), why);
    return [];
  }
  const made = rules
    .filter((rule) => fits(rule.start, edge.start, start, survey) && fits(rule.end, edge.end, end, survey))
    .map((rule) => madeEdge(rule, edge, idOf(start, edge.start), idOf(end, edge.end), mapping, place));
  if (made.length === 0) {
    account.count(placeText(place), `no rule of ${edge.kind} is for the kinds of its ends`);
    return [];
  }
  return [{ ...place, type: 'edges', fields: { made } }];
}

/** Why an end leads nowhere, in the words of the account; undefined where it leads to a node, or by an id out of the files. */
function whyNot(found: Found, endpoint: Endpoint): string | undefined {
  if (found === 'several') return `end ${endpointText(endpoint)}, which fits several nodes, so that none was guessed`;
  if (found === 'other kind') return `end ${endpointText(endpoint)}, which is not of the kind ${endpoint.kind}`;
  return found === 'none' && endpoint.by !== 'id' ? `end ${endpointText(endpoint)}, which fits no node` : undefined;
}

const idOf = (found: Found, endpoint: Endpoint): string =>
  typeof found === 'object' ? found.id : endpoint.by === 'id' ? endpoint.id : '';

function fits(wanted: ReadonlySet<string>, endpoint: Endpoint, found: Found, survey: Survey): boolean {
  if (wanted.size === 0) return true;
  const kinds = survey.endpoints.kindsOf(idOf(found, endpoint)) ?? (endpoint.kind === undefined ? [] : [endpoint.kind]);
  return kinds.some((kind) => wanted.has(kind));
}

function madeEdge(
  rule: EdgeMapping,
  { kind, start: startAs, end: endAs, properties }: GraphEdge,
  start: string,
  end: string,
  mapping: Mapping,
  place: Place,
): JsonValue {
  const [from, to] = rule.reverse ? [end, start] : [start, end];
  const [fromAs, toAs] = rule.reverse ? [endAs, startAs] : [startAs, endAs];
  const actions = rule.actions.map((action) => filled(action, properties)).filter((one) => one !== undefined);
  const long = actions.find((action) => action.length > MAX_ACTION);
  if (long !== undefined)
    throw wrong(place, `makes an action of ${long.length} characters; at most ${MAX_ACTION} are taken`);
  return {
    is: rule.kind,
    from,
    to,
    fromIs: standIn(fromAs, mapping),
    toIs: standIn(toAs, mapping),
    key: kind,
    technique:
      (rule.technique === undefined ? undefined : filled(rule.technique, properties)) ?? usualTechnique(rule, kind),
    condition: (rule.condition === undefined ? undefined : filled(rule.condition, properties)) ?? null,
    validFrom: instantIn(rule.validFrom, properties, place),
    validTo: instantIn(rule.validTo, properties, place),
    effect: rule.effect,
    inherit: rule.inherit,
    actions,
  };
}

/** A take-over is done as its kind says, if the mapping does not say how. */
const usualTechnique = ({ kind }: EdgeMapping, called: string): JsonValue =>
  kind === 'CONTROLS' || kind === 'CAN_ASSUME' ? called : null;

/** What an end that no file describes is, where the edge tells its kind. */
const standIn = ({ kind }: Endpoint, mapping: Mapping): JsonValue =>
  kind === undefined ? null : (mapping.nodes.get(kind)?.kind ?? null);

/** A template filled with properties; undefined where all that it names are absent. */
function filled(template: Template, properties: Fields): string | undefined {
  const cell = (name: string): string => (Object.hasOwn(properties, name) ? (textOf(properties[name]) ?? '') : '');
  if (saysNothing(template, cell)) return undefined;
  return render(template, cell) || undefined;
}

function instantIn(template: Template | undefined, properties: Fields, place: Place): JsonValue {
  const text = template === undefined ? undefined : filled(template, properties);
  if (text === undefined) return null;
  if (parseInstant(text) === undefined)
    throw wrong(place, `${JSON.stringify(text)} is no instant; 2024-05-01T12:00:00Z is one`);
  return text;
}

const placeText = ({ file, line, at }: Place): string => `${file}:${line} ${at}`;

function wrong({ file, line, at }: Place, message: string): InputError {
  return new InputError(
    [{ file, ...(line === undefined ? {} : { line }), ...(at === undefined ? {} : { field: at }), message }],
    1,
  );
}
