/** The completion script for fish: one `complete` for every word and option, under the condition that it fits. */
import type { Candidates, CompletedCommand, CompletedOption, Grammar, Step } from './grammar.ts';

/** What a project has: the names of the files that lie there. */
const PROJECT_FUNCTIONS = `# Names of datasets, behind \`feed=\` where that is typed.
function __gobool_datasets
    set -l feed (__gobool_value | string match -r '^[^/.]*=')
    set -l names (command ls (__gobool_project)/.gobool/data 2>/dev/null | string match -r '.*(?=\\.json$)')
    for name in $names $argv
        echo "$feed$name"
    end
end

function __gobool_runs
    command ls (__gobool_project)/.gobool/runs 2>/dev/null
    string join \\n $argv
end

function __gobool_results
    __gobool_runs $argv
    command ls (__gobool_project)/.gobool/sweeps 2>/dev/null
end

function __gobool_clusters
    command ls (__gobool_project)/.gobool/cluster 2>/dev/null
    string join \\n $argv
end
`;

export function fishScript({ steps, commands }: Grammar): string {
  return `# Completion of gobool for fish, made by \`gobool completion fish\`.
function __gobool_project
    for name in gobool.config.ts .gobool
        set -l folder $PWD
        while true
            if test -e $folder/$name
                echo $folder
                return
            end
            if test -z "$folder" -o "$folder" = /
                break
            end
            set folder (string replace -r '/[^/]*$' '' -- $folder)
        end
    end
    echo $PWD
end

# The value that is typed: after \`--option=\` where that stands before it.
function __gobool_value
    commandline -ct | string replace -r '^--[a-z-]+=' ''
end

${PROJECT_FUNCTIONS}
# Folders, and files with an ending.
function __gobool_files
    set -l ending (string escape --style=regex -- $argv)
    __fish_complete_path (__gobool_value) | string replace -r '\\t.*' '' | string match -r '.*/$|.*'$ending'$'
end

# Whether the words so far are exactly these, so that another word of a command may follow.
function __gobool_after
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end

# Whether the command is this one.
function __gobool_is
    set -l words (commandline -opc)
    set -l last (math 1 + (count $argv))
    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
end

complete -c gobool -e
complete -c gobool -f
${[...steps.flatMap(stepLines), ...commands.flatMap(commandLines)].join('\n')}
`;
}

function stepLines({ after, words }: Step): readonly string[] {
  const condition = quoted(`__gobool_after ${after}`.trim());
  return words.map(({ word, summary }) => `complete -c gobool -n ${condition} -a ${word} -d ${quoted(summary)}`);
}

function commandLines({ name, argument, options }: CompletedCommand): readonly string[] {
  const condition = quoted(`__gobool_is ${name}`);
  const lines = options.map(option => `complete -c gobool -n ${condition} ${optionText(option)}`);
  const offered = offers(argument);
  return offered.length === 0 ? lines : [...lines, `complete -c gobool -n ${condition} ${offered.join(' ')}`];
}

function optionText({ names, summary, value }: CompletedOption): string {
  const flags = names.map(name => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const needsValue = value === undefined ? [] : ['-x', ...offers(value)];
  return [...flags, ...needsValue, '-d', quoted(summary)].join(' ');
}

function offers({ words, files, folders, inProject }: Candidates): readonly string[] {
  const parts = [
    inProject === undefined ? words.join(' ') : `(__gobool_${inProject} ${words.join(' ')})`,
    ...(files === undefined ? [] : [`(__gobool_files ${files === '*' ? '' : files})`]),
    ...(folders ? ['(__gobool_files /)'] : []),
  ];
  const offered = parts.filter(part => part !== '').join(' ');
  return offered === '' ? [] : ['-k', '-a', quoted(offered)];
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
