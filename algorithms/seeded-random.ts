/**
 * Numbers that look random and follow from a seed, the same on every machine: 32-bit integer arithmetic alone.
 * C. Doty-Humphrey's sfc32 (PractRand), a counter and three words of chaotic state, period at least 2^32.
 */
export type Random = () => number;

/**
 * @param seed a safe integer
 * @returns draws of numbers in [0, 1)
 */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 4_294_967_296) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Seeds that differ in one bit give unlike numbers only after some rounds.
  for (let round = 0; round < 15; round++) bits();
  return () => bits() / 4_294_967_296;
}

/** Puts an array in random order, in place, every order equally likely (Durstenfeld's form of Fisher and Yates). */
export function shuffle(items: Uint32Array, random: Random): Uint32Array {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const item = items[last]!;
    items[last] = items[other]!;
    items[other] = item;
  }
  return items;
}
