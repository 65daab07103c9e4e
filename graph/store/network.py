"""The graph as networkx knows it, for notebooks and tests; the only module that imports networkx."""

import networkx as nx

from outbreach.graph.projection.elements import Graph


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """The same nodes and edges as a networkx MultiDiGraph.

    A node's attributes are its properties and `labels`; an edge's key is its type, its attributes its properties.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes.values():
        network.add_node(node.id, **{**node.properties, "labels": node.labels})
    for edge in graph.edges.values():
        network.add_edge(edge.start, edge.end, key=edge.type, **edge.properties)
    return network
