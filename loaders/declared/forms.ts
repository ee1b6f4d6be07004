import type { JsonValue } from '../../engine/model/index.ts';
import type { Form } from './description.ts';

const isObject = (value: JsonValue): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: JsonValue): boolean => typeof value === 'string';

const FITS: Readonly<Record<Form, (value: JsonValue) => boolean>> = {
  text: isText,
  texts: (value) => isText(value) || (Array.isArray(value) && value.every(isText)),
  flag: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
  any: () => true,
};

/** The forms in words, for messages and pages. */
export const FORM_WORDS: Readonly<Record<Form, string>> = Object.freeze({
  text: 'a text',
  texts: 'a text or a list of texts',
  flag: 'true or false',
  number: 'a number',
  object: 'an object',
  objects: 'a list of objects',
  any: 'anything',
});

/** What is wrong with the form of a value; undefined when nothing is. A null stands for an absent value. */
export function wrongForm(value: JsonValue, form: Form): string | undefined {
  return value === null || FITS[form](value) ? undefined : `must be ${FORM_WORDS[form]}, is ${kindOf(value)}`;
}

function kindOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
