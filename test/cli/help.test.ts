import { describe, expect, it } from 'vitest';
import { program } from '../../cli/program.ts';

describe('help', () => {
  const commands = program().commands.map((command) => [command.name(), command] as const);

  it('is there for every command that scripts rely on', () => {
    const names = commands.map(([name]) => name);
    for (const name of [
      'load',
      'stats',
      'check',
      'access',
      'who-can',
      'paths',
      'why',
      'query',
      'export',
      'generate',
      'serve',
    ])
      expect(names).toContain(name);
  });

  it.each(commands)('of %s has examples and the common options', (name, command) => {
    let text = '';
    command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
    expect(text).toMatch(new RegExp(`Examples:\n {2}# .*\n {2}grantlens (.* )?${name}`));
    expect(text).toContain('--json');
    for (const option of ['--data', '--store', '--execution']) expect(text).toContain(option);
  });
});
