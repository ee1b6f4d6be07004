import { InputError, type Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { SourceRecord } from '../declared/record.ts';
import { inputFiles } from '../formats/input-files.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { Answers, toldIn } from './answers.ts';
import type { Kind } from './objects.ts';
import { Records } from './records.ts';

const DESCRIBES = new Set<Kind>(['organizations', 'repositories', 'teams', 'installations', 'apps']);
const NEEDED: readonly Kind[] = ['organizations', 'repositories', 'teams'];

/** Opens saved answers of one server. */
export async function openGithub(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.json'] });
  const answers = new Answers();
  for (const file of files) {
    try {
      await answers.add(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const problem of error.problems) problems.add(problem);
    }
  }
  problems.throwIfAny();
  const source = request.source ?? (answers.login === undefined ? sourceOf(request) : `github:${answers.login}`);
  async function* records(): AsyncGenerator<readonly SourceRecord[]> {
    const making = new Records(answers);
    // What things are comes first, for a node is as it is told first.
    for (const describing of [true, false])
      for (const one of answers.files) {
        for await (const told of toldIn(one)) {
          yield told.flatMap((object) => {
            if ((one.context === undefined && DESCRIBES.has(object.kind)) !== describing) return [];
            const place = { source, file: one.file.shownAs, line: object.line };
            const at = object.at === undefined ? {} : { at: object.at };
            return [...making.of(object, one.context)].map(([type, fields]) => ({ type, fields, ...place, ...at }));
          });
        }
      }
  }
  return { records, skipped, partial: partOf(answers) };
}

function partOf(answers: Answers): Skipped | undefined {
  const why = (what: string): string => `${what}, so nothing that an earlier load told is withdrawn`;
  const missing: string[] = NEEDED.filter((kind) => !answers.kinds.has(kind));
  if (!answers.contexts.has('org-members') && !answers.kinds.has('memberships')) missing.push('members');
  if (missing.length > 0) return { where: 'the answers', why: why(`those of ${missing.join(', ')} are missing`) };
  if (answers.unattributed === undefined) return undefined;
  return { where: answers.unattributed, why: why('does not say of what it is') };
}
