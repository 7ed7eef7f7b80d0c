"""The settings and peers of WireGuard's interfaces, by generic netlink (linux/genetlink.h, linux/wireguard.h)."""
from __future__ import annotations

import socket
import struct

from ..netlink import DUMP, attribute, attributes, message, messages
from .dump import ROOM, Broken, pieces

GENERIC = 16
# GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME
CONTROL, GET_FAMILY, FAMILY_ID, FAMILY_NAME = 16, 3, 1, 2
# WG_CMD_GET_DEVICE, WGDEVICE_A_IFINDEX
GET_DEVICE, INDEX = 0, 1
NEW_LINK = 16
KIND = b'wireguard\0'


def interfaces(links: list[bytes]) -> list[int]:
    """Numbers of those links of a dump that may be WireGuard's: the kernel refuses another one's."""
    return [struct.unpack_from('=i', body, 4)[0] for data in links if KIND in data
            for kind, body in messages(data) if kind == NEW_LINK and KIND in body]


def wireguard(indices: list[int]) -> list[bytes]:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, GENERIC) as asker:
        family = family_of(asker)
        return [] if family is None else [each for index in indices for each in device(asker, family, index)]


def device(asker: socket.socket, family: int, index: int) -> list[bytes]:
    body = struct.pack('=BBH', GET_DEVICE, 1, 0) + attribute(INDEX, struct.pack('=I', index))
    try:
        return pieces(asker, message(family, DUMP, body))
    except Broken:
        return []


def family_of(asker: socket.socket) -> int | None:
    asker.send(message(CONTROL, 0, struct.pack('=BBH', GET_FAMILY, 1, 0) + attribute(FAMILY_NAME, KIND)))
    for kind, body in messages(asker.recv(ROOM)):
        number = attributes(body[4:]).get(FAMILY_ID) if kind == CONTROL else None
        if number is not None:
            return int(struct.unpack('=H', number)[0])
    return None
