import type { Problems } from '../../engine/model/index.ts';
import type { Opened } from '../declared/declared-loader.ts';
import type { Pass } from '../declared/declared-reading.ts';
import type { SourceRecord } from '../declared/record.ts';
import { inputFiles } from '../formats/input-files.ts';
import { sourceOf } from '../formats/source-name.ts';
import type { LoadRequest, Skipped } from '../loader.ts';
import { fieldsOf, typeOf } from './classify.ts';
import { entriesOf } from './entries.ts';

/** Attributes that are never kept: secrets, and pictures and certificates, which say nothing of access. */
export const IGNORED: ReadonlySet<string> = new Set([
  'userpassword',
  'unicodepwd',
  'authpassword',
  'sambantpassword',
  'sambalmpassword',
  'sambapasswordhistory',
  'pwdhistory',
  'krbprincipalkey',
  'krbextradata',
  'ipanthash',
  'userpkcs12',
  'ms-mcs-admpwd',
  'mslaps-password',
  'mslaps-encryptedpassword',
  'jpegphoto',
  'photo',
  'thumbnailphoto',
  'audio',
  'usercertificate',
  'usersmimecertificate',
  'ntsecuritydescriptor',
]);

/** What ids and other names are made of: all that must be looked at to know which nodes there are. */
const NAMING: ReadonlySet<string> = new Set(['objectclass', 'uid', 'gidnumber', 'objectsid']);

const KEEPS: Readonly<Record<Pass, (name: string) => boolean>> = {
  describe: (name) => NAMING.has(name),
  make: (name) => !IGNORED.has(name),
};

/** Opens LDIF files: all of them are one directory. */
export async function openLdif(request: LoadRequest, problems: Problems): Promise<Opened> {
  const { files, skipped } = await inputFiles(request.paths, { extensions: ['.ldif', '.ldf'] });
  const source = sourceOf(request);
  const told: Skipped[] = [...skipped];
  const noted = new Set<string>();
  const note = (file: string, line: number, why: string): void => {
    const where = `${file}:${line}`;
    if (noted.has(where) || noted.size >= MAX_TOLD) return;
    noted.add(where);
    told.push({ where, why });
  };
  async function* records(pass: Pass): AsyncGenerator<readonly SourceRecord[]> {
    for (const file of files) {
      const noteIn = (line: number, why: string): void => note(file.shownAs, line, why);
      for await (const entries of entriesOf(file, KEEPS[pass], problems, noteIn)) {
        yield entries.map((entry) => ({
          type: typeOf(entry),
          fields: fieldsOf(entry),
          source,
          file: file.shownAs,
          line: entry.line,
        }));
      }
    }
  }
  return { records, skipped: told };
}

/** What is left aside is told by place up to this number. */
const MAX_TOLD = 100;
