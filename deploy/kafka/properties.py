"""The settings of a node of Kafka that is broker and controller at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TEMPLATE = """\
node.id={node_id}
process.roles=broker,controller
listeners={listeners},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners={advertised}
inter.broker.listener.name={inner}
controller.listener.names=CONTROLLER
controller.quorum.voters={voters}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,{protocols}
log.dirs={folder}/data
auto.create.topics.enable=false
unclean.leader.election.enable=false
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
default.replication.factor={copies}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={copies}
offsets.topic.num.partitions=3
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={in_sync}
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor={copies}
share.coordinator.state.topic.min.isr={in_sync}
group.initial.rebalance.delay.ms=0
"""


@dataclass(frozen=True, slots=True)
class Listener:
    """A way into a node: the port it listens on, and the port it tells its clients to use.

    The two differ where something stands between the node and its clients.
    """

    name: str
    port: int
    advertised: int


def properties(
    node_id: int, folder: Path, listeners: Sequence[Listener], voters: Mapping[int, int]
) -> str:
    """The text of ``server.properties`` for one node with its data in ``folder``.

    The brokers talk among themselves over the first listener. ``voters`` gives the controller's
    port of every node of the cluster by its id; each record is kept by as many nodes as there are,
    three at most, and of several, two must have it before it is acknowledged.
    """
    copies = min(3, len(voters))
    return _TEMPLATE.format(
        node_id=node_id,
        folder=folder,
        listeners=",".join(f"{each.name}://127.0.0.1:{each.port}" for each in listeners),
        advertised=",".join(f"{each.name}://127.0.0.1:{each.advertised}" for each in listeners),
        protocols=",".join(f"{each.name}:PLAINTEXT" for each in listeners),
        inner=listeners[0].name,
        controller_port=voters[node_id],
        voters=",".join(f"{voter}@127.0.0.1:{port}" for voter, port in voters.items()),
        copies=copies,
        in_sync=min(2, copies),
    )
