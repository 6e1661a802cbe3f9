"""pingshi: the regular assessment (平时考核) of civil servants as code.

Schemes and records are YAML in git; this package checks them, grades, explains every
grade down to the clause, and renders an intranet site. ARCHITECTURE.md tells the order
of the modules; each imports only from those below it.
"""

__version__ = "0.1.0"
