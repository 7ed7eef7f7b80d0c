import { type Document, visit, type YAMLParseError } from 'yaml';
import { type Said, said } from '../core/text/said.ts';

/** The errors of the YAML parser by their causes: its own sentences are for people who know its grammar. */
export function yamlSaid({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): Said {
  const [, bracket] = /(?:end with a|with a|end with) ([\]}])/.exec(message) ?? [];
  if (bracket !== undefined) return said('yaml-open-bracket', { bracket });
  switch (code) {
    case 'DUPLICATE_KEY':
      return said('yaml-key-twice');
    case 'TAB_AS_INDENT':
      return said('yaml-tab');
    case 'MISSING_CHAR':
      return missingCharacter(message);
    case 'BAD_INDENT':
      return said('yaml-indent');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return said('yaml-colon-in-text');
    case 'MULTILINE_IMPLICIT_KEY':
      return said('yaml-colon');
    case 'BAD_SCALAR_START':
      return said('yaml-start', { character: /character (\S+)/.exec(message)?.[1] ?? '' });
    case 'BAD_DQ_ESCAPE':
      return said('yaml-escape');
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return said('yaml-alias');
    case 'UNEXPECTED_TOKEN':
      return said('yaml-unexpected');
    case 'MULTIPLE_DOCS':
      return said('yaml-documents');
    default:
      return said('yaml-other', { name: code });
  }
}

/** Where an error begins: a quote that is not closed is found at the end of the file. */
export function startOf(error: YAMLParseError, document: Document): number {
  let opened = error.pos[0];
  if (yamlSaid(error).code !== 'yaml-open-quote') return opened;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') && range) opened = range[0];
    },
  });
  return opened;
}

/** A document whose aliases stand in one another may have more values than memory holds: yaml refuses it. */
export function dataOf(document: Document): { is: unknown } | { refused: Said; at: number } {
  try {
    return { is: document.toJS() };
  } catch (error) {
    const alias = aliasOfNothing(document);
    if (error instanceof ReferenceError && alias !== null) return { refused: said('yaml-alias'), at: alias };
    return { refused: said('yaml-too-large'), at: 0 };
  }
}

function aliasOfNothing(document: Document): number | null {
  let at: number | null = null;
  visit(document, {
    Alias: (_, node) => {
      if (at === null && node.resolve(document) === undefined) at = node.range?.[0] ?? 0;
    },
  });
  return at;
}

function missingCharacter(message: string): Said {
  if (/closing/.test(message)) return said('yaml-open-quote');
  if (/Missing , /.test(message)) return said('yaml-comma');
  if (/Sequence item/.test(message)) return said('yaml-dash');
  return said(/Missing space|separated/.test(message) ? 'yaml-space' : 'yaml-colon');
}
