/**
 * The completion script for bash, 3.2 and later.
 * Readline completes what stands after the last `=`, or from the last `@` on, so the words are read from the line
 * itself, and what readline keeps is cut from every candidate. Candidates are compared, never expanded: a file's
 * name cannot run anything.
 */
import { type Candidates, type CompletedCommand, type Grammar, groupsOf, type Step } from './grammar.ts';
import { PROJECT_FUNCTIONS } from './project-functions.ts';
import { quoted } from './quoted.ts';

export function bashScript({ steps, commands }: Grammar): string {
  return `# Completion of gobool for bash, made by \`gobool completion bash\`.
${PROJECT_FUNCTIONS}
# Offers the arguments that begin with what is typed.
_gobool_words() {
  local candidate
  for candidate in "$@"; do
    if [[ $candidate == "$value"* ]]; then
      candidate=\${word%"$value"}$candidate
      COMPREPLY+=("\${candidate#"$kept"}")
    fi
  done
}

# Offers folders, and files with an ending.
_gobool_files() {
  local file
  while IFS= read -r file; do
    if [[ -d $file || $file == *"$1" ]]; then
      compopt -o filenames 2>/dev/null
      _gobool_words "$file"
    fi
  done < <(compgen -f -- "$value")
}

# Of \`feed=dataset\` the part after the sign is completed.
_gobool_without_feed() {
  value=\${value##*=}
}

_gobool_lines() {
  local line
  while IFS= read -r line; do _gobool_words "$line"; done
}

_gobool() {
  local line=\${COMP_LINE:0:COMP_POINT} command before word value kept count
  local -a words
  COMPREPLY=()
  read -ra words <<< "$line"
  if [[ $line == *[[:space:]] ]]; then words+=(''); fi
  count=\${#words[@]}
  word=\${words[count-1]} before=\${words[count-2]} value=$word
  if [[ $word == --*=* ]]; then before=\${word%%=*} value=\${word#*=}; fi
  kept=\${word%"\${word##*["$COMP_WORDBREAKS"]}"}
  kept=\${kept%@}
  command=\${words[1]}
  case $count:$command in
${steps.map(stepCase).join('\n')}
  esac
  case $command in
    ${groupsOf(steps)}) command+=" \${words[2]}" ;;
  esac
  case "$command $before" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}

complete -F _gobool gobool
`;
}

function stepCase({ after, words }: Step): string {
  const pattern = after === '' ? '2:*' : `3:${after}`;
  return `    ${pattern}) _gobool_words ${words.map(({ word }) => word).join(' ')}; return ;;`;
}

/** What an option is given: nothing is offered for free text. */
function valueCases({ name, options }: CompletedCommand): readonly string[] {
  const values = options.flatMap(({ names, value }) => (value === undefined ? [] : [{ names, value }]));
  const alike = Map.groupBy(values, ({ value }) => [...offers(value), 'return'].join('; '));
  return [...alike].map(([offered, members]) => {
    const patterns = members.flatMap(({ names }) => names.map(option => quoted(`${name} ${option}`)));
    return `    ${patterns.join('|')}) ${offered} ;;`;
  });
}

function commandCase({ name, argument, options }: CompletedCommand): string {
  const flags = options.flatMap(({ names }) => names).join(' ');
  const offered = offers(argument).join('; ') || ':';
  return `    ${quoted(name)}) if [[ $word == -* ]]; then _gobool_words ${flags}; else ${offered}; fi ;;`;
}

function offers({ words, files, folders, inProject }: Candidates): readonly string[] {
  return [
    ...(inProject === 'datasets' ? ['_gobool_without_feed'] : []),
    ...(words.length > 0 ? [`_gobool_words ${words.map(quoted).join(' ')}`] : []),
    ...(inProject === undefined ? [] : [`_gobool_lines < <(_gobool_${inProject})`]),
    ...(files === undefined ? [] : [`_gobool_files ${files === '*' ? "''" : files}`]),
    // No file ends like that.
    ...(folders ? ['_gobool_files /'] : []),
  ];
}
