/**
 * Principals that hold two rights at once, each of them directly or through groups: what takes both is theirs. Only the
 * outermost are told; their members are reached through them.
 *
 * Linear in the memberships below the holders.
 */
export function outermostOfBoth(
  membersOf: ReadonlyMap<string, readonly string[]>,
  first: ReadonlySet<string>,
  second: ReadonlySet<string>,
): readonly string[] {
  const below = withMembers(membersOf, second);
  const both = new Set([...withMembers(membersOf, first)].filter((id) => below.has(id)));
  const inner = new Set([...both].flatMap((group) => membersOf.get(group) ?? []));
  const outermost = [...both].filter((id) => !inner.has(id));
  // Groups that are members of one another have no outermost: one of each such ring stands for it.
  const reached = withMembers(membersOf, outermost);
  for (const id of both) {
    if (reached.has(id)) continue;
    outermost.push(id);
    for (const member of withMembers(membersOf, [id])) reached.add(member);
  }
  return outermost;
}

/** The principals and all that are members of them, to any depth. */
function withMembers(membersOf: ReadonlyMap<string, readonly string[]>, start: Iterable<string>): Set<string> {
  const found = new Set(start);
  for (const id of found) for (const member of membersOf.get(id) ?? []) found.add(member);
  return found;
}
