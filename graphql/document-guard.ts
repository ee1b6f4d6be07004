import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { LIMITS } from './limits.ts';

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * What forbids even to parse a document: too many tokens, or brackets nested so deep that the parser, which is recursive,
 * would run out of stack; the code is LIMIT_EXCEEDED. Reads tokens in a loop, O(length). What is not GraphQL is left to the parser to say.
 */
export function wrongWithDocument(document: string): string | undefined {
  const lexer = new Lexer(new Source(document));
  let nesting = 0;
  try {
    for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens++) {
      if (tokens >= LIMITS.tokens) return `The document has more than ${LIMITS.tokens} tokens.`;
      if (OPENING.has(lexer.token.kind)) nesting += 1;
      else if (CLOSING.has(lexer.token.kind)) nesting -= 1;
      if (nesting > LIMITS.nesting) return `The document nests more than ${LIMITS.nesting} brackets deep.`;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
  }
  return undefined;
}
