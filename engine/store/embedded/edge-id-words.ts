/** The 132 bits of an edge's id as five words: four of 30 bits and one of 12. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PREFIX = 'e_';
const LENGTH = 24;
const BAD = 64;

const SIXES = new Uint8Array(128).fill(BAD);
for (let i = 0; i < ALPHABET.length; i++) SIXES[ALPHABET.charCodeAt(i)] = i;

/** Reads an id into five words. Returns false when it is not of the form of an edge's id. */
export function parseEdgeId(id: string, words: Int32Array): boolean {
  if (id.length !== LENGTH || !id.startsWith(PREFIX)) return false;
  let bad = 0;
  let at = PREFIX.length;
  for (let word = 0; word < 5; word++) {
    let bits = 0;
    for (const end = Math.min(at + 5, LENGTH); at < end; at++) {
      const six = SIXES[id.charCodeAt(at)] ?? BAD;
      bad |= six;
      bits = (bits << 6) | six;
    }
    words[word] = bits;
  }
  return (bad & BAD) === 0;
}

/** The last twelve bits of the id, which a row keeps above the bits of the edge. */
export const parseEdgeIdTail = (bits: number): number => (bits >>> 16) & 0xfff;

export function textOfEdgeId(words: Int32Array): string {
  let id = PREFIX;
  for (let word = 0; word < 5; word++) {
    for (let shift = word === 4 ? 6 : 24; shift >= 0; shift -= 6) id += ALPHABET[(words[word]! >>> shift) & 63];
  }
  return id;
}
