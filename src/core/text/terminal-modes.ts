/**
 * Takes a terminal out of the modes of a program that could not do it itself: hidden cursor, arrow keys and keypad for
 * applications, xterm's modifyOtherKeys, mouse, bracketed paste, colours. The other screen is not among them.
 */
export const plainModes = '\x1b[?25h\x1b[?1l\x1b>\x1b[>4m\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?2004l\x1b[0m';
