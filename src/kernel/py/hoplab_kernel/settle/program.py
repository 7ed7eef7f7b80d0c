"""
Gives the network namespaces that learners make (`ip netns add`) the settings that every machine begins with, at the
moment they are made. Runs in the VM, once for all machines, and only where the VM's own settings are others: a new
namespace has those. It executes nothing of a machine, follows no link in one, and opens nothing but namespaces.
In: lines `add PID`, `remove PID`, `settle PID`. Out: a line `settled PID` for each `settle`: every namespace whose
name was there before has its settings.
Arguments: the settings, each NAME=OWN=INHERITED with NAME `all/KEY` or `default/KEY`.
"""
from __future__ import annotations

from .namespaces import Home
from .settings import settings_of
from .settler import Settler


def main(arguments: list[str]) -> None:
    Settler(Home(settings_of(arguments))).run()
