import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCallback, useEffect, useState } from 'react';
import { EXAMPLES, type Example, type Subject } from './examples/index.ts';
import { firstSubject } from './first-subject.ts';
import { SubjectForm } from './subject-form.tsx';

/** The subject outlives the pane, which is unmounted when another is shown. */
let remembered: Subject = { identity: '', action: '', resource: '' };

/** The pane of saved questions. */
function Questions() {
  const [subject, change] = useSubject();
  const open = useOpen();
  return (
    <section className="questions">
      <h2>Questions</h2>
      <SubjectForm subject={subject} onChange={change} />
      {EXAMPLES.map(({ title, examples }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ol>
            {examples.map((example) => (
              <li key={example.question}>
                <button type="button" onClick={() => open(example, subject)}>
                  <strong>{example.question}</strong>
                  <span>{example.answers}</span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

/** What is asked about: found in the graph at first, then what the reader names. */
function useSubject(): readonly [Subject, (next: Subject) => void] {
  const [subject, setSubject] = useState(remembered);
  const change = useCallback((next: Subject) => {
    remembered = next;
    setSubject(next);
  }, []);
  useEffect(() => {
    if (remembered.identity !== '') return;
    const found = (first: Subject | undefined) => first && remembered.identity === '' && change(first);
    firstSubject().then(found, () => {});
  }, [change]);
  return [subject, change];
}

/** Opens a question in a tab of its own, or in the one that is empty, and asks it. */
function useOpen(): (example: Example, subject: Subject) => void {
  const { addTab, run } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return (example, subject) => {
    if (queryEditor?.getValue().trim() !== '') addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(JSON.stringify(example.variables(subject), null, 2));
    // The editor reads the operation's name from the text a moment after it was set.
    setTimeout(run, 300);
  };
}

function Icon() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="9" />
      <path d="M9.3 9.4a2.8 2.8 0 1 1 4.2 2.5c-1 .6-1.5 1.1-1.5 2.2" />
      <path d="M12 17.2v.1" strokeWidth="2" />
    </svg>
  );
}

export const QUESTIONS: GraphiQLPlugin = { title: 'Questions', icon: Icon, content: Questions };
