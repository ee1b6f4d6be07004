/**
 * Writes the transcripts and the picture in docs/: `npm run transcripts -- [DATA]`. Each file docs/transcripts/NAME.yaml lists
 * commands with what was checked by hand; this runs them and writes NAME.md beside it. DATA is the folder of the real inputs
 * that the commands name as `data`; transcripts that need it are left as they are without it. Behind it, names of transcripts
 * may stand: only those are written.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { type FrontDot, frontPicture } from './front-picture.ts';
import { terminalPicture } from './terminal-picture.ts';

interface Step {
  readonly run: string;
  /** What was looked up in the inputs, and what it says about the answer. */
  readonly checked?: string;
  /** Writes the answer as a picture too. */
  readonly picture?: string;
  /** Of a plan: draws the ways that were found. */
  readonly front?: string;
}

interface Transcript {
  readonly title: string;
  readonly about: string;
  readonly needsData: boolean;
  /** A folder of this repository that the commands name as `estate`. */
  readonly estate?: string;
  readonly steps: readonly Step[];
}

const CAPTIONS: Readonly<Record<string, string>> = { PRESENT: 'as it is', TIDY: 'tidied', MINED: 'mined' };

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'docs/transcripts');
const data = path.resolve(process.argv[2] ?? path.join(root, '../shared/data'));

const chosen = process.argv.slice(3).map((name) => `${name}.yaml`);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  if (chosen.length > 0 && !chosen.includes(file)) continue;
  const transcript = parse(readFileSync(path.join(folder, file), 'utf8')) as Transcript;
  if (transcript.needsData && !existsSync(data)) console.error(`${file}: left as it is, there is no folder of inputs`);
  else writeFileSync(path.join(folder, file.replace(/yaml$/, 'md')), written(file, transcript));
}

function written(file: string, { title, about, steps, estate }: Transcript): string {
  const place = mkdtempSync(path.join(tmpdir(), 'transcript-'));
  try {
    if (existsSync(data)) symlinkSync(data, path.join(place, 'data'));
    if (estate !== undefined) symlinkSync(path.join(root, estate), path.join(place, 'estate'));
    const parts = steps.map((step) => stepWritten(place, step));
    return [`# ${title}`, about.trim(), `Made by \`npm run transcripts\` from [${file}](${file}).`, ...parts, ''].join(
      '\n\n',
    );
  } finally {
    rmSync(place, { recursive: true });
  }
}

function stepWritten(place: string, step: Step): string {
  const shown = steady(answerOf(place, step.run));
  if (step.picture !== undefined) {
    const lines = [`$ npx ${step.run}`, '', ...shown.split('\n')];
    writeFileSync(path.join(root, 'docs', step.picture), terminalPicture(step.run, lines));
  }
  if (step.front !== undefined) {
    const made = JSON.parse(answerOf(place, `${step.run} --json`)) as MadePlan;
    writeFileSync(path.join(root, 'docs', step.front), frontPicture(step.run, dotsOf(made)));
  }
  const block = ['```console', `$ npx ${step.run}`, ...(shown === '' ? [] : [shown]), '```'].join('\n');
  const drawn = step.front === undefined ? [] : [`![Ways to arrange the roles](../${step.front})`];
  const checked = step.checked === undefined ? [] : [step.checked.trim()];
  return [block, ...drawn, ...checked].join('\n\n');
}

/** Of the JSON of a plan, what its front is drawn from. */
interface MadePlan {
  readonly front: readonly {
    readonly how: string;
    readonly price: number | null;
    readonly edits: number;
    readonly metrics: { readonly structuralComplexity: number; readonly roles: number };
  }[];
  readonly chosen: number;
}

function dotsOf({ front, chosen }: MadePlan): readonly FrontDot[] {
  return front.map(({ how, price, edits, metrics }, i) => ({
    edits,
    complexity: metrics.structuralComplexity,
    roles: metrics.roles,
    caption: price === null ? CAPTIONS[how]! : `${CAPTIONS[how]!}, an edit at ${price}`,
    isChosen: i === chosen,
  }));
}

/** Runs one command line of ours and gives what it prints on both outputs; a "no" (exit code 2) is an answer too. */
function answerOf(place: string, line: string): string {
  const [program, ...words] = wordsOf(line);
  if (program !== 'grantlens') throw new Error(`not a command of ours: ${line}`);
  try {
    return execFileSync(process.execPath, [path.join(root, 'bin/grantlens.js'), ...words], {
      cwd: place,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '110' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trimEnd();
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    if (status !== 2) throw new Error(`${line}\n${stderr}`);
    return stdout.trimEnd();
  }
}

/** Splits a command line as a shell does, as far as quotes go. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

/** Times of day and durations differ from run to run and say nothing here. */
function steady(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+Z/g, '…').replace(/\bin \d+(\.\d+)? s\b/g, 'in … s');
}
