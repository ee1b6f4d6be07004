import type { Entity, GraphView } from '../engine/index.ts';
import type { Colour } from './colour.ts';
import { visible } from './visible.ts';

/** What nodes are called. */
export type Names = ReadonlyMap<string, Entity>;

/** The nodes of these ids, asked for at once. */
export async function namesOf(view: GraphView, ids: Iterable<string>): Promise<Names> {
  const once = [...new Set(ids)];
  const entities = await view.entities(once);
  return new Map(entities.flatMap((entity) => (entity === undefined ? [] : [[entity.id, entity]])));
}

/** `Ada Okafor  user:ada.okafor.1`: the name and the id, or the id alone where that is the name. */
export function called(names: Names, id: string, colour: Colour): string {
  const name = names.get(id)?.name ?? id;
  return name === id ? colour.bold(visible(id)) : `${colour.bold(visible(name))} ${colour.faint(visible(id))}`;
}

/** The name alone. */
export const nameOf = (names: Names, id: string): string => visible(names.get(id)?.name ?? id);
