import { useEffect, useState } from 'react';
import { type Holdings, holdings } from './api.ts';

/** Milliseconds between two looks at the graph's version. */
const EVERY = 10_000;

/** The name of the product and the version of the graph that it answers from. */
export function Header() {
  const graph = useHoldings();
  return (
    <header className="bar">
      <a href="/graphql" className="brand">
        <img src="/graphiql/favicon.svg" alt="" width="22" height="22" />
        Grantlens
      </a>
      <span className="motto">Who can do what, and why</span>
      <span className="graph" role="status">
        {graph === undefined ? 'No answer from the server' : <Told {...graph} />}
      </span>
    </header>
  );
}

function Told({ version, nodes, edges }: Holdings) {
  const count = (value: number) => value.toLocaleString('en');
  return (
    <>
      <b>Graph version {count(version)}</b>
      <span>{count(nodes)} nodes</span>
      <span>{count(edges)} edges</span>
    </>
  );
}

function useHoldings(): Holdings | undefined {
  const [graph, setGraph] = useState<Holdings>();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden') return;
      holdings().then(setGraph, () => setGraph(undefined));
    };
    look();
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return graph;
}
