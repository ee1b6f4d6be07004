import { describe, expect, it } from 'vitest';
import { InputError, type Problem } from '../../engine/model/index.ts';
import { MAX_RULES, MAX_RULES_TEXT } from '../../engine/sensitivity/rule.ts';
import { parseSensitivityRules } from '../../engine/sensitivity/rules-file.ts';

const WHOLE = `version: 1
rules:
  - name: payroll
    resource: { type: database, id: 'db:*', attributes: { stage: production, note: '' } }
    actions: [SELECT, 'UPDATE*']
    weight: 0.9
    because: People's pay.
  - name: the rest
    resource: { type: '*' }
    weight: 0
`;

function problemsOf(text: string): readonly Problem[] {
  try {
    parseSensitivityRules(text, 'rules.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

const told = (text: string): readonly string[] =>
  problemsOf(text).map(({ line, column, field, message }) => `${line}:${column} ${field ?? '-'} ${message}`);

/** A file with one rule, whose lines are given. */
const one = (...lines: readonly string[]): string =>
  ['version: 1', 'rules:', ...lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`)].join('\n');

describe('a rules file', () => {
  it('is read in its order', () => {
    expect(parseSensitivityRules(WHOLE, 'rules.yaml')).toEqual([
      {
        name: 'payroll',
        resource: { type: 'database', id: 'db:*', attributes: { stage: 'production', note: '' } },
        actions: ['SELECT', 'UPDATE*'],
        weight: 0.9,
        because: "People's pay.",
      },
      { name: 'the rest', resource: { type: '*' }, weight: 0 },
    ]);
  });

  it('may hold no rules', () => {
    expect(parseSensitivityRules('version: 1\nrules: []', 'rules.yaml')).toEqual([]);
  });

  it.each<readonly [what: string, text: string, problems: readonly string[]]>([
    ['nothing', '', ['1:1 - the file holds no rules']],
    ['no fields', '- a', ['1:1 - must hold fields (name: value), is a list']],
    ['no version', 'rules: []', ['1:1 version is missing']],
    ['another version', 'version: 2\nrules: []', ['1:10 version must be 1, is "2"']],
    ['no rules', 'version: 1', ['1:1 rules is missing']],
    ['rules that are no list', 'version: 1\nrules: {}', ['2:8 rules must be a list (lines that start with "- ")']],
    ['an unknown field', 'version: 1\nrules: []\nrule: []', ['3:1 rule unknown field; known here are version, rules']],
    ['an empty rule', 'version: 1\nrules:\n  -', ['3:4 rules[0] must hold fields (name: value), is empty']],
    [
      'an alias',
      'version: 1\nrules:\n  - &a {name: n, resource: {id: x}, weight: 1}\n  - *a',
      ['4:5 rules[1] must hold fields (name: value), is an alias (*name), which is not taken here'],
    ],
    ['a rule without anything', one('name: n'), ['3:5 rules[0].resource is missing', '3:5 rules[0].weight is missing']],
    [
      'a rule about nothing',
      one('name: n', 'weight: 1', 'resource: {}'),
      ['5:15 rules[0].resource names nothing; give type, id, attributes, with "*" for all'],
    ],
    [
      'an unknown pattern',
      one('name: n', 'weight: 1', 'resource: {kind: x}'),
      [
        '5:15 rules[0].resource names nothing; give type, id, attributes, with "*" for all',
        '5:16 rules[0].resource.kind unknown field; known here are type, id, attributes',
      ],
    ],
    [
      'a weight beyond 1',
      one('name: n', 'resource: {id: x}', 'weight: 1.5'),
      ['5:13 rules[0].weight must be a number from 0 to 1, is "1.5"'],
    ],
    [
      'a weight below 0',
      one('name: n', 'resource: {id: x}', 'weight: -0.1'),
      ['5:13 rules[0].weight must be a number from 0 to 1, is "-0.1"'],
    ],
    [
      'a weight that is no number',
      one('name: n', 'resource: {id: x}', 'weight: high'),
      ['5:13 rules[0].weight must be a number from 0 to 1, is "high"'],
    ],
    [
      'actions that are no list',
      one('name: n', 'resource: {id: x}', 'weight: 1', 'actions: read'),
      ['6:14 rules[0].actions must be a list of patterns'],
    ],
    [
      'no actions',
      one('name: n', 'resource: {id: x}', 'weight: 1', 'actions: []'),
      ['6:14 rules[0].actions is empty; leave it out for every action'],
    ],
    [
      'an empty action',
      one('name: n', 'resource: {id: x}', 'weight: 1', "actions: ['']"),
      ['6:15 rules[0].actions[0] is empty'],
    ],
    [
      'too many stars',
      one('name: n', 'resource: {id: x}', 'weight: 1', "actions: ['*a*b*c*d*']"),
      ['6:15 rules[0].actions[0] has more than 4 stars'],
    ],
    [
      'an endless pattern',
      one('name: n', `resource: {id: ${'x'.repeat(513)}}`, 'weight: 1'),
      ['4:20 rules[0].resource.id has 513 characters; at most 512 are taken'],
    ],
    [
      'what YAML does not take',
      'version: 1\nrules: [',
      ['2:9 - Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['the same field twice', 'version: 1\nversion: 1\nrules: []', ['2:1 - Map keys must be unique']],
  ])('with %s is refused', (_, text, problems) => {
    expect(told(text)).toEqual(problems);
  });

  it('is told all that is wrong at once, as compilers print it', () => {
    const text = one('name: n', 'resource: {id: x}', 'weight: 2').concat(
      '\n  - {name: n, resource: [], weight: 1, extra: 1}',
    );
    expect(() => parseSensitivityRules(text, 'rules.yaml')).toThrow(
      [
        'rules.yaml:5:13: rules[0].weight: must be a number from 0 to 1, is "2"',
        'rules.yaml:6:12: rules[1].name: another rule is called "n" already',
        'rules.yaml:6:25: rules[1].resource: must hold fields (name: value), is a list',
        'rules.yaml:6:40: rules[1].extra: unknown field; known here are name, resource, actions, weight, because',
      ].join('\n'),
    );
  });

  it('is not taken beyond its limits', () => {
    const rules = Array.from({ length: MAX_RULES + 1 }, (_, i) => `  - {name: n${i}, resource: {id: x}, weight: 1}`);
    expect(told(['version: 1', 'rules:', ...rules].join('\n'))).toEqual([
      `3:3 rules holds ${MAX_RULES + 1} rules; at most ${MAX_RULES} are taken`,
    ]);
    expect(problemsOf(`#${'x'.repeat(MAX_RULES_TEXT)}`)[0]!.message).toMatch(/^has 1048577 characters/);
    expect(problemsOf(`version: 1\nrules: ${'['.repeat(100_000)}`)[0]!.message).toBe('nests too deeply');
  });
});
