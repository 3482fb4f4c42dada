"""Chaos on a real cluster: everything is killed, paused and cut off, and nothing may be lost.

``brokers`` are three nodes of Kafka, ``link`` the network between them and one service, ``fleet``
the services in their processes, ``traffic`` the radios and the systems that post for them.
``faults`` are what can happen, ``schedule`` says which of it and in what order, ``recovery`` how
long each took to pass, ``verdict`` what must be true afterwards, ``table`` how it is told.
``stage`` puts the parts together and ``play`` plays a schedule on it.
"""
