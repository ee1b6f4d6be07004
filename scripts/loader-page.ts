/** The part of a page in docs/loaders that lists what the records of a declared source become, from its description. */
import type {
  EdgeDescription,
  EndDescription,
  EntityDescription,
  NodeDescription,
  SourceDescription,
  Test,
} from '../loaders/declared/description.ts';
import { FORM_WORDS } from '../loaders/declared/forms.ts';

const BEGIN = '<!-- what becomes of it: written by `npm run docs:loaders` -->';
const END = '<!-- end of what becomes of it -->';

/** The page with its reference as it should be. @throws Error when the page has no place for it */
export function loaderPage(page: string, description: SourceDescription): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/loaders/${description.format}.md has no place for the reference`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${reference(description)}\n\n${page.slice(end)}`;
}

const reference = ({ entities }: SourceDescription): string => entities.map(section).join('\n\n');

function section(entity: EntityDescription): string {
  const { record, about, fields, nodes, edges } = entity;
  const known = Object.entries(fields).map(([name, form]) => `${code(name)} (${FORM_WORDS[form]})`);
  return [
    `### ${record}`,
    '',
    about,
    ...list('Nodes', nodes.map(nodeLine)),
    ...list('Edges', edges.map(edgeLine)),
    ...(known.length === 0 ? [] : ['', `Fields: ${known.join(', ')}.`]),
  ].join('\n');
}

const list = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, '', ...lines.map((line) => `- ${line}`)];

function nodeLine({ kind, about, id, when, each, resourceType, aka = [] }: NodeDescription): string {
  const type = resourceType === undefined ? '' : ` of the type ${code(resourceType)}`;
  const names = aka.length === 0 ? '' : `; found by its ${[...new Set(aka.map((one) => one.list))].join(', ')} too`;
  return `${code(kind)} ${code(id)}${type}${eachText(each)}${whenText(when)}: ${about}${names}`;
}

function edgeLine(edge: EdgeDescription): string {
  const { kind, about, each, when, from, to, technique, actions, condition, effect } = edge;
  const how = [
    ...(effect === 'DENY' ? ['denied'] : []),
    ...(actions === undefined ? [] : [`actions ${actions.map(code).join(', ')}`]),
    ...(edge.actionsIn === undefined ? [] : [`actions of ${code(edge.actionsIn)}`]),
    ...(edge.exceptionsIn === undefined ? [] : [`except those of ${code(edge.exceptionsIn)}`]),
    ...(technique === undefined ? [] : [`technique ${code(technique)}`]),
    ...(condition === undefined ? [] : [`on condition that ${condition}`]),
    ...(edge.validFrom === undefined ? [] : [`from ${code(edge.validFrom)} on`]),
    ...(edge.validTo === undefined ? [] : [`until ${code(edge.validTo)}`]),
    ...(edge.inherit === false ? ['not reaching down'] : []),
  ];
  const said = how.length === 0 ? '' : ` (${how.join('; ')})`;
  return `${endText(from)} ${code(kind)} ${endText(to)}${said}${eachText(each)}${whenText(when)}: ${about}`;
}

function endText(end: string | EndDescription): string {
  if (typeof end === 'string') return code(end);
  const by = end.list === undefined ? '' : ` by ${end.list}`;
  const unknown = typeof end.unknown === 'object' ? ', standing in where unknown,' : '';
  return `${code(end.id)}${by}${unknown}`;
}

const eachText = (each: string | undefined): string => (each === undefined ? '' : ` for each of ${code(each)}`);

function whenText(when: Test | readonly Test[] | undefined): string {
  if (when === undefined) return '';
  const tests = Array.isArray(when) ? (when as readonly Test[]) : [when as Test];
  return ` where ${tests.map(testText).join(' and ')}`;
}

function testText({ path, oneOf, noneOf, matches }: Test): string {
  if (oneOf !== undefined) return `${code(path)} is ${oneOf.map((value) => code(String(value))).join(', ')}`;
  if (noneOf !== undefined) return `${code(path)} is not ${noneOf.map((value) => code(String(value))).join(', ')}`;
  return matches === undefined ? `${code(path)} is there` : `${code(path)} matches ${code(matches.source)}`;
}

const code = (text: string): string => `\`${text}\``;
