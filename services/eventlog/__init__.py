"""The log: one small port and its two implementations, Apache Kafka and embedded SQLite."""
