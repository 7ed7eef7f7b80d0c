/**
 * The completion script of each shell: it passes the words so far to `hoplab complete` and gets one candidate
 * a line, a tab and its description. Without a candidate (a directory of labs) it completes files.
 */
export const scripts = {
  bash: `_hoplab() {
  local word rest
  COMPREPLY=()
  while IFS=$'\\t' read -r word rest; do
    COMPREPLY+=("$word")
  done < <("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _hoplab hoplab
`,
  zsh: `#compdef hoplab
_hoplab() {
  local word text
  local -a found
  while IFS=$'\\t' read -r word text; do
    found+=("\${word//:/\\\\:}:$text")
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe -V hoplab found; else _files; fi
}
if [ "\${funcstack[1]}" = _hoplab ]; then _hoplab "$@"; else compdef _hoplab hoplab; fi
`,
  fish: `function __hoplab_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c hoplab -f -a '(__hoplab_complete)'
complete -c hoplab -n '__fish_seen_subcommand_from lint' -F
`,
};

export type Shell = keyof typeof scripts;
export const isShell = (name: string): name is Shell => Object.hasOwn(scripts, name);
