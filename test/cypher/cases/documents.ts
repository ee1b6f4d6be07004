import type { StatementCase } from '../case.ts';
import { HEAD, head } from './facts.ts';

const RUN = "CREATE (:GraphDocument {name: 'run/1', value: '{}', revision: 3, token: 't'})";
const LONG = "CREATE (:GraphDocument {name: 'sha256:x', longName: 'run/long', value: '[]', revision: 4, token: 't'})";
const ALL = 'MATCH (d:GraphDocument) RETURN d.name, d.longName, d.value, d.revision, d.token ORDER BY d.name';

export const DOCUMENT_CASES: Readonly<Record<string, StatementCase>> = {
  'documents.get': { given: [RUN], parameters: { name: 'run/1' }, rows: [['{}', 3]] },
  'documents.list': {
    given: [RUN, LONG, "CREATE (:GraphDocument {name: 'other', value: '1', revision: 5})"],
    parameters: { prefix: 'run/' },
    rows: [['run/1'], ['run/long']],
    anyOrder: true,
  },
  'documents.state': { given: [RUN], parameters: { name: 'run/1' }, rows: [[3, 't']] },
  'documents.next-revision': { given: [head()], rows: [[7]], after: [`${HEAD} h.documents`, [[7]]] },
  'documents.put': {
    given: [RUN],
    parameters: { name: 'run/1', longName: null, value: '{"a":1}', revision: 9, token: 'n' },
    rows: [],
    after: [ALL, [['run/1', null, '{"a":1}', 9, 'n']]],
  },
  'documents.delete': {
    given: [RUN, LONG],
    parameters: { name: 'run/1' },
    rows: [],
    after: [ALL, [['sha256:x', 'run/long', '[]', 4, 't']]],
  },
};
