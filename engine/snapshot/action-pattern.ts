/**
 * Action patterns: text in which `*` matches any run of characters, also none. Letter case does not matter.
 * Besides matching, patterns are compared as sets of actions: does one cover another, do two overlap, what is the overlap.
 */

/** Folds the letter case as the model does. */
export const foldCase = (action: string): string => action.toLowerCase();

/** True when a folded pattern matches a folded action. Linear but for pathological runs of stars. */
export function matches(pattern: string, action: string): boolean {
  if (!pattern.includes('*')) return pattern === action;
  const pieces = pattern.split('*');
  const head = pieces[0]!;
  const tail = pieces[pieces.length - 1]!;
  if (action.length < head.length + tail.length || !action.startsWith(head) || !action.endsWith(tail)) return false;
  let from = head.length;
  const end = action.length - tail.length;
  for (let i = 1; i < pieces.length - 1; i++) {
    const found = action.indexOf(pieces[i]!, from);
    if (found < 0 || found + pieces[i]!.length > end) return false;
    from = found + pieces[i]!.length;
  }
  return true;
}

/**
 * True when every action of folded pattern `inner` is one of `outer`. With a letter that `outer` does not name in place
 * of each star of `inner`, only stars of `outer` can take it, so one match decides.
 */
export function covers(outer: string, inner: string): boolean {
  return inner.includes('*') ? matches(outer, inner.replaceAll('*', letterMissingIn(outer))) : matches(outer, inner);
}

function letterMissingIn(pattern: string): string {
  let code = 0xffff;
  while (pattern.includes(String.fromCharCode(code))) code--;
  return String.fromCharCode(code);
}

/** True when some action is matched by both folded patterns. */
export function overlap(p: string, q: string): boolean {
  if (!p.includes('*')) return matches(q, p);
  if (!q.includes('*')) return matches(p, q);
  const pHead = p.slice(0, p.indexOf('*'));
  const qHead = q.slice(0, q.indexOf('*'));
  if (!pHead.startsWith(qHead) && !qHead.startsWith(pHead)) return false;
  const pTail = p.slice(p.lastIndexOf('*') + 1);
  const qTail = q.slice(q.lastIndexOf('*') + 1);
  // With agreeing heads and tails and a star in each, the middles can be laid one after the other.
  return pTail.endsWith(qTail) || qTail.endsWith(pTail);
}

/**
 * Patterns that together match exactly what both folded patterns match; none covers another. For two patterns of which
 * one covers the other, the inner one. Patterns with one star each, which nearly all are, take time quadratic in their
 * length; others up to exponential in the number of stars.
 */
export function intersect(p: string, q: string): readonly string[] {
  if (covers(p, q)) return [q];
  if (covers(q, p)) return [p];
  if (!overlap(p, q)) return [];
  if (hasOneStar(p) && hasOneStar(q)) return intersectOneStar(p, q);
  return maximal([...pieces(p, q, new Map())]);
}

const hasOneStar = (pattern: string): boolean =>
  pattern.indexOf('*') >= 0 && pattern.indexOf('*') === pattern.lastIndexOf('*');

/** The longer head and the longer tail, with anything between them or laid over each other where their ends agree. */
function intersectOneStar(p: string, q: string): readonly string[] {
  const [pHead, pTail] = p.split('*') as [string, string];
  const [qHead, qTail] = q.split('*') as [string, string];
  const head = pHead.length > qHead.length ? pHead : qHead;
  const tail = pTail.length > qTail.length ? pTail : qTail;
  const parts = [`${head}*${tail}`];
  for (let shared = 1; shared <= Math.min(head.length, tail.length); shared++) {
    if (!head.endsWith(tail.slice(0, shared))) continue;
    const word = head + tail.slice(shared);
    if (matches(p, word) && matches(q, word)) parts.push(word);
  }
  return parts.sort();
}

function pieces(p: string, q: string, memo: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const key = `${p.length}:${q.length}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const found = new Set<string>();
  memo.set(key, found);
  const p0 = p[0];
  const q0 = q[0];
  if (p0 === undefined && q0 === undefined) found.add('');
  else if (p0 === '*' && q0 === '*') {
    // Whichever star ends first, what both take until then is any run.
    for (const rest of pieces(p.slice(1), q, memo)) found.add(starThen(rest));
    for (const rest of pieces(p, q.slice(1), memo)) found.add(starThen(rest));
  } else if (p0 === '*') {
    for (const rest of pieces(p.slice(1), q, memo)) found.add(rest);
    if (q0 !== undefined) for (const rest of pieces(p, q.slice(1), memo)) found.add(q0 + rest);
  } else if (q0 === '*') {
    for (const rest of pieces(p, q.slice(1), memo)) found.add(rest);
    if (p0 !== undefined) for (const rest of pieces(p.slice(1), q, memo)) found.add(p0 + rest);
  } else if (p0 !== undefined && p0 === q0) {
    for (const rest of pieces(p.slice(1), q.slice(1), memo)) found.add(p0 + rest);
  }
  return found;
}

const starThen = (rest: string): string => (rest.startsWith('*') ? rest : `*${rest}`);

function maximal(patterns: readonly string[]): readonly string[] {
  return patterns
    .filter((p, i) => !patterns.some((q, j) => j !== i && covers(q, p) && !(covers(p, q) && j > i)))
    .sort();
}
