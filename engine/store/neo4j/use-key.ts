import type { UseKey } from '../../model/index.ts';
import { idProperty } from './properties.ts';

/** The four names of a use in one text that an index takes. */
export const useKey = ({ identity, action, resource, source }: UseKey): string =>
  idProperty(JSON.stringify([identity, action, resource, source]));
