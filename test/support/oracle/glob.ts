/** Lower case by Unicode's simple mapping: one character to one character, whatever stands beside it. */
export function fold(text: string): string {
  return [...text].map(foldCharacter).join('');
}

// U+0130 is the one character whose full lower case is two characters; its simple one is a plain i.
const foldCharacter = (character: string): string => (character === '\u0130' ? 'i' : character.toLowerCase());

/** Does an action pattern match an action? `*` stands for any run of characters, also none; the case does not matter. */
export function matches(pattern: string, action: string): boolean {
  return matchesFrom([...fold(pattern)], [...fold(action)]);
}

// By definition: a star stands for nothing, or for one character and then again for a run.
function matchesFrom(pattern: readonly string[], action: readonly string[]): boolean {
  if (pattern.length === 0) return action.length === 0;
  if (pattern[0] === '*') {
    return matchesFrom(pattern.slice(1), action) || (action.length > 0 && matchesFrom(pattern, action.slice(1)));
  }
  return action.length > 0 && pattern[0] === action[0] && matchesFrom(pattern.slice(1), action.slice(1));
}
