"""The log on Apache Kafka, for whatever outgrows one machine.

``clients`` makes and ends aiokafka's clients, ``batches`` fills them, ``appending`` and
``reading`` are the two ways, ``offsets`` says what is where, ``group`` is members and claims with
their transactions, and ``log`` puts them behind the port.
"""
