/**
 * Shell functions that list what a project has, for bash and zsh: the same project as the program finds (`project.ts`),
 * and the names of the files that lie there.
 */
export const PROJECT_FUNCTIONS = `_gobool_project() {
  local name folder
  for name in gobool.config.ts .gobool; do
    folder=$PWD
    while true; do
      if [[ -e $folder/$name ]]; then printf '%s' "$folder"; return; fi
      if [[ -z $folder || $folder == / ]]; then break; fi
      folder=\${folder%/*}
    done
  done
  printf '%s' "$PWD"
}

_gobool_datasets() {
  command ls "$(_gobool_project)/.gobool/data" 2>/dev/null | command sed -n 's/\\.json$//p'
}

_gobool_runs() {
  command ls "$(_gobool_project)/.gobool/runs" 2>/dev/null
}

# Runs and sweeps.
_gobool_results() {
  _gobool_runs
  command ls "$(_gobool_project)/.gobool/sweeps" 2>/dev/null
}

_gobool_clusters() {
  command ls "$(_gobool_project)/.gobool/cluster" 2>/dev/null
}
`;
