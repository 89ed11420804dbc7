"""The version, written once: the build reads it here, and asking the installed package would cost a start 28 ms."""

__version__ = "0.1.0"
