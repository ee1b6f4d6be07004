/** Files of duties: what is read, and what is refused with line and column. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSodRules } from '../../engine/findings/duties/read-sod-rules.ts';
import { resolveSodRules } from '../../engine/findings/duties/resolve-sod-rules.ts';
import { MAX_DUTIES, MAX_SOD_RULES, MAX_SOD_TEXT } from '../../engine/findings/duties/sod-rule.ts';
import { InputError, makeEdge, type NodeKind } from '../../engine/model/index.ts';
import { compileSnapshot } from '../../engine/snapshot/compile.ts';
import { memoryReader } from '../support/memory-reader.ts';

const rule = (left: string, right: string, rest = ''): string =>
  `version: 1\nrules:\n  - name: both\n    left: ${left}\n    right: ${right}\n${rest}`;

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(
      ({ file, line, column, field, message }) => `${file}:${line}:${column} ${field}: ${message}`,
    );
  }
  throw new Error('nothing was refused');
}

const refused = (text: string): readonly string[] => problemsOf(() => readSodRules(text, 'f.yaml'));

const node = (kind: NodeKind, id: string) => ({ kind, id, source: 's', attributes: {} });
const snapshot = await compileSnapshot(
  memoryReader(
    [node('User', 'u'), node('Role', 'ro'), node('Group', 'g'), node('Resource', 'app:x'), node('Resource', 'app:x/m')],
    [
      makeEdge({ kind: 'CONTAINS', from: 'app:x', to: 'app:x/m', source: 's' }),
      makeEdge({
        kind: 'GRANTS',
        from: 'ro',
        to: 'app:x',
        source: 's',
        actions: ['read', 'pay.*'],
        exceptActions: ['pay.all'],
      }),
    ],
  ),
);
const resolve = (text: string) => resolveSodRules(snapshot, readSodRules(text, 'f.yaml'), 'f.yaml');

describe('a file of duties', () => {
  it('is read whole', () => {
    const text = rule(
      '[{ action: pay.*, resource: app:x }]',
      '[{ role: ro }, { group: g }]',
      '    because: money\n    severity: .5\n    reach: ENTITLED\n',
    );
    expect(readSodRules(text, 'f.yaml')).toEqual([
      {
        name: 'both',
        because: 'money',
        severity: 0.5,
        reach: 'ENTITLED',
        left: [
          {
            is: 'entitlement',
            action: 'pay.*',
            resource: 'app:x',
            place: { line: 4, column: 12, field: 'rules[0].left[0]' },
          },
        ],
        right: [
          { is: 'role', id: 'ro', place: { line: 5, column: 13, field: 'rules[0].right[0]' } },
          { is: 'group', id: 'g', place: { line: 5, column: 27, field: 'rules[0].right[1]' } },
        ],
      },
    ]);
  });

  it.each([
    ['', ['f.yaml:1:1 undefined: the file holds no rules']],
    ['version: 2\nrules: []', ['f.yaml:1:10 version: must be 1, is "2"', 'f.yaml:2:8 rules: is empty']],
    ['version: 1', ['f.yaml:1:1 rules: is missing']],
    [rule('[]', '[{ role: ro }]'), ['f.yaml:4:11 rules[0].left: is empty']],
    [rule('ro', '[{ role: ro }]'), ['f.yaml:4:11 rules[0].left: must be a list (lines that start with "- ")']],
    [
      rule('[{ role: a, group: b }]', '[{ action: x }]'),
      [
        'f.yaml:4:12 rules[0].left[0]: must name an action and a resource, or a role, or a group',
        'f.yaml:5:13 rules[0].right[0]: must name an action and a resource, or a role, or a group',
      ],
    ],
    [
      rule('[{ rol: a }]', '[{ role: b }]'),
      [
        'f.yaml:4:12 rules[0].left[0]: must name an action and a resource, or a role, or a group',
        'f.yaml:4:14 rules[0].left[0].rol: unknown field; known here are action, resource, role, group',
      ],
    ],
    [
      rule('[{ role: a }]', '[{ role: c }, { role: a }]'),
      ['f.yaml:5:26 rules[0].right[1]: is on the other side too: rules[0].left[0] at line 4, column 12'],
    ],
    [
      rule('[{ action: Read, resource: x }]', '[{ action: read, resource: x }]'),
      ['f.yaml:5:13 rules[0].right[0]: is on the other side too: rules[0].left[0] at line 4, column 12'],
    ],
    [
      rule('[{ action: "*a*b*c*d*", resource: x }]', '[{ role: a }]'),
      ['f.yaml:4:22 rules[0].left[0].action: has more than 4 stars'],
    ],
    [
      rule('[{ role: a }]', '[{ role: b }]', '    severity: 2\n'),
      ['f.yaml:6:15 rules[0].severity: must be a number from 0 to 1, is "2"'],
    ],
    [
      rule('[{ role: a }]', '[{ role: b }]', '    reach: ESCALATION\n'),
      ['f.yaml:6:12 rules[0].reach: must be one of ENTITLED, ASSUMABLE, is "ESCALATION"'],
    ],
    [
      `${rule('[{ role: a }]', '[{ role: b }]')}  - name: both\n    left: [{ role: a }]\n    right: [{ role: b }]\n`,
      ['f.yaml:6:11 rules[1].name: another rule is called "both" already'],
    ],
  ])('%j is refused', (text, problems) => {
    expect(refused(text)).toEqual(problems);
  });

  it('is refused when it is too long', () => {
    expect(refused(`#${'x'.repeat(MAX_SOD_TEXT)}`)[0]).toContain('at most 1048576 are taken');
    const many = Array.from({ length: MAX_SOD_RULES + 1 }, (_, i) => `  - { name: r${i}, left: [], right: [] }`);
    expect(refused(`version: 1\nrules:\n${many.join('\n')}`)).toEqual([
      'f.yaml:3:3 rules: holds 501; at most 500 are taken',
    ]);
    const side = Array.from({ length: MAX_DUTIES + 1 }, (_, i) => `{ role: r${i} }`).join(', ');
    expect(refused(rule(`[${side}]`, '[{ role: a }]'))).toEqual([
      'f.yaml:4:11 rules[0].left: holds 101; at most 100 are taken',
    ]);
  });
});

describe('duties in a version', () => {
  it('are refused where they name what is not there', () => {
    const text = rule(
      '[{ role: nobody }, { role: g }, { action: a, resource: app:y }]',
      '[{ group: u }, { action: a, resource: "db:*" }]',
    );
    expect(problemsOf(() => resolve(text))).toEqual([
      'f.yaml:4:12 rules[0].left[0]: no Role has the id "nobody"',
      'f.yaml:4:30 rules[0].left[1]: "g" is a Group, not a Role',
      'f.yaml:4:43 rules[0].left[2]: no Resource has the id "app:y"',
      'f.yaml:5:13 rules[0].right[0]: "u" is a User, not a Group',
      'f.yaml:5:27 rules[0].right[1]: no resource’s id matches "db:*"',
    ]);
  });

  it('are refused where patterns of both sides name the same', () => {
    const text = rule('[{ action: "pay.*", resource: "APP:*" }]', '[{ action: "*all", resource: app:x/m }]');
    expect(problemsOf(() => resolve(text))).toEqual([
      'f.yaml:5:13 rules[0].right[0]: names something of the other side, on app:x/m: rules[0].left[0] at line 4, column 12',
    ]);
  });

  it('are spelled out by the patterns of the grants on the resource', () => {
    const [resolved] = resolve(rule('[{ action: "p*", resource: app:x/m }]', '[{ role: ro }]'));
    expect(resolved!.left.map(({ shown }) => shown)).toEqual(['p*', 'pay.*', 'pay.all']);
    expect(resolved!.right).toEqual([{ node: snapshot.index.find('ro') }]);
  });

  it('are refused where patterns come to too much', async () => {
    const resources = Array.from({ length: 2_001 }, (_, i) => node('Resource', `r${i}`));
    const large = await compileSnapshot(memoryReader([...resources, node('Role', 'ro')], []));
    const rules = readSodRules(rule('[{ action: a, resource: "r*" }]', '[{ role: ro }]'), 'f.yaml');
    expect(problemsOf(() => resolveSodRules(large, rules, 'f.yaml'))).toEqual([
      'f.yaml:4:12 rules[0].left[0]: the side comes to more than 2000 pairs of an action and a resource; name fewer',
    ]);
  });
});

it('the file that docs/separation-of-duties.md shows is one', () => {
  const page = readFileSync(new URL('../../docs/separation-of-duties.md', import.meta.url), 'utf8');
  const [rule] = readSodRules(/```yaml\n(.*?)```/s.exec(page)![1]!, 'page');
  expect([rule!.left.length, rule!.right.length]).toEqual([2, 2]);
});
