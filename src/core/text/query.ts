/** The words of a query, as they are compared. */
export const wordsOf = (query: string): string[] => folded(query).split(/\s+/).filter(Boolean);

/** Without difference of case, and of how a letter is composed. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();
