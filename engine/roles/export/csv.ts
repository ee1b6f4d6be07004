import { formatInstant } from '../../model/index.ts';
import type { Exporter } from './exporter.ts';
import { plannedChanges } from './planned-edges.ts';

const HEADER = [
  'step',
  'title',
  'does',
  'what',
  'from',
  'to',
  'source',
  'actions',
  'except',
  'inherit',
  'condition',
  'from_time',
  'until_time',
  'id',
];

/** A row for each change, as RFC 4180 has it, with a header. */
export const planCsv: Exporter = {
  format: 'csv',
  about: 'A table with a row for each change, in the order in which they are done.',
  write: (plan) => {
    const rows = plannedChanges(plan).flatMap((changes, i) =>
      changes.map(({ does, edge, node }) => {
        const begin = [String(i + 1), plan.steps[i]!.title, does];
        if (edge === undefined) return [...begin, node.kind, '', node.id, node.source, '', '', '', '', '', '', node.id];
        const {
          kind,
          from,
          to,
          source,
          actions = [],
          exceptActions = [],
          inherit,
          condition = '',
          validFrom,
          validTo,
          id,
        } = edge;
        const times = [validFrom, validTo].map((at) => (at === undefined ? '' : formatInstant(at)));
        const reaches = kind === 'GRANTS' ? String(inherit !== false) : '';
        return [
          ...begin,
          kind,
          from,
          to,
          source,
          actions.join(' '),
          exceptActions.join(' '),
          reaches,
          condition,
          ...times,
          id,
        ];
      }),
    );
    return [{ name: `${plan.id}.csv`, text: [HEADER, ...rows].map((row) => `${row.map(field).join()}\r\n`).join('') }];
  },
};

/** Quoted where it has to be; a field that a spreadsheet would compute begins with an apostrophe. */
function field(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
