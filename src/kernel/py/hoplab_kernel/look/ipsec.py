"""The policies and states of IPsec, by netlink (linux/xfrm.h)."""
from __future__ import annotations

import socket

from ..netlink import DUMP, message, messages
from .dump import Broken, pieces

XFRM = 6
# XFRM_MSG_GETSA, XFRM_MSG_NEWPOLICY, XFRM_MSG_GETPOLICY; struct xfrm_userpolicy_id and xfrm_usersa_id without a family.
GET_STATE, POLICY, GET_POLICY = 0x12, 0x13, 0x15
POLICIES = message(GET_POLICY, DUMP, bytes(64))
STATES = message(GET_STATE, DUMP, bytes(24))


def ipsec() -> list[bytes]:
    """States are of use to policies only: they are not read where there is none of these."""
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, XFRM) as asker:
            found = pieces(asker, POLICIES)
            some = any(kind == POLICY for each in found for kind, _ in messages(each))
            return found + pieces(asker, STATES) if some else []
    except (Broken, OSError):
        # A kernel without IPsec.
        return []
