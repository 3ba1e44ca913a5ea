/**
 * What each shell is told. The candidates come from the program itself (`pdf-smaller complete WORD...`), a line for each:
 * the word, a tab, and what it is for; a line of its own, `:files`, where a file may stand.
 */
export const scripts = {
  bash: `# bash completion of pdf-smaller
_pdf_smaller() {
  local line IFS=$'\\n'
  COMPREPLY=()
  while read -r line; do
    if [ "$line" = :files ]; then
      compopt -o filenames 2>/dev/null
      COMPREPLY+=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _pdf_smaller pdf-smaller
`,
  zsh: `#compdef pdf-smaller
_pdf_smaller() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      _files
    else
      found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe 'pdf-smaller' found
}
if [ "$funcstack[1]" = _pdf-smaller ]; then _pdf_smaller "$@"; else compdef _pdf_smaller pdf-smaller; fi
`,
  fish: `# fish completion of pdf-smaller
function __pdf_smaller
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] complete -- $words[2..-1] 2>/dev/null)
    if test "$line" = :files
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c pdf-smaller -f -a '(__pdf_smaller)'
`,
} as const
