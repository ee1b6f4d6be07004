import './workers.ts';
import 'graphiql/style.css';
import './style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { API } from './api.ts';
import { Header } from './header.tsx';
import { QUESTIONS } from './questions.tsx';

const WELCOME = `# Pick a question on the left, or write one here and press Ctrl-Enter (⌘-Enter on a Mac).
# The book icon explains every field. Ids come from search.

query Welcome {
  graph {
    version
    nodeCounts
    edgeCounts
    sources { source nodes edges loadedAt }
  }
}
`;

const socket = new URL(API, location.href);
socket.protocol = socket.protocol.replace('http', 'ws');
const fetcher = createGraphiQLFetcher({ url: API, wsClient: createClient({ url: socket.href }) });

/** A document in the address, as other tools link to it. */
const linked = new URLSearchParams(location.search);

function Page() {
  return (
    <>
      <Header />
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultQuery={WELCOME}
          {...(linked.has('query') && { initialQuery: linked.get('query')! })}
          {...(linked.has('variables') && { initialVariables: linked.get('variables')! })}
          plugins={[QUESTIONS, HISTORY_PLUGIN]}
          visiblePlugin={QUESTIONS}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={false}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

createRoot(document.querySelector('#page')!).render(<Page />);
