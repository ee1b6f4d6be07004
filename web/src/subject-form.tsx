import { useEffect, useId, useState } from 'react';
import { type Suggestion, suggestions } from './api.ts';
import type { Subject } from './examples/index.ts';

interface Props {
  readonly subject: Subject;
  readonly onChange: (subject: Subject) => void;
}

const IDENTITIES = ['USER', 'SERVICE_ACCOUNT'];
const RESOURCES = ['RESOURCE'];

/** Milliseconds without a key before suggestions are asked for. */
const PAUSE = 150;

/** Who, does what, where: the three things that the saved questions are about. */
export function SubjectForm({ subject, onChange }: Props) {
  const set = (part: Partial<Subject>) => onChange({ ...subject, ...part });
  return (
    <fieldset className="subject">
      <legend>Ask about</legend>
      <NodeField
        label="Identity"
        kinds={IDENTITIES}
        value={subject.identity}
        onChange={(identity) => set({ identity })}
      />
      <label>
        <span>Action</span>
        <input value={subject.action} spellCheck={false} onChange={(event) => set({ action: event.target.value })} />
      </label>
      <NodeField
        label="Resource"
        kinds={RESOURCES}
        value={subject.resource}
        onChange={(resource) => set({ resource })}
      />
    </fieldset>
  );
}

interface NodeFieldProps {
  readonly label: string;
  readonly kinds: readonly string[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** An id, found by any word of its node. */
function NodeField({ label, kinds, value, onChange }: NodeFieldProps) {
  const list = useId();
  const [found, setFound] = useState<readonly Suggestion[]>([]);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await suggestions(typed, kinds).catch(() => []);
      if (current) setFound(answer);
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed, kinds]);
  const change = (text: string) => {
    setTyped(text);
    onChange(text);
  };
  return (
    <label>
      <span>{label}</span>
      <input
        value={value}
        list={list}
        spellCheck={false}
        placeholder="Type a name"
        onChange={(event) => change(event.target.value)}
      />
      <datalist id={list}>
        {found.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
    </label>
  );
}
