"""The policies and states of IPsec, by netlink (linux/xfrm.h)."""
from __future__ import annotations

import errno
import socket

from ..netlink import DUMP, message, messages

XFRM = 6
# XFRM_MSG_GETSA, XFRM_MSG_NEWPOLICY, XFRM_MSG_GETPOLICY; struct xfrm_userpolicy_id and xfrm_usersa_id without a family.
GET_STATE, POLICY, GET_POLICY = 0x12, 0x13, 0x15
POLICIES = message(GET_POLICY, DUMP, bytes(64))
STATES = message(GET_STATE, DUMP, bytes(24))


def asker() -> socket.socket | None:
    try:
        return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, XFRM)
    except OSError as error:
        if error.errno != errno.EPROTONOSUPPORT:
            raise
        # A kernel without IPsec.
        return None


def are_some(replies: list[bytes]) -> bool:
    """States are of use to policies only: they are not read where there is none of these."""
    return any(kind == POLICY for each in replies for kind, _ in messages(each))
