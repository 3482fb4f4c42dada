"""The HTTP routes of ingest: each reads, calls one function of the domain, and maps its result."""
