import { InputError, type JsonValue } from '../../engine/model/index.ts';
import type { Fields } from '../declared/record.ts';
import { textOf } from '../declared/template.ts';
import { parseJson } from '../formats/json-document.ts';
import { shownPath } from '../formats/open-text.ts';
import { readWholeText } from '../formats/whole-text.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import { asObject, textsOf } from './json-fields.ts';

/** One block of a role: what it allows of the control plane and of the data plane, each less what is taken out of it. */
export interface Permissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Under which the block holds at all. */
  readonly condition?: string;
}

export interface RoleDefinition {
  readonly name: string;
  readonly isBuiltIn: boolean;
  readonly permissions: readonly Permissions[];
}

/** A block as a grant: patterns of both planes in one list. */
export interface Block {
  readonly key: string;
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly condition: string | undefined;
}

/** Stands before actions of the data plane, so that a `*` of the control plane does not take them in. */
export const DATA = 'data:';
const ALL_DATA = `${DATA}*`;
const MAX_FILE = 64 * 1024 * 1024;

/** Role definitions by the GUID of their id, in upper case. */
export class RoleDefinitions {
  readonly #byId = new Map<string, RoleDefinition>();

  constructor() {
    for (const [id, name, permissions] of BUILT_IN_ROLES)
      this.#byId.set(id.toUpperCase(), { name, isBuiltIn: true, permissions: [{ ...NOTHING, ...permissions }] });
  }

  get(id: string): RoleDefinition | undefined {
    return this.#byId.get(id);
  }

  put(id: string, definition: RoleDefinition): void {
    this.#byId.set(id, definition);
  }
}

const NOTHING: Permissions = Object.freeze({ actions: [], notActions: [], dataActions: [], notDataActions: [] });

/** What a role may do of which no definition is known: perhaps everything. */
export const unknownBlock = (id: string): Block => ({
  key: 'unknown',
  actions: ['*'],
  exceptActions: [],
  condition: `if the role ${id} allows it: its definition is not known; name a file of definitions with --roles`,
});

/** The grants of a definition: one or two for each of its blocks. Blocks that allow nothing give none. */
export function blocksOf({ permissions }: RoleDefinition): readonly Block[] {
  return permissions.flatMap((block, at) => {
    const { actions, notActions, dataActions, notDataActions, condition } = block;
    const control: Block = {
      key: `${at}`,
      actions,
      exceptActions: actions.some((action) => action.startsWith('*')) ? [...notActions, ALL_DATA] : notActions,
      condition,
    };
    const data: Block = {
      key: `${at} data`,
      actions: dataActions.map((action) => DATA + action),
      exceptActions: notDataActions.map((action) => DATA + action),
      condition,
    };
    return [control, data].filter((grant) => grant.actions.length > 0);
  });
}

/** How a role has an action: surely, under a condition, or not. */
export type Has = { readonly condition: string | undefined } | undefined;

/** Whether the grants have an action. One without a condition counts before those with one. */
export function has(blocks: readonly Block[], action: string): Has {
  let found: Has;
  for (const { actions, exceptActions, condition } of blocks) {
    if (!actions.some((pattern) => fits(pattern, action))) continue;
    if (exceptActions.some((pattern) => fits(pattern, action))) continue;
    if (condition === undefined) return { condition };
    found ??= { condition };
  }
  return found;
}

/** Whether a pattern matches an action; `*` is any run of characters, letter case does not matter. */
function fits(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  const [first, ...rest] = parts as [string, ...string[]];
  if (rest.length === 0) return first === text;
  if (!text.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether any grant may have an action that starts so. Patterns are compared up to their first `*`. */
export const hasAnyUnder = (blocks: readonly Block[], prefix: string): boolean =>
  blocks.some(({ actions }) =>
    actions.some((pattern) => {
      const start = pattern.toLowerCase().split('*')[0]!;
      const wanted = prefix.toLowerCase();
      return start.startsWith(wanted) || (pattern.includes('*') && wanted.startsWith(start));
    }),
  );

/**
 * Reads role definitions as `az role definition list` or the REST service write them: a list, or an object with `value`.
 *
 * @throws what `readWholeText` and `parseJson` throw; InputError for what is no list of definitions
 */
export async function readRoleDefinitions(path: string, into: RoleDefinitions): Promise<void> {
  const file = shownPath(path);
  const document = parseJson(await readWholeText(path, { maxBytes: MAX_FILE }), file) as JsonValue;
  const list = Array.isArray(document) ? document : asObject(document)['value'];
  if (!Array.isArray(list)) throw wrong(file, '', 'must be a list of role definitions, or hold one as "value"');
  list.forEach((item: JsonValue, at) => {
    const fields = asObject(item);
    const properties: Fields = fields['properties'] === undefined ? fields : asObject(fields['properties']);
    const name = textOf(fields['name']) ?? textOf(fields['id']);
    if (name === undefined || !Array.isArray(properties['permissions']))
      throw wrong(file, `[${at}]`, 'is no role definition: it has no "name" (the GUID) or no list of "permissions"');
    const id = name.slice(name.lastIndexOf('/') + 1).toUpperCase();
    const type = textOf(properties['roleType'] ?? properties['type']);
    into.put(id, {
      name: textOf(properties['roleName']) ?? id,
      isBuiltIn: type === 'BuiltInRole',
      permissions: (properties['permissions'] as readonly JsonValue[]).map((block, which) =>
        permissionsOf(asObject(block), file, `[${at}].permissions[${which}]`),
      ),
    });
  });
}

function permissionsOf(block: Fields, file: string, at: string): Permissions {
  const list = (name: string): readonly string[] => {
    const texts = textsOf(block[name]);
    if (texts === undefined) throw wrong(file, `${at}.${name}`, 'must be a list of texts');
    return texts;
  };
  const condition = textOf(block['condition']);
  return {
    actions: list('actions'),
    notActions: list('notActions'),
    dataActions: list('dataActions'),
    notDataActions: list('notDataActions'),
    ...(condition === undefined ? {} : { condition }),
  };
}

const wrong = (file: string, field: string, message: string): InputError =>
  new InputError([{ file, ...(field === '' ? {} : { field }), message }], 1);
