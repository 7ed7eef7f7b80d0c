/**
 * The place of a rule, as iptables-save prints it: table and chain. The rule's effect is for the learner to
 * find.
 */
export function rulePlace(like: string): { table: string; chain: string } {
  const after = (option: RegExp) => option.exec(like)?.[1];
  return {
    table: after(/(?:^|\s)(?:-t|--table)[\s=]+(\S+)/) ?? 'filter',
    chain: after(/(?:^|\s)(?:-[AI]|--append|--insert)\s+(\S+)/) ?? '',
  };
}
