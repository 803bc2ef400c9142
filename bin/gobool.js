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
    .then(function (nodeModule) {
      nodeModule.enableCompileCache(cacheFolder());
      return import('../dist/cli/main.js');
    })
    .catch(function (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/dist.cli.main\.js/.test(error.message)) throw error;
      fail('gobool is not built: run `npm run build` in its folder.');
    });
}

// Compiled code is kept between calls: a start takes a third less. Undefined leaves the choice to Node.
function cacheFolder() {
  var env = process.env;
  var base = env.XDG_CACHE_HOME || (env.HOME && env.HOME + '/.cache');
  return base ? base + '/gobool/compile-cache' : undefined;
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
  import('fs').then(function (fs) {
    var packages = fs.realpathSync(process.argv[1]).replace(/bin.gobool\.js$/, '');
    var remedy = [packages + '../node', packages + 'node_modules/node'].some(lacksBinary.bind(null, fs))
      ? 'the `node` package lacks its program because install scripts were skipped, so run ' +
        '`npm approve-scripts node && npm rebuild node --ignore-scripts=false`.'
      : 'run `npm install node@24`.';
    fail('gobool needs Node ' + NODE_MAJOR_MIN + ' or newer, and this is Node ' + process.versions.node + ': ' + remedy);
  });
}

// Whether the npm package `node` is there, but its install script never fetched the program.
function lacksBinary(fs, folder) {
  return fs.existsSync(folder + '/package.json') && !fs.existsSync(folder + '/bin/node');
}

function fail(sentence) {
  process.stderr.write(sentence + '\n');
  process.exitCode = 2;
}
