"""Graph libraries of Python on a graph from files, asked over standard input, one JSON object a line.

The files are columns of little-endian numbers: <folder>/directed.from, .to (uint32) and .weights (float64), and
undirected.* with each edge once. The first line of output tells which libraries there are. A request {"library", "task",
"seed", "out"} runs a task once; only the work of the library is timed, not the building of its graph. Scores are written to
`out` as float64, communities as uint32, and the answer is {"seconds"} or {"error"}.
"""

import array
import json
import sys
import time

FOLDER, NODES = sys.argv[1], int(sys.argv[2])
DAMPING = 0.85
TOLERANCE = 1e-8


def column(name, code):
    values = array.array(code)
    with open(f"{FOLDER}/{name}", "rb") as file:
        values.frombytes(file.read())
    return values


class Igraph:
    """Built once for each direction, when first asked for."""

    def __init__(self):
        import igraph

        self.igraph = igraph
        self.version = igraph.__version__
        self.graphs = {}

    def graph(self, kind):
        if kind not in self.graphs:
            edges = list(zip(column(f"{kind}.from", "I"), column(f"{kind}.to", "I")))
            graph = self.igraph.Graph(n=NODES, edges=edges, directed=kind == "directed")
            graph.es["weight"] = list(column(f"{kind}.weights", "d"))
            self.graphs[kind] = graph
        return self.graphs[kind]

    def prepare(self, task, seed):
        import random

        random.seed(seed)
        self.igraph.set_random_number_generator(random)
        directed = task in ("pageRank", "hits", "betweenness")
        graph = self.graph("directed" if directed else "undirected")
        if task == "pageRank":
            return lambda: graph.pagerank(damping=DAMPING, weights="weight")
        if task == "hits":
            return lambda: graph.hub_score(weights="weight", scale=False)
        if task == "betweenness":
            return lambda: graph.betweenness(directed=True)
        if task == "leiden":
            return lambda: graph.community_leiden(
                objective_function="modularity", weights="weight", n_iterations=2
            ).membership
        return lambda: graph.community_multilevel(weights="weight").membership


class Leidenalg:
    """On igraph's graph; its optimiser is the one of the paper's authors."""

    def __init__(self, igraph):
        import leidenalg

        self.leidenalg = leidenalg
        self.version = leidenalg.version if isinstance(leidenalg.version, str) else leidenalg.__version__
        self.igraph = igraph

    def prepare(self, task, seed):
        graph = self.igraph.graph("undirected")
        return lambda: self.leidenalg.find_partition(
            graph, self.leidenalg.ModularityVertexPartition, weights="weight", n_iterations=2, seed=seed
        ).membership


class Networkit:
    """With one thread, as everything else here."""

    def __init__(self):
        import networkit

        self.networkit = networkit
        self.version = networkit.__version__
        networkit.setNumberOfThreads(1)
        self.graphs = {}

    def graph(self, kind):
        if kind not in self.graphs:
            graph = self.networkit.Graph(NODES, weighted=True, directed=kind == "directed")
            columns = column(f"{kind}.from", "I"), column(f"{kind}.to", "I"), column(f"{kind}.weights", "d")
            for source, target, weight in zip(*columns):
                graph.addEdge(source, target, weight)
            self.graphs[kind] = graph
        return self.graphs[kind]

    def prepare(self, task, seed):
        networkit = self.networkit
        networkit.setSeed(seed, False)
        directed = task in ("pageRank", "betweenness")
        graph = self.graph("directed" if directed else "undirected")
        if task == "pageRank":
            sinks = networkit.centrality.SinkHandling.DistributeSinks
            rank = networkit.centrality.PageRank(graph, DAMPING, TOLERANCE, False, sinks)
            rank.norm = networkit.centrality.Norm.L1_NORM
            return lambda: rank.run().scores()
        if task == "betweenness":
            bare = networkit.graphtools.toUnweighted(graph)
            return lambda: networkit.centrality.Betweenness(bare).run().scores()
        if task == "leiden":
            find = networkit.community.ParallelLeiden(graph, iterations=2)
        else:
            find = networkit.community.PLM(graph, refine=False)
        return lambda: find.run().getPartition().getVector()


def libraries():
    found, missing = {}, {}

    def try_to(name, make):
        try:
            found[name] = make()
        except Exception as error:  # whatever keeps a library from being loaded is told
            missing[name] = f"{type(error).__name__}: {error}"

    try_to("igraph", Igraph)
    try_to("leidenalg", lambda: Leidenalg(found.get("igraph") or Igraph()))
    try_to("networkit", Networkit)
    return found, missing


def answer(found, request):
    work = found[request["library"]].prepare(request["task"], request["seed"])
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    code = "I" if request["task"] in ("leiden", "louvain") else "d"
    with open(request["out"], "wb") as file:
        array.array(code, result).tofile(file)
    return {"seconds": seconds}


def main():
    found, missing = libraries()
    print(json.dumps({"found": {name: one.version for name, one in found.items()}, "missing": missing}), flush=True)
    for line in sys.stdin:
        try:
            told = answer(found, json.loads(line))
        except Exception as error:  # one task that fails is told and does not end the others
            told = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), flush=True)


main()
