"""The settings of a network namespace: the machines' own in place of those inherited from the VM."""
from __future__ import annotations

import os

CONF = '/proc/sys/net/ipv4/conf'
# Name (`all/KEY` or `default/KEY`), value of its own, value inherited from the VM.
Setting = tuple[str, str, str]


def settings_of(words: list[str]) -> list[Setting]:
    settings = []
    for word in words:
        name, own, inherited = word.split('=')
        settings.append((name, own, inherited))
    return settings


def read(path: str) -> str | None:
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return None


def write(path: str, value: str) -> None:
    try:
        with open(path, 'w') as file:
            file.write(value)
    except OSError:
        # A link that has gone.
        pass


def unsettled(settings: list[Setting], conf: str = CONF) -> bool:
    """Whether every setting of this namespace is still the VM's."""
    return all(read(f'{conf}/{name}') == inherited for name, _, inherited in settings)


def apply(settings: list[Setting], conf: str = CONF) -> None:
    """A setting that the learner, or a link of theirs, has changed already is left as it is."""
    for name, own, inherited in settings:
        scope, key = name.split('/')
        links = [scope] if scope == 'all' else [link for link in os.listdir(conf) if link != 'all']
        for link in links:
            if read(f'{conf}/{link}/{key}') == inherited:
                write(f'{conf}/{link}/{key}', own)
