"""Outbreach: an open knowledge graph of health-data breaches."""

from importlib.metadata import version

__version__ = version("outbreach")
