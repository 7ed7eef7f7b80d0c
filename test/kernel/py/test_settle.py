from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from hoplab_kernel.inotify import CREATED, DIRECTORY, add_watch, events
from hoplab_kernel.settle.namespaces import Home, opened_below
from hoplab_kernel.settle.settings import apply, read, settings_of, unsettled
from hoplab_kernel.system import called, libc


class Places(unittest.TestCase):
    def setUp(self) -> None:
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.path = Path(held.name)


class Settings(Places):
    def setUp(self) -> None:
        super().setUp()
        for link in ('all', 'default', 'lo', 'va'):
            (self.path / link).mkdir()
            (self.path / link / 'rp_filter').write_text('2\n')

    def values(self) -> dict[str, str]:
        return {link.name: (link / 'rp_filter').read_text().strip() for link in self.path.iterdir()}

    def test_inherited_values_are_replaced(self) -> None:
        apply(settings_of(['default/rp_filter=0=2']), str(self.path))
        self.assertEqual(self.values(), {'all': '2', 'default': '0', 'lo': '0', 'va': '0'})
        apply(settings_of(['all/rp_filter=0=2']), str(self.path))
        self.assertEqual(self.values()['all'], '0')

    def test_what_the_learner_has_set_stays(self) -> None:
        (self.path / 'va' / 'rp_filter').write_text('1\n')
        apply(settings_of(['default/rp_filter=0=2']), str(self.path))
        self.assertEqual(self.values()['va'], '1')

    def test_unsettled(self) -> None:
        settings = settings_of(['all/rp_filter=0=2', 'default/rp_filter=0=2'])
        self.assertTrue(unsettled(settings, str(self.path)))
        (self.path / 'all' / 'rp_filter').write_text('1\n')
        self.assertFalse(unsettled(settings, str(self.path)))

    def test_a_link_that_has_gone(self) -> None:
        self.assertIsNone(read(str(self.path / 'gone' / 'rp_filter')))


class Opening(Places):
    def test_no_link_is_followed(self) -> None:
        (self.path / 'run' / 'netns').mkdir(parents=True)
        os.close(opened_below(str(self.path), ('run', 'netns')))
        (self.path / 'out').symlink_to('/run')
        with self.assertRaises(OSError):
            opened_below(str(self.path), ('out',))
        (self.path / 'run' / 'out').symlink_to('/tmp')
        with self.assertRaises(OSError):
            opened_below(str(self.path), ('run', 'out'))

    def test_only_namespaces_of_machines_are_opened(self) -> None:
        home = Home([])
        self.addCleanup(os.close, home.fd)
        (self.path / 'file').write_text('')
        (self.path / 'link').symlink_to('/proc/self/ns/net')
        os.mkfifo(self.path / 'fifo')
        parent = os.open(self.path, os.O_DIRECTORY)
        self.addCleanup(os.close, parent)
        for name in ('file', 'link', 'fifo', 'none'):
            self.assertIsNone(home.namespace(parent, name), name)
        own = os.open('/proc/self/ns', os.O_DIRECTORY)
        self.addCleanup(os.close, own)
        self.assertIsNone(home.namespace(own, 'net'), "the VM's own")


class Inotify(Places):
    def test_events_of_the_kernel(self) -> None:
        inotify = called(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC), 'inotify_init1')
        self.addCleanup(os.close, inotify)
        watch = add_watch(inotify, os.fsencode(self.path), CREATED)
        (self.path / 'a').write_text('')
        (self.path / 'a directory').mkdir()
        expected = [(watch, CREATED, 'a'), (watch, CREATED | DIRECTORY, 'a directory')]
        self.assertEqual(list(events(os.read(inotify, 4096))), expected)
        self.assertLess(add_watch(inotify, os.fsencode(self.path / 'none'), CREATED), 0)
        with self.assertRaises(FileNotFoundError):
            called(add_watch(inotify, os.fsencode(self.path / 'none'), CREATED), 'none')


if __name__ == '__main__':
    unittest.main()
