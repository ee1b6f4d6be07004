import type { AliasKind, Commands, Listed, Rule } from './sudoers.ts';

export type Aliases = ReadonlyMap<string, readonly Listed[]>;

/** Aliases by kind and name, as one text. */
export const aliasKey = (kind: AliasKind, name: string): string => `${kind} ${name}`;

/** How deep aliases may stand in aliases; deeper ones go in a circle. */
const MAX_DEPTH = 64;

/** A list with its aliases filled in; `!` before an alias turns all of it around. */
export function expanded(list: readonly Listed[], kind: AliasKind, aliases: Aliases, depth = 0): readonly Listed[] {
  return list.flatMap((item) => {
    const inner = aliases.get(aliasKey(kind, item.text));
    if (inner === undefined || depth >= MAX_DEPTH) return [item];
    const filled = expanded(inner, kind, aliases, depth + 1);
    return item.negated ? filled.map(({ text, negated }) => ({ text, negated: !negated })) : filled;
  });
}

/** What one rule lets one principal do as one account. */
export interface Allowed {
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
  readonly tags: readonly string[];
  readonly runAs: readonly Listed[];
}

/**
 * Whether a rule holds on a host; a text where that cannot be told: the condition. The last name that fits decides, as
 * everywhere in sudoers.
 */
export function holdsOn(rule: Rule, host: string, aliases: Aliases): boolean | string {
  let holds: boolean | string = false;
  for (const { text, negated } of expanded(rule.hosts, 'Host_Alias', aliases)) {
    const fits = text === 'ALL' || isHost(text, host);
    if (fits) holds = !negated;
    else if (/^\+|^[\d.]+(?:\/|$)|:/.test(text) && holds === false && !negated) holds = `the host is ${text}`;
  }
  return holds;
}

const isHost = (text: string, host: string): boolean => {
  const [name, full] = [text.toLowerCase(), host.toLowerCase()];
  return name === full || name === full.split('.')[0] || name.split('.')[0] === full;
};

/** The commands of a rule with those that are taken out of them, by accounts that they run as. */
export function allowedBy(rule: Rule, aliases: Aliases): readonly Allowed[] {
  const groups = new Map<string, { commands: Commands; listed: Listed[] }>();
  for (const commands of rule.commands) {
    const key = JSON.stringify([commands.runAs, commands.tags]);
    const known = groups.get(key);
    const listed = expanded(commands.commands, 'Cmnd_Alias', aliases);
    if (known === undefined) groups.set(key, { commands, listed: [...listed] });
    else known.listed.push(...listed);
  }
  return [...groups.values()].map(({ commands, listed }) => ({
    allowed: listed.filter(({ negated }) => !negated).map(({ text }) => text),
    denied: listed.filter(({ negated }) => negated).map(({ text }) => text),
    tags: commands.tags,
    runAs: runAsOf(commands, aliases),
  }));
}

function runAsOf({ runAs, runAsGroups }: Commands, aliases: Aliases): readonly Listed[] {
  // `(:group)` runs as oneself with another group.
  if (runAs.length === 0) return runAsGroups.length > 0 ? [] : [{ text: 'root', negated: false }];
  return expanded(runAs, 'Runas_Alias', aliases);
}
