#!/usr/bin/env node
// Runs on any Node that can parse it, so that an old one gets a clear sentence instead of a syntax error:
// no import statements, no modern syntax. Loads the built program; nothing else happens here.
var NODE_MAJOR_MIN = 24;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  refuseOldNode();
} else {
  start();
}

function start() {
  silenceSqliteWarning();
  import('node:module')
    .then(nodeModule => {
      keepCompiledCode(nodeModule);
      return import('../dist/cli/main.js');
    })
    .catch(error => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist.cli.main\.js/.test(error.message)) throw error;
      fail('gobool is not built: run `npm run build` in its folder.');
    });
}

// Compiled code is kept between calls, which every start is quicker for; threads read the variable. Without a home
// Node chooses the folder.
function keepCompiledCode(nodeModule) {
  var env = process.env;
  var base = env.XDG_CACHE_HOME || (env.HOME && `${env.HOME}/.cache`);
  if (base && !env.NODE_COMPILE_CACHE) env.NODE_COMPILE_CACHE = `${base}/gobool/compile-cache`;
  nodeModule.enableCompileCache(env.NODE_COMPILE_CACHE);
}

// Node's own SQLite is stable enough for us; its notice would stand before every result.
function silenceSqliteWarning() {
  var emitWarning = process.emitWarning;
  process.emitWarning = function (warning, type) {
    if (type === 'ExperimentalWarning' && /SQLite/.test(warning)) return;
    emitWarning.apply(process, arguments);
  };
}

function refuseOldNode() {
  import('fs').then(fs => {
    var ownFolder = fs.realpathSync(process.argv[1]).replace(/bin.gobool\.js$/, '');
    var isSkipped = lacksProgram(fs, `${ownFolder}../node`) || lacksProgram(fs, `${ownFolder}node_modules/node`);
    var remedy = isSkipped
      ? 'the package `node` has no program because npm skipped install scripts, so run ' +
        '`npm approve-scripts node esbuild && npm rebuild --ignore-scripts=false`.'
      : 'run `npm install node@24`.';
    fail(`gobool needs Node ${NODE_MAJOR_MIN} or newer, and this is ${process.versions.node}: ${remedy}`);
  });
}

// Whether the npm package `node` is there, but its install script never fetched the program.
function lacksProgram(fs, folder) {
  return fs.existsSync(`${folder}/package.json`) && !fs.existsSync(`${folder}/bin/node`);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
