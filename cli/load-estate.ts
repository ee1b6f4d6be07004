import { type EstateOptions, generateEstate } from '../engine/index.ts';
import { applyLoaded } from './load-source.ts';
import { type Session, withEngine } from './session.ts';
import { counted } from './terminal.ts';

/** The sources that a made-up company is told by. */
const SOURCES = ['apps', 'cloud', 'directory', 'hr'];

/** Loads a made-up company into the store and says so. */
export async function loadEstate(session: Session, options: EstateOptions): Promise<void> {
  const { terminal } = session;
  terminal.note(`Loading a made-up company of ${counted(options.users, 'person', 'people')} into ${session.shown} …`);
  const loaded = {
    source: 'demo',
    complete: SOURCES,
    changes: generateEstate(options),
    report: { unresolved: [], skipped: [] },
  };
  const { nodes, edges } = await withEngine(session, 'write', (engine, signal) =>
    applyLoaded(engine, loaded, { stderr: terminal.stderr, signal }),
  );
  terminal.note(`${counted(nodes, 'node')} and ${counted(edges, 'edge')}.`);
}
