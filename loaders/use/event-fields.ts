import { type Instant, parseInstant } from '../../engine/model/index.ts';

/** The fields of a value; none where it is no object. */
export type EventFields = Readonly<Record<string, unknown>>;

export const fieldsIn = (value: unknown): EventFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as EventFields) : {};

/** A text that is not empty. */
export const textIn = (fields: EventFields, name: string): string | undefined => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const instantIn = (fields: EventFields, ...names: readonly string[]): Instant | undefined => {
  for (const name of names) {
    const text = textIn(fields, name);
    const at = text === undefined ? undefined : parseInstant(text);
    if (at !== undefined) return at;
  }
  return undefined;
};
