/** The completion script for zsh: one call of `_arguments` for each command. Works sourced, and as a file in $fpath. */
import {
  type Candidates,
  type CompletedCommand,
  type CompletedOption,
  type Grammar,
  groupsOf,
  type Step,
} from './grammar.ts';
import { PROJECT_FUNCTIONS } from './project-functions.ts';
import { quoted } from './quoted.ts';

export function zshScript({ steps, commands }: Grammar): string {
  return `#compdef gobool
# Completion of gobool for zsh, made by \`gobool completion zsh\`.
${PROJECT_FUNCTIONS}
# Offers the names that a function prints, and more names; of \`feed=name\` the part after the sign.
_gobool_names() {
  local -a names
  names=("\${(@f)$($1)}" "\${@:2}")
  compset -P '*='
  compadd -- \${names:#}
}

_gobool() {
  local -a candidates
  local command=\${words[2]} depth=1
  case $CURRENT:$command in
${steps.map(stepCase).join('\n')}
  esac
  case $command in
    ${groupsOf(steps)}) command+=" \${words[3]}" depth=2 ;;
  esac
  shift $depth words
  (( CURRENT -= depth ))
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}

if [[ $funcstack[1] == _gobool ]]; then _gobool "$@"; else compdef _gobool gobool; fi
`;
}

function stepCase({ after, words }: Step): string {
  const pattern = after === '' ? '2:*' : `3:${after}`;
  const entries = words.map(({ word, summary }) => quoted(`${word}:${summary.replaceAll(':', '\\:')}`));
  return `    ${pattern}) candidates=(${entries.join(' ')}); _describe command candidates; return ;;`;
}

function commandCase({ name, argument, options }: CompletedCommand): string {
  const rest = actionOf(argument);
  const specs = [...options.map(optionSpec), ...(rest === '' ? [] : [quoted(`*:argument:${rest}`)])];
  return `    ${quoted(name)}) _arguments ${specs.join(' ')} ;;`;
}

/** \`'(-y --yes)'{-y,--yes}'[summary]:value:(words)'\` */
function optionSpec({ names, summary, repeat, value }: CompletedOption): string {
  const text = `[${summary.replaceAll(/[[\]:\\]/g, '\\$&')}]`;
  const body = value === undefined ? text : `${text}:value:${actionOf(value)}`;
  const mark = value === undefined ? '' : '=';
  const [only, ...others] = names;
  if (others.length === 0) return quoted(`${repeat ? '*' : ''}${only}${mark}${body}`);
  return `${quoted(`(${names.join(' ')})`)}{${names.join(',')}}${quoted(body)}`;
}

function actionOf({ words, files, folders, inProject }: Candidates): string {
  const plain = words.map(word => word.replaceAll(':', '\\:'));
  if (files === undefined && inProject === undefined && !folders)
    return words.length === 0 ? '' : `(${plain.join(' ')})`;
  const actions = [
    ...(inProject === undefined ? [] : [`_gobool_names _gobool_${inProject} ${plain.join(' ')}`]),
    ...(files === undefined ? [] : [files === '*' ? '_files' : `_files -g "*${files}"`]),
    ...(folders ? ['_files -/'] : []),
  ];
  return `{${actions.join('; ')}}`;
}
